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

    /// <summary>
    /// A session of its own for this process, without a terminal. A process that leads a group, as one started by a shell does, can't; its terminal then hangs
    /// up on it, and it does not listen.
    /// </summary>
    public static void BeginSession() => _ = SetSession();

    /// <summary>One of the standard streams that is a terminal; null when none is.</summary>
    public static int? Terminal => OperatingSystem.IsWindows() ? null : new int?[] { 0, 1, 2 }.FirstOrDefault(each => IsTerminal(each!.Value) == 1);

    /// <summary>True when a terminal has hung up. Reading from it then gives nothing, at once and for ever.</summary>
    public static bool HasHungUp(int terminal)
    {
        const short hungUp = 0x8 | 0x10 | 0x20;
        var look = new Look { Stream = terminal };
        return Poll(ref look, 1, 0) > 0 && (look.Found & hungUp) != 0;
    }

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

    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSession();

    [DllImport("libc", EntryPoint = "isatty")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IsTerminal(int stream);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Look look, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Look
    {
        public int Stream;
        public short Wanted;
        public short Found;
    }
}
