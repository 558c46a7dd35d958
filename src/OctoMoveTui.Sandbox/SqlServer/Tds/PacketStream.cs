using System.Buffers.Binary;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>The kinds of packets a client sends, and the one a server answers with.</summary>
internal enum PacketType : byte
{
    SqlBatch = 1,
    Rpc = 3,
    Answer = 4,
    Attention = 6,
    BulkLoad = 7,
    TransactionManager = 14,
    Login7 = 16,
    Sspi = 17,
    PreLogin = 18,
}

/// <summary>A whole message of the client, put together from its packets.</summary>
internal sealed record TdsMessage(PacketType Type, byte Status, byte[] Body)
{
    private const byte ResetConnection = 0x08;
    private const byte ResetKeepingTransaction = 0x10;

    public bool AsksForReset => (Status & (ResetConnection | ResetKeepingTransaction)) != 0;
}

/// <summary>Cuts messages into packets and puts packets together to messages.</summary>
internal sealed class PacketStream(Stream stream)
{
    public const int HeaderLength = 8;
    private const byte EndOfMessage = 0x01;
    private const int LongestMessage = 256 * 1024 * 1024;

    private readonly byte[] header = new byte[HeaderLength];
    private byte nextPacket = 1;

    public int PacketSize { get; set; } = 4096;

    /// <summary>How much of a message fits into one packet.</summary>
    public int Room => PacketSize - HeaderLength;

    /// <summary>SqlConnection.ServerProcessId is read from the packet header.</summary>
    public short SessionId { get; set; }

    /// <summary>The next message; null when the client has gone.</summary>
    public async Task<TdsMessage?> ReadAsync(CancellationToken cancel)
    {
        using var body = new MemoryStream();
        byte firstStatus = 0;
        for (var first = true; ; first = false)
        {
            if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancel) < HeaderLength)
            {
                return null;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength;
            if (length < 0 || body.Length + length > LongestMessage)
            {
                throw new InvalidDataException("Not a TDS packet.");
            }
            firstStatus = first ? header[1] : firstStatus;
            var type = (PacketType)header[0];
            var start = (int)body.Length;
            body.SetLength(start + length);
            await stream.ReadExactlyAsync(body.GetBuffer().AsMemory(start, length), cancel);
            if ((header[1] & EndOfMessage) != 0 || type == PacketType.Attention)
            {
                return new TdsMessage(type, firstStatus, body.ToArray());
            }
        }
    }

    /// <summary>Sends what is there; a message may be sent in any number of calls, the last of which says so.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> content, bool last, CancellationToken cancel)
    {
        do
        {
            var part = content[..Math.Min(Room, content.Length)];
            content = content[part.Length..];
            var packet = new byte[HeaderLength + part.Length];
            packet[0] = (byte)PacketType.Answer;
            packet[1] = last && content.IsEmpty ? EndOfMessage : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            BinaryPrimitives.WriteInt16BigEndian(packet.AsSpan(4), SessionId);
            packet[6] = nextPacket++;
            part.CopyTo(packet.AsMemory(HeaderLength));
            await stream.WriteAsync(packet, cancel);
        } while (!content.IsEmpty);

        if (last)
        {
            nextPacket = 1;
        }
        await stream.FlushAsync(cancel);
    }
}
