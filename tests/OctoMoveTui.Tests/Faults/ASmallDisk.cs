using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;

namespace OctoMoveTui.Tests.Faults;

/// <summary>A small file system of its own at a path: it fills up, turns read-only, and goes away and comes back with all that is on it.</summary>
internal sealed class ASmallDisk : IAsyncDisposable
{
    private readonly string disk;
    private readonly string path;

    private ASmallDisk(string disk, string path) => (this.disk, this.path) = (disk, path);

    private string Filler => Path.Join(disk, "filler");

    /// <summary>Null where nothing can be mounted: it takes root, on Linux.</summary>
    public static async Task<ASmallDisk?> MountAsync(string path, string size)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        var made = new ASmallDisk(Directory.CreateTempSubdirectory("octomove-disk-").FullName, path);
        Directory.CreateDirectory(path);
        try
        {
            await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "octomove", made.disk);
            await made.ComeBackAsync();
            return made;
        }
        catch (Exception error) when (error is CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            await made.DisposeAsync();
            return null;
        }
    }

    /// <summary>Not a byte is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public Task ForbidWritingAsync() => RunAsync("mount", "-o", "remount,bind,ro", path);

    public Task AllowWritingAsync() => RunAsync("mount", "-o", "remount,bind,rw", path);

    public Task GoAwayAsync() => RunAsync("umount", "-l", path);

    public Task ComeBackAsync() => RunAsync("mount", "--bind", disk, path);

    public async ValueTask DisposeAsync()
    {
        foreach (var each in new[] { path, disk })
            await Cli.Wrap("umount").WithArguments(["-l", each]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        Directory.Delete(disk);
    }

    private static async Task RunAsync(string program, params string[] words) => await Cli.Wrap(program).WithArguments(words).ExecuteBufferedAsync();
}
