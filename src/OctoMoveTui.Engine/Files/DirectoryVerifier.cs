using System.Collections.Concurrent;
using System.Globalization;
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
    public async Task<VerifyTotals> VerifyAsync(
        string name, string root, string manifestFile, VerifyDepth depth, Action<CopyProgress> report, CancellationToken cancel)
    {
        if (!Directory.Exists(root))
        {
            throw FileFailures.RootMissing(name, root);
        }

        using var index = ManifestIndex.Of(manifestFile);
        if (index.Header is null)
        {
            throw FileFailures.ManifestMissing(name, manifestFile);
        }

        return await new Verification(root, manifestFile, depth, index, report, time, MostNamed).RunAsync(cancel);
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

            using var batches = new BlockingCollection<FileBatch>(boundedCapacity: 128);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var reading = Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
                () => Read(batches, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            var walking = Task.Factory.StartNew(
                () => Walk(batches, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

        private void Walk(BlockingCollection<FileBatch> queue, CancellationTokenSource stop)
        {
            try
            {
                foreach (var batch in Batching.Of(DirectoryWalk.Walk(root), FileBatch.LargestToLookAt))
                {
                    queue.Add(batch, stop.Token);
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

        private void Read(BlockingCollection<FileBatch> queue, CancellationTokenSource stop)
        {
            try
            {
                var reader = new FileReader(index.Header!.Hash, _tally.Moved);
                foreach (var batch in queue.GetConsumingEnumerable(stop.Token))
                {
                    Compare(batch, reader, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }

        private void Compare(FileBatch batch, FileReader reader, CancellationToken cancel)
        {
            OpenFolder? folder = null;
            var part = default(CopyPart);
            try
            {
                foreach (var found in batch.Entries)
                {
                    if (found.Kind == FoundKind.Unreadable)
                    {
                        Differs(DifferenceKind.Unreadable, found.Path.Length == 0 ? "." : found.Path, $"the directory can't be read: {found.Trouble!.Message}");
                        continue;
                    }

                    try
                    {
                        folder ??= FileReader.Open(root, batch.Folder);
                        Compare(found, folder, reader, ref part, cancel);
                    }
                    catch (FileTrouble trouble)
                    {
                        Differs(DifferenceKind.Unreadable, found.Path, $"it can't be read: {trouble.Message}");
                    }
                }
            }
            finally
            {
                folder?.Dispose();
                _tally.Add(part);
            }
        }

        private void Compare(Found found, OpenFolder folder, FileReader reader, ref CopyPart part, CancellationToken cancel)
        {
            if (!index.TryFind(found.Folder, found.Name, out var known))
            {
                Differs(DifferenceKind.Extra, found.Path, $"{Word(found.Kind)} that was not copied");
                return;
            }

            index.See(known);
            var expected = known.IsDirectory ? FoundKind.Directory : known.IsLink ? FoundKind.Link : FoundKind.File;
            if (expected != found.Kind)
            {
                Differs(DifferenceKind.Kind, found.Path, $"{Word(found.Kind)} where {Word(expected)} was copied");
            }
            else if (found.Kind == FoundKind.File)
            {
                CompareFile(found, known, folder, reader, ref part, cancel);
            }
            else if (found.Kind == FoundKind.Link)
            {
                CompareLink(found, known, ref part);
            }
        }

        private void CompareFile(Found found, in Known known, OpenFolder folder, FileReader reader, ref CopyPart part, CancellationToken cancel)
        {
            var content = known.Hash;
            FileFacts facts;
            if (depth == VerifyDepth.Contents)
            {
                using var file = FileReader.Open(folder, found.Name, out facts);
                if (facts.Size == known.Size)
                {
                    content = reader.Hash(found.Path, file, facts.Size, cancel).First;
                }
            }
            else
            {
                facts = FileReader.Look(folder, found.Name) ?? throw new FileTrouble("it vanished", moves: true);
            }

            var ticks = FileTimes.CopyAgrees(facts.Ticks, known.Ticks) ? known.Ticks : facts.Ticks;
            if (facts.Size != known.Size)
            {
                Differs(DifferenceKind.Size, found.Path, $"{Digits(facts.Size)} bytes, {Digits(known.Size)} were copied");
            }
            else if (content != known.Hash)
            {
                Differs(DifferenceKind.Content, found.Path, "its contents are not those that were copied");
            }
            else if (ticks != known.Ticks)
            {
                Differs(DifferenceKind.Time, found.Path, $"last written {Time(facts.Ticks)}, {Time(known.Ticks)} when it was copied");
            }

            part.There(found, new Known(facts.Size, ticks, content));
        }

        private void CompareLink(Found found, in Known known, ref CopyPart part)
        {
            var path = found.Path;
            var target = new FileInfo(ManifestPath.Under(root, path)).LinkTarget ?? "";
            if (ManifestIndex.HashOf(target) != known.Hash)
            {
                Differs(DifferenceKind.Kind, path, $"a link that leads elsewhere now, to {ManifestPath.Show(target)}");
            }

            part.Link(found, target, copied: false);
        }

        private void NameTheMissing(CancellationToken cancel)
        {
            using var lines = new ManifestReader(manifestFile);
            while (lines.Next())
            {
                cancel.ThrowIfCancellationRequested();

                // Named once, though the manifest may have several lines about it.
                if (lines.Kind is LineKind.File or LineKind.Link or LineKind.Directory && index.TryFind(lines.PathHash, out var known) && index.See(known))
                {
                    Differs(DifferenceKind.Missing, lines.Path, known.IsDirectory ? "the directory is missing" : "it is missing");
                }
            }
        }

        private void Differs(DifferenceKind kind, string path, string detail)
        {
            if (Interlocked.Increment(ref _differences) <= mostNamed)
            {
                _first.Enqueue(new FileDifference(kind, path, detail));
            }
        }

        private static string Word(FoundKind kind) => kind switch
        {
            FoundKind.File => "a file", FoundKind.Link => "a link", FoundKind.Directory => "a directory", _ => "a pipe, a socket or a device",
        };

        private static string Digits(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

        private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss.fffffff 'UTC'", CultureInfo.InvariantCulture);
    }
}
