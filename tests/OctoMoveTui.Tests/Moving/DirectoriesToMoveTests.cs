using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Moving;

/// <summary>A directory that nobody moves is an empty screen on the new server, and no error.</summary>
public sealed class DirectoriesToMoveTests
{
    private const string ThreeDirectories = """
        "ArtifactsDirectory": "C:\\Octopus\\Artifacts", "LogDirectory": "C:\\Octopus\\TaskLogs", "PackagesDirectory": "C:\\Octopus\\Packages"
        """;

    [Fact]
    public void A_server_that_names_too_few_directories_is_refused_with_their_names()
    {
        var read = Read(""" "ArtifactsDirectory": "", "LogDirectory": "C:\\Octopus\\TaskLogs", "BuiltInFeedFolder": "C:\\Octopus\\Packages" """);

        var report = Should.Throw<MoveFailure>(() => read.DirectoriesToMove(@"C:\Octopus", _ => true)).Report;
        report.Cause.ShouldBe(FailureCause.CheckFailed);
        report.What.ShouldContain("Artifacts, Packages");
        report.What.ShouldNotContain("TaskLogs");
        report.Why.ShouldContain("names it differently");
        report.ToDo.ShouldContain(each => each.Contains("Configuration > Settings > Server Folders", StringComparison.Ordinal));
    }

    [Fact]
    public void Event_exports_and_imports_that_exist_in_their_default_place_move_though_nobody_names_them() =>
        Read(ThreeDirectories).DirectoriesToMove(@"C:\Octopus\", _ => true).ShouldBe(new Dictionary<string, string>
        {
            ["Artifacts"] = @"C:\Octopus\Artifacts",
            ["TaskLogs"] = @"C:\Octopus\TaskLogs",
            ["Packages"] = @"C:\Octopus\Packages",
            ["EventExports"] = @"C:\Octopus\EventExports",
            ["Imports"] = @"C:\Octopus\Imports",
        }, ignoreOrder: true);

    [Fact]
    public void What_does_not_exist_and_is_not_named_does_not_move() =>
        Read(ThreeDirectories).DirectoriesToMove(@"C:\Octopus", _ => false).Keys.ShouldBe(["Artifacts", "TaskLogs", "Packages"], ignoreOrder: true);

    [Fact]
    public void What_is_named_moves_from_where_it_is_named() =>
        Read(ThreeDirectories + """, "EventExportsDirectory": "\\\\nas\\exports" """)
            .DirectoriesToMove(@"C:\Octopus", path => path == @"C:\Octopus\EventExports")["EventExports"].ShouldBe(@"\\nas\exports");

    private static InstanceConfiguration Read(string folders)
    {
        using var document = JsonDocument.Parse($$"""{ "Octopus": { "Home": "C:\\Octopus", "Folders": { {{folders}} } } }""");
        return InstanceConfiguration.From(document.RootElement);
    }
}
