using System.Buffers;
using System.IO.Enumeration;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using OctoMoveTui.Engine.Effects;

namespace OctoMoveTui.Engine.Files;

/// <summary>What something in a directory is.</summary>
internal enum EntryKind
{
    File,
    Directory,
    Link,

    /// <summary>A pipe, a socket or a device: reading one could wait for ever.</summary>
    Other,
}

/// <summary>What a file system says of one entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Ticks">The time of the last write, UTC, in 100 ns.</param>
internal readonly record struct FileFacts(EntryKind Kind, long Size, long Ticks);

/// <summary>A name in a directory, and what has it.</summary>
internal readonly record struct FolderEntry(string Name, EntryKind Kind);

/// <summary>
/// A directory that is at work. What is in it is named by its last part alone: on Linux the system then doesn't walk the whole path for each
/// of its files, and can't be led through a link that somebody put in the way.
/// </summary>
internal abstract class OpenFolder : IDisposable
{
    /// <summary>Opens a directory of a tree, which must be there. The root of the tree may be a link to it; a link within the tree is none.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="folder">The path below it; empty for the root itself.</param>
    public static OpenFolder At(string root, string folder)
    {
        var path = ManifestPath.Under(root, folder);
        return OperatingSystem.IsLinux() && LinuxCalls.AreKnown ? new OnLinux(path, mayBeLink: folder.Length == 0) : new ByPath(path);
    }

    /// <summary>What is in it, in no order; read as it is asked for. What is added or removed meanwhile may show or not.</summary>
    public abstract IEnumerable<FolderEntry> List();

    /// <summary>Opens a file to read. What is no regular file shows in its <see cref="Facts"/>, and must not be read.</summary>
    public abstract SafeFileHandle OpenToRead(string name);

    /// <summary>Makes a new file.</summary>
    /// <param name="name">Its name, which must be free.</param>
    /// <param name="preallocate">How much space to take at once; 0 to let it grow.</param>
    /// <param name="readable">True when it will be read back through the same handle.</param>
    public abstract SafeFileHandle CreateNew(string name, long preallocate, bool readable);

    /// <summary>What the handle is opened on.</summary>
    public abstract FileFacts Facts(SafeFileHandle file);

    /// <summary>What has that name, links not followed; null when nothing has.</summary>
    public abstract FileFacts? Look(string name);

    /// <summary>Sets the time of the last write.</summary>
    public abstract void SetTime(SafeFileHandle file, long ticks);

    /// <summary>Gives a new file the attributes of another, where there are such; and its own permissions, when they are wanted.</summary>
    public abstract void TakeAttributes(string name, OpenFolder from, string original, bool withAccess);

    /// <summary>Gives a file another name, in place of what had it.</summary>
    public abstract void Rename(string name, string other);

    /// <summary>The whole path of an entry, for what is rare.</summary>
    public abstract string PathOf(string name);

    public abstract void Dispose();

    [SupportedOSPlatform("linux")]
    private sealed class OnLinux(string path, bool mayBeLink) : OpenFolder
    {
        private readonly SafeFileHandle _directory = LinuxCalls.OpenDirectory(path, mayBeLink);

        public override IEnumerable<FolderEntry> List()
        {
            var buffer = ArrayPool<byte>.Shared.Rent(1 << 15);
            try
            {
                while (LinuxCalls.ReadEntries(_directory, buffer) is > 0 and var end)
                {
                    for (var at = 0; at < end;)
                    {
                        var (name, kind, length) = LinuxCalls.Entry(buffer, at);
                        at += length;
                        if (name is not ("." or ".."))
                        {
                            // Some file systems keep no kinds in their directories.
                            yield return new FolderEntry(name, kind ?? LinuxCalls.Look(_directory, name)?.Kind ?? EntryKind.File);
                        }
                    }
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        public override SafeFileHandle OpenToRead(string name) => LinuxCalls.OpenToRead(_directory, name);

        public override SafeFileHandle CreateNew(string name, long preallocate, bool readable)
        {
            var file = LinuxCalls.CreateNew(_directory, name, readable);
            try
            {
                if (preallocate > 0)
                {
                    LinuxCalls.Preallocate(file, preallocate);
                }

                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        public override FileFacts Facts(SafeFileHandle file) => LinuxCalls.Facts(file);

        public override FileFacts? Look(string name) => LinuxCalls.Look(_directory, name);

        public override void SetTime(SafeFileHandle file, long ticks) => LinuxCalls.SetTime(file, ticks);

        public override void TakeAttributes(string name, OpenFolder from, string original, bool withAccess)
        {
        }

        public override void Rename(string name, string other)
        {
            using (Effect.Of(EffectKind.Rename, other, path))
            {
                LinuxCalls.Rename(_directory, name, other);
            }
        }

        public override string PathOf(string name) => Path.Join(path, name);

        public override void Dispose() => _directory.Dispose();
    }

    private sealed class ByPath(string path) : OpenFolder
    {
        private static readonly EnumerationOptions Everything = new()
        {
            AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false, BufferSize = 1 << 15,
        };

        // Deduplicated and compressed files on Windows are reparse points too, but not links.
        public override IEnumerable<FolderEntry> List() => new FileSystemEnumerable<FolderEntry>(
            path,
            (ref FileSystemEntry entry) => new FolderEntry(
                entry.FileName.ToString(),
                (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null
                    ? EntryKind.Link : entry.IsDirectory ? EntryKind.Directory : EntryKind.File),
            Everything);

        public override SafeFileHandle OpenToRead(string name) =>
            File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public override SafeFileHandle CreateNew(string name, long preallocate, bool readable) => File.OpenHandle(
            PathOf(name), FileMode.CreateNew, readable ? FileAccess.ReadWrite : FileAccess.Write, FileShare.Read, preallocationSize: preallocate);

        public override FileFacts Facts(SafeFileHandle file) =>
            new(EntryKind.File, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks);

        public override FileFacts? Look(string name)
        {
            var entry = new FileInfo(PathOf(name));
            return entry.LinkTarget is not null
                ? new FileFacts(EntryKind.Link, 0, entry.LastWriteTimeUtc.Ticks)
                : entry.Exists
                    ? new FileFacts(EntryKind.File, entry.Length, entry.LastWriteTimeUtc.Ticks)
                    : Directory.Exists(entry.FullName) ? new FileFacts(EntryKind.Directory, 0, entry.LastWriteTimeUtc.Ticks) : null;
        }

        public override void SetTime(SafeFileHandle file, long ticks) => File.SetLastWriteTimeUtc(file, new DateTime(ticks, DateTimeKind.Utc));

        public override void TakeAttributes(string name, OpenFolder from, string original, bool withAccess)
        {
            if (OperatingSystem.IsWindows())
            {
                WindowsAttributes.Copy(from.PathOf(original), PathOf(name), withAccess);
            }
        }

        public override void Rename(string name, string other)
        {
            if (OperatingSystem.IsWindows())
            {
                WindowsAttributes.MakeReplaceable(PathOf(other));
            }

            Disk.Rename(PathOf(name), PathOf(other), overwrite: true);
        }

        public override string PathOf(string name) => Path.Join(path, name);

        public override void Dispose()
        {
        }
    }
}
