namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// The way back of a step, for a step that is finished as well as for one that was cut short anywhere. It runs where the step ran, and knows what
/// to put back from the journal: the fact and the marks of the step stand until it is undone.
/// </summary>
public abstract class StepUndo
{
    /// <summary>A step that leaves nothing behind.</summary>
    public static StepUndo Nothing { get; } = new Said(_ => []);

    /// <summary>A step of which something stays, because it harms nobody, or because it is not octomove's to take away. It is said.</summary>
    /// <param name="what">What stays, and how it is removed by hand, a sentence each.</param>
    public static StepUndo Stays(Func<MoveContext, IEnumerable<string>> what) => new Said(what);

    /// <summary>True when there is nothing to do, at most something to say: then it is undone on either server.</summary>
    public virtual bool IsOnlySaid => false;

    /// <summary>What will be done, exactly; secrets masked. Asks no server.</summary>
    public abstract IReadOnlyList<PreviewLine> Preview(MoveContext move);

    /// <summary>Does it. Safe to run again after a crash at any point, including half-way through itself.</summary>
    /// <exception cref="MoveFailure">Expected trouble.</exception>
    public abstract Task RunAsync(MoveContext move, CancellationToken cancel);

    /// <summary>Proves that it is done, by asking the servers and not by remembering.</summary>
    /// <exception cref="MoveFailure">It isn't.</exception>
    public virtual Task ProveAsync(MoveContext move, CancellationToken cancel) => Task.CompletedTask;

    private sealed class Said(Func<MoveContext, IEnumerable<string>> what) : StepUndo
    {
        public override bool IsOnlySaid => true;

        public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => [.. what(move).Select(each => new PreviewLine(PreviewKind.Words, each))];

        public override Task RunAsync(MoveContext move, CancellationToken cancel)
        {
            foreach (var each in what(move))
                move.Info(each);
            return Task.CompletedTask;
        }
    }
}
