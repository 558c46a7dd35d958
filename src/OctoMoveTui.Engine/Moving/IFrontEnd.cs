namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// The other half of the conversation: the screen, plain text, JSON lines, or a test. Two implementations and more exist, which is why this
/// is an interface. Only <see cref="MoveEvent"/>, <see cref="MoveQuestion"/>, <see cref="MoveAnswer"/> and <see cref="MoveCommand"/>
/// ever cross it.
/// </summary>
public interface IFrontEnd
{
    /// <summary>
    /// Called once, before anything else: <paramref name="say"/> takes what the front end says without being asked, from any thread and at any
    /// time. One that has nothing to say leaves it.
    /// </summary>
    void Connect(Action<MoveCommand> say)
    {
    }

    /// <summary>Something happened. Called from any thread; must return at once.</summary>
    void Tell(MoveEvent happening);

    /// <summary>Asks a person and waits for the answer.</summary>
    /// <exception cref="OperationCanceledException">The move is being stopped.</exception>
    /// <exception cref="MoveFailure">Nobody is there to answer (a run without a screen, and the answer was not given beforehand).</exception>
    Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel);
}
