using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// What a manifest says about each path, for looking up. Paths are kept as 128-bit hashes: about 70 bytes a file (140 while the table grows),
/// so a million files take about 100 MB, and two paths with the same hash are not to be expected before 10^17 files.
/// </summary>
internal sealed class ManifestIndex
{
    /// <summary>The size that marks a directory.</summary>
    public const long DirectorySize = -1;

    /// <summary>The size that marks a link; its hash is that of its target.</summary>
    public const long LinkSize = -2;

    private readonly Dictionary<UInt128, Known> _known = [];

    /// <summary>The header, or null when there is no manifest yet.</summary>
    public ManifestHeader? Header { get; private set; }

    /// <summary>The closing line of a copy that came to its end, when no line follows it.</summary>
    public DoneLine? Done { get; private set; }

    /// <summary>How many paths are known.</summary>
    public int Count => _known.Count;

    /// <summary>Reads a manifest; a missing one, or one torn within its header, is an empty index.</summary>
    public static ManifestIndex Of(string manifestFile)
    {
        var index = new ManifestIndex();
        if (File.Exists(manifestFile))
        {
            foreach (var line in Manifest.Read(manifestFile))
            {
                index.Take(line);
            }
        }

        return index;
    }

    /// <summary>Finds what is known of a path, to read it or to mark it as seen; a null reference when nothing is.</summary>
    /// <remarks>Many threads may look up and mark at once, for each path is in the hands of one and nothing is added meanwhile.</remarks>
    public ref Known Find(string path) => ref CollectionsMarshal.GetValueRefOrNullRef(_known, HashOf(path));

    /// <summary>True when the path is known and was not seen.</summary>
    public bool IsUnseen(string path)
    {
        ref var known = ref Find(path);
        return !Unsafe.IsNullRef(ref known) && !known.Seen;
    }

    /// <summary>The hash of a text, for paths and link targets.</summary>
    public static UInt128 HashOf(string text)
    {
        Span<byte> small = stackalloc byte[512];
        return text.Length * 3 <= small.Length
            ? XxHash128.HashToUInt128(small[..Encoding.UTF8.GetBytes(text, small)])
            : XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
    }

    private void Take(ManifestLine line)
    {
        Done = line as DoneLine;
        switch (line)
        {
            case ManifestHeader header: Header = header; break;
            case FileLine file: _known[HashOf(file.Path)] = new(file.Size, file.Ticks, file.Hash); break;
            case DirectoryLine directory: _known[HashOf(directory.Path)] = new(DirectorySize, directory.Ticks, 0); break;
            case LinkLine link: _known[HashOf(link.Path)] = new(LinkSize, 0, HashOf(link.Target)); break;
            case GoneLine gone: _known.Remove(HashOf(gone.Path)); break;
        }
    }
}

/// <summary>What a manifest says about one path.</summary>
internal struct Known(long size, long ticks, UInt128 hash)
{
    public readonly UInt128 Hash = hash;
    public readonly long Size = size;
    public readonly long Ticks = ticks;
    public bool Seen;
}
