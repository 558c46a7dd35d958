using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Brings copied files to the disk. On Linux a whole batch at once, by one syncfs: flushing each file makes a copy of many small files five
/// times slower (docs/adr/0004). Elsewhere there is no such call for an ordinary user, and each file is flushed before it gets its name.
/// </summary>
internal sealed class DestinationDisk : IDisposable
{
    private readonly SafeFileHandle? _anchor;
    private readonly string? _anchorFile;

    public DestinationDisk(string destination)
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET opens no directories, so a file of ours stands for the file system while the copy runs.
            _anchorFile = PartFile.NameBeside(Path.Join(destination, "x"));
            _anchor = File.OpenHandle(_anchorFile, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>True when each file must be flushed by whoever wrote it, before it gets its name.</summary>
    public bool FlushesEachFile => _anchor is null;

    /// <summary>When it returns, every file renamed before the call is on disk under its final name.</summary>
    public void FlushBatch()
    {
        if (OperatingSystem.IsLinux() && _anchor is not null)
        {
            LinuxCalls.FlushFileSystem(_anchor);
        }
    }

    public void Dispose()
    {
        _anchor?.Dispose();
        if (_anchorFile is not null)
        {
            PartFile.TryDelete(_anchorFile);
        }
    }
}
