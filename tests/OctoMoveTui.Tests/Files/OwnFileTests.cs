using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

public sealed partial class OwnFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_octomove_keeps_is_for_its_owner_only_and_what_servers_read_is_as_the_umask_says()
    {
        OwnFile.Write(folder["plan.json"], "{}");
        OwnFile.Open(folder["journal.jsonl"], FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read).Dispose();
        OwnFile.Open(folder["Octopus.bak"], FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, forServers: true).Dispose();
        File.WriteAllText(folder["made by anybody"], "");
        OwnFile.CreateDirectory(folder["logs"]);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder["plan.json"]).ShouldBe(AMove.OwnersFile);
            File.GetUnixFileMode(folder["journal.jsonl"]).ShouldBe(AMove.OwnersFile);
            File.GetUnixFileMode(folder["logs"]).ShouldBe(AMove.OwnersFolder);
            File.GetUnixFileMode(folder["Octopus.bak"]).ShouldBe(File.GetUnixFileMode(folder["made by anybody"]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_link_that_somebody_put_in_the_way_is_written_through(bool leadsSomewhere)
    {
        if (leadsSomewhere)
            File.WriteAllText(folder["precious"], "as it was");
        foreach (var name in new[] { "journal.jsonl", "plan.json", "plan.json.part" })
            File.CreateSymbolicLink(folder[name], folder["precious"]);

        Should.Throw<MoveFailure>(() => OwnFile.Open(folder["journal.jsonl"], FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
            .Report.What.ShouldContain("is a link to " + folder["precious"]);
        OwnFile.Write(folder["plan.json"], "{}");

        File.ReadAllText(folder["plan.json"]).ShouldBe("{}");
        new FileInfo(folder["plan.json"]).LinkTarget.ShouldBeNull();
        File.Exists(folder["precious"]).ShouldBe(leadsSomewhere);
        if (leadsSomewhere)
            File.ReadAllText(folder["precious"]).ShouldBe("as it was");
    }

    [Fact]
    public void Nothing_else_in_the_engine_makes_files_for_octomove_itself()
    {
        // These write what the servers read, under names that only octomove gives; and the key file, which has rights of its own on Windows, too.
        string[] others = ["Files/OwnFile.cs", "Files/OpenFolder.cs", "Files/DestinationDisk.cs", "Files/IndexRuns.cs", "Files/CopyChecks.cs",
            "Files/WritablePlace.cs", "Steps/ServiceRights.cs", "Octopus/KeyFile.cs"];
        var engine = Repository.PathOf("src", "OctoMoveTui.Engine");
        Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories)
            .Select(each => Path.GetRelativePath(engine, each).Replace('\\', '/'))
            .Where(each => !each.StartsWith("obj/", StringComparison.Ordinal) && !each.StartsWith("bin/", StringComparison.Ordinal) && !others.Contains(each))
            .Where(each => MakingFiles().IsMatch(File.ReadAllText(Path.Combine(engine, each))))
            .ShouldBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"(?<!OwnFile\.Open\([^\n]*)FileMode\.(Create|CreateNew|OpenOrCreate|Append|Truncate)\b")]
    private static partial Regex MakingFiles();
}
