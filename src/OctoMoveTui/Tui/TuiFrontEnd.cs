using System.Collections.Concurrent;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models;

namespace OctoMoveTui.Tui;

/// <summary>
/// Brings events and questions from the engine's threads to the screen's, in their order. Many events make one wake-up: a thousand log lines
/// are one redraw.
/// </summary>
/// <param name="screen">What they are folded into.</param>
/// <param name="wake">Has <see cref="Flush"/> called soon, on the screen's thread.</param>
internal sealed class TuiFrontEnd(ScreenModel screen, Action wake) : IFrontEnd
{
    private readonly ConcurrentQueue<Action> pending = new();
    private int wakingUp;

    public void Connect(Action<MoveCommand> say) => Post(() =>
    {
        screen.Pace.Connect(say);
        screen.TaskWish.Connect(say);
        screen.ReindexWish.Connect(say);
    });

    public void Tell(MoveEvent happening) => Post(() => screen.Fold(happening));

    public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        // Continuations run elsewhere: the engine must not go on inside a key press.
        var answer = new TaskCompletionSource<MoveAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        object? asked = null;
        Post(() => asked = screen.Ask(question, given => answer.TrySetResult(given)));
        await using var registration = cancel.Register(() =>
        {
            answer.TrySetCanceled(cancel);
            Post(() => screen.Drop(asked!));
        });
        // Never back to the screen's thread: the screen may be gone by then.
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>On the screen's thread: everything that came since the last time.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool Flush()
    {
        Volatile.Write(ref wakingUp, 0);
        var any = false;
        while (pending.TryDequeue(out var change))
        {
            change();
            any = true;
        }

        return any;
    }

    private void Post(Action change)
    {
        pending.Enqueue(change);
        if (Interlocked.Exchange(ref wakingUp, 1) == 0)
        {
            wake();
        }
    }
}
