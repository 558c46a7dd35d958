using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>
/// What a stand-in and the sandbox say to each other: a request (strings, each with its length before it, closed by a length of -1), then frames of
/// one byte for the kind, four for the length, and the bytes. Nothing heavier, because every command of a move starts a process that speaks it.
/// </summary>
internal static class Wire
{
    public const byte Out = 1;
    public const byte Error = 2;
    public const byte Exit = 3;

    public static void SendRequest(Socket socket, string[] words)
    {
        var request = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var word in words)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            request.Write(length);
            request.Write(bytes);
        }

        BinaryPrimitives.WriteInt32LittleEndian(length, -1);
        request.Write(length);
        var all = request.GetBuffer().AsSpan(0, (int)request.Length);
        while (all.Length > 0)
            all = all[socket.Send(all)..];
    }

    public static async Task<IReadOnlyList<string>> ReadRequestAsync(Stream stream, CancellationToken cancel)
    {
        var words = new List<string>();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, cancel);
            var count = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (count < 0)
                return words;

            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes, cancel);
            words.Add(Encoding.UTF8.GetString(bytes));
        }
    }

    public static async Task WriteFrameAsync(Stream stream, byte kind, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame.AsMemory(5));
        await stream.WriteAsync(frame, cancel);
    }
}
