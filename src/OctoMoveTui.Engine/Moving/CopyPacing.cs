using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Lets a person pause and limit the directory copy of one step: obeys the front end's commands, and tells every front end how it stands. A
/// pause, or a limit given by hand, ends with the step.
/// </summary>
internal sealed class CopyPacing : IDisposable
{
    private readonly MoveContext move;
    private readonly Lock gate = new();
    private readonly IDisposable listening;
    private long pausedAt;

    private CopyPacing(MoveContext move, TransferRate? limit)
    {
        this.move = move;
        Pace = new CopyPace(move.Time) { BytesPerSecond = limit?.BytesPerSecond };
        if (limit is { } configured)
            move.Info(CopyNotes.LimitedBySettings(configured));
        lock (gate)
        {
            listening = move.ListenFor(Obey);
            Tell(isCopying: true);
        }
    }

    /// <summary>What the copy's threads are held to.</summary>
    public CopyPace Pace { get; }

    /// <summary>Called, on the thread of whoever gave the command, when the pace was changed: what was measured before says nothing any more.</summary>
    public event Action? Changed;

    /// <summary>Begins, with the limit that is configured.</summary>
    public static CopyPacing Begin(MoveContext move, TransferRate? limit) => new(move, limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        listening.Dispose();
        lock (gate)
            Tell(isCopying: false);
    }

    private void Obey(MoveCommand command)
    {
        // One after the other: what is told last must be what holds. Done before it is said: whoever hears it may answer with a command.
        lock (gate)
        {
            switch (command)
            {
                case PauseCopy when !Pace.IsPaused:
                    Pace.Pause();
                    pausedAt = move.Time.GetTimestamp();
                    move.Info(CopyNotes.Paused);
                    break;
                case ResumeCopy when Pace.IsPaused:
                    Changed?.Invoke();
                    Pace.Resume();
                    move.Info(CopyNotes.Resumed(move.Time.GetElapsedTime(pausedAt)));
                    break;
                case LimitCopy { BytesPerSecond: <= 0 }:
                    move.Warn(CopyNotes.LimitTooLow);
                    return;
                case LimitCopy limit when limit.BytesPerSecond != Pace.BytesPerSecond:
                    Changed?.Invoke();
                    Pace.BytesPerSecond = limit.BytesPerSecond;
                    move.Info(limit.BytesPerSecond is { } speed ? CopyNotes.Limited(new TransferRate(speed)) : CopyNotes.Unlimited);
                    break;
                default:
                    return;
            }

            Tell(isCopying: true);
        }
    }

    private void Tell(bool isCopying) =>
        move.Tell(new CopyPaceChanged(move.Step, isCopying, isCopying && Pace.IsPaused, isCopying ? Pace.BytesPerSecond : null));
}
