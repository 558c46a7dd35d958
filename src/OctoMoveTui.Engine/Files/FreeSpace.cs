using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OctoMoveTui.Engine.Files;

/// <summary>The space that is free for us at a directory.</summary>
internal static class FreeSpace
{
    /// <summary>In bytes; null when the system won't say.</summary>
    public static long? At(string directory)
    {
        try
        {
            // DriveInfo knows drive letters only, and a move folder is often a share.
            return OperatingSystem.IsWindows() ? OnWindows(directory) : new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same for a directory that need not be there yet: then of the nearest one above it that is.</summary>
    public static long? AtNearest(string directory)
    {
        for (string? nearest = Path.GetFullPath(directory); nearest is not null; nearest = Path.GetDirectoryName(nearest))
        {
            if (Directory.Exists(nearest))
            {
                return At(nearest);
            }
        }

        return null;
    }

    [SupportedOSPlatform("windows")]
    private static long? OnWindows(string directory) =>
        GetDiskFreeSpaceEx(Path.EndsInDirectorySeparator(directory) ? directory : directory + @"\", out var free, out _, out _)
            ? (long)Math.Min(free, long.MaxValue)
            : null;

    [DllImport("kernel32", EntryPoint = "GetDiskFreeSpaceExW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetDiskFreeSpaceEx(string directory, out ulong freeForUs, out ulong total, out ulong free);
}
