using System.Collections.Concurrent;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Turns "renamed" into "recorded": collects lines, brings the files behind them to the disk, and only then writes the lines. Copying goes
/// on meanwhile.
/// </summary>
internal sealed class CopyRecorder(ManifestWriter manifest, DestinationDisk disk, TimeProvider time, Action<CopyMoment, string>? at) : IDisposable
{
    private const int FullAt = 2000;
    private const long FullAtBytes = 512L << 20;
    private static readonly TimeSpan FullAfter = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<ManifestLine> _lines = new(boundedCapacity: 4 * FullAt);
    private readonly CancellationTokenSource _broken = new();

    /// <summary>True when a line was written in this run.</summary>
    public bool Recorded { get; private set; }

    /// <summary>Takes the line of something that is under its final name. Not cancellable: what is finished shall be recorded.</summary>
    public void Add(ManifestLine line) => _lines.Add(line, _broken.Token);

    /// <summary>No more lines will come.</summary>
    public void Complete() => _lines.CompleteAdding();

    /// <summary>Works until all lines are recorded.</summary>
    public void Run()
    {
        try
        {
            var batch = new List<ManifestLine>(FullAt);
            long bytes = 0;
            var since = time.GetTimestamp();
            foreach (var line in _lines.GetConsumingEnumerable())
            {
                batch.Add(line);
                bytes += line is FileLine file ? file.Size : 0;
                if (batch.Count >= FullAt || bytes >= FullAtBytes || time.GetElapsedTime(since) >= FullAfter)
                {
                    Flush(batch);
                    bytes = 0;
                    since = time.GetTimestamp();
                }
            }

            Flush(batch);
        }
        catch
        {
            _broken.Cancel(); // nobody empties the queue any more: let nobody wait at it
            throw;
        }
    }

    private void Flush(List<ManifestLine> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        disk.FlushBatch();
        at?.Invoke(CopyMoment.BatchFlushed, batch[^1].Write());
        manifest.Append(batch);
        Recorded = true;
        at?.Invoke(CopyMoment.BatchRecorded, batch[^1].Write());
        batch.Clear();
    }

    public void Dispose()
    {
        _lines.Dispose();
        _broken.Dispose();
    }
}
