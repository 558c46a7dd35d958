using System.Globalization;
using System.Runtime.CompilerServices;

namespace OctoMoveTui.Tests.Support;

/// <summary>
/// Temporary folders lie in memory where the machine has a file system for that with room: the tests make some three hundred pretend servers, and creating and
/// flushing their files on a disk is a third of the time. <c>TMPDIR</c> is what everything asks, the programs that the tests start included.
/// </summary>
internal static class FoldersInMemory
{
    private const string Memory = "/dev/shm";
    private const string Name = "octomove-tests-";
    private const long Enough = 4L << 30;

#pragma warning disable CA2255 // It has to be settled before the first test asks for a folder, whichever that is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use()
    {
        if (!Directory.Exists(Memory) || Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 } || new DriveInfo(Memory).AvailableFreeSpace < Enough)
        {
            return;
        }

        RemoveWhatKilledRunsLeft();
        var folder = Path.Combine(Memory, Name + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
    }

    private static void RemoveWhatKilledRunsLeft()
    {
        foreach (var folder in Directory.EnumerateDirectories(Memory, Name + "*").Where(each => !Directory.Exists("/proc/" + each[(each.LastIndexOf('-') + 1)..])))
        {
            Remove(folder);
        }
    }

    // What is still open somewhere, or of another user, is left to the next run.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
