using System.Buffers.Binary;
using System.Text;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>Reads the little-endian fields of one client message.</summary>
internal sealed class TdsReader(byte[] body, int position = 0)
{
    public int Position { get; set; } = position;
    public bool AtEnd => Position >= body.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public byte[] Bytes(int count) => Take(count).ToArray();

    public byte Peek() => body[Position];

    /// <summary>Text with a one-byte length in characters.</summary>
    public string BVarChar() => Encoding.Unicode.GetString(Take(Byte() * 2));

    public string Unicode(int characters) => Encoding.Unicode.GetString(Take(characters * 2));

    public string RestAsText() => Encoding.Unicode.GetString(Take(body.Length - Position));

    /// <summary>A (max) value: total length, chunks, empty chunk; null when the total says so.</summary>
    public byte[]? Plp()
    {
        var total = (ulong)Int64();
        if (total == ulong.MaxValue)
        {
            return null;
        }
        using var all = new MemoryStream();
        while (UInt32() is var chunk and > 0)
        {
            all.Write(Take(checked((int)chunk)));
        }
        return all.ToArray();
    }

    /// <summary>The transaction descriptor and its kin: nothing in them matters to us.</summary>
    public TdsReader SkipAllHeaders()
    {
        var start = Position;
        Position = start + Int32();
        return this;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || Position + count > body.Length)
        {
            throw new InvalidDataException($"The client's message ends at {body.Length}, {count} more bytes were announced at {Position}.");
        }
        var span = body.AsSpan(Position, count);
        Position += count;
        return span;
    }
}
