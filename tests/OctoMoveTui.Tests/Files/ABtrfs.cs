using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;

namespace OctoMoveTui.Tests.Files;

/// <summary>A small Btrfs in a file, which can clone.</summary>
internal sealed class ABtrfs : IAsyncDisposable
{
    private readonly string _image;

    private ABtrfs(string root) => (Root, _image) = (root, root + ".img");

    public string Root { get; }

    /// <summary>Null where it can't be had.</summary>
    public static async Task<ABtrfs?> MakeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var made = new ABtrfs(Directory.CreateTempSubdirectory("octomove-btrfs-").FullName);
        try
        {
            using (var file = File.Create(made._image))
            {
                file.SetLength(160L << 20);
            }

            await Cli.Wrap("mkfs.btrfs").WithArguments(["-q", made._image]).ExecuteBufferedAsync();
            await Cli.Wrap("mount").WithArguments(["-o", "loop", made._image, made.Root]).ExecuteBufferedAsync();
            return made;
        }
        catch (Exception e) when (e is CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            made.Delete();
            return null;
        }
    }

    /// <summary>Bytes in use, all that was written included.</summary>
    public async Task<long> UsedAsync()
    {
        await Cli.Wrap("sync").WithArguments(["-f", Root]).ExecuteAsync();
        var output = await Cli.Wrap("df").WithArguments(["--output=used", "-B1", Root]).ExecuteBufferedAsync();
        return long.Parse(output.StandardOutput.Split('\n')[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Cli.Wrap("umount").WithArguments([Root]).ExecuteBufferedAsync();
        Delete();
    }

    private void Delete()
    {
        File.Delete(_image);
        Directory.Delete(Root);
    }
}
