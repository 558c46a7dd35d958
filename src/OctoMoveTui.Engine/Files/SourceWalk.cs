using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>Files and links of one directory that one thread deals with in one go.</summary>
internal sealed record FileBatch(string Folder, IReadOnlyList<Found> Entries)
{
    /// <summary>Small enough that a directory of packages keeps all threads busy, large enough that opening the directory once pays.</summary>
    public const int LargestToCopy = 16;

    /// <summary>Where most files are only looked at.</summary>
    public const int LargestToLookAt = 64;
}

/// <summary>Puts together what a walk finds in one directory, so that one thread can deal with it in one go.</summary>
internal static class Batching
{
    /// <summary>The files and links of a walk, so many at once of one directory. The lists of the directories on the way to the one in hand wait to be filled.</summary>
    public static IEnumerable<FileBatch> Of(IEnumerable<Found> walk, int largest)
    {
        var open = new Stack<(string Folder, List<Found> Entries)>();
        foreach (var found in walk)
        {
            while (open.TryPeek(out var other) && !IsWithin(found.Folder, other.Folder))
            {
                yield return Close(open);
            }

            if (!open.TryPeek(out var mine) || mine.Folder != found.Folder)
            {
                open.Push(mine = (found.Folder, []));
            }

            mine.Entries.Add(found);
            if (mine.Entries.Count == largest)
            {
                yield return Close(open);
            }
        }

        while (open.Count > 0)
        {
            yield return Close(open);
        }
    }

    /// <summary>True when the one is the other or lies within it. Both are paths of a walk.</summary>
    public static bool IsWithin(string folder, string outer) =>
        ReferenceEquals(folder, outer) || outer.Length == 0
        || (folder.StartsWith(outer, StringComparison.Ordinal) && (folder.Length == outer.Length || folder[outer.Length] == '/'));

    private static FileBatch Close(Stack<(string Folder, List<Found> Entries)> open)
    {
        var (folder, entries) = open.Pop();
        return new FileBatch(folder, entries);
    }
}

/// <summary>
/// Walks the source, makes each directory at the destination before anything is put into it, and hands out the files and links. What can't
/// be copied at all (names, unreadable directories) is noted here and not handed out.
/// </summary>
internal sealed class SourceWalk(CopyJob job, ManifestIndex index, CopyTally tally, CopyRecorder recorder, bool ignoresCase)
{
    // Where the destination takes "A" for "a": the names of the directory in hand and of those above it, as hashes.
    private readonly Stack<(string Folder, HashSet<UInt128> Names)> _names = new();

    /// <summary>Everything that is to be copied, unless it is there already.</summary>
    public IEnumerable<FileBatch> Batches() => Batching.Of(
        DirectoryWalk.Walk(job.Source, Enter).Where(IsForCopying), index.Done is null ? FileBatch.LargestToCopy : FileBatch.LargestToLookAt);

    private bool IsForCopying(Found found)
    {
        switch (found.Kind)
        {
            case FoundKind.Unreadable:
                var vanished = found.Trouble is DirectoryNotFoundException or FileNotFoundException;
                tally.NotCopied(
                    found.Folder.Length == 0 ? "." : found.Folder,
                    vanished ? "the directory vanished" : $"the directory can't be read: {found.Trouble!.Message}",
                    unsettled: job.SourceIsLive && found.Folder.Length > 0 && vanished);
                return false;
            case FoundKind.Other:
                tally.NotCopied(found.Path, "it is a pipe, a socket or a device, not a file", unsettled: false);
                return false;
            case FoundKind.Directory:
                return false;
            default:
                return IsUsable(found);
        }
    }

    private bool Enter(Found directory)
    {
        if (!IsUsable(directory))
        {
            return false;
        }

        var path = directory.Path;
        var isKnown = index.TryFind(path, out var known);
        if (isKnown)
        {
            index.See(known);
            tally.SawKnown();
        }

        if (!job.HashOnly && !MakeDirectory(path, isKnown ? known : null))
        {
            return false;
        }

        if (!isKnown || !known.IsDirectory || known.Ticks != directory.Ticks)
        {
            recorder.Add(new DirectoryLine(path, directory.Ticks));
        }

        return true;
    }

    private bool MakeDirectory(string path, Known? known)
    {
        var to = ManifestPath.Under(job.Destination, path);
        if (known is { IsDirectory: false })
        {
            File.Delete(to); // we put a file or a link there once; the source has a directory of that name now
        }

        var there = new DirectoryInfo(to);
        if (there.LinkTarget is not null)
        {
            throw FileFailures.DestinationIsLink(job, path);
        }

        if (there.Exists)
        {
            // A pass that came to its end gave it that time, and nothing was put into it since.
            if (known is null || there.LastWriteTimeUtc.Ticks != known.Value.Ticks)
            {
                PartFile.RemoveLeftovers(to);
            }

            return true;
        }

        try
        {
            Directory.CreateDirectory(to);
            if (job.Access && OperatingSystem.IsWindows())
            {
                WindowsAttributes.CopyAccess(ManifestPath.Under(job.Source, path), to);
            }

            return true;
        }
        catch (IOException e) when (FileCopy.IsAboutName(e))
        {
            tally.NotCopied(path, FileCopy.BadName(e), unsettled: false);
            return false;
        }
    }

    private bool IsUsable(Found found)
    {
        if (!ManifestPath.IsPlainName(found.Name) && ManifestPath.Problem(found.Path) is { } problem)
        {
            tally.NotCopied(found.Path, $"the path can't be used: {problem}", unsettled: false);
            return false;
        }

        if (ignoresCase && !IsNewName(found))
        {
            tally.NotCopied(found.Path, "another name in the same directory differs only by case, and the destination can't hold both", unsettled: false);
            return false;
        }

        return true;
    }

    private bool IsNewName(Found found)
    {
        while (_names.TryPeek(out var other) && !Batching.IsWithin(found.Folder, other.Folder))
        {
            _names.Pop();
        }

        if (!_names.TryPeek(out var mine) || mine.Folder != found.Folder)
        {
            _names.Push(mine = (found.Folder, []));
        }

        return mine.Names.Add(ManifestIndex.HashOf(found.Name.ToUpperInvariant()));
    }
}
