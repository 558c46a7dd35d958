using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Attaching;

/// <summary>The engine in this process. While it moves, or takes a move back, others can attach to it.</summary>
/// <param name="time">Time.</param>
/// <param name="listening">Called as soon as others can attach.</param>
internal sealed class HostedRun(TimeProvider time, Action? listening = null)
{
    /// <summary>Does what is asked of the engine; see <see cref="Mover.RunAsync"/>.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="here">The front end of this process; null when whoever attaches is the only one.</param>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Cancelled to stop at the next safe point.</param>
    /// <exception cref="MoveFailure">An engine runs for that folder already; or, without a front end here, nobody could attach.</exception>
    public async Task<MoveEnded> RunAsync(MoveSettings settings, IFrontEnd? here, MoveRequest request, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var host = request.Purpose is MovePurpose.Move or MovePurpose.Undo && settings.Move.Length > 0 ? Open(settings.Move, here, Stop) : null;
        listening?.Invoke();
        var frontEnd = host ?? here ?? throw new InvalidOperationException("Nobody would hear of this move.");
        return await new Mover(settings, frontEnd, time).RunAsync(request, stop.Token);

        void Stop(bool atOnce)
        {
            if (atOnce)
            {
                Environment.Exit(ExitCodes.Stopped);
            }

            stop.Cancel();
        }
    }

    private EngineHost? Open(string moveFolder, IFrontEnd? here, Action<bool> stop)
    {
        try
        {
            return EngineHost.Open(MeetingPlace.Of(moveFolder), here, stop, time) ?? throw AttachFailures.RunsAlready(moveFolder);
        }
        catch (MoveFailure failure) when (here is not null && failure.Report.Cause != FailureCause.MoveFolder)
        {
            // A move that nobody can attach to is better than none.
            here.Tell(new Logged(LogKind.Warning, AttachWords.NobodyCanAttach(failure.Report)) { At = time.GetUtcNow() });
            return null;
        }
    }
}
