using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>
/// The process that octomove starts when it thinks it starts Octopus.Server, sc or schtasks: carries its arguments to the sandbox and its answer back.
/// Only plain sockets and streams here: what is not touched is not compiled, and a move starts this some fifteen times.
/// </summary>
internal static class StandInClient
{
    /// <summary>The exit code of an unhandled exception in Octopus.Server; here: the sandbox is gone.</summary>
    public const int SandboxGone = 100;

    /// <param name="words"><c>SOCKET MACHINE TOOL ARGUMENTS…</c></param>
    public static int Run(string[] words)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(words[0]));
            Wire.SendRequest(socket, words[1..]);
            return Relay(socket);
        }
        catch (SocketException)
        {
            using var error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes("The sandbox that this program belongs to is no longer running (" + words[0] + ").\n"));
            return SandboxGone;
        }
    }

    private static int Relay(Socket socket)
    {
        using var output = Console.OpenStandardOutput();
        using var error = Console.OpenStandardError();
        var head = new byte[5];
        while (true)
        {
            Fill(socket, head);
            var payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1))];
            Fill(socket, payload);
            switch (head[0])
            {
                case Wire.Out: output.Write(payload); break;
                case Wire.Error: error.Write(payload); break;
                default: return BinaryPrimitives.ReadInt32LittleEndian(payload);
            }
        }
    }

    private static void Fill(Socket socket, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var count = socket.Receive(buffer);
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);

            buffer = buffer[count..];
        }
    }
}
