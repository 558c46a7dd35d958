using System.Text;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// The files and folders that octomove keeps for itself: plan, journal, lock, logs, manifests, lists, reports. On Unix they are for the owner only,
/// whatever the umask says, for a move folder is often one that was there before and is open to many. And they are never written through a link: whoever
/// may put one into the folder would else choose what an administrator overwrites. What octomove puts into its place on a server is not made here; that has to
/// be readable for Octopus and for SQL Server.
/// </summary>
public static class OwnFile
{
    private const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = ReadAndWrite | UnixFileMode.UserExecute;

    /// <summary>Opens a file of its own to write, or makes it. <see cref="FileMode.Create"/> and <see cref="FileMode.Truncate"/> are not for it: <see cref="Anew"/> is.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="mode">How it is opened.</param>
    /// <param name="access">What for.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <param name="bufferSize">In bytes.</param>
    /// <param name="forServers">True for what the servers are to read: the rights that the umask leaves.</param>
    /// <exception cref="Moving.MoveFailure">A link has that name.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static FileStream Open(string file, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096, bool forServers = false)
    {
        if (new FileInfo(file).LinkTarget is { } target)
            throw FolderAccessWords.IsLink(file, target);
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && !forServers && mode != FileMode.Open)
            how.UnixCreateMode = ReadAndWrite;
        return new FileStream(file, how);
    }

    /// <summary>
    /// Makes a file anew, in place of what had that name: a link goes, what it led to stays. Nobody can have prepared it, for the system refuses to make
    /// what is there.
    /// </summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static FileStream Anew(string file)
    {
        File.Delete(file);
        return Open(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    /// <summary>A file among the temporary ones that goes when it is closed; for what is too large for the memory.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static FileStream Scratch()
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = ReadAndWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), "octomove-" + Path.GetRandomFileName()), how);
    }

    /// <summary>Writes a small file: under another name, to the disk, and renamed, so that it is whole or not there whatever kills the program.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static void Write(string file, string text)
    {
        var part = file + ".part";
        using (var stream = Anew(part))
        {
            stream.Write(new UTF8Encoding(false).GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        Disk.Rename(part, file, overwrite: true);
    }

    /// <summary>Makes a directory and those above it; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerOnly);
    }
}
