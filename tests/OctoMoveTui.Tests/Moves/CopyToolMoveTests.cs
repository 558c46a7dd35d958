using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.CopyTools;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Moves whose directories are copied by rsync, robocopy or rclone.</summary>
public sealed class CopyToolMoveTests
{
    [Fact]
    public async Task Two_servers_that_share_nothing_move_by_rsync_and_what_is_damaged_comes_again_from_the_old_one()
    {
        await using var move = await TwoMachinesAsync("rsync");
        move.Person.On = happening => AfterTheCopyAhead(happening, () => File.Delete(OneOf(move.World.Old.Home, "EventExports")));
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        Directory.Exists(Path.Combine(move.World.MoveFolder, "files", "Packages")).ShouldBeFalse("the files went straight to their places");

        var (damaged, lost) = (OneOf(move.World.New.Home, "Packages"), OneOf(move.World.New.Home, "TaskLogs"));
        Damage(damaged);
        File.Delete(lost);
        var failure = (await RunOnAsync(move, "NEW-SERVER")).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.Why.ShouldContain(Path.GetFileName(damaged));
        failure.ToDo.ShouldContain(each => each.StartsWith("Start octomove on OLD-SERVER", StringComparison.Ordinal));
        failure.ToDo.ShouldNotContain(each => each.StartsWith("Retry", StringComparison.Ordinal));

        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.Person.Events.OfType<Logged>().Count(each => each.Text.Contains("1 file copied again by rsync", StringComparison.Ordinal)).ShouldBe(2);
        (await RunOnAsync(move, "NEW-SERVER")).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
        move.World.Old.Calls.Where(each => each.Tool == "rsync").ShouldNotContain(each => each.Arguments.Any(word => word.StartsWith("--delete", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task By_robocopy_a_wrong_byte_is_found_and_Retry_has_that_file_copied_again()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { CopyWith = "robocopy" });
        move.World.Old.SpoilNextCopy(new CopyFault(CopyFaultKind.WrongByte, AfterFiles: 4));
        var failures = new List<FailureReport>();
        move.Person.Answers = question => RetryOnce(question, failures);

        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        failures.ShouldHaveSingleItem().What.ShouldStartWith("1 file of Artifacts");
        failures[0].ToDo.ShouldContain(each => each.Contains("lets robocopy copy", StringComparison.Ordinal));
        move.World.Old.Calls.Where(each => each.Tool == "robocopy" && each.Arguments.Contains("/IS")).ShouldHaveSingleItem().ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task By_rclone_the_new_server_fetches_and_goes_on_after_a_file_was_cut_short()
    {
        await using var move = await TwoMachinesAsync("rclone");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.World.New.SpoilNextCopy(new CopyFault(CopyFaultKind.HalfFile, AfterFiles: 2, ExitCode: 5) { Message = "corrupted on transfer: sizes differ 10 vs 5" });

        var first = await RunOnAsync(move, "NEW-SERVER", until: "verify-before-start");
        first.Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("exit code 5");
        Directory.EnumerateFiles(move.World.New.Home, "*.partial", SearchOption.AllDirectories).ShouldNotBeEmpty();

        (await RunOnAsync(move, "NEW-SERVER", until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Directory.EnumerateFiles(move.World.New.Home, "*.partial", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped_with_the_move_and_the_next_run_goes_on()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { CopyWith = "rsync" });
        move.World.Old.SpoilNextCopy(new CopyFault(CopyFaultKind.Hang, AfterFiles: 2));
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is Progressed { What: "rsync: Artifacts" })
                stop.Cancel();
        };

        (await move.RunAsync(until: "copy-directories-ahead", stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        move.Person = new APerson();
        (await move.RunAsync(until: "copy-directories-ahead")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Directory.EnumerateFiles(Path.Combine(move.World.New.Home, "Packages"), "*", SearchOption.AllDirectories).Count().ShouldBe(20);
    }

    [Fact]
    public async Task What_would_fail_in_the_outage_is_found_by_the_checks_days_ahead()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { CopyWith = "rsync" });
        var (rsync, ssh) = (move.Settings.Copy.Rsync, move.World.New);

        move.Settings.Copy.Rsync = "/nowhere/rsync";
        (await FailedCheckAsync(move)).ShouldContain("rsync can't be started: /nowhere/rsync");
        move.Settings.Copy.Rsync = move.World.Old.Sc;
        (await FailedCheckAsync(move)).ShouldContain("doesn't answer like rsync");
        move.Settings.Copy.Rsync = rsync;
        ssh.Ssh = SshAnswer.RefusesKey;
        (await FailedCheckAsync(move)).ShouldContain("refused the key");
        ssh.Ssh = SshAnswer.NoRsync;
        (await FailedCheckAsync(move)).ShouldContain("no rsync on it");
        ssh.Ssh = SshAnswer.Welcome;
        var foreign = Path.Combine(move.World.New.Home, "Packages", "mine.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        File.WriteAllText(foreign, "mine");
        (await FailedCheckAsync(move)).ShouldContain("is not empty");

        File.ReadAllText(foreign).ShouldBe("mine");
        move.ShouldHaveChangedNothing();
        move.Person.Questions.ShouldNotContain(each => each is ConfirmStep);
    }

    [Fact]
    public async Task A_remote_that_is_unknown_or_keeps_no_times_is_found_by_the_checks()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { CopyWith = "rclone" });
        var folder = move.World.Old.Remotes["cloud"];

        move.World.Old.Remotes.Clear();
        (await FailedCheckAsync(move)).ShouldContain("no remote of that name");
        move.World.Old.Remotes["cloud"] = folder;
        move.World.Old.RemotePrecision = TimeSpan.FromDays(36500);
        (await FailedCheckAsync(move)).ShouldContain("doesn't keep the times");
        move.World.Old.RemotePrecision = TimeSpan.FromSeconds(1);
        (await move.CheckAsync(Side.Old)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.New.Remotes.Clear();
        move.Person = new APerson();
        (await move.CheckAsync(Side.New)).Outcome.ShouldBe(MoveOutcome.Failed);
        move.Person.Events.OfType<CheckMade>().Where(each => each.Verdict == Verdict.Fail).ShouldHaveSingleItem().Id.ShouldBe("N4");
    }

    [Fact]
    public async Task The_plan_shows_the_exact_command_lines_and_bad_settings_change_nothing()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { CopyWith = "robocopy" });
        (await move.RunProgramAsync("plan")).ShouldBe(ExitCodes.Done, move.Printed);

        // Printed over several lines where it is long: the spaces don't count.
        var printed = string.Concat(move.Printed.Where(each => !char.IsWhiteSpace(each)));
        printed.ShouldContain(string.Concat(
            move.World.Old.Robocopy, Path.Combine(move.World.Old.Home, "Packages"), @"\\NEW-SERVER\octopus\Packages/E/COPY:DAT/DCOPY:T/SL/XX/MT:16/R:5/W:5/NP/NDL/BYTES/NJH"));

        (await move.RunProgramAsync("run", "--yes", "--set", "Copy:With=xcopy")).ShouldBe((int)FailureCause.Usage);
        move.Printed.ShouldContain("rsync, robocopy or rclone");
        File.Exists(Path.Combine(move.World.MoveFolder, "plan.json")).ShouldBeFalse();
        move.ShouldHaveChangedNothing();
    }

    private static async Task<AMove> TwoMachinesAsync(string with)
    {
        var move = await AMove.OnAsync(AMove.Small with { CopyWith = with });
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        return move;
    }

    private static async Task<MoveEnded> RunOnAsync(AMove move, string machine, string? until = null)
    {
        move.Settings.Machine = machine;
        move.Person = new APerson();
        return await move.RunAsync(until);
    }

    private static async Task<string> FailedCheckAsync(AMove move)
    {
        move.Person = new APerson();
        var failure = (await move.CheckAsync(Side.Old)).Failure.ShouldNotBeNull(move.Person.Story);
        return $"{failure.What} {failure.Why} {failure.Raw} {string.Join(' ', move.Person.Events.OfType<CheckMade>().Where(each => each.Verdict == Verdict.Fail).Select(each => each.Finding))}";
    }

    private static void AfterTheCopyAhead(MoveEvent happening, Action act)
    {
        if (happening is StepChanged { State: StepState.Done } changed && changed.Step == new StepId("copy-directories-ahead"))
            act();
    }

    private static string OneOf(string home, string kind) =>
        Directory.EnumerateFiles(Path.Combine(home, kind), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

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
