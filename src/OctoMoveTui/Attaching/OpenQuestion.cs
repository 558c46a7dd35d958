using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>A question that nobody has answered yet, and the first answer to it.</summary>
internal sealed class OpenQuestion(int number, MoveQuestion question)
{
    private readonly TaskCompletionSource<MoveAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Number => number;

    public MoveQuestion Question => question;

    /// <summary>Completes with the first answer.</summary>
    public Task<MoveAnswer> Answer => answer.Task;

    public void Give(MoveAnswer given) => answer.TrySetResult(given);
}
