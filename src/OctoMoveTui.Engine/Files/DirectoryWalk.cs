using System.IO.Enumeration;

namespace OctoMoveTui.Engine.Files;

/// <summary>What a walk found. The path is relative to the root, with <c>/</c> between its parts.</summary>
/// <param name="Path">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="Size">The size as it was when the walk came by; only good enough for guessing.</param>
/// <param name="Ticks">The time of the last write, UTC, in 100 ns.</param>
/// <param name="Trouble">Why a directory could not be read (wholly), with <see cref="FoundKind.Unreadable"/>.</param>
internal readonly record struct Found(string Path, FoundKind Kind, long Size, long Ticks, Exception? Trouble = null);

internal enum FoundKind
{
    File,
    Directory,
    Link,
    Unreadable,
}

/// <summary>
/// Walks a tree folder by folder, a directory before what is in it. Keeps only the directories still to come; follows no link; passes over
/// unfinished files of ours.
/// </summary>
internal static class DirectoryWalk
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false, BufferSize = 1 << 16,
    };

    /// <param name="root">Where to begin.</param>
    /// <param name="enter">Asked for each directory before it is entered; null to enter all.</param>
    public static IEnumerable<Found> Walk(string root, Func<Found, bool>? enter = null)
    {
        var ahead = new Stack<string>();
        ahead.Push("");
        while (ahead.TryPop(out var folder))
        {
            foreach (var found in List(root, folder))
            {
                if (found.Kind == FoundKind.Directory && (enter is null || enter(found)))
                {
                    ahead.Push(found.Path);
                }

                yield return found;
            }
        }
    }

    private static IEnumerable<Found> List(string root, string folder)
    {
        IEnumerator<Found>? entries = null;
        try
        {
            while (true)
            {
                Found found;
                bool ended;
                try
                {
                    entries ??= Open(root, folder);
                    ended = !entries.MoveNext();
                    found = ended ? default : entries.Current;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    found = new Found(folder, FoundKind.Unreadable, 0, 0, e);
                    ended = false;
                    entries?.Dispose();
                    entries = Enumerable.Empty<Found>().GetEnumerator();
                }

                if (ended)
                {
                    yield break;
                }

                yield return found;
            }
        }
        finally
        {
            entries?.Dispose();
        }
    }

    private static IEnumerator<Found> Open(string root, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        return new FileSystemEnumerable<Found>(ManifestPath.Under(root, folder), Transform, Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !PartFile.IsOurs(entry.FileName),
        }.GetEnumerator();

        Found Transform(ref FileSystemEntry entry)
        {
            var path = prefix + entry.FileName.ToString();

            // Deduplicated and compressed files on Windows are reparse points too, but not links.
            var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0
                && (!OperatingSystem.IsWindows() || entry.ToFileSystemInfo().LinkTarget is not null);
            var kind = isLink ? FoundKind.Link : entry.IsDirectory ? FoundKind.Directory : FoundKind.File;
            return new Found(path, kind, kind == FoundKind.File ? entry.Length : 0, entry.LastWriteTimeUtc.UtcTicks);
        }
    }
}
