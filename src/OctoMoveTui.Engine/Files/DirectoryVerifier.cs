using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>Holds a directory against the manifest of its copy. Changes nothing.</summary>
public sealed class DirectoryVerifier(TimeProvider time)
{
    private static readonly int Readers = Math.Clamp(2 * Environment.ProcessorCount, 2, 16);

    /// <summary>How many differences are named; all are counted.</summary>
    public int MostNamed { get; init; } = 100;

    /// <summary>Verifies; every difference is counted, the first <see cref="MostNamed"/> are named.</summary>
    /// <exception cref="Moving.MoveFailure">There is no such directory, or no usable manifest.</exception>
    public Task<VerifyTotals> VerifyAsync(
        string name, string root, string manifestFile, VerifyDepth depth, Action<CopyProgress> report, CancellationToken cancel)
    {
        if (!Directory.Exists(root))
        {
            throw FileFailures.RootMissing(name, root);
        }

        var index = ManifestIndex.Of(manifestFile);
        return index.Header is null
            ? throw FileFailures.ManifestMissing(name, manifestFile)
            : new Verification(root, manifestFile, depth, index, report, time, MostNamed).RunAsync(cancel);
    }

    private sealed class Verification(
        string root, string manifestFile, VerifyDepth depth, ManifestIndex index, Action<CopyProgress> report, TimeProvider time, int mostNamed)
    {
        private readonly ConcurrentQueue<FileDifference> _first = new();
        private readonly CopyTally _tally = new(report, time);
        private long _differences;

        public async Task<VerifyTotals> RunAsync(CancellationToken cancel)
        {
            if (index.Done is { } done)
            {
                _tally.Counted(done.Files, done.Bytes);
            }
            else
            {
                Differs(DifferenceKind.Unfinished, ".", "the copy was not finished: its manifest has no closing line");
            }

            using var found = new BlockingCollection<Found>(boundedCapacity: 1024);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var reading = Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
                () => Read(found, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            var walking = Task.Factory.StartNew(
                () => Walk(found, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            try
            {
                await Task.WhenAll([walking, .. reading]);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Another thread failed first, and its failure is the one to show.
                await (reading.Append(walking).FirstOrDefault(task => task.IsFaulted) ?? walking);
            }

            NameTheMissing(cancel);
            _tally.ReportNow();
            var totals = _tally.Totals(removed: 0);
            return new VerifyTotals(
                totals.Files, totals.Bytes, totals.ContentHash, Interlocked.Read(ref _differences),
                [.. _first.OrderBy(difference => difference.Path, StringComparer.Ordinal)]);
        }

        private void Walk(BlockingCollection<Found> queue, CancellationTokenSource stop)
        {
            try
            {
                foreach (var found in DirectoryWalk.Walk(root))
                {
                    queue.Add(found, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
            finally
            {
                queue.CompleteAdding();
            }
        }

        private void Read(BlockingCollection<Found> queue, CancellationTokenSource stop)
        {
            try
            {
                var buffer = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);
                var hash = new XxHash128();
                foreach (var found in queue.GetConsumingEnumerable(stop.Token))
                {
                    Compare(found, buffer, hash, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }

        private void Compare(Found found, byte[] buffer, XxHash128 hash, CancellationToken cancel)
        {
            if (found.Kind == FoundKind.Unreadable)
            {
                Differs(DifferenceKind.Unreadable, found.Path.Length == 0 ? "." : found.Path, $"the directory can't be read: {found.Trouble!.Message}");
                return;
            }

            ref var known = ref index.Find(found.Path);
            if (Unsafe.IsNullRef(ref known))
            {
                Differs(DifferenceKind.Extra, found.Path, $"{Word(found.Kind)} that was not copied");
                return;
            }

            known.Seen = true;
            var expected = known.Size switch
            {
                ManifestIndex.DirectorySize => FoundKind.Directory, ManifestIndex.LinkSize => FoundKind.Link, _ => FoundKind.File,
            };
            if (expected != found.Kind)
            {
                Differs(DifferenceKind.Kind, found.Path, $"{Word(found.Kind)} where {Word(expected)} was copied");
            }
            else if (found.Kind == FoundKind.File)
            {
                CompareFile(found, known, buffer, hash, cancel);
            }
            else if (found.Kind == FoundKind.Link)
            {
                CompareLink(found.Path, known);
            }
        }

        private void CompareFile(Found found, Known known, byte[] buffer, XxHash128 hash, CancellationToken cancel)
        {
            var content = known.Hash;
            var ticks = FileTimes.CopyAgrees(found.Ticks, known.Ticks) ? known.Ticks : found.Ticks;
            if (found.Size != known.Size)
            {
                Differs(DifferenceKind.Size, found.Path, $"{Digits(found.Size)} bytes, {Digits(known.Size)} were copied");
            }
            else if (depth == VerifyDepth.Contents)
            {
                try
                {
                    content = HashOf(found.Path, buffer, hash, cancel);
                }
                catch (SourceTrouble trouble)
                {
                    Differs(DifferenceKind.Unreadable, found.Path, $"it can't be read: {trouble.Message}");
                    return;
                }

                if (content != known.Hash)
                {
                    Differs(DifferenceKind.Content, found.Path, "its contents are not those that were copied");
                }
            }

            if (ticks != known.Ticks && found.Size == known.Size && content == known.Hash)
            {
                Differs(DifferenceKind.Time, found.Path, $"last written {Time(found.Ticks)}, {Time(known.Ticks)} when it was copied");
            }

            _tally.AlreadyThere(found.Path, new Known(found.Size, ticks, content));
        }

        private UInt128 HashOf(string path, byte[] buffer, XxHash128 hash, CancellationToken cancel)
        {
            using var file = FileCopy.Reading(() => File.OpenHandle(
                ManifestPath.Under(root, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            hash.Reset();
            for (long done = 0; ;)
            {
                cancel.ThrowIfCancellationRequested();
                var offset = done;
                var read = FileCopy.Reading(() => RandomAccess.Read(file, buffer, offset));
                if (read == 0)
                {
                    _tally.Moved(path, -done);
                    return hash.GetCurrentHashAsUInt128();
                }

                hash.Append(buffer.AsSpan(0, read));
                done += read;
                _tally.Moved(path, read);
            }
        }

        private void CompareLink(string path, Known known)
        {
            var target = new FileInfo(ManifestPath.Under(root, path)).LinkTarget ?? "";
            if (ManifestIndex.HashOf(target) != known.Hash)
            {
                Differs(DifferenceKind.Kind, path, $"a link that leads elsewhere now, to {ManifestPath.Show(target)}");
            }

            _tally.Link(path, target, copied: false);
        }

        private void NameTheMissing(CancellationToken cancel)
        {
            foreach (var line in Manifest.Read(manifestFile))
            {
                cancel.ThrowIfCancellationRequested();
                var path = line switch { FileLine file => file.Path, LinkLine link => link.Path, DirectoryLine directory => directory.Path, _ => null };
                if (path is null || !index.IsUnseen(path))
                {
                    continue;
                }

                // Named once, though the manifest may have several lines about it.
                ref var known = ref index.Find(path);
                known.Seen = true;
                Differs(DifferenceKind.Missing, path, known.Size == ManifestIndex.DirectorySize ? "the directory is missing" : "it is missing");
            }
        }

        private void Differs(DifferenceKind kind, string path, string detail)
        {
            if (Interlocked.Increment(ref _differences) <= mostNamed)
            {
                _first.Enqueue(new FileDifference(kind, path, detail));
            }
        }

        private static string Word(FoundKind kind) => kind switch { FoundKind.File => "a file", FoundKind.Link => "a link", _ => "a directory" };

        private static string Digits(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

        private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss.fffffff 'UTC'", CultureInfo.InvariantCulture);
    }
}
