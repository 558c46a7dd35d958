using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class AttachCommandTests : IDisposable
{
    private readonly ACommandLine octomove = new();

    public void Dispose() => octomove.Dispose();

    [Fact]
    public async Task Without_a_move_that_runs_here_it_says_so_and_what_to_do()
    {
        (await octomove.Run("attach", "--move", "m")).ShouldBe((int)FailureCause.NoEngine);
        octomove.Error.ShouldContain("No move runs on this machine, under this account, for " + Path.GetFullPath("m"));
        octomove.Error.ShouldContain("octomove --move");
        octomove.Error.ShouldContain("attach there");
        octomove.Request.ShouldBeNull("attach begins nothing");
    }

    [Fact]
    public async Task Without_a_folder_nobody_knows_which_move_is_meant()
    {
        (await octomove.Run("attach")).ShouldBe(2);
        octomove.Error.ShouldContain("octomove attach --move DIR");
    }

    [Fact]
    public async Task The_screen_opens_on_the_engine_that_runs()
    {
        octomove.HasTerminal = true;
        octomove.Running = new ARunningEngine(looksOn: false);
        (await octomove.Run("attach", "--move", "m")).ShouldBe(0);
        octomove.Shown.ShouldBeSameAs(octomove.Running);
    }

    [Fact]
    public async Task Looking_on_without_a_terminal_prints_lines_and_says_what_waits_for_others()
    {
        octomove.Running = new ARunningEngine(looksOn: true);
        octomove.Running.Does = async (frontEnd, leave) =>
        {
            frontEnd.Tell(SampleMove.Opened());
            var asking = frontEnd.AskAsync(SampleMove.ConfirmBackUp, leave);
            asking.IsCompleted.ShouldBeFalse();
            await octomove.Signal.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(asking);
            return null;
        };
        (await octomove.Run("attach", "--view", "--move", "m")).ShouldBe(0);
        octomove.Out.ShouldContain("OCTO_OLD → OCTO_NEW");
        octomove.Out.ShouldContain("Waits for an answer at another screen: Back up the database: do it?");
        octomove.Out.ShouldContain("The move goes on, in process 4711.");
    }

    [Fact]
    public async Task Status_says_when_the_move_runs_here()
    {
        (await octomove.Run("status", "--move", "m")).ShouldBe(0);
        octomove.Out.ShouldNotContain("runs on this machine");
        octomove.Running = new ARunningEngine(looksOn: true);
        (await octomove.Run("status", "--move", "m", "--json")).ShouldBe(0);
        octomove.Out.ShouldNotContain("runs on this machine");
        (await octomove.Run("status", "--move", "m")).ShouldBe(0);
        octomove.Out.ShouldContain("The move runs on this machine now, in process 4711. To see it: octomove attach --move m");
    }

    [Fact]
    public async Task Stop_asks_for_the_safe_point_and_waits_for_the_end()
    {
        octomove.Running = new ARunningEngine(looksOn: false)
        {
            Does = (_, _) => Task.FromResult<MoveEnded?>(ACommandLine.Ended(MoveOutcome.Stopped, ExitCodes.Stopped)),
        };
        (await octomove.Run("attach", "--stop", "--move", "m")).ShouldBe(0);
        octomove.Running.Stops.ShouldBe([false]);
        octomove.Out.ShouldContain("Process 4711 was asked to stop");
        octomove.Out.ShouldContain("That was it.");
        (await octomove.Run("attach", "--stop", "--view", "--move", "m")).ShouldBe(2);
    }
}

/// <summary>An engine that runs in a process of its own, as the command line finds it.</summary>
internal sealed class ARunningEngine(bool looksOn) : IEngineLink
{
    public Func<IFrontEnd, CancellationToken, Task<MoveEnded?>> Does { get; set; } = (_, _) => Task.FromResult<MoveEnded?>(null);

    public List<bool> Stops { get; } = [];

    public EngineTie Tie => looksOn ? EngineTie.OnlyLookedAt : EngineTie.ItsOwnProcess;

    public int Process => 4711;

    public Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, CancellationToken leave) => Does(frontEnd, leave);

    public void Stop(bool atOnce) => Stops.Add(atOnce);
}
