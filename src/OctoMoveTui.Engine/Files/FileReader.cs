using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>One file that could not be copied or compared, though others can. The message is the reason.</summary>
internal sealed class FileTrouble(string reason, bool moves, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>
    /// True when the file changed, vanished or was in somebody's hands: natural while Octopus is at work, alarming when it is stopped.
    /// </summary>
    public bool Moves { get; } = moves;

    /// <summary>What the system said about a file that was to be read, as a reason.</summary>
    public static FileTrouble Of(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => new FileTrouble("it vanished", moves: true, e),
        IOException inUse when IsInUse(inUse) => new FileTrouble("another program has it open for itself alone", moves: true, e),
        IOException { HResult: 40 } when OperatingSystem.IsLinux() => new FileTrouble("it was a file and is a link now", moves: true, e), // ELOOP
        UnauthorizedAccessException => new FileTrouble("access was denied", moves: false, e),
        _ => new FileTrouble(e.Message, moves: false, e),
    };

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK, which macOS gives another number.
    private static bool IsInUse(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}

/// <summary>Reads one file after the other from end to end, in blocks, and hashes what it reads. One for each thread.</summary>
/// <param name="kind">How.</param>
/// <param name="moved">Told how many bytes were read.</param>
/// <param name="pace">Makes it wait; null = never.</param>
internal sealed class FileReader(FileHashKind kind, Action<string, long> moved, CopyPace? pace = null)
{
    private readonly FileHasher _hasher = new(kind);
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);

    /// <summary>Opens a directory to read in it.</summary>
    /// <exception cref="FileTrouble">It can't be opened.</exception>
    public static OpenFolder Open(string root, string folder)
    {
        try
        {
            return OpenFolder.At(root, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }
    }

    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="FileTrouble">It can't be opened, or is no regular file.</exception>
    public static SafeFileHandle Open(OpenFolder folder, string name, out FileFacts facts)
    {
        SafeFileHandle file;
        try
        {
            file = folder.OpenToRead(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }

        try
        {
            facts = Facts(folder, file);
            return facts.Kind == EntryKind.File ? file : throw new FileTrouble("it is a pipe, a socket or a device, not a file", moves: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What has that name; null when nothing has.</summary>
    /// <exception cref="FileTrouble">The system won't say.</exception>
    public static FileFacts? Look(OpenFolder folder, string name)
    {
        try
        {
            return folder.Look(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }
    }

    /// <summary>What an open file is by now.</summary>
    /// <exception cref="FileTrouble">The system won't say.</exception>
    public static FileFacts Facts(OpenFolder folder, SafeFileHandle file)
    {
        try
        {
            return folder.Facts(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }
    }

    /// <summary>Reads up to <paramref name="size"/> bytes, or up to the end, and writes them on when there is a target.</summary>
    /// <param name="path">For whoever is told.</param>
    /// <param name="file">What is read.</param>
    /// <param name="target">Where it is written; or null.</param>
    /// <param name="size">How much; what is appended meanwhile is not read.</param>
    /// <param name="read">How much was read, also when it ends with an exception.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <exception cref="FileTrouble">It can't be read.</exception>
    /// <exception cref="IOException">The target can't be written.</exception>
    public FileHash Pass(string path, SafeFileHandle file, SafeFileHandle? target, long size, ref long read, CancellationToken cancel)
    {
        try
        {
            while (read < size)
            {
                cancel.ThrowIfCancellationRequested();
                var block = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, size - read));
                block = block[..Read(file, block, read)];
                if (block.IsEmpty)
                {
                    break;
                }

                pace?.Spend(block.Length, cancel);
                _hasher.Append(block);
                if (target is not null)
                {
                    RandomAccess.Write(target, block, read);
                }

                read += block.Length;
                moved(path, block.Length);
            }
        }
        catch
        {
            _ = _hasher.Take(); // the next file begins anew
            throw;
        }

        return _hasher.Take();
    }

    /// <summary>The hash of a file of that size.</summary>
    /// <exception cref="FileTrouble">It can't be read.</exception>
    public FileHash Hash(string path, SafeFileHandle file, long size, CancellationToken cancel)
    {
        var read = 0L;
        try
        {
            return Pass(path, file, null, size, ref read, cancel);
        }
        finally
        {
            moved(path, -read); // counts as done when the file is
        }
    }

    private static int Read(SafeFileHandle file, Span<byte> block, long offset)
    {
        try
        {
            return RandomAccess.Read(file, block, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(e);
        }
    }
}
