using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The database names places of directories, some by their full path; what they mean on the new machine is another matter.</summary>
public sealed class DirectoryPlaceTests
{
    [Fact]
    [Proves("P11")]
    [Proves("P3")]
    public async Task Full_paths_of_the_old_machine_are_re_pointed_relative_ones_follow_the_home_directory_and_unknown_ones_are_told()
    {
        await using var move = await AMove.OnAsync();
        var (old, @new) = (move.World.Old, move.World.New);
        (await old.OctopusAsync("path", "--instance=OctopusServer", "--telemetry=" + Path.Combine(old.Home, "Telemetry"))).ExitCode.ShouldBe(0);
        (await old.OctopusAsync("configure", "--instance=OctopusServer", "--customBundledPackageDirectory=/opt/bundled packages")).ExitCode.ShouldBe(0);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var rePointed = @new.Calls.Single(each => each.Arguments[0] == "path").Arguments;
        rePointed.Where(each => each.Contains('=', StringComparison.Ordinal)).ShouldBe(
        [
            "--instance=OctopusServer", "--artifacts=" + Path.Combine(@new.Home, "Artifacts"), "--taskLogs=" + Path.Combine(@new.Home, "TaskLogs"),
            "--telemetry=" + Path.Combine(@new.Home, "Telemetry"),
        ]);
        (await AWorld.AskSqlAsync<int>(move.World.NewAdminConnectionString, $"SELECT COUNT(*) FROM dbo.Configuration WHERE JSON LIKE '%{old.Home}%';"))
            .ShouldBe(0, "no row names the old machine's disk");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning
            && each.Text.Contains("CustomBundledPackageDirectory names /opt/bundled packages", StringComparison.Ordinal));
        move.Person.Events.OfType<CheckMade>().ShouldContain(each => each.Id == "O5" && each.Verdict == Verdict.Warn && each.Finding.Contains("/opt/bundled packages", StringComparison.Ordinal));

        // The config file was made anew: nothing of the old one, whose key only its own machine can read, came along.
        var config = ConfigFile.Load(Path.Combine(@new.Home, "OctopusServer.config"));
        config[ConfigFile.MasterKey].ShouldNotBe(ConfigFile.Load(Path.Combine(old.Home, "OctopusServer.config"))[ConfigFile.MasterKey]);
        config["Octopus.Configure.customBundledPackageDirectory"].ShouldBeNull();
        Directory.EnumerateFiles(move.World.MoveFolder, "*.config", SearchOption.AllDirectories).ShouldBeEmpty();
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    [Proves("P11")]
    public async Task A_place_that_the_new_machine_does_not_have_is_told_before_the_outage()
    {
        await using var move = await AMove.OnAsync();
        var drive = Path.Combine(move.World.Root, "drive D");
        Directory.CreateDirectory(drive);
        Directory.Move(Path.Combine(move.World.Old.Home, "Packages"), Path.Combine(drive, "Packages"));
        (await move.World.Old.OctopusAsync("path", "--instance=OctopusServer", "--nugetRepository=" + Path.Combine(drive, "Packages"))).ExitCode.ShouldBe(0);
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        // On the new server there is no such drive: there, a file of that name stands for it.
        Directory.Move(drive, drive + " of the old server");
        await File.WriteAllTextAsync(drive, "");
        move.Settings.Machine = "NEW-SERVER";
        (await move.CheckAsync(Side.New)).Outcome.ShouldBe(MoveOutcome.Failed);
        var made = move.Person.Events.OfType<CheckMade>().Last(each => each.Id == "N5");
        made.Verdict.ShouldBe(Verdict.Fail);
        made.Finding.ShouldContain("Packages is to lie at " + Path.Combine(drive, "Packages"));

        File.Delete(drive);
        Directory.CreateDirectory(drive);
        move.Person = new APerson();
        await move.CheckAsync(Side.New);
        move.Person.Events.OfType<CheckMade>().Last(each => each.Id == "N5").Verdict.ShouldBe(Verdict.Pass);
    }
}
