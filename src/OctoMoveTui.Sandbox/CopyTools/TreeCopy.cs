namespace OctoMoveTui.Sandbox.CopyTools;

/// <summary>A directory, file or link of a tree, by its path in it.</summary>
internal sealed record TreeEntry(string Path, FileSystemInfo Info)
{
    public bool IsDirectory => Info is DirectoryInfo && Info.LinkTarget is null;

    public long Size => Info is FileInfo { LinkTarget: null } file ? file.Length : 0;
}

/// <summary>A copy that ended by a fault.</summary>
internal sealed class CopyBroken(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

/// <summary>What the three copying programs have in common: they really copy, file by file, with times, and go wrong on request.</summary>
internal sealed class TreeCopy(string from, string to, CopyFault? fault, CancellationToken cancel)
{
    private int copied;

    /// <summary>Takes only these paths; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Copies what agrees by size and time, too.</summary>
    public bool EvenWhatAgrees { get; init; }

    public bool KeepsTimes { get; init; } = true;

    /// <summary>Where half a file stays when the program is killed, by the final path.</summary>
    public required Func<string, string> HalfOf { get; init; }

    /// <summary>All of the source, each directory before what is in it.</summary>
    public static IEnumerable<TreeEntry> Walk(string root, int depth = int.MaxValue) => Walk(new DirectoryInfo(root), "", depth);

    /// <summary>All that is copied, as far as it is asked for.</summary>
    public IReadOnlyList<TreeEntry> Entries() => [.. Walk(from).Where(each => Only is null || Only.Contains(each.Path))];

    public bool Agrees(TreeEntry entry)
    {
        var there = new FileInfo(Path.Join(to, entry.Path));
        if (entry.IsDirectory)
            return Directory.Exists(there.FullName);
        if (entry.Info.LinkTarget is { } target)
            return there.LinkTarget == target;
        return !EvenWhatAgrees && there is { Exists: true, LinkTarget: null } && there.Length == entry.Size && there.LastWriteTimeUtc == entry.Info.LastWriteTimeUtc;
    }

    /// <summary>Copies one entry; the directories above it are made.</summary>
    public async Task CopyAsync(TreeEntry entry)
    {
        cancel.ThrowIfCancellationRequested();
        var there = Path.Join(to, entry.Path);
        if (entry.IsDirectory)
        {
            Directory.CreateDirectory(there);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(there)!);
        if (entry.Info.LinkTarget is { } target)
        {
            File.Delete(there);
            File.CreateSymbolicLink(there, target);
            return;
        }

        var isFault = fault is not null && copied++ == fault.AfterFiles;
        if (isFault && await GoWrongAsync(entry, there))
            return;
        File.Copy(entry.Info.FullName, there, overwrite: true);
        if (isFault && fault!.Kind == CopyFaultKind.WrongByte)
            Spoil(there);
        if (KeepsTimes)
            File.SetLastWriteTimeUtc(there, entry.Info.LastWriteTimeUtc);
    }

    /// <summary>Gives directories their times, when nothing in them changes any more.</summary>
    public void FinishDirectories(IEnumerable<TreeEntry> entries)
    {
        foreach (var directory in entries.Where(each => each.IsDirectory && KeepsTimes))
            Directory.SetLastWriteTimeUtc(Path.Join(to, directory.Path), directory.Info.LastWriteTimeUtc);
    }

    // True: the file is not to be copied.
    private async Task<bool> GoWrongAsync(TreeEntry entry, string there)
    {
        switch (fault!.Kind)
        {
            case CopyFaultKind.LeaveOut:
                return true;
            case CopyFaultKind.Fail:
                throw new CopyBroken(fault.ExitCode, fault.Message);
            case CopyFaultKind.HalfFile:
                var half = HalfOf(there);
                Directory.CreateDirectory(Path.GetDirectoryName(half)!);
                await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(entry.Info.FullName, cancel))[..(int)(entry.Size / 2)], cancel);
                throw new CopyBroken(fault.ExitCode, fault.Message);
            case CopyFaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return true;
            default:
                return false;
        }
    }

    private static void Spoil(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length == 0)
            return;
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static IEnumerable<TreeEntry> Walk(DirectoryInfo root, string above, int depth)
    {
        foreach (var each in root.EnumerateFileSystemInfos().OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            var entry = new TreeEntry(above + each.Name, each);
            yield return entry;
            if (!entry.IsDirectory || depth <= 1)
                continue;
            foreach (var below in Walk((DirectoryInfo)each, entry.Path + "/", depth - 1))
                yield return below;
        }
    }
}
