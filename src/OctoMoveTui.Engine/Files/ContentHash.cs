using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// One hash over path, size, time and content of all files, to compare two sides in one line. The lines are hashed one by one and summed up
/// modulo 2^128: the sum doesn't depend on the order in which files were copied, so nothing has to be kept or sorted.
/// </summary>
internal sealed class ContentHash
{
    private readonly Lock _lock = new();
    private UInt128 _sum;

    /// <summary>What one file adds to the sum.</summary>
    public static UInt128 Of(UInt128 pathHash, long size, long ticks, UInt128 hash)
    {
        Span<byte> line = stackalloc byte[48];
        BinaryPrimitives.WriteUInt128BigEndian(line, pathHash);
        BinaryPrimitives.WriteInt64BigEndian(line[16..], size);
        BinaryPrimitives.WriteInt64BigEndian(line[24..], ticks);
        BinaryPrimitives.WriteUInt128BigEndian(line[32..], hash);
        return XxHash128.HashToUInt128(line);
    }

    /// <summary>What a link adds to the sum.</summary>
    public static UInt128 OfLink(string path, string target) =>
        Of(ManifestIndex.HashOf(path), Known.LinkSize, 0, ManifestIndex.HashOf(target));

    /// <summary>Adds what some files add up to.</summary>
    public void Add(UInt128 sum)
    {
        lock (_lock)
        {
            _sum = unchecked(_sum + sum);
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _sum.ToString("x32", CultureInfo.InvariantCulture);
        }
    }
}
