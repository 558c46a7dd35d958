namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Holds the threads of a running copy to what a person wants: paused, or no faster than so many bytes a second. Can be changed from any
/// thread while they copy; those that wait then think again at once.
/// </summary>
public sealed class CopyPace(TimeProvider time)
{
    // What may be caught up after a lull: short enough that no line and no disk notices.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    // Monitor's own, for waiting on it.
    private readonly object _gate = new();
    private volatile bool _restrains;
    private bool _isPaused;
    private long? _bytesPerSecond;
    private double _allowance;
    private long _filledAt;

    /// <summary>True while nothing may be copied.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_gate)
            {
                return _isPaused;
            }
        }
    }

    /// <summary>How many bytes a second all threads together may copy; null = as many as they can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public long? BytesPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _bytesPerSecond;
            }
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            Change(() =>
            {
                // A debt from another speed would be paid at this one: ten seconds at a slow one could become an hour.
                (_bytesPerSecond, _allowance, _filledAt) = (value, 0, time.GetTimestamp());
            });
        }
    }

    /// <summary>From now on <see cref="Spend"/> waits.</summary>
    public void Pause() => Change(() => _isPaused = true);

    /// <summary>Ends the pause.</summary>
    public void Resume() => Change(() => _isPaused = false);

    /// <summary>
    /// Called before each block is written, and with 0 before each file: waits through a pause, and until the limit allows the block. A block
    /// that is larger than what the limit allows at once is let through, and those after it wait the longer.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled, before or while it waited.</exception>
    public void Spend(long bytes, CancellationToken cancel)
    {
        if (_restrains)
        {
            Wait(bytes, cancel);
        }
    }

    private void Wait(long bytes, CancellationToken cancel)
    {
        // Outside the gate: letting go of it waits for Wake, which needs the gate.
        using var cancelled = cancel.UnsafeRegister(static pace => ((CopyPace)pace!).Wake(), this);
        lock (_gate)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                if (!_isPaused && TimeToWait(bytes) is var wait)
                {
                    if (wait <= TimeSpan.Zero)
                    {
                        _allowance -= bytes;
                        return;
                    }

                    using var alarm = time.CreateTimer(static pace => ((CopyPace)pace!).Wake(), this, wait, Timeout.InfiniteTimeSpan);
                    Monitor.Wait(_gate);
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }

    // A bucket that fills at the limit's speed. It may be overdrawn once, by any amount: who comes next waits until it is filled again.
    private TimeSpan TimeToWait(long bytes)
    {
        if (bytes == 0 || _bytesPerSecond is not { } speed)
        {
            return TimeSpan.Zero;
        }

        var now = time.GetTimestamp();
        _allowance = Math.Min(_allowance + (time.GetElapsedTime(_filledAt, now).TotalSeconds * speed), Burst.TotalSeconds * speed);
        _filledAt = now;

        // A timer that is due a hair too early would only be set again.
        return _allowance >= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(-_allowance / speed * 1000));
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _restrains = _isPaused || _bytesPerSecond is not null;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
