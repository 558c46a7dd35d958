using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OctoMoveTui.Attaching;

/// <summary>What .NET can't ask of a Unix system: who runs this program, who is at the other end of a socket.</summary>
internal static class UnixCalls
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>The number of the account that this program works for.</summary>
    public static uint User => GetUser();

    /// <summary>The number of the account at the other end of a Unix socket; null where this system has no such question.</summary>
    /// <exception cref="SocketException">The other end is gone.</exception>
    public static uint? UserAtOtherEnd(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct ucred: process, user, group.
        Span<byte> answer = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, answer);
        return MemoryMarshal.Read<uint>(answer[4..]);
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetUser();
}
