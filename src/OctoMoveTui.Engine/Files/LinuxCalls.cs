using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>The two things .NET can't ask of Linux.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxCalls
{
    private const int AtCurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint AskForType = 0x1;

    /// <summary>Brings everything that was written to the file system of <paramref name="onIt"/> to the disk, and says so when that failed.</summary>
    public static void FlushFileSystem(SafeFileHandle onIt)
    {
        if (SyncFs(onIt) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException(new Win32Exception(error).Message, error);
        }
    }

    /// <summary>False for pipes, sockets and devices: reading one could wait for ever.</summary>
    public static bool IsRegularFile(string path)
    {
        // struct statx has the same layout on every architecture; stx_mode is the 16 bits at offset 28.
        var answer = new byte[256];
        if (StatX(AtCurrentDirectory, [.. Encoding.UTF8.GetBytes(path), 0], DoNotFollowLinks, AskForType, answer) != 0)
        {
            return true; // vanished, or a kernel that can't say: opening it will tell
        }

        return (BitConverter.ToUInt16(answer, 28) & 0xF000) == 0x8000;
    }

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFs(SafeFileHandle onIt);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] answer);
}
