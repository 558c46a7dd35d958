using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moving;

/// <summary>octomove verify, on directories that were copied by the copier and a plan that names them: no server is there to be asked.</summary>
public sealed class VerifyRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly APerson person = new();
    private MovePlan plan;

    public VerifyRunTests()
    {
        plan = OnMachines(Environment.MachineName, Environment.MachineName);
        foreach (var directory in plan.Directories)
        {
            Put(directory.From, "a.txt", "alpha");
            Put(directory.From, "deep/b.txt", "beta");
        }
    }

    private MoveFolder Move => new(folder["move"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_as_it_was_copied_is_said_and_ends_well()
    {
        await CopyAsync();
        var ended = await VerifyAsync();
        ended.ExitCode.ShouldBe(0, person.Story);
        ended.Sentence.ShouldBe("2 directories with 4 files: all as they were copied, by content.");
        Verified().ShouldBe([("Packages", "", false), ("TaskLogs", "", false)]);
        Said().ShouldContain($"Packages: looking at its new place, {folder["new/Packages"]}.");
        Directory.Exists(Move.Logs).ShouldBeFalse("looking changes nothing");
    }

    [Fact]
    public async Task Every_difference_is_listed_with_totals_per_kind_and_has_an_exit_code_of_its_own()
    {
        await CopyAsync();
        Spoil();

        var ended = await VerifyAsync();

        ended.ExitCode.ShouldBe((int)FailureCause.Differs);
        person.Events.OfType<FileDiffers>().Select(each => $"{each.Directory} {each.Kind} {each.Path}").ShouldBe(
            ["Packages Missing a.txt", "Packages Content deep/b.txt", "TaskLogs Extra mine.txt"], ignoreOrder: true);
        Verified().ShouldBe([("Packages", "1 Missing, 1 Content", false), ("TaskLogs", "1 Extra", false)]);
        var failure = ended.Failure.ShouldNotBeNull();
        failure.What.ShouldBe("3 differences in Packages, TaskLogs: 1 missing, 1 extra, 1 of other content.");
        failure.ToDo.ShouldContain(each => each.StartsWith("octomove verify --repair copies", StringComparison.Ordinal));
        failure.ToDo.ShouldContain(each => each.StartsWith("octomove deletes no file", StringComparison.Ordinal));
        File.Exists(folder["new/Packages/a.txt"]).ShouldBeFalse("nobody asked for a repair");
    }

    [Fact]
    public async Task By_times_no_content_is_read_and_that_is_said()
    {
        await CopyAsync();
        Damage(folder["new/Packages/deep/b.txt"]);
        var ended = await VerifyAsync(VerifyDepth.SizesAndTimes);
        ended.ExitCode.ShouldBe(0);
        ended.Sentence.ShouldContain("contents were not read");
    }

    [Fact]
    public async Task The_settings_say_how_closely_unless_the_command_does()
    {
        await CopyAsync();
        Damage(folder["new/Packages/deep/b.txt"]);
        (await VerifyAsync(null, configured: VerifyDepth.SizesAndTimes)).ExitCode.ShouldBe(0);
        (await VerifyAsync(VerifyDepth.Contents, configured: VerifyDepth.SizesAndTimes)).ExitCode.ShouldBe((int)FailureCause.Differs);
    }

    [Fact]
    public async Task A_repair_copies_exactly_what_is_missing_or_damaged_and_touches_nothing_else()
    {
        await CopyAsync();
        Spoil();
        File.Delete(folder["new/TaskLogs/mine.txt"]);

        var ended = await VerifyAsync(repair: true);

        ended.ExitCode.ShouldBe(0, person.Story);
        person.Events.OfType<FileRepaired>().Select(each => each.Path).ShouldBe(["a.txt", "deep/b.txt"]);
        Verified().ShouldBe([("Packages", "1 Missing, 1 Content", false), ("Packages", "", true), ("TaskLogs", "", false)]);
        File.ReadAllText(folder["new/Packages/a.txt"]).ShouldBe("alpha");
        File.ReadAllText(folder["new/Packages/deep/b.txt"]).ShouldBe("beta");
        Directory.EnumerateFiles(Move.Logs, "*.log").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_repair_leaves_what_was_not_copied_alone_and_still_says_that_it_is_there()
    {
        await CopyAsync();
        Spoil();
        var ended = await VerifyAsync(repair: true);
        ended.Failure.ShouldNotBeNull().What.ShouldBe("1 difference in TaskLogs: 1 extra.");
        File.ReadAllText(folder["new/TaskLogs/mine.txt"]).ShouldBe("mine");
    }

    [Fact]
    public async Task What_cannot_be_repaired_is_said_and_the_other_directories_are_repaired()
    {
        await CopyAsync();
        File.Delete(folder["new/Packages/a.txt"]);
        File.Delete(folder["new/TaskLogs/a.txt"]);
        Put(folder["old/Packages"], "a.txt", "something else by now");

        var ended = await VerifyAsync(repair: true);

        ended.Failure.ShouldNotBeNull().What.ShouldContain("a.txt (it is no longer what was copied the first time)");
        File.Exists(folder["new/Packages/a.txt"]).ShouldBeFalse();
        File.ReadAllText(folder["new/TaskLogs/a.txt"]).ShouldBe("alpha");
    }

    [Fact]
    public async Task Once_the_new_server_was_started_a_repair_brings_back_what_is_gone_and_overwrites_nothing()
    {
        await CopyAsync();
        File.Delete(folder["new/Packages/a.txt"]);
        Put(folder["new/Packages"], "deep/b.txt", "written by the new server");
        Journal(started: "start-new-server");

        var ended = await VerifyAsync(repair: true);

        var failure = ended.Failure.ShouldNotBeNull();
        failure.What.ShouldBe("1 difference in Packages: 1 of another size.");
        failure.Why.ShouldContain("The new server was started since");
        File.ReadAllText(folder["new/Packages/a.txt"]).ShouldBe("alpha");
        File.ReadAllText(folder["new/Packages/deep/b.txt"]).ShouldBe("written by the new server");
    }

    [Fact]
    public async Task On_the_old_of_two_machines_the_move_folder_is_looked_at_and_repaired_from_the_originals()
    {
        plan = OnMachines(Environment.MachineName, "NEW-SERVER");
        await CopyAsync();
        Directory.Delete(Move.StagedDirectory("Packages"), recursive: true);

        var ended = await VerifyAsync(repair: true);

        ended.ExitCode.ShouldBe(0, person.Story);
        Said().ShouldContain(each => each.StartsWith("Packages: looking at the move folder", StringComparison.Ordinal) && each.Contains("on NEW-SERVER, yet", StringComparison.Ordinal));
        File.ReadAllText(Path.Combine(Move.StagedDirectory("Packages"), "a.txt")).ShouldBe("alpha");
    }

    [Fact]
    public async Task On_the_new_of_two_machines_the_move_folder_is_looked_at_until_the_files_are_placed()
    {
        plan = OnMachines(Environment.MachineName, "NEW-SERVER");
        await CopyAsync();
        File.Delete(Path.Combine(Move.StagedDirectory("Packages"), "a.txt"));
        plan = OnMachines("OLD-SERVER", Environment.MachineName);

        var ended = await VerifyAsync(repair: true);

        ended.ExitCode.ShouldBe((int)FailureCause.WrongServer);
        ended.Failure!.What.ShouldBe("Packages can't be repaired here: its originals are on OLD-SERVER.");
        Directory.Exists(folder["new/Packages"]).ShouldBeFalse("place-directories would refuse a directory that it has not filled");
    }

    [Fact]
    public async Task A_directory_that_is_not_copied_yet_is_no_difference()
    {
        await CopyAsync();
        File.Delete(Move.ManifestOf("TaskLogs"));
        (await VerifyAsync()).ExitCode.ShouldBe(0);
        Said().ShouldContain(each => each.StartsWith("TaskLogs: not copied yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_nothing_copied_there_is_nothing_to_verify()
    {
        Save();
        (await VerifyAsync()).Failure.ShouldNotBeNull().What.ShouldContain("No directory of the move");
    }

    [Fact]
    public async Task Without_a_move_it_says_how_to_begin_one() =>
        (await VerifyAsync()).Failure.ShouldNotBeNull().What.ShouldContain("There is no move");

    [Fact]
    public async Task A_move_that_runs_may_be_looked_at_and_not_repaired()
    {
        await CopyAsync();
        using var conversation = new Conversation(new APerson(), new Redactor(), TimeProvider.System);
        await using var held = await FolderLock.TakeAsync(Move, RunIdentity.Here("ANOTHER", "1"), conversation, new TimingSettings(), TimeProvider.System, default);
        (await VerifyAsync()).ExitCode.ShouldBe(0);
        (await VerifyAsync(repair: true)).ExitCode.ShouldBe((int)FailureCause.MoveFolder);
    }

    private MovePlan OnMachines(string old, string @new)
    {
        var sample = SamplePlan.Make();
        return sample with
        {
            Old = sample.Old with { Machine = old },
            New = sample.New with { Machine = @new },
            Directories = [.. new[] { "Packages", "TaskLogs" }.Select(kind => new DirectoryPlan(kind, folder[$"old/{kind}"], folder[$"new/{kind}"]))],
        };
    }

    private async Task CopyAsync()
    {
        foreach (var each in plan.Directories)
        {
            await new DirectoryCopier(TimeProvider.System).CopyAsync(
                new CopyJob(each.Kind, each.From, plan.OneMachine ? each.To : Move.StagedDirectory(each.Kind), Move.ManifestOf(each.Kind)), _ => { }, default);
        }
    }

    private void Save()
    {
        Directory.CreateDirectory(Move.Path);
        File.WriteAllText(Move.PlanFile, plan.ToJson());
    }

    private void Journal(string started)
    {
        Save();
        Directory.CreateDirectory(Move.Logs);
        using var journal = MoveJournal.Open(Move, plan, Mover.Version, new Redactor(), TimeProvider.System);
        journal.Started(new StepId(started));
    }

    private async Task<MoveEnded> VerifyAsync(VerifyDepth? depth = null, bool repair = false, VerifyDepth configured = VerifyDepth.Contents)
    {
        if (File.Exists(Move.ManifestOf("Packages")))
        {
            Save();
        }

        var settings = new MoveSettings { Move = Move.Path };
        settings.Copy.Verify = configured;
        return await new Mover(settings, person, TimeProvider.System).RunAsync(new MoveRequest(MovePurpose.Verify, Depth: depth, Repair: repair), default);
    }

    private List<(string, string, bool)> Verified() =>
    [
        .. person.Events.OfType<DirectoryVerified>()
            .Select(each => (each.Directory, string.Join(", ", each.Differences.Select(one => $"{one.Count} {one.Kind}")), each.AfterRepair)),
    ];

    private List<string> Said() => [.. person.Events.OfType<Logged>().Select(each => each.Text)];

    private void Spoil()
    {
        File.Delete(folder["new/Packages/a.txt"]);
        Damage(folder["new/Packages/deep/b.txt"]);
        Put(folder["new/TaskLogs"], "mine.txt", "mine");
    }

    private static void Put(string root, string path, string content)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    // Size and time stay.
    private static void Damage(string file)
    {
        var (bytes, time) = (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, time);
    }
}
