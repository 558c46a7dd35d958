using System.Buffers.Binary;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>While the TLS handshake lasts, its records travel inside TDS packets of the PRELOGIN type; afterwards they travel bare.</summary>
internal sealed class TlsHandshakeStream(Stream inner) : Stream
{
    private const int LargestPacket = 4096;
    private int leftInPacket;

    public bool Wraps { get; set; } = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Wraps)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        while (leftInPacket == 0)
        {
            var header = new byte[PacketStream.HeaderLength];
            if (await inner.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length)
            {
                return 0;
            }
            leftInPacket = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - PacketStream.HeaderLength;
        }
        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, leftInPacket)], cancellationToken);
        leftInPacket -= read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Wraps)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, LargestPacket - PacketStream.HeaderLength)];
            buffer = buffer[part.Length..];
            var packet = new byte[PacketStream.HeaderLength + part.Length];
            packet[0] = (byte)PacketType.PreLogin;
            packet[1] = buffer.IsEmpty ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            part.CopyTo(packet.AsMemory(PacketStream.HeaderLength));
            await inner.WriteAsync(packet, cancellationToken);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
