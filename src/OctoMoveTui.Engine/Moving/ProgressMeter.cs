using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Moving;

/// <summary>Turns counts into progress events: not more than ten a second, with the rates of the last seconds and the time left at those.</summary>
public sealed class ProgressMeter(StepId step, string what, ProgressUnit unit, Action<MoveEvent> tell, TimeProvider time)
{
    // Fewer files than this in the window say nothing about how fast files go: large ones come in lumps.
    private const long FewFiles = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3_600_000);

    private readonly Queue<(long Stamp, double Done, long Files)> samples = new();
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
            if (!IsDue(now, total is { } end && done >= end))
                return;
            var (rate, _) = Rates(now, done, 0);
            progress = new Progressed(step, what, done, total, unit, rate, UnlessNothing(TimeLeft(done, total, rate)), current);
        }

        tell(progress);
    }

    /// <summary>
    /// So many files and bytes are done now. The time left is that of the slower of the two: many small files are limited by files a second,
    /// large ones by bytes a second.
    /// </summary>
    public void Report(CopyProgress copy)
    {
        Progressed progress;
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (!IsDue(now, copy.FilesDone >= copy.FilesTotal))
                return;
            var (bytes, files) = Rates(now, copy.BytesDone, copy.FilesDone);
            progress = new Progressed(
                step, what, copy.BytesDone, copy.BytesTotal, unit, bytes,
                UnlessNothing(Slower(TimeLeft(copy.BytesDone, copy.BytesTotal, bytes), TimeLeft(copy.FilesDone, copy.FilesTotal, files))), copy.CurrentFile)
            {
                Files = new FilesProgress(copy.FilesDone, copy.FilesTotal, files, copy.SoFar?.Files, copy.SoFar?.Bytes, copy.Troubles),
            };
        }

        tell(progress);
    }

    /// <summary>From now on it goes at another speed: what was measured so far says nothing any more.</summary>
    public void Forget()
    {
        lock (gate)
            samples.Clear();
    }

    private bool IsDue(long now, bool isLast)
    {
        if (hasTold && !isLast && time.GetElapsedTime(lastTold, now) < Pause)
            return false;
        (lastTold, hasTold) = (now, true);
        return true;
    }

    private (double? Units, double? Files) Rates(long now, double done, long files)
    {
        samples.Enqueue((now, done, files));
        while (samples.Count > 2 && time.GetElapsedTime(samples.Peek().Stamp, now) > Window)
            samples.Dequeue();

        var (stamp, firstDone, firstFiles) = samples.Peek();
        var seconds = time.GetElapsedTime(stamp, now).TotalSeconds;
        return seconds <= 0.5 ? (null, null) : (
            done > firstDone ? (done - firstDone) / seconds : null,
            files >= firstFiles + FewFiles ? (files - firstFiles) / seconds : null);
    }

    private static TimeSpan? TimeLeft(double done, double? total, double? rate) => (total - done, rate) switch
    {
        ( <= 0, _) => TimeSpan.Zero,
        ({ } left, { } speed) => left / speed < Longest.TotalSeconds ? TimeSpan.FromSeconds(left / speed) : Longest,
        _ => null,
    };

    private static TimeSpan? UnlessNothing(TimeSpan? left) => left == TimeSpan.Zero ? null : left;

    // Files that have no bytes may be left when all bytes are done.
    private static TimeSpan? Slower(TimeSpan? bytes, TimeSpan? files) => files is null
        ? bytes == TimeSpan.Zero ? null : bytes
        : bytes > files ? bytes : files;
}
