namespace OctoMoveTui.Engine.Moving;

/// <summary>The engine's front door: opens a move folder and does what is asked of it, telling and asking one front end.</summary>
public sealed class Mover(MoveSettings settings, IFrontEnd frontEnd, TimeProvider time)
{
    /// <summary>
    /// Does what <paramref name="request"/> asks. Never throws for expected trouble: the returned event (also told as the last one) has the
    /// outcome, the failure and the exit code. Cancelling <paramref name="cancel"/> stops at the next safe point.
    /// </summary>
    public Task<MoveEnded> RunAsync(MoveRequest request, CancellationToken cancel)
    {
        _ = (settings, frontEnd, time, request, cancel);
        throw new NotImplementedException();
    }
}

/// <summary>What is asked of the engine.</summary>
/// <param name="Purpose">What to do.</param>
/// <param name="Until">With <see cref="MovePurpose.Move"/>: stop after this step.</param>
/// <param name="Side">With <see cref="MovePurpose.Check"/>: which server.</param>
public sealed record MoveRequest(MovePurpose Purpose, StepId? Until = null, Side? Side = null);

/// <summary>The purposes of a run.</summary>
public enum MovePurpose
{
    /// <summary>The move itself: begin, or resume where the journal ends.</summary>
    Move,

    /// <summary>Only the previews of all steps; nothing is changed.</summary>
    Plan,

    /// <summary>Only the read-only checks of one server.</summary>
    Check,

    /// <summary>Only what the journal says; no server is asked.</summary>
    Status,
}
