using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Puts right what was damaged or lost at the destination since it was copied. Only reads the source, takes from it only what the manifest
/// vouches for, and removes nothing: the manifest is as true afterwards as it was before.
/// </summary>
public sealed class DirectoryRepair
{
    /// <summary>
    /// Repairs these paths; what agrees with the manifest is left alone, and so is what the manifest doesn't know. Returns the paths that were
    /// copied or made again.
    /// </summary>
    /// <exception cref="Moving.MoveFailure">Some could not be repaired; the others are.</exception>
    public Task<IReadOnlyList<string>> RepairAsync(CopyJob job, IReadOnlyCollection<string> paths, Action<CopyProgress> report, CancellationToken cancel)
    {
        if (!Directory.Exists(job.Source))
        {
            throw FileFailures.SourceMissing(job);
        }

        return Task.Factory.StartNew(
            () =>
            {
                using var index = ManifestIndex.Of(job.ManifestFile);
                return new Repair(job, index, report).Run(paths, cancel);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private sealed class Repair(CopyJob job, ManifestIndex index, Action<CopyProgress> report)
    {
        private readonly FileReader _reader = new(index.Header?.Hash ?? default, (_, _) => { });
        private readonly string _realSource = RealPath.Of(job.Source);
        private readonly List<string> _again = [];
        private readonly List<string> _troubles = [];
        private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Run(IReadOnlyCollection<string> paths, CancellationToken cancel)
        {
            try
            {
                Directory.CreateDirectory(job.Destination);
                using (var disk = DestinationDisk.Of(job.Destination))
                {
                    var copy = new FileCopy(index.Header?.Hash ?? default, disk, (_, _) => { }, at: null, job.Pace);
                    foreach (var path in WithAllOfALostDirectory(paths))
                    {
                        cancel.ThrowIfCancellationRequested();
                        report(new CopyProgress(_again.Count, 0, null, null, ManifestPath.Show(path)));
                        try
                        {
                            PutRight(path, copy, cancel);
                        }
                        catch (FileTrouble trouble)
                        {
                            _troubles.Add($"{ManifestPath.Show(path)} ({trouble.Message})");
                        }
                    }

                    disk.FlushBatch();
                }

                SetTimes();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FileFailures.IsDiskFull(e) ? FileFailures.DiskFull(job, e) : FileFailures.CannotWrite(job.Destination, e);
            }

            return _troubles.Count == 0 ? _again : throw FileFailures.NotRepaired(job, _troubles);
        }

        // "." stands for the whole directory: then nothing below it could be named. A directory sorts before what is in it.
        private IEnumerable<string> WithAllOfALostDirectory(IReadOnlyCollection<string> paths) => !paths.Contains(".")
            ? paths.Order(StringComparer.Ordinal)
            : Manifest.Read(job.ManifestFile)
                .Select(line => line switch { FileLine file => file.Path, LinkLine link => link.Path, DirectoryLine directory => directory.Path, _ => null })
                .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        private void PutRight(string path, FileCopy copy, CancellationToken cancel)
        {
            if (!index.TryFind(path, out var known))
            {
                return; // not copied by us, and so not ours to touch
            }

            var (from, to) = (ManifestPath.Under(job.Source, path), ManifestPath.Under(job.Destination, path));
            if (!MakeWay(path))
            {
                return;
            }

            switch (known.Size)
            {
                case Known.DirectorySize:
                    MakeDirectory(path);
                    break;
                case Known.LinkSize:
                    MakeLink(path, from, to, known);
                    break;
                case var _ when Directory.Exists(to) || new FileInfo(to).LinkTarget is not null:
                    InTheWay(path);
                    break;
                case var _ when !IsRight(path, known, cancel):
                    CopyAgain(path, known, copy, cancel);
                    Done(path);
                    break;
            }
        }

        // Each directory on the way must be a directory: through a link, files would land somewhere else.
        private bool MakeWay(string path)
        {
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (!MakeDirectory(path[..slash]))
                {
                    return false;
                }
            }

            return true;
        }

        private bool MakeDirectory(string path)
        {
            var there = new DirectoryInfo(ManifestPath.Under(job.Destination, path));
            if (there.LinkTarget is not null || File.Exists(there.FullName))
            {
                InTheWay(path);
                return false;
            }

            if (!there.Exists)
            {
                there.Create();
                _touched.Add(path);
                Done(path);
            }

            return true;
        }

        private void MakeLink(string path, string from, string to, Known known)
        {
            var target = LinkCopy.TargetOf(path, from, _realSource);
            if (ManifestIndex.HashOf(target) != known.Hash)
            {
                throw new FileTrouble("it is a link that leads elsewhere now than when it was copied", moves: false);
            }

            if (LinkCopy.IsThere(to, target))
            {
                return;
            }

            if (new FileInfo(to).LinkTarget is null && (File.Exists(to) || Directory.Exists(to)))
            {
                InTheWay(path);
                return;
            }

            LinkCopy.Make(to, target, leadsToDirectory: Directory.Exists(from));
            Done(path);
        }

        private void CopyAgain(string path, in Known known, FileCopy copy, CancellationToken cancel)
        {
            var (folder, name) = Split(path);
            using var source = FileReader.Open(job.Source, folder);
            using var target = OpenFolder.At(job.Destination, folder);
            copy.Copy(path, name, source, target, cancel, known);
        }

        // Somebody may have put the file right by hand meanwhile. What can't be read is replaced, if its directory allows that.
        private bool IsRight(string path, in Known known, CancellationToken cancel)
        {
            try
            {
                var (folder, name) = Split(path);
                using var there = FileReader.Open(job.Destination, folder);
                using var file = FileReader.Open(there, name, out var facts);
                return facts.Size == known.Size && FileTimes.CopyAgrees(facts.Ticks, known.Ticks) && _reader.Hash(path, file, facts.Size, cancel).First == known.Hash;
            }
            catch (FileTrouble)
            {
                return false;
            }
        }

        private static (string Folder, string Name) Split(string path)
        {
            var slash = path.LastIndexOf('/');
            return slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
        }

        private void InTheWay(string path)
        {
            var trouble = $"{ManifestPath.Show(path)} (something else stands there now)";
            if (!_troubles.Contains(trouble))
            {
                _troubles.Add(trouble);
            }
        }

        private void Done(string path)
        {
            _again.Add(path);
            var slash = path.LastIndexOf('/');
            _touched.Add(slash < 0 ? "" : path[..slash]);
        }

        private void SetTimes()
        {
            foreach (var path in _touched)
            {
                if (index.TryFind(path, out var known) && known.IsDirectory)
                {
                    Directory.SetLastWriteTimeUtc(ManifestPath.Under(job.Destination, path), new DateTime(known.Ticks, DateTimeKind.Utc));
                }
            }

            Directory.SetLastWriteTimeUtc(job.Destination, Directory.GetLastWriteTimeUtc(job.Source));
        }
    }
}
