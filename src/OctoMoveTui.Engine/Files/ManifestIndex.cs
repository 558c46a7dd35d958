using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// What a manifest says about each path, for looking up. Paths are kept as 128-bit hashes; two with the same hash are not to be expected
/// before 10^17 files. Up to <see cref="KeptInMemory"/> paths are kept in memory; of more, sorted by hash in a temporary file that is gone when
/// this is disposed, one small read a look: memory doesn't grow with the tree, but for one bit a path that says whether it was seen.
/// </summary>
internal sealed class ManifestIndex : IDisposable
{
    /// <summary>How many paths are kept in memory: about 3 MB of them.</summary>
    public const int KeptInMemory = 1 << 16;

    private const int PrefixBits = 16;

    // "gone", a tab, one letter, the end: room for more paths than a manifest has lines is never needed.
    private const int ShortestLine = 7;

    // Where the paths begin whose hash begins with these bits: hashes spread evenly, so that between two of them there is next to nothing.
    private readonly int[] _starts = new int[(1 << PrefixBits) + 1];
    private readonly int _keptInMemory;
    private IndexEntry[] _kept = [];
    private SafeFileHandle? _sorted;
    private int[] _seen = [];

    private ManifestIndex(int keptInMemory) => _keptInMemory = keptInMemory;

    /// <summary>The header, or null when there is no manifest yet.</summary>
    public ManifestHeader? Header { get; private set; }

    /// <summary>The closing line of a copy that came to its end, when no line follows it.</summary>
    public DoneLine? Done { get; private set; }

    /// <summary>How many paths are known.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a manifest; a missing one, or one torn within its header, is an empty index.</summary>
    public static ManifestIndex Of(string manifestFile, int keptInMemory = KeptInMemory)
    {
        var index = new ManifestIndex(keptInMemory);
        try
        {
            if (File.Exists(manifestFile))
            {
                index.Read(manifestFile);
            }

            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Finds what is known of a path; many threads may look up and mark at once.</summary>
    public bool TryFind(string path, out Known known) => TryFind(HashOf(path), out known);

    public bool TryFind(UInt128 pathHash, out Known known)
    {
        var prefix = (int)(pathHash >> (128 - PrefixBits));
        var (first, count) = (_starts[prefix], _starts[prefix + 1] - _starts[prefix]);
        if (count == 0)
        {
            known = default;
            return false;
        }

        if (_sorted is null)
        {
            return TryFind(_kept.AsSpan(first, count), first, pathHash, out known);
        }

        Span<IndexEntry> few = stackalloc IndexEntry[64];
        var entries = count <= few.Length ? few[..count] : new IndexEntry[count];
        ReadAll(_sorted, MemoryMarshal.AsBytes(entries), (long)first * IndexEntry.Bytes);
        return TryFind(entries, first, pathHash, out known);
    }

    /// <summary>Finds what is known of an entry of a directory, without putting its path together.</summary>
    public bool TryFind(string folder, string name, out Known known) => TryFind(HashOf(folder, name), out known);

    /// <summary>Marks a path as met; true when it wasn't yet.</summary>
    public bool See(in Known known)
    {
        var bit = 1 << (known.Slot & 31);
        return (Interlocked.Or(ref _seen[known.Slot >> 5], bit) & bit) == 0;
    }

    /// <summary>True when it was marked.</summary>
    public bool IsSeen(in Known known) => (_seen[known.Slot >> 5] & (1 << (known.Slot & 31))) != 0;

    /// <summary>The hash of a text, for paths and link targets.</summary>
    public static UInt128 HashOf(string text)
    {
        Span<byte> small = stackalloc byte[512];
        return text.Length * 3 <= small.Length
            ? XxHash128.HashToUInt128(small[..Encoding.UTF8.GetBytes(text, small)])
            : XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The hash of the path of an entry of a directory.</summary>
    public static UInt128 HashOf(string folder, string name)
    {
        if (folder.Length == 0)
        {
            return HashOf(name);
        }

        Span<byte> small = stackalloc byte[1024];
        if ((folder.Length + name.Length + 1) * 3 > small.Length)
        {
            return HashOf(string.Concat(folder, "/", name));
        }

        var length = Encoding.UTF8.GetBytes(folder, small);
        small[length++] = (byte)'/';
        length += Encoding.UTF8.GetBytes(name, small[length..]);
        return XxHash128.HashToUInt128(small[..length]);
    }

    public void Dispose() => _sorted?.Dispose();

    private void Read(string manifestFile)
    {
        using var reader = new ManifestReader(manifestFile);
        using var runs = new IndexRuns((int)Math.Min(_keptInMemory, (new FileInfo(manifestFile).Length / ShortestLine) + 1));
        while (reader.Next())
        {
            Done = null;
            switch (reader.Kind)
            {
                case LineKind.Header: Header = (ManifestHeader)reader.ToLine(); break;
                case LineKind.Done: Done = (DoneLine)reader.ToLine(); break;
                case LineKind.File: runs.Add(new(reader.PathHash, reader.Hash.First, reader.Size, reader.Ticks)); break;
                case LineKind.Directory: runs.Add(new(reader.PathHash, 0, Known.DirectorySize, reader.Ticks)); break;
                case LineKind.Link: runs.Add(new(reader.PathHash, HashOf(((LinkLine)reader.ToLine()).Target), Known.LinkSize, 0)); break;
                case LineKind.Gone: runs.Add(new(reader.PathHash, 0, IndexEntry.GoneSize, 0)); break;
            }
        }

        (_kept, _sorted) = runs.Finish(Account);
        for (var prefix = 1; prefix < _starts.Length; prefix++)
        {
            _starts[prefix] += _starts[prefix - 1];
        }

        _seen = new int[(Count + 31) / 32];
    }

    private void Account(in IndexEntry entry)
    {
        Count++;
        _starts[(int)(entry.Path >> (128 - PrefixBits)) + 1]++;
    }

    private static bool TryFind(ReadOnlySpan<IndexEntry> entries, int first, UInt128 pathHash, out Known known)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Path == pathHash)
            {
                known = new Known(entries[i].Size, entries[i].Ticks, entries[i].Hash, first + i);
                return true;
            }
        }

        known = default;
        return false;
    }

    private static void ReadAll(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("The index of the manifest was cut short.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}

/// <summary>What a manifest says about one path.</summary>
/// <param name="Size">In bytes, or what it is when it is no file.</param>
/// <param name="Ticks">The time of the last write at the source.</param>
/// <param name="Hash">Of the contents, the first 128 bits; of a link, that of its target.</param>
/// <param name="Slot">Its place in the index.</param>
internal readonly record struct Known(long Size, long Ticks, UInt128 Hash, int Slot = -1)
{
    /// <summary>The size that marks a directory.</summary>
    public const long DirectorySize = -1;

    /// <summary>The size that marks a link; its hash is that of its target.</summary>
    public const long LinkSize = -2;

    public bool IsDirectory => Size == DirectorySize;

    public bool IsLink => Size == LinkSize;
}
