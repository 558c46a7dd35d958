using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>
/// Brings a directory that another program has filled to what the manifest says, as far as no content is needed for it: removes what vanished at
/// the source since it was copied, and the half files of a tool that was killed; makes directories that a remote can't hold when they are
/// empty. Nothing is removed that the manifest doesn't know; tools are never told to mirror.
/// </summary>
internal sealed partial class ToolLeftovers(CopyJob job) : IDisposable
{
    private readonly ManifestIndex _index = ManifestIndex.Of(job.ManifestFile);

    /// <summary>Does it.</summary>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="Moving.MoveFailure">The directory can't be written.</exception>
    public int Settle(CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(job.Destination);
            var removed = RemoveGone(cancel) + RemoveHalfFiles(cancel);
            MakeDirectories(cancel);
            return removed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.CannotWrite(job.Destination, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    // The last that the manifest said of a path before "gone" is what was put there: only that is removed.
    private int RemoveGone(CancellationToken cancel)
    {
        var gone = Manifest.Read(job.ManifestFile).OfType<GoneLine>().Select(each => each.Path).Where(each => !IsKnown(each)).ToHashSet(StringComparer.Ordinal);
        if (gone.Count == 0)
            return 0;
        var last = new Dictionary<string, ManifestLine>(StringComparer.Ordinal);
        foreach (var line in Manifest.Read(job.ManifestFile))
        {
            if (line.PathOfEntry() is { } path && gone.Contains(path))
                last[path] = line;
        }

        var removed = 0;
        foreach (var (path, line) in last.OrderByDescending(each => each.Key.Length))
        {
            cancel.ThrowIfCancellationRequested();
            var there = ManifestPath.Under(job.Destination, path);
            if (LinkCopy.IsBehindLink(job.Destination, path))
                continue;
            if (line is DirectoryLine)
            {
                if (new DirectoryInfo(there) is { Exists: true, LinkTarget: null } && !Directory.EnumerateFileSystemEntries(there).Any())
                    Directory.Delete(there);
            }
            else if (IsAsCopied(there, line))
            {
                File.Delete(there);
                removed++;
            }
        }

        return removed;
    }

    private int RemoveHalfFiles(CancellationToken cancel)
    {
        var removed = 0;
        foreach (var found in DirectoryWalk.Walk(job.Destination))
        {
            cancel.ThrowIfCancellationRequested();
            if (found.Kind == FoundKind.File && !IsKnown(found.Path) && IsHalfOf(found.Path))
            {
                File.Delete(ManifestPath.Under(job.Destination, found.Path));
                removed++;
            }
            else if (found.Kind == FoundKind.Directory && !IsKnown(found.Path) && NameOf(found.Path) == Rsync.PartialDirectory)
            {
                Directory.Delete(ManifestPath.Under(job.Destination, found.Path), recursive: true);
            }
        }

        return removed;
    }

    private void MakeDirectories(CancellationToken cancel)
    {
        foreach (var line in Manifest.Read(job.ManifestFile).OfType<DirectoryLine>())
        {
            cancel.ThrowIfCancellationRequested();
            var there = ManifestPath.Under(job.Destination, line.Path);
            if (_index.TryFind(line.Path, out var known) && known.IsDirectory && !File.Exists(there) && !LinkCopy.IsBehindLink(job.Destination, line.Path))
                Directory.CreateDirectory(there);
        }
    }

    // The names that a killed rsync (".a.zip.x8Yz3a") and a killed rclone ("a.zip.1f0c33aa.partial") leave beside a file of the manifest. rsync draws
    // its six from letters of both cases and digits: six small letters, or six digits, are a word or a date that somebody else gave (".a.zip.backup").
    private bool IsHalfOf(string path)
    {
        var name = NameOf(path);
        var folder = path[..^name.Length];
        return (RsyncHalf().Match(name) is { Success: true } rsync && IsKnown(folder + rsync.Groups[1].Value))
            || (RcloneHalf().Match(name) is { Success: true } rclone && IsKnown(folder + rclone.Groups[1].Value));
    }

    private bool IsKnown(string path) => _index.TryFind(path, out _);

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsAsCopied(string there, ManifestLine line)
    {
        var file = new FileInfo(there);
        return line switch
        {
            LinkLine link => file.LinkTarget == link.Target,
            FileLine copied => file is { Exists: true, LinkTarget: null } && file.Length == copied.Size
                && FileTimes.CopyAgrees(file.LastWriteTimeUtc.Ticks, copied.Ticks),
            _ => false,
        };
    }

    [GeneratedRegex(@"^\.(.+)\.(?![a-z]{6}$|[0-9]{6}$)[A-Za-z0-9]{6}$")]
    private static partial Regex RsyncHalf();

    [GeneratedRegex(@"^(.+)\.[0-9a-f]{8}\.partial$")]
    private static partial Regex RcloneHalf();
}
