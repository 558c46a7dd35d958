using CliWrap;
using CliWrap.Buffered;

namespace OctoMoveTui.Benchmarks;

/// <summary>
/// Where a run puts its files: an ext4 file system of its own, made for it, since a file system is slow to hand out again what was just
/// deleted, and since each run shall meet the same one. Where that can't be had, a directory of its own.
/// </summary>
internal sealed class Disk : IAsyncDisposable
{
    private readonly string? _image;

    private Disk(string root, string? image) => (Root, _image) = (root, image);

    public string Root { get; }

    /// <summary>True where file systems can be made and mounted: Linux, root, and the two programs.</summary>
    public static bool CanBeMade { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        && Contender.IsOnPath("mkfs.ext4") && Contender.IsOnPath("mount");

    public static async Task<Disk> MakeAsync(string folder, long bytes, long files)
    {
        var name = Path.Join(folder, "disk-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(name);
        if (!CanBeMade)
        {
            return new Disk(name, null);
        }

        var image = name + ".img";
        using (var file = File.Create(image))
        {
            file.SetLength((bytes * 5 / 4) + (files * 512) + (256L << 20));
        }

        await Cli.Wrap("mkfs.ext4").WithArguments(["-q", "-F", "-N", $"{(files * 5 / 4) + 10_000}", image]).ExecuteBufferedAsync();
        await Cli.Wrap("mount").WithArguments(["-o", "loop,noinit_itable", image, name]).ExecuteBufferedAsync();

        // Through the page cache of the host file system everything would be written twice in memory. A kernel that can't says so, and is as it is.
        var loop = (await Cli.Wrap("findmnt").WithArguments(["-n", "-o", "SOURCE", name]).ExecuteBufferedAsync()).StandardOutput.Trim();
        await Cli.Wrap("losetup").WithArguments(["--direct-io=on", loop]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return new Disk(name, image);
    }

    public async ValueTask DisposeAsync()
    {
        if (_image is not null)
        {
            await Cli.Wrap("umount").WithArguments([Root]).ExecuteBufferedAsync();
            File.Delete(_image);
        }

        Directory.Delete(Root, recursive: true);
    }
}
