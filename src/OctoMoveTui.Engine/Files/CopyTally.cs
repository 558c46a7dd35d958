namespace OctoMoveTui.Engine.Files;

/// <summary>Counts what is done and what went wrong, for many threads at once, and reports progress some times a second.</summary>
internal sealed class CopyTally(Action<CopyProgress> report, TimeProvider time)
{
    private const int Kept = 100;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<string> _failed = [];
    private readonly List<string> _unsettled = [];
    private readonly ContentHash _hash = new();
    private long _files, _bytes, _copiedFiles, _copiedBytes, _alreadyThere, _knownSeen, _moved;
    private long _filesTotal = -1, _bytesTotal = -1, _filesSoFar, _bytesSoFar, _postponed;
    private long _lastReport = time.GetTimestamp();

    /// <summary>Told of the first files that can't be copied, as it happens.</summary>
    public Action<string>? Troubled { get; init; }

    /// <summary>Files that could not be read and are tried once more.</summary>
    public long PostponedCount => Interlocked.Read(ref _postponed);

    public long FailedCount { get; private set; }

    public IReadOnlyList<string> Failed => _failed;

    public long UnsettledCount { get; private set; }

    /// <summary>How many paths of the manifest were met again at the source.</summary>
    public long KnownSeen => Interlocked.Read(ref _knownSeen);

    /// <summary>Files dealt with.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Bytes copied or compared, those of files in hand, too.</summary>
    public long BytesMoved => Interlocked.Read(ref _bytes) + Interlocked.Read(ref _moved);

    public bool FoundSomething => Interlocked.Read(ref _files) > 0 || UnsettledCount > 0;

    /// <summary>Still counting; by one thread only.</summary>
    public void CountedSoFar(long files, long bytes)
    {
        Volatile.Write(ref _filesSoFar, files);
        Volatile.Write(ref _bytesSoFar, bytes);
    }

    public void Counted(long files, long bytes)
    {
        Interlocked.Exchange(ref _bytesTotal, bytes);
        Interlocked.Exchange(ref _filesTotal, files);
    }

    public void SawKnown() => Interlocked.Increment(ref _knownSeen);

    /// <summary>Some bytes of a file went over; they count as done when the file is.</summary>
    public void Moved(string path, long bytes)
    {
        Interlocked.Add(ref _moved, bytes);
        ReportSometimes("", path);
    }

    public void Copied(FileLine line)
    {
        Interlocked.Increment(ref _copiedFiles);
        Interlocked.Add(ref _copiedBytes, line.Size);
        Interlocked.Add(ref _moved, -line.Size);
        Add("", line.Path, line.Size);
        _hash.Add(ManifestIndex.HashOf(line.Path), line.Size, line.Ticks, line.Hash.First);
    }

    /// <summary>A file that needs no copying.</summary>
    public void AlreadyThere(in Found found, in Known known)
    {
        Interlocked.Increment(ref _alreadyThere);
        Add(found.Folder, found.Name, known.Size);
        _hash.Add(ManifestIndex.HashOf(found.Folder, found.Name), known.Size, known.Ticks, known.Hash);
    }

    public void Link(string path, string target, bool copied)
    {
        Interlocked.Increment(ref copied ? ref _copiedFiles : ref _alreadyThere);
        Add("", path, 0);
        _hash.AddLink(path, target);
    }

    /// <summary>A file that could not be read, and is tried once more when the others are done.</summary>
    public void Postponed(string path, string reason)
    {
        if (Interlocked.Increment(ref _postponed) <= Kept)
        {
            Troubled?.Invoke(Shown(path, reason));
        }
    }

    /// <summary>They are tried once more now.</summary>
    public void TriedAgain(int files) => Interlocked.Add(ref _postponed, -files);

    /// <summary>A file that is not copied: a failure at the end, or to be settled by a later pass.</summary>
    public void NotCopied(string path, string reason, bool unsettled, bool isNews = true)
    {
        var shown = Shown(path, reason);
        bool isToldOf;
        lock (_lock)
        {
            var list = unsettled ? _unsettled : _failed;
            isToldOf = list.Count < Kept;
            if (isToldOf)
            {
                list.Add(shown);
            }

            _ = unsettled ? UnsettledCount++ : FailedCount++;
        }

        if (isToldOf && isNews)
        {
            Troubled?.Invoke(shown);
        }
    }

    public void ReportNow(string? path = null)
    {
        lock (_lock)
        {
            Report(path);
        }
    }

    /// <summary>Everything is done: the last report, with what was done as the total.</summary>
    public void ReportAll()
    {
        Counted(_files, _bytes);
        ReportNow();
    }

    public CopyTotals Totals(long removed) => new(
        _files, _bytes, _copiedFiles, _copiedBytes, _alreadyThere, _hash.ToString())
    {
        Removed = removed, Unsettled = UnsettledCount, UnsettledFiles = [.. _unsettled],
    };

    private void Add(string folder, string name, long size)
    {
        Interlocked.Increment(ref _files);
        Interlocked.Add(ref _bytes, size);
        ReportSometimes(folder, name);
    }

    private void ReportSometimes(string folder, string name)
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _lastReport)) < BetweenReports)
        {
            return;
        }

        // Whoever comes while another reports goes on copying.
        if (_lock.TryEnter())
        {
            try
            {
                Report(folder.Length == 0 ? name : string.Concat(folder, "/", name));
            }
            finally
            {
                _lock.Exit();
            }
        }
    }

    private static string Shown(string path, string reason) => $"{ManifestPath.Show(path)} ({reason})";

    private void Report(string? path)
    {
        Interlocked.Exchange(ref _lastReport, time.GetTimestamp());
        long? total = Interlocked.Read(ref _filesTotal) is >= 0 and var files ? files : null;
        report(new CopyProgress(
            Interlocked.Read(ref _files), Interlocked.Read(ref _bytes) + Interlocked.Read(ref _moved),
            total, total is null ? null : Interlocked.Read(ref _bytesTotal), path is null ? null : ManifestPath.Show(path))
        {
            SoFar = total is null ? new CopyCount(Volatile.Read(ref _filesSoFar), Volatile.Read(ref _bytesSoFar)) : null,
            Troubles = FailedCount + UnsettledCount + PostponedCount,
        });
    }
}
