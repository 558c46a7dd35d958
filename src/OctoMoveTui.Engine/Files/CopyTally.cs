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

    /// <summary>Takes over what one thread has added up since the last time.</summary>
    public void Add(CopyPart part)
    {
        Interlocked.Add(ref _copiedFiles, part.CopiedFiles);
        Interlocked.Add(ref _copiedBytes, part.CopiedBytes);
        Interlocked.Add(ref _alreadyThere, part.AlreadyThere);
        Interlocked.Add(ref _knownSeen, part.KnownSeen);
        Interlocked.Add(ref _moved, -part.CopiedBytes);
        Interlocked.Add(ref _bytes, part.Bytes);
        Interlocked.Add(ref _files, part.Files);
        _hash.Add(part.HashSum);

        // A batch of which nothing counted has no last file.
        if (part.Files > 0)
        {
            ReportSometimes(part.Last.Folder, part.Last.Name);
        }
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

/// <summary>
/// What one thread has dealt with and not yet told the tally: several threads that count in one place slow each other down more than the
/// counting costs.
/// </summary>
internal struct CopyPart
{
    public long Files;
    public long Bytes;
    public long CopiedFiles;
    public long CopiedBytes;
    public long AlreadyThere;
    public long KnownSeen;
    public UInt128 HashSum;
    public Found Last;

    public void Copied(in Found found, FileLine line)
    {
        CopiedFiles++;
        CopiedBytes += line.Size;
        Add(found, line.Size);
        HashSum = unchecked(HashSum + ContentHash.Of(ManifestIndex.HashOf(found.Folder, found.Name), line.Size, line.Ticks, line.Hash.First));
    }

    /// <summary>A file that needs no copying.</summary>
    public void There(in Found found, in Known known)
    {
        AlreadyThere++;
        Add(found, known.Size);
        HashSum = unchecked(HashSum + ContentHash.Of(ManifestIndex.HashOf(found.Folder, found.Name), known.Size, known.Ticks, known.Hash));
    }

    public void Link(in Found found, string target, bool copied)
    {
        _ = copied ? CopiedFiles++ : AlreadyThere++;
        Add(found, 0);
        HashSum = unchecked(HashSum + ContentHash.OfLink(found.Path, target));
    }

    private void Add(in Found found, long size)
    {
        Files++;
        Bytes += size;
        Last = found;
    }
}
