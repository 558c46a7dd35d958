using System.IO.Hashing;
using System.Runtime.CompilerServices;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// One run that only reads: the manifest of a source that another program copies. What an earlier run hashed, and has its size and time
/// still, is not read again; what vanished gets its "gone" line, and is removed at the destination by whoever reads the manifest there.
/// </summary>
internal sealed class HashRun(CopyJob job, Action<CopyProgress> report, TimeProvider time)
{
    private const int Batch = 2000;
    private const int Attempts = 3;

    private readonly CopyTally _tally = new(report, time);
    private readonly Lock _lock = new();
    private readonly List<ManifestLine> _lines = [];
    private readonly string _realSource = RealPath.Of(job.Source);
    private ManifestIndex _index = new();
    private ManifestWriter _manifest = null!;
    private bool _recorded;

    public CopyTotals Run(CancellationToken cancel)
    {
        if (!Directory.Exists(job.Source))
        {
            throw FileFailures.SourceMissing(job);
        }

        if (RealPath.IsWithin(RealPath.Of(job.ManifestFile), _realSource))
        {
            throw FileFailures.ManifestInside(job, job.Source);
        }

        _index = ManifestIndex.Of(job.ManifestFile);
        try
        {
            using (_manifest = ManifestWriter.Open(job.ManifestFile, new ManifestHeader(job.Name, job.Destination)))
            {
                return Run(_manifest, cancel);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.IsDiskFull(e) ? FileFailures.DiskFull(job, e) : FileFailures.CannotWrite(job.ManifestFile, e);
        }
    }

    private CopyTotals Run(ManifestWriter manifest, CancellationToken cancel)
    {
        var counting = Task.Run(() => Count(cancel), CancellationToken.None);
        try
        {
            Parallel.ForEach(
                DirectoryWalk.Walk(job.Source, found => ManifestPath.Problem(found.Path) is null),
                new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Math.Clamp(2 * Environment.ProcessorCount, 2, 16) },
                () => (Buffer: GC.AllocateUninitializedArray<byte>(1 << 20), Hash: new XxHash128()),
                (found, _, tools) =>
                {
                    Take(found, tools.Buffer, tools.Hash, cancel);
                    return tools;
                },
                _ => { });
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
        finally
        {
            Flush(atLeast: 1); // what is hashed is not hashed again, however this run ends
            counting.Wait(CancellationToken.None);
        }

        if (_tally.FailedCount > 0)
        {
            throw FileFailures.NotCopied(job, _tally.FailedCount, _tally.Failed);
        }

        if (_index.Count > 0 && _tally.KnownSeen == 0 && !_tally.FoundSomething)
        {
            throw FileFailures.SourceEmptied(job, _index.Count);
        }

        var gone = _tally.UnsettledCount > 0 ? [] : Gone().ToList();
        manifest.Append(gone);
        var totals = _tally.Totals(removed: gone.Count);
        var done = new DoneLine(totals.Files, totals.Bytes, totals.ContentHash);
        if (_tally.UnsettledCount == 0 && (_recorded || gone.Count > 0 || _index.Done != done))
        {
            manifest.Append([done]);
        }

        _tally.ReportNow();
        return totals;
    }

    private void Count(CancellationToken cancel)
    {
        long files = 0, bytes = 0;
        foreach (var found in DirectoryWalk.Walk(job.Source).TakeWhile(_ => !cancel.IsCancellationRequested))
        {
            files += found.Kind is FoundKind.File or FoundKind.Link ? 1 : 0;
            bytes += found.Size;
        }

        _tally.Counted(files, bytes);
    }

    private void Take(Found found, byte[] buffer, XxHash128 hash, CancellationToken cancel)
    {
        if (found.Kind == FoundKind.Unreadable)
        {
            var vanished = found.Trouble is DirectoryNotFoundException;
            _tally.NotCopied(
                found.Path.Length == 0 ? "." : found.Path,
                vanished ? "the directory vanished" : $"the directory can't be read: {found.Trouble!.Message}",
                unsettled: vanished && job.SourceIsLive && found.Path.Length > 0);
            return;
        }

        if (ManifestPath.Problem(found.Path) is { } problem)
        {
            _tally.NotCopied(found.Path, $"the path can't be used: {problem}", unsettled: false);
            return;
        }

        ref var known = ref _index.Find(found.Path);
        var isKnown = !Unsafe.IsNullRef(ref known);
        if (isKnown)
        {
            known.Seen = true;
            _tally.SawKnown();
        }

        try
        {
            switch (found.Kind)
            {
                case FoundKind.Directory:
                    if (!isKnown || known.Size != ManifestIndex.DirectorySize || known.Ticks != found.Ticks)
                    {
                        Record(new DirectoryLine(found.Path, found.Ticks));
                    }

                    break;
                case FoundKind.Link:
                    var target = LinkCopy.TargetOf(found.Path, ManifestPath.Under(job.Source, found.Path), _realSource);
                    var isSame = isKnown && known.Size == ManifestIndex.LinkSize && known.Hash == ManifestIndex.HashOf(target);
                    if (!isSame)
                    {
                        Record(new LinkLine(found.Path, target));
                    }

                    _tally.Link(found.Path, target, copied: !isSame);
                    break;
                case var _ when isKnown && known.Size == found.Size && known.Ticks == found.Ticks:
                    _tally.AlreadyThere(found.Path, known);
                    break;
                default:
                    var line = HashOf(found.Path, buffer, hash, cancel);
                    Record(line);
                    _tally.Copied(line);
                    break;
            }
        }
        catch (SourceTrouble trouble)
        {
            _tally.NotCopied(found.Path, trouble.Message, unsettled: trouble.Moves && job.SourceIsLive);
        }
    }

    private FileLine HashOf(string path, byte[] buffer, XxHash128 hash, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return HashOnce(path, buffer, hash, cancel);
            }
            catch (SourceTrouble trouble) when (trouble.Moves && attempt < Attempts)
            {
            }
        }
    }

    private FileLine HashOnce(string path, byte[] buffer, XxHash128 hash, CancellationToken cancel)
    {
        var from = ManifestPath.Under(job.Source, path);
        if (OperatingSystem.IsLinux() && !LinuxCalls.IsRegularFile(from))
        {
            throw new SourceTrouble("it is a pipe, a socket or a device, not a file", moves: false);
        }

        using var file = FileCopy.Reading(() => File.OpenHandle(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var written = FileCopy.Reading(() => File.GetLastWriteTimeUtc(file));
        hash.Reset();
        long done = 0;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var offset = done;
            var read = FileCopy.Reading(() => RandomAccess.Read(file, buffer, offset));
            if (read == 0)
            {
                break;
            }

            hash.Append(buffer.AsSpan(0, read));
            done += read;
            _tally.Moved(path, read);
        }

        if (FileCopy.Reading(() => RandomAccess.GetLength(file)) != done || FileCopy.Reading(() => File.GetLastWriteTimeUtc(file)) != written)
        {
            _tally.Moved(path, -done);
            throw new SourceTrouble("it changed while it was read", moves: true);
        }

        return new FileLine(path, done, written.Ticks, hash.GetCurrentHashAsUInt128());
    }

    private IEnumerable<ManifestLine> Gone()
    {
        if (_tally.KnownSeen == _index.Count)
        {
            yield break;
        }

        var asked = new HashSet<UInt128>();
        foreach (var path in Manifest.Read(job.ManifestFile).Select(line => line.PathOfEntry()).OfType<string>())
        {
            if (_index.IsUnseen(path) && asked.Add(ManifestIndex.HashOf(path)))
            {
                yield return new GoneLine(path);
            }
        }
    }

    private void Record(ManifestLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }

        Flush(Batch);
    }

    private void Flush(int atLeast)
    {
        lock (_lock)
        {
            if (_lines.Count >= atLeast)
            {
                _manifest.Append(_lines);
                _recorded = true;
                _lines.Clear();
            }
        }
    }
}
