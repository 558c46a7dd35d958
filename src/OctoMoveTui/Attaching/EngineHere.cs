using OctoMoveTui.CommandLine;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>The engine in this process.</summary>
internal sealed class EngineHere(RunMove run, MoveSettings settings) : IEngineLink, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public EngineTie Tie => EngineTie.ThisProcess;

    public int Process => Environment.ProcessId;

    public async Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, CancellationToken leave)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, leave);
        return await run(settings, frontEnd, new MoveRequest(MovePurpose.Move), either.Token);
    }

    public void Stop(bool atOnce) => stop.Cancel();

    public void Dispose() => stop.Dispose();
}
