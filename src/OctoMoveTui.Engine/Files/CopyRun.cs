using System.Collections.Concurrent;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// One run of a copy. One thread walks the source and makes directories, some copy files, one records what is finished, and one counts ahead
/// so that there is a total. What waits between them is bounded: memory doesn't grow with the tree.
/// </summary>
internal sealed class CopyRun(CopyJob job, Action<CopyProgress> report, TimeProvider time, CopySeams seams, CancellationToken cancel) : IDisposable
{
    // So many files that could not be read are tried once more when the others are done.
    private const int TriedAgainAtMost = 10_000;

    // A pass over what was copied before is often done sooner than somebody could read a total.
    private static readonly TimeSpan CountingWaits = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly BlockingCollection<FileBatch> _batches = new(boundedCapacity: 128);
    private readonly ConcurrentQueue<Found> _again = new();
    private readonly ConcurrentQueue<Found> _behindDirectories = new();
    private readonly CopyTally _tally = new(report, time) { Troubled = job.Troubled };
    private readonly CopyWays _ways = new(time);
    private Exception? _trouble;
    private Exception? _cutShort;
    private ManifestIndex _index = null!;
    private CopyRecorder _recorder = null!;
    private DestinationDisk _disk = null!;
    private SourceWalk _walk = null!;
    private FileHashKind _hashKind;
    private string _realSource = "";
    private long? _freeAtStart;

