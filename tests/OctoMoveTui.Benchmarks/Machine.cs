using System.Runtime.InteropServices;
using CliWrap;

namespace OctoMoveTui.Benchmarks;

/// <summary>The machine that is measured on.</summary>
internal static class Machine
{
    /// <summary>True where the cache of the disk can be emptied: Linux, root.</summary>
    public static bool CanDropCaches { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public static string Facts
    {
        get
        {
            var processor = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
                : RuntimeInformation.ProcessArchitecture.ToString();
            var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
            return $"{Environment.ProcessorCount} cores ({processor}), {memory:N0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";
        }
    }

    public static async Task SyncAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            await Cli.Wrap("sync").ExecuteAsync();
        }
    }

    /// <summary>Nothing is left to be written, and the source is in the cache, or nothing is.</summary>
    public static async Task SettleAsync(string source, bool cold)
    {
        await SyncAsync();
        if (cold)
        {
            await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "3");
        }
        else
        {
            var buffer = new byte[1 << 20];
            foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                using var handle = File.OpenHandle(file);
                for (long at = 0; RandomAccess.Read(handle, buffer, at) is > 0 and var read; at += read)
                {
                }
            }
        }
    }
}
