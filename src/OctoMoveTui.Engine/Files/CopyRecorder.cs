namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Turns "renamed" into "recorded": collects lines, brings the files behind them to the disk, and only then writes the lines. Copying goes
/// on meanwhile. It sleeps until there is a batch: waking it for each line would cost more than the lines do.
/// </summary>
internal sealed class CopyRecorder(ManifestWriter manifest, DestinationDisk disk, TimeProvider time, CopySeams seams)
{
    private const long FullAtBytes = 512L << 20;
    private static readonly TimeSpan FullAfter = TimeSpan.FromSeconds(5);

    private readonly int _fullAt = seams.BatchOf ?? 2000;

    private readonly object _lock = new();
    private List<ManifestLine> _lines = [];
    private long _bytes;
    private long _since;
    private bool _isComplete;
    private bool _isBroken;

    /// <summary>True when a line was written in this run.</summary>
    public bool Recorded { get; set; }

    /// <summary>
    /// Takes the line of something that is under its final name. Not cancellable: what is finished shall be recorded. Waits while the disk is
    /// far behind.
    /// </summary>
    /// <exception cref="OperationCanceledException">Lines can't be written any more.</exception>
    public void Add(ManifestLine line)
    {
        lock (_lock)
        {
            while (_lines.Count >= 4 * _fullAt && !_isBroken)
            {
                Monitor.Wait(_lock);
            }

            if (_isBroken)
            {
                throw new OperationCanceledException();
            }

            if (_lines.Count == 0)
            {
                _since = time.GetTimestamp();
            }

            _lines.Add(line);
            _bytes += line is FileLine file ? file.Size : 0;
            if (_lines.Count == 1 || IsFull())
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>No more lines will come.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Works until all lines are recorded.</summary>
    public void Run()
    {
        try
        {
            while (Next() is { Count: > 0 } batch)
            {
                Flush(batch);
            }
        }
        catch
        {
            lock (_lock)
            {
                _isBroken = true; // nobody takes the lines any more: let nobody wait for that
                Monitor.PulseAll(_lock);
            }

            throw;
        }
    }

    // Empty at the end.
    private List<ManifestLine> Next()
    {
        lock (_lock)
        {
            while (!_isComplete && !IsFull())
            {
                var left = _lines.Count == 0 ? Timeout.InfiniteTimeSpan : FullAfter - time.GetElapsedTime(_since);
                if (_lines.Count > 0 && left <= TimeSpan.Zero)
                {
                    break;
                }

                Monitor.Wait(_lock, left);
            }

            var batch = _lines;
            (_lines, _bytes) = ([], 0);
            Monitor.PulseAll(_lock);
            return batch;
        }
    }

    private bool IsFull() => _lines.Count >= _fullAt || _bytes >= FullAtBytes;

    private void Flush(List<ManifestLine> batch)
    {
        disk.FlushBatch();
        seams.At?.Invoke(CopyMoment.BatchFlushed, batch[^1].Write());
        manifest.Append(batch);
        Recorded = true;
        seams.At?.Invoke(CopyMoment.BatchRecorded, batch[^1].Write());
    }
}
