using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// One run of a copy. One thread walks the source and makes directories, some copy files, one records what is finished, and one counts ahead
/// so that there is a total. The queues between them are bounded: memory doesn't grow with the tree, except for the index of an earlier run.
/// </summary>
internal sealed class CopyRun(CopyJob job, Action<CopyProgress> report, TimeProvider time, CopySeams seams, CancellationToken cancel) : IDisposable
{
    private const long Block = 4096;

    // Two for each core hide the waiting for slow or distant disks; more brought nothing when measured.
    private static readonly int Copiers = Math.Clamp(2 * Environment.ProcessorCount, 2, 16);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly BlockingCollection<Found> _found = new(boundedCapacity: 1024);
    private readonly CopyTally _tally = new(report, time) { Troubled = job.Troubled };
    private Exception? _trouble;
    private ManifestIndex _index = new();
    private CopyRecorder _recorder = null!;
    private DestinationDisk _disk = null!;
    private SourceWalk _walk = null!;
    private string _realSource = "";
    private long? _freeAtStart;

    public async Task<CopyTotals> RunAsync()
    {
        CopyChecks.RefuseEntangledPaths(job);
        _index = ManifestIndex.Of(job.ManifestFile);
        CopyChecks.RefuseForeignDestination(job, _index);
        cancel.ThrowIfCancellationRequested();
        var ignoresCase = CopyChecks.TryDestination(job);
        _realSource = RealPath.Of(job.Source);
        _freeAtStart = (seams.FreeSpace ?? FreeSpace.At)(job.Destination);

        try
        {
            using var manifest = ManifestWriter.Open(job.ManifestFile, new ManifestHeader(job.Name, Path.GetFullPath(job.Destination)));
            var finish = new CopyFinish(job, _index, manifest);
            long removed;
            using (_disk = new DestinationDisk(job.Destination))
            using (_recorder = new CopyRecorder(manifest, _disk, time, seams.At))
            {
                _walk = new SourceWalk(job, _index, _tally, _recorder, seams.IgnoresCase ?? ignoresCase);
                await CopyEverythingAsync();
                RefuseIncomplete();
                removed = finish.RemoveVanished(_tally, cancel);
            }

            finish.Close(_tally, _recorder.Recorded, cancel);
            _tally.ReportNow();
            return _tally.Totals(removed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.IsDiskFull(e) ? FileFailures.DiskFull(job, e) : FileFailures.CannotWrite(job.Destination, e);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _found.Dispose();
    }

    private async Task CopyEverythingAsync()
    {
        var walking = Thread(() =>
        {
            try
            {
                foreach (var found in _walk.Files())
                {
                    _found.Add(found, _stop.Token);
                }
            }
            finally
            {
                _found.CompleteAdding();
            }
        });
        var counting = Thread(Count);
        var copying = Enumerable.Range(0, Copiers).Select(_ => Thread(CopyFiles)).ToArray();
        var recording = Thread(_recorder.Run);

        await Task.WhenAll([walking, counting, .. copying]);
        _recorder.Complete();
        await recording;

        if (_trouble is not null)
        {
            throw _trouble is MoveFailure or IOException or UnauthorizedAccessException
                ? _trouble
                : new InvalidOperationException($"Copying {job.Name} stopped: {_trouble.Message}", _trouble);
        }

        cancel.ThrowIfCancellationRequested();
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
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _trouble, e, null);
                _stop.Cancel();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Count()
    {
        long files = 0, bytes = 0, needed = 0;
        foreach (var found in DirectoryWalk.Walk(job.Source))
        {
            _stop.Token.ThrowIfCancellationRequested();
            if (found.Kind is FoundKind.File or FoundKind.Link)
            {
                files++;
                bytes += found.Size;
                _tally.CountedSoFar(files, bytes);
                ref var known = ref _index.Find(found.Path);
                if (Unsafe.IsNullRef(ref known) || known.Size != found.Size || known.Ticks != found.Ticks)
                {
                    needed += (found.Size + Block - 1) / Block * Block;
                }
            }
        }

        _tally.Counted(files, bytes);
        _tally.ReportNow();

        // Compared with what was free before the first byte, so that it doesn't matter how far the copy has come meanwhile.
        if (_freeAtStart is { } free && needed + (needed / 10) > free)
        {
            throw FileFailures.NoSpace(job, needed, free);
        }
    }

    private void CopyFiles()
    {
        var copy = new FileCopy(_disk.FlushesEachFile, _tally.Moved, seams.At, job.Pace);
        foreach (var found in _found.GetConsumingEnumerable(_stop.Token))
        {
            job.Pace?.Spend(0, _stop.Token);
            try
            {
                if (found.Kind == FoundKind.Link)
                {
                    Link(found);
                }
                else
                {
                    CopyFile(found, copy);
                }
            }
            catch (SourceTrouble trouble)
            {
                _tally.NotCopied(found.Path, Reason(found.Path, trouble), unsettled: trouble.Moves && job.SourceIsLive);
            }
        }
    }

    private void CopyFile(Found found, FileCopy copy)
    {
        var from = ManifestPath.Under(job.Source, found.Path);
        var to = ManifestPath.Under(job.Destination, found.Path);
        ref var known = ref See(found.Path);
        if (!Unsafe.IsNullRef(ref known) && known.Size == found.Size && known.Ticks == found.Ticks && IsThere(to, known))
        {
            _tally.AlreadyThere(found.Path, known);
            return;
        }

        if (found.Size == 0 && OperatingSystem.IsLinux() && !LinuxCalls.IsRegularFile(from))
        {
            throw new SourceTrouble("it is a pipe, a socket or a device, not a file", moves: false);
        }

        var line = copy.Copy(found.Path, from, to, _stop.Token);
        _recorder.Add(line);
        _tally.Copied(line);
    }

    private void Link(Found found)
    {
        var from = ManifestPath.Under(job.Source, found.Path);
        var to = ManifestPath.Under(job.Destination, found.Path);
        var target = LinkCopy.TargetOf(found.Path, from, _realSource);
        ref var known = ref See(found.Path);
        var isThere = !Unsafe.IsNullRef(ref known) && known.Size == ManifestIndex.LinkSize
            && known.Hash == ManifestIndex.HashOf(target) && LinkCopy.IsThere(to, target);
        if (!isThere)
        {
            LinkCopy.Make(to, target, leadsToDirectory: Directory.Exists(from));
            _recorder.Add(new LinkLine(found.Path, target));
        }

        _tally.Link(found.Path, target, copied: !isThere);
    }

    private ref Known See(string path)
    {
        ref var known = ref _index.Find(path);
        if (!Unsafe.IsNullRef(ref known))
        {
            known.Seen = true;
            _tally.SawKnown();
        }

        return ref known;
    }

    private static bool IsThere(string to, Known known)
    {
        var file = new FileInfo(to);
        return file.Exists && file.Length == known.Size && file.LinkTarget is null
            && FileTimes.CopyAgrees(file.LastWriteTimeUtc.Ticks, known.Ticks);
    }

    // .NET shows bytes that are no UTF-8 as U+FFFD, and then can't find the file by that name.
    private static string Reason(string path, SourceTrouble trouble) =>
        trouble.InnerException is FileNotFoundException && path.Contains('\uFFFD', StringComparison.Ordinal)
            ? "its name is not valid UTF-8"
            : trouble.Message;

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
}
