using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>What is looked at before the first byte is copied. Each refusal names the path and says what to do.</summary>
internal static class CopyChecks
{
    /// <summary>Source, destination and manifest must be three places apart from each other, wherever links lead.</summary>
    public static void RefuseEntangledPaths(CopyJob job)
    {
        if (!Directory.Exists(job.Source))
        {
            throw FileFailures.SourceMissing(job);
        }

        string source, destination, manifest;
        try
        {
            source = RealPath.Of(job.Source);
            destination = RealPath.Of(job.Destination);
            manifest = RealPath.Of(job.ManifestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.CannotWrite(job.Destination, e); // links that run in a circle
        }

        if (RealPath.Same(source, destination))
        {
            throw FileFailures.SameDirectory(job);
        }

        if (RealPath.IsWithin(source, destination) || RealPath.IsWithin(destination, source))
        {
            throw FileFailures.OneInsideTheOther(job, source, destination);
        }

        foreach (var directory in (string[])[source, destination])
        {
            if (RealPath.IsWithin(manifest, directory))
            {
                throw FileFailures.ManifestInside(job, directory);
            }
        }
    }

    /// <summary>A destination with files in it is refused unless the manifest shows that we filled it.</summary>
    public static void RefuseForeignDestination(CopyJob job, ManifestIndex index)
    {
        if (!Directory.Exists(job.Destination))
        {
            return;
        }

        var example = DirectoryWalk.Walk(job.Destination, enter: _ => false).Select(found => found.Path).FirstOrDefault();
        if (example is null)
        {
            return;
        }

        // The header went to disk while the destination was still empty: with it, whatever lies there without a line of its own was
        // being copied when the run was cut short.
        var ours = index.Header is { } header && header.Name == job.Name
            && (RealPath.Same(header.Destination, Path.GetFullPath(job.Destination)) || KnowsAFileOf(job.Destination, index));
        if (!ours)
        {
            throw FileFailures.DestinationNotOurs(job, example);
        }
    }

    /// <summary>
    /// Tries the right to write with a file of our own, and learns two things by it: whether the destination tells upper from lower case, and
    /// whether it is the source under another name (a share or a mount, which no path can tell).
    /// </summary>
    /// <returns>True when the destination takes names that differ only by case for the same.</returns>
    public static bool TryDestination(CopyJob job)
    {
        try
        {
            Directory.CreateDirectory(job.Destination);
            PartFile.RemoveLeftovers(job.Destination);
            var probe = PartFile.NameBeside(Path.Join(job.Destination, "x"));
            var name = Path.GetFileName(probe);
            File.Open(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            try
            {
                return File.Exists(Path.Join(job.Source, name))
                    ? throw FileFailures.SameDirectory(job)
                    : File.Exists(Path.Join(job.Destination, name.ToUpperInvariant()));
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.IsDiskFull(e) ? FileFailures.DiskFull(job, e) : FileFailures.CannotWrite(job.Destination, e);
        }
    }

    // A USB stick has another letter on the other server: then the files have to speak for themselves.
    private static bool KnowsAFileOf(string destination, ManifestIndex index) => DirectoryWalk.Walk(destination, asks: true).Any(found =>
        found.Kind == FoundKind.File && index.TryFind(found.Folder, found.Name, out var known)
        && known.Size == found.Size && FileTimes.CopyAgrees(found.Ticks, known.Ticks));
}
