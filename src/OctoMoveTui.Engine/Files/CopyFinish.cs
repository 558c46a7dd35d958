namespace OctoMoveTui.Engine.Files;

/// <summary>The end of a copy: what vanished at the source goes, directories get their times, and the manifest its closing line.</summary>
internal sealed class CopyFinish(CopyJob job, ManifestIndex index, ManifestWriter manifest)
{
    private bool _removedSomething;

    /// <summary>Removes what an earlier run put at the destination and the source has no longer. Nothing else is ever removed.</summary>
    public long RemoveVanished(CopyTally tally, CancellationToken cancel)
    {
        // A directory that vanished under the walk, or a name that could not be read, would look as if all below it were gone.
        if (tally.KnownSeen == index.Count || tally.UnsettledCount > 0)
        {
            return 0;
        }

        long removed = 0;
        var directories = new List<string>();
        var gone = new List<ManifestLine>();
        var asked = new HashSet<UInt128>(); // a path may have many lines; only of paths that vanished
        foreach (var line in Manifest.Read(job.ManifestFile))
        {
            cancel.ThrowIfCancellationRequested();
            var path = line switch { FileLine file => file.Path, LinkLine link => link.Path, DirectoryLine directory => directory.Path, _ => null };
            if (path is null || !index.IsUnseen(path) || !asked.Add(ManifestIndex.HashOf(path)))
            {
                continue;
            }

            var there = ManifestPath.Under(job.Destination, path);
            ref var known = ref index.Find(path);
            if (known.Size == ManifestIndex.DirectorySize)
            {
                directories.Add(path);
            }
            else if (IsStillOurs(there, known))
            {
                File.Delete(there);
                removed++;
                gone.Add(new GoneLine(path));
            }
            else if (!File.Exists(there))
            {
                gone.Add(new GoneLine(path));
            }
        }

        foreach (var path in directories.OrderByDescending(path => path.Length))
        {
            var there = ManifestPath.Under(job.Destination, path);
            if (Directory.Exists(there) && Directory.EnumerateFileSystemEntries(there).Any())
            {
                continue; // somebody else put something there
            }

            if (Directory.Exists(there))
            {
                Directory.Delete(there);
            }

            gone.Add(new GoneLine(path));
        }

        manifest.Append(gone);
        _removedSomething = gone.Count > 0;
        return removed;
    }

    /// <summary>Sets the directories' times, now that nothing in them changes any more, and writes the closing line.</summary>
    public void Close(CopyTally tally, bool recorded, CancellationToken cancel)
    {
        var changed = recorded || _removedSomething;
        if (changed || index.Done is null)
        {
            foreach (var line in Manifest.Read(job.ManifestFile).OfType<DirectoryLine>())
            {
                cancel.ThrowIfCancellationRequested();
                SetTime(ManifestPath.Under(job.Destination, line.Path), line.Ticks);
            }
        }

        SetTime(job.Destination, Directory.GetLastWriteTimeUtc(job.Source).Ticks);
        var totals = tally.Totals(removed: 0);
        var done = new DoneLine(totals.Files, totals.Bytes, totals.ContentHash);
        if (tally.UnsettledCount == 0 && (changed || index.Done != done))
        {
            manifest.Append([done]);
        }
    }

    private static void SetTime(string directory, long ticks)
    {
        var there = new DirectoryInfo(directory);
        if (there.Exists && there.LastWriteTimeUtc.Ticks != ticks)
        {
            Directory.SetLastWriteTimeUtc(directory, new DateTime(ticks, DateTimeKind.Utc));
        }
    }

    // Changed since by somebody else: then it is theirs, and the verification will name it.
    private static bool IsStillOurs(string there, Known known)
    {
        var file = new FileInfo(there);
        return known.Size == ManifestIndex.LinkSize
            ? file.LinkTarget is { } target && ManifestIndex.HashOf(target) == known.Hash
            : file.Exists && file.LinkTarget is null && file.Length == known.Size && FileTimes.CopyAgrees(file.LastWriteTimeUtc.Ticks, known.Ticks);
    }
}
