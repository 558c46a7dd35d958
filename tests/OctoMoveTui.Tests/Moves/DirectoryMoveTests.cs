using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Files damaged or lost on the new side, and directories that both servers use where they lie.</summary>
public sealed class DirectoryMoveTests
{
    [Fact]
    public async Task Files_lost_and_damaged_before_the_start_are_copied_again_by_Retry()
    {
        await using var move = await BeforeTheGateAsync();
        var (lost, damaged) = (OneOf(move, "Packages"), OneOf(move, "TaskLogs"));
        File.Delete(lost);
        Damage(damaged);
        var failures = new List<FailureReport>();
        move.Person.Answers = question => RetryOnce(question, failures);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var failure = failures.ShouldHaveSingleItem();
        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.What.ShouldContain("2 files of Packages, TaskLogs");
        failure.Why.ShouldContain(Path.GetFileName(lost));
        failure.Why.ShouldContain(Path.GetFileName(damaged));
        failure.ToDo.ShouldContain(each => each.StartsWith("Retry", StringComparison.Ordinal) && each.Contains(move.World.Old.Home, StringComparison.Ordinal));
        failure.ToDo.ShouldNotContain(each => each.Contains("deletes", StringComparison.Ordinal));
        move.Person.Events.OfType<Logged>().Count(each => each.Text.Contains("copied again from", StringComparison.Ordinal)).ShouldBe(2);
        Directory.EnumerateFiles(Path.Combine(move.World.MoveFolder, "files"), "*.differences.txt").ShouldBeEmpty();
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task Starting_octomove_again_is_as_good_as_Retry()
    {
        await using var move = await BeforeTheGateAsync();
        Directory.Delete(Path.Combine(move.World.New.Home, "Packages"), recursive: true);

        (await move.RunAsync()).Failure.ShouldNotBeNull().Why.ShouldContain("Packages");
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running, "the new server has not been started");

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_file_that_was_not_copied_is_never_deleted()
    {
        await using var move = await BeforeTheGateAsync();
        var extra = Path.Combine(move.World.New.Home, "Packages", "mine.txt");
        File.WriteAllText(extra, "mine");
        var failures = new List<FailureReport>();
        move.Person.Answers = question => RetryOnce(question, failures);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Failed);

        failures.Count.ShouldBe(2);
        failures[1].ToDo.ShouldContain(each => each.Contains("deletes no file", StringComparison.Ordinal));
        failures[1].ToDo.ShouldNotContain(each => each.StartsWith("Retry", StringComparison.Ordinal));
        File.ReadAllText(extra).ShouldBe("mine");

        File.Delete(extra);
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Fact]
    public async Task An_original_that_is_no_longer_what_was_copied_is_a_failure_that_says_so()
    {
        await using var move = await BeforeTheGateAsync();
        var lost = OneOf(move, "Packages");
        File.Move(lost, lost + ".kept");
        var original = lost.Replace(move.World.New.Home, move.World.Old.Home, StringComparison.Ordinal);
        Damage(original);
        File.Move(lost + ".kept", Path.Combine(move.World.Root, "kept"));
        var failures = new List<FailureReport>();
        move.Person.Answers = question => RetryOnce(question, failures);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Failed);

        failures[1].What.ShouldContain(Path.GetFileName(lost));
        failures[1].What.ShouldContain("no longer what was copied");
        File.Exists(lost).ShouldBeFalse();

