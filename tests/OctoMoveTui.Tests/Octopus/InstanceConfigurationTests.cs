using System.Text.Json;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Octopus;

public sealed class InstanceConfigurationTests
{
    [Fact]
    public void The_configuration_is_read_whatever_mixture_of_types_it_comes_in()
    {
        var read = Read("""
            { "Octopus": {
                "Communications": { "ServicesPort": "10943", "WebSocketPrefix": null },
                "Storage": { "ExternalDatabaseConnectionString": "Server=sql;Database=Octopus" },
                "Server": { "NodeName": "SRV01", "TaskCap": 5, "MaintenanceMode": "False" },
                "Home": "C:\\Octopus",
                "Folders": { "LogDirectory": "C:\\Octopus\\TaskLogs", "ArtifactsDirectory": "Artifacts", "PackagesDirectory": "\\\\nas\\Packages",
                             "EventExportsDirectory": "C:\\Octopus\\EventExports", "Telemetry": "C:\\Octopus\\Telemetry" },
                "Watchdog": { "Enabled": false } } }
            """);

        read.ConnectionString.ShouldBe("Server=sql;Database=Octopus");
        read.Directories.ShouldBe(new Dictionary<string, string>
        {
            ["TaskLogs"] = @"C:\Octopus\TaskLogs",
            ["Artifacts"] = @"C:\Octopus\Artifacts",
            ["Packages"] = @"\\nas\Packages",
            ["EventExports"] = @"C:\Octopus\EventExports",
        }, ignoreOrder: true);
    }

    [Fact]
    public void Missing_keys_are_empty_and_no_error()
    {
        var read = Read("""{ "Octopus": { "Home": "/octopus" } }""");

        read.Home.ShouldBe("/octopus");
        read.ConnectionString.ShouldBeEmpty();
        read.Directories.ShouldBeEmpty();
    }

    private static InstanceConfiguration Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return InstanceConfiguration.From(document.RootElement);
    }
}
