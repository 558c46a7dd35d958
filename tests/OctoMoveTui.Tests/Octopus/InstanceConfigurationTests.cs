using System.Text.Json;
using OctoMoveTui.Engine.Moving;
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

    [Theory]
    [InlineData("""
        { "Octopus": { "Home": "C:\\Octopus", "Server": { "NodeName": "SRV01", "TaskCap": 5, "MaintenanceMode": "True" }, "Communications": { "ServicesPort": "10943" },
        "WebPortal": { "ListenPrefixes": "http://+:80/octopus", "ForceSSL": "False" } } }
        """)]
    [InlineData("""
        { "Octopus.Home": "C:\\Octopus", "Octopus.Server.NodeName": "SRV01", "Octopus.Server.TaskCap": "5", "Octopus.Server.MaintenanceMode": true,
        "Octopus.Communications.ServicesPort": 10943, "Octopus.WebPortal.ListenPrefixes": "http://+:80/octopus", "Octopus.WebPortal.ForceSSL": false }
        """)]
    [InlineData("""
        <?xml version="1.0" encoding="utf-8"?>
        <octopus-settings xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <set key="Octopus.Home">C:\Octopus</set><set key="Octopus.Server.NodeName">SRV01</set><set key="Octopus.Server.TaskCap">5</set>
          <set key="Octopus.Server.MaintenanceMode">true</set><set key="Octopus.Communications.ServicesPort">10943</set>
          <set key="Octopus.WebPortal.ListenPrefixes">http://+:80/octopus</set><set key="Octopus.WebPortal.ForceSSL">False</set>
        </octopus-settings>
        """)]
    public void All_three_forms_are_read_with_noise_around_them(string printed)
    {
        var read = InstanceConfiguration.Parse("Octopus.Server", $"Migrating OctopusServer instance from registry [1] {{once}}\n   at Some.Logger()\n{printed}\nDone.\n");

        read.Home.ShouldBe(@"C:\Octopus");
        read.NodeName.ShouldBe("SRV01");
        read.TaskCap.ShouldBe(5);
        read.IsInMaintenanceMode.ShouldBe(true);
        read.CommunicationsPort.ShouldBe(10943);
        read.ListenPrefixes.ShouldBe("http://+:80/octopus");
        read.ForceSsl.ShouldBe(false);
    }

    [Fact]
    public void What_an_old_version_does_not_say_is_unknown_and_not_false()
    {
        var read = Read("""{ "Octopus": { "Home": "/octopus" } }""");

        (read.TaskCap, read.IsInMaintenanceMode, read.ForceSsl, read.CommunicationsPort, read.Licence).ShouldBe((null, null, null, null, null));
    }

    [Fact]
    public void Output_that_holds_no_settings_is_told_and_not_taken_for_an_empty_configuration() =>
        Should.Throw<MoveFailure>(() => InstanceConfiguration.Parse("Octopus.Server", "Nothing to see here {")).Report.What.ShouldContain("show-configuration");

    [Fact]
    public void Whatever_looks_like_a_path_and_is_no_known_folder_is_told()
    {
        var read = Read("""
            { "Octopus": {
                "Home": "C:\\Octopus", "Node": { "Cache": "D:\\Cache" },
                "Storage": { "ExternalDatabaseConnectionString": "Server=sql;Database=Octopus;AttachDbFilename=C:\\x" },
                "Server": { "CustomBundledPackageDirectory": "D:\\Bundled Packages", "NodeName": "SRV01" },
                "Git": { "Store": "/git/clones" }, "Share": { "Of": "\\\\nas\\octopus" },
                "WebPortal": { "ListenPrefixes": "https://octopus.acme.example/" },
                "Folders": { "LogDirectory": "TaskLogs", "TelemetryDirectory": "C:\\Octopus\\Telemetry", "ExecutionsClusterShared": "E:\\Executions" } } }
            """);

        read.OtherPaths.ShouldBe(new Dictionary<string, string>
        {
            ["Octopus.Server.CustomBundledPackageDirectory"] = @"D:\Bundled Packages",
            ["Octopus.Git.Store"] = "/git/clones",
            ["Octopus.Share.Of"] = @"\\nas\octopus",
            ["Octopus.Folders.ExecutionsClusterShared"] = @"E:\Executions",
        }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(@"\\\\nas\\octopus", @"\\nas\octopus\Artifacts")]
    [InlineData("Shared", @"C:\Octopus\Shared\Artifacts")]
    [InlineData("", @"C:\Octopus\Artifacts")]
    public void A_relative_path_lies_below_what_a_cluster_shares_else_below_the_home_directory(string shared, string artifacts) =>
        Read($$"""{ "Octopus": { "Home": "C:\\Octopus", "Folders": { "ClusterSharedDirectory": "{{shared}}", "ArtifactsDirectory": "Artifacts" } } }""")
            .Directories["Artifacts"].ShouldBe(artifacts);

    [Fact]
    public void Neither_licence_nor_connection_string_is_printed_with_the_record()
    {
        var licence = Convert.ToBase64String("<License><LicensedTo>Acme</LicensedTo></License>"u8);
        var read = Read($$"""{ "Octopus": { "Home": "/octopus", "Server": { "License": "{{licence}}" }, "Storage": { "ExternalDatabaseConnectionString": "Server=sql;Password=hush" } } }""");

        read.Licence!.Reveal().ShouldBe("<License><LicensedTo>Acme</LicensedTo></License>");
        read.ToString().ShouldNotContain("hush");
        read.ToString().ShouldNotContain(licence);
        read.ToString().ShouldNotContain("Acme");
    }

    private static InstanceConfiguration Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return InstanceConfiguration.From(document.RootElement);
    }
}
