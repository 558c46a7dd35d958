namespace OctoMoveTui.Engine.Moving;

/// <summary>Turns counts into progress events: not more than ten a second, with the rate of the last seconds and the time left at that rate.</summary>
public sealed class ProgressMeter(StepId step, string what, ProgressUnit unit, Action<MoveEvent> tell, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Stamp, double Done)> samples = new();
    private readonly Lock gate = new();
    private long lastTold;
    private bool hasTold;

    /// <summary>So much is done now.</summary>
    public void Report(double done, double? total, string? current = null)
    {
        Progressed progress;
        lock (gate)
        {
            var now = time.GetTimestamp();
            var isLast = total is { } end && done >= end;
            if (hasTold && !isLast && time.GetElapsedTime(lastTold, now) < Pause)
                return;

            (lastTold, hasTold) = (now, true);
            samples.Enqueue((now, done));
            while (samples.Count > 2 && time.GetElapsedTime(samples.Peek().Stamp, now) > Window)
                samples.Dequeue();

            var (stamp, first) = samples.Peek();
            var seconds = time.GetElapsedTime(stamp, now).TotalSeconds;
            double? rate = seconds > 0.5 && done > first ? (done - first) / seconds : null;
            TimeSpan? left = rate is { } speed && total is { } all ? TimeSpan.FromSeconds(Math.Min((all - done) / speed, 3_600_000)) : null;
            progress = new Progressed(step, what, done, total, unit, rate, left, current);
        }

        tell(progress);
    }
}
