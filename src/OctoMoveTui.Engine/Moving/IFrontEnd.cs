namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// The other half of the conversation: the screen, plain text, JSON lines, or a test. Two implementations and more exist, which is why this
/// is an interface. Only <see cref="MoveEvent"/>, <see cref="MoveQuestion"/> and <see cref="MoveAnswer"/> ever cross it.
/// </summary>
public interface IFrontEnd
{
    /// <summary>Something happened. Called from any thread; must return at once.</summary>
    void Tell(MoveEvent happening);

    /// <summary>Asks a person and waits for the answer.</summary>
    /// <exception cref="OperationCanceledException">The move is being stopped.</exception>
    /// <exception cref="MoveFailure">Nobody is there to answer (a run without a screen, and the answer was not given beforehand).</exception>
    Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel);
}
