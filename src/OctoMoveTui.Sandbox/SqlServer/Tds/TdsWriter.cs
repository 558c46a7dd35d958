using System.Buffers.Binary;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>A growing buffer of little-endian fields.</summary>
internal sealed class TdsWriter
{
    private byte[] buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Content => buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void RemoveFirst(int count)
    {
        buffer.AsSpan(count, Length - count).CopyTo(buffer);
        Length -= count;
    }

    public void Byte(byte value) => Room(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void Patch(int at, byte value) => buffer[at] = value;

    public void Patch(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(at), value);

    /// <summary>Text with its length in characters in one byte.</summary>
    public void BVarChar(string text)
    {
        text = text.Length > byte.MaxValue ? text[..byte.MaxValue] : text;
        Byte((byte)text.Length);
        Bytes(WireText.Unicode.GetBytes(text));
    }

    /// <summary>Text with its length in characters in two bytes.</summary>
    public void UsVarChar(string text)
    {
        UInt16((ushort)text.Length);
        Bytes(WireText.Unicode.GetBytes(text));
    }

    private Span<byte> Room(int count)
    {
        if (Length + count > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + count));
        }
        Length += count;
        return buffer.AsSpan(Length - count, count);
    }
}
