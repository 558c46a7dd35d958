using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The new machine without Octopus Server, or with another version of it.</summary>
public sealed class InstallMoveTests
{
    private const string Step = "install-octopus-server";
    private const string Version = "2026.2.4120";

    [Fact]
    [Proves("P5", "P24")]
    public async Task What_is_not_installed_is_installed_from_the_MSI_beside_the_move_folder_and_the_move_goes_on()
    {
        await using var move = await AMove.OnAsync(Bare);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        await move.ShouldHaveMovedAsync();
        var log = Path.Combine(move.World.MoveFolder, "logs", $"msiexec-Octopus.{Version}-x64.msi.log");
        InstallCalls(move).ShouldHaveSingleItem().Arguments.ShouldBe(
        [
            "/i", Msi(move), "/quiet", "/norestart", "/l*v", log, "RUNMANAGERONEXIT=no", $"INSTALLLOCATION={Path.GetDirectoryName(move.Settings.New.OctopusServer)}",
        ]);
        File.Exists(log).ShouldBeTrue();
        move.World.New.ServiceChanges.ShouldHaveSingleItem("it was started once, after all was proven").State.ShouldBe(ServiceState.Running);
        FactOf(move).ShouldBe(new OctopusServerInstalled(Version, Msi(move), WantsRestart: false));
        move.Person.Questions.OfType<ConfirmStep>().Single(each => each.Step == new StepId(Step)).Lines.ShouldContain(
            each => each.Kind == PreviewKind.Command && each.Text.Contains("RUNMANAGERONEXIT=no", StringComparison.Ordinal));
        ShouldHaveLogged(move, "no Octopus Server runs");
        ShouldHaveLogged(move, "The database's schema is the one that was backed up: 120 scripts");
        move.World.Old.Calls.Concat(move.World.New.Calls).SelectMany(each => each.Arguments)
            .ShouldNotContain(each => each.Contains("--skip", StringComparison.OrdinalIgnoreCase), "the server's own guards are never skipped");
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task Killed_after_the_installation_and_before_the_journal_knows_of_it_octomove_finds_it_done()
    {
        await using var move = await AMove.OnAsync(Bare);
        var installed = false;
        move.World.New.Intercept = async call =>
        {
            if (installed && call.Tool != "msiexec")
                await Task.Delay(Timeout.Infinite, call.Cancelled);
            installed |= call.Tool == "msiexec";
            return null;
        };
        await move.KillProgramWhenAsync(line => line.Contains("was installed from", StringComparison.Ordinal), "run", "--yes", "--until", Step);
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId(Step)).Standing.ShouldBe(JournalStanding.Started);
        move.World.New.Intercept = null;

        (await move.RunProgramAsync("run", "--yes", "--until", "check-new-server")).ShouldBe(ExitCodes.Done, move.Printed);

        InstallCalls(move).Count.ShouldBe(1);
        FactOf(move).ShouldNotBeNull().Version.ShouldBe(Version);
    }

