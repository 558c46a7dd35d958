using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// A step of the guide: previewed, probed, run, verified. Its fact is of type <typeparamref name="TFact"/>.
/// </summary>
public abstract class MoveStep<TFact> : MoveStep
    where TFact : StepFact
{
    /// <summary>Does the work. Safe to run again after a crash at any point, including half-way through itself.</summary>
    /// <exception cref="MoveFailure">Expected trouble.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what is half done is found by the next probe.</exception>
    public abstract Task<TFact> RunAsync(MoveContext move, CancellationToken cancel);

    /// <summary>Proves that the work is done, by asking the servers and not by remembering.</summary>
    /// <exception cref="MoveFailure">It isn't.</exception>
    public virtual Task VerifyAsync(MoveContext move, TFact fact, CancellationToken cancel) => Task.CompletedTask;

    internal sealed override async Task<StepFact> RunStepAsync(MoveContext move, CancellationToken cancel) => await RunAsync(move, cancel);

    internal sealed override Task VerifyStepAsync(MoveContext move, StepFact fact, CancellationToken cancel) =>
        fact is TFact ours ? VerifyAsync(move, ours, cancel) : Task.CompletedTask;
}

/// <summary>What the runner and the screens need to know of any step.</summary>
public abstract class MoveStep
{
    /// <summary>The step's id in journals and on the command line.</summary>
    public abstract StepId Id { get; }

    /// <summary>Title, guide line and way back, in words.</summary>
    public abstract StepWords Words { get; }

    /// <summary>The server it works on.</summary>
    public abstract Side Side { get; }

    /// <summary>How careful one has to be with it.</summary>
    public abstract StepNature Nature { get; }

    /// <summary>True when finding it done without having done it ourselves is harmless (maintenance mode was on already).</summary>
    public virtual bool AcceptsWhatWasDoneBefore => false;

    /// <summary>True when the step only checks, and its answer of another day has to be asked for again before the outage.</summary>
    public virtual bool IsCheckedAgain => false;

    /// <summary>True when the move is right without this step too.</summary>
    public virtual bool IsOptional => false;

    /// <summary>
    /// True when the steps of the other server may go on without it, until octomove runs on its own: it prepares or only looks, and what needs it comes later.
    /// </summary>
    public virtual bool MayWaitForItsServer => false;

    /// <summary>What it will do, exactly; secrets masked. Asks no server: a plan can be shown anywhere.</summary>
    public abstract IReadOnlyList<PreviewLine> Preview(MoveContext move);

    /// <summary>Asks the servers whether it is done, half done, not done, or can't be told.</summary>
    public abstract Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel);

    /// <summary>How what the step changed is taken back, up to the point of no return; for a step that was cut short as well.</summary>
    public abstract StepUndo Undo { get; }

    internal abstract Task<StepFact> RunStepAsync(MoveContext move, CancellationToken cancel);

    internal abstract Task VerifyStepAsync(MoveContext move, StepFact fact, CancellationToken cancel);

    internal StepOutline Outline => new(Id, Words.Title, Words.Guide, Side, Nature);
}

/// <summary>What the servers say about a step.</summary>
public abstract record StepProbe
{
    private StepProbe()
    {
    }

    /// <summary>It is done, and this is the fact it would have left.</summary>
    public sealed record Done(StepFact Fact) : StepProbe;

    /// <summary>Begun and cut short; <paramref name="How"/> says what was found.</summary>
    public sealed record HalfDone(string How) : StepProbe;

    /// <summary>Not done.</summary>
    public sealed record NotDone : StepProbe;

    /// <summary>It was done, and a later step found that part of it has to be done again; <paramref name="Why"/> says what.</summary>
    public sealed record WantedAgain(string Why) : StepProbe;

    /// <summary>The servers can't say (the old service is stopped, or the other machine is meant).</summary>
    public sealed record CannotTell : StepProbe;

    /// <summary>This move doesn't need it.</summary>
    public sealed record NotNeeded(string Reason) : StepProbe;
}
