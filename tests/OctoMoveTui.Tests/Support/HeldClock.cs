namespace OctoMoveTui.Tests.Support;

/// <summary>A clock by which a server's pauses of one length pass at once, until it is held: then they last until the test lets go.</summary>
/// <param name="mayHold">Whether what is held has begun.</param>
internal sealed class HeldClock(Func<bool> mayHold) : TimeProvider
{
    /// <summary>The length that is held, which no other wait has.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(7_777);

    private const int PausesBefore = 40;

    private readonly Lock gate = new();
    private readonly List<ITimer> held = [];
    private readonly TaskCompletionSource isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int pauses;
    private bool released;

    /// <summary>Completes when the first pause is held.</summary>
    public Task Held => isHeld.Task.WaitAsync(TimeSpan.FromSeconds(90));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Pause)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        lock (gate)
        {
            if (released || !mayHold() || ++pauses <= PausesBefore)
            {
                return base.CreateTimer(callback, state, TimeSpan.Zero, period);
            }

            var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            held.Add(timer);
            isHeld.TrySetResult();
            return timer;
        }
    }

    /// <summary>What was held goes on.</summary>
    public void Release()
    {
        lock (gate)
        {
            released = true;
            held.ForEach(timer => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }
    }
}
