using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OctoMoveTui.Sandbox.StandIns;

/// <summary>
/// The process that octomove starts when it thinks it starts Octopus.Server, sc or schtasks: carries its arguments to the sandbox and its answer back.
/// Only plain sockets and streams here: what is not touched is not compiled, and a move starts this some fifty times.
/// </summary>
internal static class StandInClient
{
    /// <summary>The exit code of an unhandled exception in Octopus.Server; here: the sandbox is gone.</summary>
    public const int SandboxGone = 100;

    /// <param name="words"><c>PORT MACHINE TOOL ARGUMENTS…</c></param>
    public static int Run(string[] words)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, int.Parse(words[0], CultureInfo.InvariantCulture));
            Wire.SendRequest(socket, [words[1], words[2], Told(StandInCall.UserVariable), Told(StandInCall.PasswordVariable), .. words[3..]]);
            return Relay(socket);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            using var error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes("The sandbox that this program belongs to is no longer running (port " + words[0] + ").\n"));
            return SandboxGone;
        }
    }

    private static string Told(string variable) => Environment.GetEnvironmentVariable(variable) ?? "";

    private static int Relay(Socket socket)
    {
        using var output = Console.OpenStandardOutput();
        using var error = Console.OpenStandardError();
        using var answer = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        while (answer.ReadLine() is { Length: > 0 } line)
        {
            if (line[0] == Wire.Exit)
                return int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);

            (line[0] == Wire.Out ? output : error).Write(Encoding.UTF8.GetBytes(line[1..] + Environment.NewLine));
        }

        throw new IOException("The sandbox said no exit code.");
    }
}
