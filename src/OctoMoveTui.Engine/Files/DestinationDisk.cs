using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// Brings copied files to the disk. On Linux a whole batch at once, by one syncfs: flushing each file makes a copy of many small files five
/// times slower (docs/adr/0004). Elsewhere there is no such call for an ordinary user, and each file is flushed before it gets its name.
/// </summary>
internal sealed class DestinationDisk : IDisposable
{
    // Below that a copy is as quick, and some file systems keep such files where they can't be shared.
    private const long CloneFrom = 1 << 16;

    private readonly SafeFileHandle? _anchor;
    private readonly string? _anchorFile;
    private volatile bool _clones;

    private DestinationDisk(SafeFileHandle? anchor, string? anchorFile, bool flushesEachFile) =>
        (_anchor, _anchorFile, FlushesEachFile, _clones) = (anchor, anchorFile, flushesEachFile, anchor is not null);

    /// <summary>The disk of a directory that is there.</summary>
    public static DestinationDisk Of(string destination)
    {
        if (!OperatingSystem.IsLinux() || !LinuxCalls.AreKnown)
        {
            return new DestinationDisk(null, null, flushesEachFile: true);
        }

        // Needed for its handle alone; a file, so that a disk that refuses new files says so now.
        var file = PartFile.NameBeside(Path.Join(destination, "x"));
        return new DestinationDisk(File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), file, flushesEachFile: false);
    }

    /// <summary>No disk, for a pass that writes no files.</summary>
    public static DestinationDisk None() => new(null, null, flushesEachFile: false);

    /// <summary>True when each file must be flushed by whoever wrote it, before it gets its name.</summary>
    public bool FlushesEachFile { get; }

    /// <summary>True as long as files may be cloned here: a new file must then be readable, too.</summary>
    public bool Clones => _clones;

    /// <summary>
    /// Lets the new file share the source's blocks, where source and destination lie on one file system that can do that. The first that
    /// can't be cloned tells for all.
    /// </summary>
    public bool TryClone(SafeFileHandle source, SafeFileHandle target, long size) =>
        _clones && size >= CloneFrom && OperatingSystem.IsLinux() && (_clones = LinuxCalls.Clone(target, source));

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
