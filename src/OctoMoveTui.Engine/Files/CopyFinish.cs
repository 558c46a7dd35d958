using OctoMoveTui.Engine.Effects;

namespace OctoMoveTui.Engine.Files;

/// <summary>The end of a copy: what vanished at the source goes, directories get their times, and the manifest its closing line.</summary>
internal sealed class CopyFinish(CopyJob job, ManifestIndex index, ManifestWriter manifest, Action<CopyMoment, string>? at)
{
    private const int WrittenAtOnce = 2000;

    private readonly List<ManifestLine> _gone = [];
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
        using (var lines = new ManifestReader(job.ManifestFile))
        {
            while (lines.Next())
            {
                cancel.ThrowIfCancellationRequested();
                if (lines.Kind is not (LineKind.File or LineKind.Link or LineKind.Directory)
                    || !index.TryFind(lines.PathHash, out var known) || !index.See(known))
                {
                    continue; // met, or said by an earlier line already
                }

                if (known.IsDirectory)
                {
                    directories.Add(lines.Path);
                }
                else if (job.HashOnly || RemoveFile(lines.Path, known, ref removed))
                {
                    Gone(lines.Path);
                }
            }
        }

        foreach (var path in directories.OrderByDescending(path => path.Length))
        {
            cancel.ThrowIfCancellationRequested();
            if (job.HashOnly || RemoveDirectory(path))
            {
                Gone(path);
            }
        }

        Write();
        return removed;
    }

    /// <summary>Sets the directories' times, now that nothing in them changes any more, and writes the closing line.</summary>
    public void Close(CopyTally tally, bool recorded, CancellationToken cancel)
    {
        var changed = recorded || _removedSomething;
        if (!job.HashOnly)
        {
            if (changed || index.Done is null)
            {
                SetTimes(cancel);
            }

            SetTime(job.Destination, Directory.GetLastWriteTimeUtc(job.Source).Ticks);
        }

        at?.Invoke(CopyMoment.Closing, "");
        var totals = tally.Totals(removed: 0);
        var done = new DoneLine(totals.Files, totals.Bytes, totals.ContentHash);
        if (tally.UnsettledCount == 0 && (changed || index.Done != done))
        {
            manifest.Append([done]);
        }
    }

    // True when nothing of ours is there any more.
    private bool RemoveFile(string path, in Known known, ref long removed)
    {
        // Where case means nothing, a new name that differs by case alone is the same file: taking the old one away would take both.
        if (LinkCopy.IsBehindLink(job.Destination, path) || File.Exists(ManifestPath.Under(job.Source, path)))
        {
            return true;
        }

        var there = ManifestPath.Under(job.Destination, path);
        if (!IsStillOurs(there, known))
        {
            return !File.Exists(there);
        }

        Disk.Delete(there);
        removed++;
        return true;
    }

    /// <summary>Removes a directory that we made and the source has no longer; false when somebody else put something into it.</summary>
    public bool RemoveDirectory(string path)
    {
        var there = ManifestPath.Under(job.Destination, path);
        if (!LinkCopy.IsBehindLink(job.Destination, path + "/") && !IsDirectory(ManifestPath.Under(job.Source, path)) && Directory.Exists(there))
        {
            PartFile.RemoveLeftovers(there); // the walk, which does that elsewhere, doesn't come by here
            if (Directory.EnumerateFileSystemEntries(there).Any())
            {
                return false;
            }

            Disk.DeleteDirectory(there);
        }

        return true;
    }

    // A link is none, wherever it leads.
    private static bool IsDirectory(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private void Gone(string path)
    {
        at?.Invoke(CopyMoment.Removed, path);
        _removedSomething = true;
        _gone.Add(new GoneLine(path));
        if (_gone.Count == WrittenAtOnce)
        {
            Write();
        }
    }

    private void Write()
    {
        manifest.Append(_gone);
        _gone.Clear();
    }

    private void SetTimes(CancellationToken cancel)
    {
        using var lines = new ManifestReader(job.ManifestFile);
        while (lines.Next())
        {
            cancel.ThrowIfCancellationRequested();
            if (lines.Kind == LineKind.Directory)
            {
                // A link that somebody put there leads to what was never ours.
                var path = lines.Path;
                if (LinkCopy.IsBehindLink(job.Destination, path + "/"))
                    continue;
                SetTime(ManifestPath.Under(job.Destination, path), lines.Ticks);
                at?.Invoke(CopyMoment.DirectoryTimed, path);
            }
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
    private static bool IsStillOurs(string there, in Known known)
    {
        var file = new FileInfo(there);
        return known.IsLink
            ? file.LinkTarget is { } target && ManifestIndex.HashOf(target) == known.Hash
            : file.Exists && file.LinkTarget is null && file.Length == known.Size && FileTimes.CopyAgrees(file.LastWriteTimeUtc.Ticks, known.Ticks);
    }
}