    public async Task<CopyTotals> RunAsync()
    {
        CopyChecks.RefuseEntangledPaths(job);
        _index = ManifestIndex.Of(job.ManifestFile);
        _hashKind = _index.Header?.Hash ?? job.Hash;
        var ignoresCase = PrepareDestination();
        _realSource = RealPath.Of(job.Source);

        try
        {
            var header = new ManifestHeader(job.Name, job.HashOnly ? job.Destination : Path.GetFullPath(job.Destination)) { Hash = _hashKind };
            using var manifest = ManifestWriter.Open(job.ManifestFile, header);
            var finish = new CopyFinish(job, _index, manifest, seams.At);
            long removed;
            using (_disk = job.HashOnly ? DestinationDisk.None() : DestinationDisk.Of(job.Destination))
            {
                _recorder = new CopyRecorder(manifest, _disk, time, seams);
                _walk = new SourceWalk(job, _index, _tally, _recorder, ignoresCase);
                await CopyEverythingAsync();
                RefuseIncomplete();
                removed = finish.RemoveVanished(_tally, cancel);
                CopyInPlaceOfDirectories(finish, manifest);
                RefuseIncomplete();
            }

            finish.Close(_tally, _recorder.Recorded, cancel);
            _tally.ReportAll();
            return _tally.Totals(removed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.IsDiskFull(e) ? FileFailures.DiskFull(job, e) : FileFailures.CannotWrite(job.Destination, e);
        }
    }

    public void Dispose()
    {
        _index?.Dispose();
        _stop.Dispose();
        _batches.Dispose();
    }

    // True when the destination takes names that differ only by case for the same.
    private bool PrepareDestination()
    {
        cancel.ThrowIfCancellationRequested();
        if (job.HashOnly)
        {
            return seams.IgnoresCase ?? false;
        }

        CopyChecks.RefuseForeignDestination(job, _index);
        var ignoresCase = CopyChecks.TryDestination(job);
        _freeAtStart = (seams.FreeSpace ?? FreeSpace.At)(job.Destination);
        return seams.IgnoresCase ?? ignoresCase;
    }

    private async Task CopyEverythingAsync()
    {
        var walking = Thread(() =>
        {
            try
            {
                foreach (var batch in _walk.Batches())
                {
                    _batches.Add(batch, _stop.Token);
                }
            }
            finally
            {
                _batches.CompleteAdding();
            }
        });
        var copied = new CancellationTokenSource();
        var counting = Thread(() => Count(copied.Token));
        var recording = Thread(_recorder.Run);

        await _ways.RunAsync(way => Thread(() => CopyFiles(way)), () => (_tally.Files, _tally.BytesMoved));
        await walking;
        copied.Cancel();
        await counting;
        await Thread(CopyAgain);
        _recorder.Complete();
        await recording;
        copied.Dispose();

        if (_trouble is not null)
        {
            throw _trouble is MoveFailure or IOException or UnauthorizedAccessException
                ? _trouble
                : new InvalidOperationException($"Copying {job.Name} stopped: {_trouble.Message}", _trouble);
        }

        cancel.ThrowIfCancellationRequested();
        if (_cutShort is not null)
        {
            throw new InvalidOperationException($"Copying {job.Name} ended before its end.", _cutShort);
        }
    }

    // Threads of their own: reading and writing block, and would starve the pool that everybody else shares.
    private Task Thread(Action work) => Task.Factory.StartNew(
        () =>
        {
            using var polite = PoliteThread.Enter(job.Polite);
            try
            {
                work();
            }
            catch (OperationCanceledException e)
            {
                // Stopped, or the lines can't be recorded any more: whoever saw that first says why.
                Interlocked.CompareExchange(ref _cutShort, e, null);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _trouble, e, null);
                _stop.Cancel();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // Compared with what was free before the first byte, so that it doesn't matter how far the copy has come meanwhile.
    private void Count(CancellationToken copied)
    {
        if (_index.Done is not null && WaitHandle.WaitAny([copied.WaitHandle, _stop.Token.WaitHandle], CountingWaits) != WaitHandle.WaitTimeout)
        {
            return; // done already: what was met is all there is
        }

        CopyNeeds needs;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, copied);
            needs = CopyNeeds.Of(job.Source, _index, soFar => _tally.CountedSoFar(soFar.Files, soFar.Bytes), either.Token);
        }
        catch (OperationCanceledException) when (copied.IsCancellationRequested)
        {
            return; // overtaken: what was met is all there is
        }

        _tally.Counted(needs.Files, needs.Bytes);
        _tally.ReportNow();
        if (_freeAtStart is { } free && needs.NeededToBeSafe > free)
        {
            throw FileFailures.NoSpace(job, needs.Needed, free);
        }
    }

    private void CopyFiles(int way)
    {
        var worker = new Worker(this, job, seams.At);
        while (_ways.Allows(way) && _batches.TryTake(out var batch, Timeout.Infinite, _stop.Token))
        {
            worker.Do(batch, isLast: false);
        }
    }

    // What was in somebody's hands, or could not be read, may be free by now. Whatever it is, it is never passed over in silence.
    private void CopyAgain()
    {
        if (_again.IsEmpty)
        {
            return;
        }

        var worker = new Worker(this, job, seams.At);
        foreach (var batch in Batching.Of(_again, FileBatch.LargestToCopy))
        {
            _tally.TriedAgain(batch.Entries.Count);
            worker.Do(batch, isLast: true);
        }
    }

    // Files and links whose name was a directory's in an earlier pass: what we put into that one had to go first.
    private void CopyInPlaceOfDirectories(CopyFinish finish, ManifestWriter manifest)
    {
        if (_behindDirectories.IsEmpty)
        {
            return;
        }

        _recorder = new CopyRecorder(manifest, _disk, time, seams) { Recorded = _recorder.Recorded };
        var worker = new Worker(this, job, seams.At);
        foreach (var found in _behindDirectories)
        {
            if (_tally.UnsettledCount == 0 && finish.RemoveDirectory(found.Path))
            {
                worker.Do(new FileBatch(found.Folder, [found]), isLast: true);
            }
            else
            {
                _tally.NotCopied(found.Path, FileFailures.DirectoryInTheWay, unsettled: job.SourceIsLive, isNews: true);
            }
        }

        _recorder.Complete();
        _recorder.Run();
    }

    private void RefuseIncomplete()
    {
        if (_tally.FailedCount > 0)
        {
            throw FileFailures.NotCopied(job, _tally.FailedCount, _tally.Failed);
        }

        // A share that dropped off leaves an empty directory behind. Following that would empty the copy as well, and call it done.
        if (_index.Count > 0 && _tally.KnownSeen == 0 && !_tally.FoundSomething)
        {
            throw FileFailures.SourceEmptied(job, _index.Count);
        }
    }

    /// <summary>What one thread needs to copy files.</summary>
    private sealed class Worker(CopyRun run, CopyJob job, Action<CopyMoment, string>? at)
    {
        private FileCopy? _copy;
        private FileReader? _reader;
        private CopyPart _part;

        public void Do(FileBatch batch, bool isLast)
        {
            try
            {
                DoAll(batch, isLast);
            }
            finally
            {
                run._tally.Add(_part);
                _part = default;
            }
        }

        private void DoAll(FileBatch batch, bool isLast)
        {
            OpenFolder from;
            try
            {
                from = FileReader.Open(job.Source, batch.Folder);
            }
            catch (FileTrouble trouble)
            {
                foreach (var found in batch.Entries)
                {
                    Failed(found, trouble, isLast);
                }

                return;
            }

            using (from)
            using (var to = job.HashOnly ? null : OpenFolder.At(job.Destination, batch.Folder))
            {
                foreach (var found in batch.Entries)
                {
                    run._stop.Token.ThrowIfCancellationRequested();
                    job.Pace?.Spend(0, run._stop.Token);
                    try
                    {
                        if (!isLast && IsBehindDirectory(found, to))
                        {
                            run._behindDirectories.Enqueue(found);
                            continue;
                        }

                        if (found.Kind == FoundKind.Link)
                        {
                            Link(found);
                        }
                        else
                        {
                            Copy(found, from, to);
                        }
                    }
                    catch (FileTrouble trouble)
                    {
                        Failed(found, trouble, isLast);
                    }
                }
            }
        }

        // Asked only where the manifest says so: that a directory of that name was copied.
        private bool IsBehindDirectory(Found found, OpenFolder? to) =>
            to is not null && run._index.TryFind(found.Folder, found.Name, out var known) && known.IsDirectory && Find(found, out _)
            && to.Look(found.Name) is { Kind: EntryKind.Directory };

        private void Copy(Found found, OpenFolder from, OpenFolder? to)
        {
            if (Find(found, out var known) && known.Size >= 0 && IsUnchanged(found, known, from) && IsThere(found, known, to))
            {
                _part.There(found, known);
                return;
            }

            _copy ??= new FileCopy(run._hashKind, run._disk, run._tally.Moved, at, job.Pace, job.Access);
            var line = _copy.Copy(found.Path, found.Name, from, to, run._stop.Token);
            run._recorder.Add(line);
            _part.Copied(found, line);
        }

        private bool IsUnchanged(Found found, in Known known, OpenFolder from)
        {
            if (FileReader.Look(from, found.Name) is not { Kind: EntryKind.File } facts || facts.Size != known.Size || facts.Ticks != known.Ticks)
            {
                return false;
            }

            if (!job.CompareContents)
            {
                return true;
            }

            _reader ??= new FileReader(run._hashKind, run._tally.Moved, job.Pace);
            using var file = FileReader.Open(from, found.Name, out _);
            return _reader.Hash(found.Path, file, facts.Size, run._stop.Token).First == known.Hash;
        }

        private static bool IsThere(Found found, in Known known, OpenFolder? to) =>
            to is null || (to.Look(found.Name) is { Kind: EntryKind.File } facts && facts.Size == known.Size && FileTimes.CopyAgrees(facts.Ticks, known.Ticks));

        private void Link(Found found)
        {
            var path = found.Path;
            var from = ManifestPath.Under(job.Source, path);
            var to = ManifestPath.Under(job.Destination, path);
            var target = LinkCopy.TargetOf(path, from, run._realSource);
            var isThere = Find(found, out var known) && known.IsLink
                && known.Hash == ManifestIndex.HashOf(target) && (job.HashOnly || LinkCopy.IsThere(to, target));
            if (!isThere)
            {
                if (!job.HashOnly)
                {
                    LinkCopy.Make(to, target, leadsToDirectory: Directory.Exists(from));
                }

                run._recorder.Add(new LinkLine(path, target));
            }

            _part.Link(found, target, copied: !isThere);
        }

        private bool Find(Found found, out Known known)
        {
            if (!run._index.TryFind(found.Folder, found.Name, out known))
            {
                return false;
            }

            _part.KnownSeen += run._index.See(known) ? 1 : 0;
            return true;
        }

        private void Failed(Found found, FileTrouble trouble, bool isLast)
        {
            var isUnsettled = trouble.Moves && job.SourceIsLive;
            if (!isLast && !isUnsettled && run._again.Count < TriedAgainAtMost)
            {
                run._again.Enqueue(found);
                run._tally.Postponed(found.Path, Reason(found, trouble));
                return;
            }

            run._tally.NotCopied(found.Path, Reason(found, trouble), isUnsettled, isNews: !isLast);
        }

        // Names whose bytes are no UTF-8 show as U+FFFD, and can't be found by that.
        private static string Reason(Found found, FileTrouble trouble) =>
            trouble.InnerException is FileNotFoundException && found.Name.Contains('\uFFFD', StringComparison.Ordinal)
                ? "its name is not valid UTF-8"
                : trouble.Message;
    }
}
