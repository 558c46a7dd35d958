using System.Text;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// The files of a directory by what they are looked up by: 24 bytes of memory a file, whatever its name. The names lie in a temporary file that is
/// gone when this is disposed.
/// </summary>
internal sealed class FileIndex : IDisposable
{
    private readonly FileStream names = OwnFile.Scratch();

    private readonly List<Entry> entries = [];
    private int[] seen = [];

    /// <summary>Files that name a row.</summary>
    public int Count => entries.Count;

    /// <summary>Files that name none.</summary>
    public long Others { get; private set; }

    /// <summary>Directories behind links, which are not looked into.</summary>
    public long Links { get; private set; }

    /// <summary>Lists a directory.</summary>
    /// <param name="root">The directory; one that is missing has no files.</param>
    /// <param name="keyOf">What a relative path is looked up by; null when it names no row.</param>
    /// <param name="progress">Told how many files were listed so far.</param>
    /// <param name="cancel">The person stops.</param>
    /// <exception cref="Moving.MoveFailure">A part of it can't be read: its rows would look as if they had no file.</exception>
    public static FileIndex Of(string root, Func<string, ulong?> keyOf, Action<long> progress, CancellationToken cancel)
    {
        var index = new FileIndex();
        try
        {
            index.Read(root, keyOf, progress, cancel);
            index.entries.Sort();
            index.seen = new int[(index.entries.Count + 31) / 32];
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The files with that key, which count as seen from now on.</summary>
    public IEnumerable<IndexedFile> Find(ulong key)
    {
        var first = entries.BinarySearch(new Entry(key, 0, -1));
        for (var i = first < 0 ? ~first : first; i < entries.Count && entries[i].Key == key; i++)
        {
            seen[i / 32] |= 1 << (i % 32);
            yield return new IndexedFile(NameAt(entries[i].Place), entries[i].Size);
        }
    }

    /// <summary>The files that no look has found.</summary>
    public IEnumerable<IndexedFile> Unseen()
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if ((seen[i / 32] & (1 << (i % 32))) == 0)
                yield return new IndexedFile(NameAt(entries[i].Place), entries[i].Size);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => names.Dispose();

    private void Read(string root, Func<string, ulong?> keyOf, Action<long> progress, CancellationToken cancel)
    {
        if (!Directory.Exists(root))
            return;
        foreach (var found in DirectoryWalk.Walk(root, asks: true))
        {
            cancel.ThrowIfCancellationRequested();
            switch (found.Kind)
            {
                case FoundKind.File:
                    Add(found.Path, found.Size, keyOf);
                    progress(Count + Others);
                    break;
                case FoundKind.Link when Directory.Exists(Path.Combine(root, found.Path)):
                    Links++;
                    break;
                case FoundKind.Link when new FileInfo(Path.Combine(root, found.Path)) is { Exists: true } link:
                    Add(found.Path, (link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link).Length, keyOf);
                    break;

                // Octopus at work removes directories, too: what is gone has no files.
                case FoundKind.Unreadable when found.Trouble is not DirectoryNotFoundException:
                    throw Words.CheckFailures.CannotRead(Path.Combine(root, found.Path), found.Trouble!);
            }
        }
    }

    private void Add(string path, long size, Func<string, ulong?> keyOf)
    {
        if (keyOf(path) is not { } key)
        {
            Others++;
            return;
        }

        entries.Add(new Entry(key, size, names.Position));
        var bytes = Encoding.UTF8.GetBytes(path);
        names.Write(BitConverter.GetBytes(bytes.Length));
        names.Write(bytes);
    }

    private string NameAt(long place)
    {
        names.Position = place;
        Span<byte> length = stackalloc byte[sizeof(int)];
        names.ReadExactly(length);
        var bytes = new byte[BitConverter.ToInt32(length)];
        names.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private readonly record struct Entry(ulong Key, long Size, long Place) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Key != other.Key ? Key.CompareTo(other.Key) : Place.CompareTo(other.Place);
    }
}

/// <summary>A file of a directory.</summary>
/// <param name="Path">Relative, with <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct IndexedFile(string Path, long Size);
