namespace OctoMoveTui.Engine.Files;

/// <summary>What a walk found.</summary>
/// <param name="Folder">The directory it lies in, relative to the root, with <c>/</c> between its parts; empty for the root.</param>
/// <param name="Name">Its name there; empty for the root itself.</param>
/// <param name="Kind">What.</param>
/// <param name="Size">In bytes, when the walk was told to ask; only good enough for an estimate.</param>
/// <param name="Ticks">The time of the last write, UTC, in 100 ns: of directories, and of all else when the walk was told to ask.</param>
/// <param name="Trouble">Why a directory could not be read (wholly), with <see cref="FoundKind.Unreadable"/>.</param>
internal readonly record struct Found(string Folder, string Name, FoundKind Kind, long Size = 0, long Ticks = 0, Exception? Trouble = null)
{
    /// <summary>Where, relative to the root.</summary>
    public string Path => Folder.Length == 0 ? Name : Name.Length == 0 ? Folder : string.Concat(Folder, "/", Name);
}

internal enum FoundKind
{
    File,
    Directory,
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Other,
    Unreadable,
}

/// <summary>
/// Walks a tree, a directory before what is in it, into the depth first: memory grows with the depth, not with the number of files or
/// directories. Follows no link; passes over unfinished files of ours.
/// </summary>
internal static class DirectoryWalk
{
    /// <param name="root">Where to begin.</param>
    /// <param name="enter">Asked for each directory before it is entered; null to enter all.</param>
    /// <param name="asks">True to ask for the size and time of each file, too: one call of the system each.</param>
    public static IEnumerable<Found> Walk(string root, Func<Found, bool>? enter = null, bool asks = false)
    {
        var open = new Stack<IEnumerator<Found>>();
        try
        {
            open.Push(List(root, "", asks).GetEnumerator());
            while (open.TryPeek(out var entries))
            {
                if (!entries.MoveNext())
                {
                    open.Pop().Dispose();
                    continue;
                }

                var found = entries.Current;
                var isEntered = found.Kind == FoundKind.Directory && (enter is null || enter(found));
                yield return found;
                if (isEntered)
                {
                    open.Push(List(root, found.Path, asks).GetEnumerator());
                }
            }
        }
        finally
        {
            foreach (var entries in open)
            {
                entries.Dispose();
            }
        }
    }

    // What can't be read, or goes away, ends the list with a note of it: the walk goes on elsewhere.
    private static IEnumerable<Found> List(string root, string folder, bool asks)
    {
        OpenFolder? directory = null;
        IEnumerator<FolderEntry>? entries = null;
        try
        {
            while (true)
            {
                Found found;
                try
                {
                    directory ??= OpenFolder.At(root, folder);
                    entries ??= directory.List().GetEnumerator();
                    if (!entries.MoveNext())
                    {
                        yield break;
                    }

                    if (PartFile.IsOurs(entries.Current.Name) || Describe(folder, directory, entries.Current, asks) is not { } described)
                    {
                        continue;
                    }

                    found = described;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    found = new Found(folder, "", FoundKind.Unreadable, Trouble: e);
                }

                yield return found;
                if (found.Kind == FoundKind.Unreadable)
                {
                    yield break;
                }
            }
        }
        finally
        {
            entries?.Dispose();
            directory?.Dispose();
        }
    }

    // Null when it went away meanwhile, like so much while Octopus is at work.
    private static Found? Describe(string folder, OpenFolder directory, FolderEntry entry, bool asks)
    {
        if (!asks && entry.Kind is not EntryKind.Directory)
        {
            return new Found(folder, entry.Name, KindOf(entry.Kind));
        }

        return directory.Look(entry.Name) is { } facts ? new Found(folder, entry.Name, KindOf(facts.Kind), facts.Size, facts.Ticks)
            : asks ? null : new Found(folder, entry.Name, KindOf(entry.Kind));
    }

    private static FoundKind KindOf(EntryKind kind) => kind switch
    {
        EntryKind.Directory => FoundKind.Directory,
        EntryKind.Link => FoundKind.Link,
        EntryKind.Other => FoundKind.Other,
        _ => FoundKind.File,
    };
}