        File.Move(Path.Combine(move.World.Root, "kept"), lost);
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Fact]
    public async Task On_two_machines_files_come_again_from_the_move_folder_and_damage_in_it_is_named()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        var staged = Directory.EnumerateFiles(Path.Combine(move.World.MoveFolder, "files", "Packages"), "*", SearchOption.AllDirectories).First();
        Damage(staged);

        move.Settings.Machine = "NEW-SERVER";
        move.Person = new APerson();
        var first = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        first.Why.ShouldContain(Path.GetFileName(staged));
        first.ToDo.ShouldContain(each => each.Contains(Path.Combine(move.World.MoveFolder, "files", "Packages"), StringComparison.Ordinal));

        move.Person = new APerson();
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("no longer what was copied");

        Damage(staged); // turns it back: the person brought the right file over
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.Settings.Machine = "OLD-SERVER";
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task Copies_go_by_the_settings_and_one_that_is_paused_does_not_hold_up_the_backup()
    {
        await using var move = await AMove.OnAsync();
        var copy = move.Settings.Copy;
        (copy.Hash, copy.CompareContents, copy.PoliteAhead, copy.BytesPerSecondAhead) = (FileHashKind.Sha256, true, true, new TransferRate(1 << 30));
        (await move.RunAsync(until: "copy-directories-ahead")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var original = OneOf(move, "Packages").Replace(move.World.New.Home, move.World.Old.Home, StringComparison.Ordinal);
        Damage(original);
        move.Person.Events.OfType<Logged>().Count(each => each.Text.StartsWith("Copying politely", StringComparison.Ordinal)).ShouldBe(1);
        move.Person.Events.OfType<CopyPaceChanged>().Select(each => (each.IsCopying, each.BytesPerSecond)).ShouldBe([(true, 1 << 30), (false, null)]);
        File.ReadLines(Path.Combine(move.World.MoveFolder, "files", "Packages.manifest")).ShouldContain(line => line.Split('\t').Any(each => each.Length == 64));

        // Only the end of the backup lets the copy go on: held up by each other, neither would ever end.
        var person = move.Person = new APerson();
        var (isPaused, isBackedUp) = (false, false);
        person.On = happening =>
        {
            isBackedUp |= happening is StepChanged { Step.Word: "back-up-database", State: StepState.Done };
            if (happening is CopyPaceChanged { IsCopying: true } && !isPaused)
            {
                isPaused = true;
                person.Say(new PauseCopy());
            }

            if (isPaused && isBackedUp)
                person.Say(new ResumeCopy());
        };
        (await move.RunAsync(until: "copy-directories")).Outcome.ShouldBe(MoveOutcome.Finished, person.Story);

        person.Events.OfType<CopyPaceChanged>().Select(each => (each.IsCopying, each.IsPaused, each.BytesPerSecond))
            .ShouldBe([(true, false, null), (true, true, null), (true, false, null), (false, false, null)], ignoreOrder: true);
        File.ReadAllBytes(original.Replace(move.World.Old.Home, move.World.New.Home, StringComparison.Ordinal)).ShouldBe(
            File.ReadAllBytes(original), "changed with size and time kept: only its content gives it away");
    }

    [Fact]
    public async Task A_directory_that_both_servers_use_stays_where_it_is()
    {
        await using var move = await AMove.OnAsync();
        var shared = Path.Combine(move.World.Root, "both", "TaskLogs");
        Directory.CreateDirectory(Path.GetDirectoryName(shared)!);
        Directory.Move(Path.Combine(move.World.Old.Home, "TaskLogs"), shared);
        (await move.World.Old.OctopusAsync("path", "--taskLogs", shared)).ExitCode.ShouldBe(0);
        var before = Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories).ToList();

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        before.ShouldAllBe(each => File.Exists(each));
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains("both servers use the same directory", StringComparison.Ordinal));
        File.Exists(Path.Combine(move.World.MoveFolder, "files", "TaskLogs.manifest")).ShouldBeFalse();

        // Not compared as a whole: a task of the old server that was executing writes its log where the directory lay before.
    }

    [Fact]
    public async Task A_shared_directory_that_is_away_is_a_failure_before_the_new_server_starts()
    {
        await using var move = await AMove.OnAsync();
        var shared = Path.Combine(move.World.Root, "both", "TaskLogs");
        Directory.CreateDirectory(Path.GetDirectoryName(shared)!);
        Directory.Move(Path.Combine(move.World.Old.Home, "TaskLogs"), shared);
        (await move.World.Old.OctopusAsync("path", "--taskLogs", shared)).ExitCode.ShouldBe(0);
        (await move.RunAsync(until: "place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Directory.Move(shared, shared + ".away");

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();

        failure.What.ShouldContain("TaskLogs stays at");
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running, "the new server has not been started");
        Directory.Move(shared + ".away", shared);
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Theory]
    [InlineData(@"\\nas\octopus\Packages", @"\\nas\octopus\Packages", true)]
    [InlineData(@"\\nas\octopus\Packages", @"\\NAS\octopus\Packages\", true)]
    [InlineData(@"\\?\UNC\nas\octopus\Packages", @"\\?\UNC\nas\octopus\Packages", true)]
    [InlineData(@"\\nas\octopus\Packages", @"\\nas2\octopus\Packages", false)]
    [InlineData(@"\\?\D:\Packages", @"\\?\D:\Packages", false)]
    [InlineData(@"D:\Packages", @"D:\Packages", false)]
    public void On_two_machines_only_a_share_is_the_same_directory(string from, string to, bool isShared)
    {
        var directory = new DirectoryPlan("Packages", from, to);
        var plan = SamplePlan.Make() with { Directories = [directory] };

        plan.IsShared(directory).ShouldBe(isShared);
        plan.DirectoriesToCopy.ShouldBe(isShared ? [] : [directory]);
        (plan with { New = plan.New with { Machine = plan.Old.Machine } }).IsShared(directory).ShouldBe(!to.Contains("nas2", StringComparison.Ordinal));
        JsonSerializer.Serialize(directory).ShouldBe(JsonSerializer.Serialize(new { directory.Kind, directory.From, directory.To }), "plans keep their fingerprints");
    }

    private static async Task<AMove> BeforeTheGateAsync()
    {
        var move = await AMove.OnAsync();
        (await move.RunAsync(until: "place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person = new APerson();
        return move;
    }

    private static string OneOf(AMove move, string kind) =>
        Directory.EnumerateFiles(Path.Combine(move.World.New.Home, kind), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    // Size and time stay: only its content gives it away.
    private static void Damage(string file)
    {
        var (bytes, time) = (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, time);
    }

    private static MoveAnswer? RetryOnce(MoveQuestion question, List<FailureReport> failures)
    {
        if (question is not RetryOrStop retry)
            return null;
        failures.Add(retry.Failure);
        return failures.Count == 1 ? new Retry() : null;
    }
}
