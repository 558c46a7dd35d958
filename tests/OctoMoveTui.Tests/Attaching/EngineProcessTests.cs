using System.Diagnostics;
using System.Runtime.Versioning;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

/// <summary>The real program as an engine in a process of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class EngineProcessTests
{
    private static readonly ThisProgram Octomove = new("dotnet", ["exec", AMove.Octomove]);

    [Fact]
    public async Task Killed_it_is_said_by_whoever_is_attached_and_by_the_next_start_and_a_signal_closes_the_journal()
    {
        await using var move = await AMove.OnAsync();
        await using var nobodyLeft = new NoEngineLeft(move.World.MoveFolder);
        var folder = new MoveFolder(move.World.MoveFolder);

        var first = await StartAsync(move);
        var (watching, atQuestion) = AtFirstStep();
        var running = first.RunAsync(watching, CancellationToken.None);
        await atQuestion;
        await SignalAsync(first.Process, "KILL");
        var died = (await running).ShouldNotBeNull();
        died.ExitCode.ShouldBe((int)FailureCause.NoEngine);
        died.Failure!.What.ShouldBe($"The process {first.Process} that ran the move has ended without a word.");
        died.Failure.Why.ShouldContain($"process {first.Process} ({Environment.UserName} on ");
        died.Failure.Why.ShouldContain("between two steps");
        died.Failure.ToDo[0].ShouldStartWith("Start octomove again");

        var second = await StartAsync(move);
        (watching, atQuestion) = AtFirstStep();
        running = second.RunAsync(watching, CancellationToken.None);
        await atQuestion;
        watching.Events.OfType<RunCutOff>().ShouldHaveSingleItem().Process.ShouldBe(first.Process);
        watching.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains($"process {first.Process}") && each.Text.Contains("Nothing of it is lost"));
        await SignalAsync(second.Process, "HUP");
        await SignalAsync(second.Process, "TERM");
        (await running).ShouldNotBeNull().Outcome.ShouldBe(MoveOutcome.Stopped);
        await GoneAsync(second.Process);
        CutOffRun.Of(MoveJournal.Read(folder)).ShouldBeNull("the journal was closed");
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task A_terminal_that_goes_without_a_signal_ends_the_screen_and_a_move_without_one_can_be_stopped()
    {
        using var folder = new TemporaryFolder();
        await using var nobodyLeft = new NoEngineLeft(folder.Path);
        await using var terminal = APseudoTerminal.Run("dotnet", [AMove.Octomove, "--move", folder.Path], [], tells: false);
        await terminal.ShouldShow("What moves?");
        terminal.Cut();
        (await terminal.ExitCodeAsync()).ShouldBe(128 + 1);
        using var client = (await EngineClient.FindAsync(MeetingPlace.Of(folder.Path), looksOn: true, default)).ShouldNotBeNull("the move waits for its answer");

        using var stop = Process.Start(new ProcessStartInfo("dotnet", [AMove.Octomove, "attach", "--stop", "--move", folder.Path]) { RedirectStandardOutput = true })!;
        var said = await stop.StandardOutput.ReadToEndAsync();
        await stop.WaitForExitAsync();
        stop.ExitCode.ShouldBe(0, said);
        said.ShouldContain($"Process {client.Process} was asked to stop");
        said.ShouldContain("Stopped before the first step.");
        await GoneAsync(client.Process);
    }

    [Fact]
    public async Task Cut_off_it_does_not_wait_for_a_safe_point_and_hangs_on_no_terminal()
    {
        using var folder = new TemporaryFolder();
        await using var nobodyLeft = new NoEngineLeft(folder.Path);
        var place = MeetingPlace.Of(folder.Path);
        (await new UnixEngineProcess(Octomove, folder.Path).StartAsync([EngineStarter.Command, "--move", folder.Path], place, default)).ShouldBeNull();
        var client = (await EngineClient.FindAsync(place, looksOn: false, default)).ShouldNotBeNull();
        var stat = await File.ReadAllTextAsync($"/proc/{client.Process}/stat");

        // After the name in brackets: state, parent, group, session, terminal.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        fields[3].ShouldBe(client.Process.ToString(System.Globalization.CultureInfo.InvariantCulture), "it leads a session of its own");
        fields[4].ShouldBe("0", "it has no terminal");

        using var engine = new EngineElsewhere(client, folder.Path, looksOn: false, TimeProvider.System);
        var (watching, _) = AtFirstStep();
        var running = engine.RunAsync(watching, CancellationToken.None);
        engine.Stop(atOnce: true);
        (await running).ShouldNotBeNull().Sentence.ShouldStartWith("Cut off.");
        await GoneAsync(client.Process);
        (await EngineClient.FindAsync(place, looksOn: false, default)).ShouldBeNull();
    }

    // As the task scheduler starts it on Windows: without our environment, which it is given afterwards.
    private static async Task<EngineElsewhere> StartAsync(AMove move)
    {
        var place = MeetingPlace.Of(move.World.MoveFolder);
        var starting = new UnixEngineProcess(Octomove, move.World.Root).StartAsync(
            [EngineStarter.Command, ScheduledEngine.GivenEnvironment, "--config", move.World.ConfigurationFile, "--move", move.World.MoveFolder], place, default);
        var environment = move.World.Environment.Append(new("OCTOMOVE_Shape", "server-and-database")).ToDictionary(each => each.Key, each => each.Value);
        (await EnvironmentHandover.GiveAsync(place, environment, TimeProvider.System, default)).ShouldBeTrue();
        (await starting).ShouldBeNull();
        var client = (await EngineClient.FindAsync(place, looksOn: false, default)).ShouldNotBeNull();
        return new EngineElsewhere(client, move.World.MoveFolder, looksOn: false, TimeProvider.System);
    }

    // Without its environment the engine would ask for an API key before it comes to a step; and the person here has none.
    private static (APerson Person, Task AtQuestion) AtFirstStep()
    {
        var atQuestion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var person = new APerson
        {
            Later = (question, cancel) =>
            {
                if (question is not ConfirmStep)
                {
                    return null;
                }

                atQuestion.TrySetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith<MoveAnswer>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
            },
        };
        return (person, atQuestion.Task.WaitAsync(TimeSpan.FromSeconds(90)));
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private static async Task GoneAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }
}
