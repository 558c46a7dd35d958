using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>The engine in this process.</summary>
/// <param name="run">The engine.</param>
/// <param name="settings">What is configured.</param>
/// <param name="note">Told first: why it is not in a process of its own; or null.</param>
internal sealed class EngineHere(RunMove run, MoveSettings settings, Logged? note = null) : IEngineLink, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public EngineTie Tie => EngineTie.ThisProcess;

    public int Process => Environment.ProcessId;

    public async Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, CancellationToken leave)
    {
        if (note is not null)
        {
            frontEnd.Tell(note);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, leave);
        return await run(settings, frontEnd, new MoveRequest(MovePurpose.Move), either.Token);
    }

    public void Stop(bool atOnce) => stop.Cancel();

    public void Dispose() => stop.Dispose();
}
