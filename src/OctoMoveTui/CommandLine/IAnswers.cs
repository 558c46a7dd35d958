using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine;

/// <summary>Who answers when no screen does: a person at the prompt, the options of the command line, or nobody.</summary>
internal interface IAnswers
{
    /// <exception cref="MoveFailure">Nobody can answer this.</exception>
    /// <exception cref="OperationCanceledException">The move is being stopped.</exception>
    Task<MoveAnswer> AnswerAsync(MoveQuestion question, CancellationToken cancel);
}