    [Fact]
    public async Task An_installation_whose_log_has_no_end_was_cut_short_and_is_run_again()
    {
        await using var move = await AMove.OnAsync(Bare);
        move.World.New.SpoilNextInstall(new InstallFault(CutsShort: true));
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Verifying } changed && changed.Step == new StepId(Step))
                stop.Cancel();
        };
        (await move.RunAsync(Step, stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        move.Person = new APerson();
        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        ShouldHaveLogged(move, "was cut short, or still runs");
        InstallCalls(move).Count.ShouldBe(2);
    }

    [Fact]
    [Proves("P5")]
    public async Task An_MSI_of_another_version_is_named_and_refused_until_the_right_one_is_there()
    {
        await using var move = await AMove.OnAsync(Bare);
        File.Delete(Msi(move));
        var other = InstallerPackage.Write(move.World.Root, "2026.3.100");
        var problems = new List<FailureReport>();
        move.Person.Answers = question =>
        {
            if (question is not RetryOrStop asked)
                return null;
            problems.Add(asked.Failure);
            if (problems.Count == 1)
                File.WriteAllText(Msi(move), "<html>Your download begins in a moment</html>");
            else
                InstallerPackage.Write(move.World.Root, Version);
            return new Retry();
        };

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        problems.Count.ShouldBe(2);
        problems[0].Cause.ShouldBe(FailureCause.VersionMismatch);
        problems[0].What.ShouldContain($"Octopus Server {Version} is not installed");
        problems[0].Why.ShouldContain(other);
        problems[0].ToDo[0].ShouldContain($"Octopus.{Version}-x64.msi from https://download.octopusdeploy.com/octopus/Octopus.{Version}-x64.msi");
        problems[0].ToDo[0].ShouldContain("octopus.com/downloads/previous");
        problems[0].ToDo[1].ShouldContain(move.World.MoveFolder);
        problems[0].ToDo[2].ShouldContain($"msiexec /i Octopus.{Version}-x64.msi /quiet /norestart /l*v install.log RUNMANAGERONEXIT=no INSTALLLOCATION=");
        problems[1].What.ShouldContain("no Windows Installer package");
        move.Person.Questions.OfType<ConfirmStep>().Count(each => each.Step == new StepId(Step)).ShouldBe(1, "it is not asked for what can't be done");
        InstallCalls(move).Count.ShouldBe(1);
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task Each_exit_code_of_Windows_Installer_says_what_to_do_and_where_the_log_is()
    {
        await using var move = await AMove.OnAsync(Bare);
        var codes = new Queue<int>([1602, 1603, 1618, 1619, 1620, 1625, 1638, 1639, 5]);
        var expected = codes.ToList();
        var problems = new List<FailureReport>();
        move.World.New.SpoilNextInstall(new InstallFault(codes.Dequeue()));
        move.Person.Answers = question =>
        {
            if (question is not RetryOrStop asked)
                return null;
            problems.Add(asked.Failure);
            if (codes.TryDequeue(out var next))
                move.World.New.SpoilNextInstall(new InstallFault(next, next == 1603 ? "Error 1304. Error writing to file: Octopus.Server.exe." : null));
            else
                move.World.New.Elevated = problems.Count > expected.Count;
            return new Retry();
        };

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        problems.Select(each => each.Cause).Distinct().ShouldBe([FailureCause.InstallFailed]);
        problems.Take(expected.Count).Select(each => each.What).ShouldBe(expected.Select(code => $"msiexec could not install {Msi(move)}: exit code {code}."));
        problems.ShouldAllBe(each => each.ToDo[each.ToDo.Count - 1].Contains(Path.Combine(move.World.MoveFolder, "logs"), StringComparison.Ordinal));
        problems[1].Raw!.ShouldContain("Error 1304");
        problems[2].Why.ShouldContain("Another installation is running");
        problems[^1].Why.ShouldContain("administrator rights", Case.Sensitive, "1603 with error 1925 in its log");
        problems[^1].ToDo[0].ShouldContain("elevated");
        FactOf(move).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(3010)]
    [InlineData(1641)]
    public async Task A_restart_that_Windows_wants_is_told_and_kept(int exitCode)
    {
        await using var move = await AMove.OnAsync(Bare);
        move.World.New.SpoilNextInstall(new InstallFault(exitCode));

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("restarted", StringComparison.Ordinal));
        FactOf(move)!.WantsRestart.ShouldBeTrue();
    }

    [Fact]
    [Proves("P24")]
    public async Task A_service_that_the_installer_starts_is_stopped_again()
    {
        await using var move = await AMove.OnAsync(Bare);
        var record = new InstanceRecord("Leftover", Path.Combine(move.World.New.Folder, "leftover.config"));
        move.World.New.Instances.Save(record);
        var process = new AProcess();
        var service = move.World.New.Services.Install(record.ServiceName, "run", () => process);
        move.World.New.SpoilNextInstall(new InstallFault(StartsServices: true));

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.World.New.ServiceChanges.Select(each => each.State).ShouldBe([ServiceState.Running, ServiceState.Stopped]);
        service.State.ShouldBe(ServiceState.Stopped);
        ShouldHaveLogged(move, $"The installer started the service {record.ServiceName}");
        ShouldHaveLogged(move, "knows of Leftover from an earlier installation");
    }

    [Fact]
    [Proves("P24")]
    public async Task A_service_that_will_not_stop_ends_it()
    {
        await using var move = await AMove.OnAsync(Bare);
        var record = new InstanceRecord("Leftover", Path.Combine(move.World.New.Folder, "leftover.config"));
        move.World.New.Instances.Save(record);
        var process = new AProcess { Stop = new TaskCompletionSource() };
        move.World.New.Services.Install(record.ServiceName, "run", () => process);
        move.World.New.SpoilNextInstall(new InstallFault(StartsServices: true));
        move.Settings.Timing.ServiceStop = TimeSpan.Zero;

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.Service);
        failure.What.ShouldContain(record.ServiceName);
        process.Stop.SetResult();
    }

    [Fact]
    public async Task Another_version_that_instances_use_is_never_replaced()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { NewVersion = "2026.1.9000" });
        InstallerPackage.Write(move.World.Root, Version);
        move.World.New.Instances.Save(new InstanceRecord("Production", Path.Combine(move.World.New.Folder, "production.config")));

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.InTheWay);
        failure.What.ShouldContain("2026.1.9000");
        failure.What.ShouldContain("Production");
        InstallCalls(move).ShouldBeEmpty();
        move.World.New.Version.ShouldBe("2026.1.9000");
    }

    [Fact]
    public async Task Another_version_without_instances_gives_way_and_a_check_days_ahead_says_so()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { NewVersion = "2026.1.9000" });
        move.Settings.New.InstallerFolder = Path.Combine(move.World.Root, "software");
        var msi = InstallerPackage.Write(move.Settings.New.InstallerFolder, Version);

        (await move.CheckAsync(Side.New)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var check = move.Person.Events.OfType<CheckMade>().Single(each => each.Id == "N1");
        check.Verdict.ShouldBe(Verdict.Warn);
        check.Finding.ShouldContain(msi);

        (await move.RunAsync("check-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.New.Version.ShouldBe(Version);

        // What was installed by the move and is another now, somebody changed.
        move.World.New.Version = "2026.3.1";
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
    }

    [Fact]
    public async Task A_service_without_its_program_where_the_plan_has_it_is_somebody_s_installation()
    {
        await using var move = await AMove.OnAsync(Bare);
        move.World.New.Services.Install("OctopusDeploy", "run", () => new AProcess());

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.InTheWay);
        failure.ToDo.ShouldContain(each => each.Contains("New:OctopusServer", StringComparison.Ordinal));
        InstallCalls(move).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_installation_elsewhere_on_the_machine_is_named_and_left_alone()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { NewVersion = "2026.1.9000" });
        InstallerPackage.Write(move.World.Root, Version);
        move.Settings.New.OctopusServer = Path.Combine(move.World.New.Folder, "elsewhere", Path.GetFileName(move.World.New.OctopusServer));

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.InTheWay);
        failure.What.ShouldContain(Path.GetDirectoryName(move.World.New.OctopusServer)!);
        InstallCalls(move).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_MSI_under_another_version_s_name_is_found_out_by_what_it_installed()
    {
        await using var move = await AMove.OnAsync(Bare);
        InstallerPackage.Write(move.World.Root, "2026.1.9000", Path.GetFileName(Msi(move)));
        var problems = new List<FailureReport>();
        move.Person.Answers = question =>
        {
            if (question is not RetryOrStop asked)
                return null;
            problems.Add(asked.Failure);
            InstallerPackage.Write(move.World.Root, Version);
            return new Retry();
        };

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        problems.ShouldHaveSingleItem().What.ShouldContain("is version 2026.1.9000 and not 2026.2.4120");
        problems[0].ToDo[0].ShouldContain($"msiexec /x {Msi(move)}");
    }

    [Fact]
    public async Task A_machine_without_Windows_Installer_is_told_the_image()
    {
        await using var move = await AMove.OnAsync(Bare);
        move.Settings.New.Msiexec = "msiexec-that-is-nowhere";

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.VersionMismatch);
        failure.ToDo[0].ShouldContain($"octopusdeploy/octopusdeploy:{Version}");
    }

    [Fact]
    public async Task The_old_server_s_own_machine_gets_no_second_installation()
    {
        await using var move = await AMove.OnAsync(Bare);
        move.Settings.New.Sc = move.Settings.Old.Sc;

        var failure = (await move.RunAsync(Step)).Failure.ShouldNotBeNull(move.Person.Story);

        failure.What.ShouldContain("only one installation");
        failure.ToDo[0].ShouldContain(move.World.Old.OctopusServer);
        InstallCalls(move).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_MSI_the_plan_form_says_where_to_put_it()
    {
        await using var move = await AMove.OnAsync(Bare);
        File.Delete(Msi(move));

        (await move.RunAsync(Step)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        var field = move.Person.Questions.OfType<FillPlan>().Last().Fields.Single(each => each.Problem is not null);
        field.Key.ShouldBe("New:OctopusServer");
        field.Problem!.ShouldContain(move.World.MoveFolder);
    }

    [Fact]
    public async Task On_a_machine_of_its_own_it_can_be_installed_days_ahead_and_the_old_server_says_so()
    {
        await using var move = await AMove.OnAsync(Bare);
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");

        (await move.RunAsync("save-master-key")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        ShouldHaveLogged(move, $"octomove run --until {Step}");
        InstallCalls(move).ShouldBeEmpty();

        move.Settings.Machine = "NEW-SERVER";
        move.Person = new APerson();
        (await move.RunAsync("check-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        InstallCalls(move).Count.ShouldBe(1);

        move.Settings.Machine = "OLD-SERVER";
        move.Person = new APerson();
        (await move.RunAsync("enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Events.OfType<Logged>().ShouldNotContain(each => each.Text.Contains("has not been run on NEW-SERVER", StringComparison.Ordinal));
    }

    /// <summary>Nothing is installed on the new machine; the MSI lies beside the move folder.</summary>
    private static Sandbox.WorldOptions Bare => AMove.Small with { NewIsInstalled = false };

    private static string Msi(AMove move) => Path.Combine(move.World.Root, $"Octopus.{Version}-x64.msi");

    private static List<Sandbox.StandIns.RecordedCall> InstallCalls(AMove move) => [.. move.World.New.Calls.Where(each => each.Tool == "msiexec")];

    private static OctopusServerInstalled? FactOf(AMove move) =>
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId(Step)).Fact as OctopusServerInstalled;

    private static void ShouldHaveLogged(AMove move, string text) =>
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains(text, StringComparison.Ordinal), move.Person.Story);

    private sealed class AProcess : IServiceProcess
    {
        public TaskCompletionSource? Stop { get; init; }

        public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

        public ValueTask DisposeAsync() => new(Stop?.Task ?? Task.CompletedTask);
    }
}
