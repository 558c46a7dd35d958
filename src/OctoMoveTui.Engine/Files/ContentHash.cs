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

    public void Add(UInt128 pathHash, long size, long ticks, UInt128 hash)
    {
        Span<byte> line = stackalloc byte[48];
        BinaryPrimitives.WriteUInt128BigEndian(line, pathHash);
        BinaryPrimitives.WriteInt64BigEndian(line[16..], size);
        BinaryPrimitives.WriteInt64BigEndian(line[24..], ticks);
        BinaryPrimitives.WriteUInt128BigEndian(line[32..], hash);
        var hashed = XxHash128.HashToUInt128(line);
        lock (_lock)
        {
            _sum = unchecked(_sum + hashed);
        }
    }

    public void AddLink(string path, string target) => Add(ManifestIndex.HashOf(path), Known.LinkSize, 0, ManifestIndex.HashOf(target));

    public override string ToString()
    {
        lock (_lock)
        {
            return _sum.ToString("x32", CultureInfo.InvariantCulture);
        }
    }
}
