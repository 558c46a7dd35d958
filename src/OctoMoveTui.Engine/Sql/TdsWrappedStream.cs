using System.Buffers.Binary;

namespace OctoMoveTui.Engine.Sql;

/// <summary>During the TLS handshake its records travel inside TDS packets of the PRELOGIN type (MS-TDS 3.2.5.1).</summary>
internal sealed class TdsWrappedStream(Stream network) : Stream
{
    private const byte PreLoginPacket = 0x12;
    private const int HeaderLength = 8, LargestPacket = 4096;
    private int leftInPacket;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var header = new byte[HeaderLength];
        while (leftInPacket == 0)
        {
            if (await network.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length)
                return 0;
            leftInPacket = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength;
            if (leftInPacket < 0)
                throw new InvalidDataException("A TDS packet is shorter than its header.");
        }

        var read = await network.ReadAsync(buffer[..Math.Min(buffer.Length, leftInPacket)], cancellationToken);
        leftInPacket -= read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, LargestPacket - HeaderLength)];
            buffer = buffer[part.Length..];
            var packet = new byte[HeaderLength + part.Length];
            packet[0] = PreLoginPacket;
            packet[1] = (byte)(buffer.IsEmpty ? 1 : 0);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            part.CopyTo(packet.AsMemory(HeaderLength));
            await network.WriteAsync(packet, cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => network.FlushAsync(cancellationToken);

    public override void Flush() => network.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
