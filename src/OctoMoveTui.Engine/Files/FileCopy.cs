using System.IO.Hashing;

namespace OctoMoveTui.Engine.Files;

/// <summary>Moments within a copy, for tests that stop, change or break something exactly there.</summary>
internal enum CopyMoment
{
    SourceOpened,
    SourceRead,
    Written,
    Renamed,
    BatchFlushed,
    BatchRecorded,
}

/// <summary>A source file that could not be copied, through no fault of the destination. The message is the reason.</summary>
internal sealed class SourceTrouble(string reason, bool moves, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>
    /// True when the file changed, vanished or was in somebody's hands: natural while Octopus is at work, alarming when it is stopped.
    /// </summary>
    public bool Moves { get; } = moves;
}

/// <summary>
/// Copies one file at a time: read once, hashed on the way, under a temporary name, then renamed. One for each thread. The copy gets the
/// rights that its new directory gives; those of the old server's accounts would mean nothing there.
/// </summary>
/// <param name="flushEachFile">True where a batch can't be flushed at once.</param>
/// <param name="moved">Told how many bytes went over, and, negative, how many of them were for nothing.</param>
/// <param name="at">For tests.</param>
/// <param name="pace">Makes it wait; null = never.</param>
internal sealed class FileCopy(bool flushEachFile, Action<string, long> moved, Action<CopyMoment, string>? at, CopyPace? pace = null)
{
    private const int Attempts = 3;
    private const int PreallocateAbove = 1 << 20;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);
    private readonly XxHash128 _hash = new();

    /// <summary>Copies; a file that changes meanwhile is tried again at once, a few times.</summary>
    /// <exception cref="SourceTrouble">It can't be read, or kept changing.</exception>
    /// <exception cref="IOException">The destination can't be written.</exception>
    /// <param name="path">Relative, for whoever is told.</param>
    /// <param name="from">What is read.</param>
    /// <param name="to">What is written or replaced.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <param name="expected">What an earlier copy found there: anything else is refused, and the copy gets the time of that day.</param>
    public FileLine Copy(string path, string from, string to, CancellationToken cancel, Known? expected = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return CopyOnce(path, from, to, expected, cancel);
            }
            catch (SourceTrouble trouble) when (trouble.Moves && attempt < Attempts)
            {
            }
        }
    }

    private FileLine CopyOnce(string path, string from, string to, Known? expected, CancellationToken cancel)
    {
        using var source = Reading(() => File.OpenHandle(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var size = Reading(() => RandomAccess.GetLength(source));
        var written = Reading(() => File.GetLastWriteTimeUtc(source));
        at?.Invoke(CopyMoment.SourceOpened, path);

        var part = PartFile.NameBeside(to);
        long done = 0;
        try
        {
            UInt128 hash;
            using (var target = File.OpenHandle(
                part, FileMode.CreateNew, FileAccess.Write, FileShare.Read, preallocationSize: size > PreallocateAbove ? size : 0))
            {
                _hash.Reset();
                while (done < size)
                {
                    cancel.ThrowIfCancellationRequested();
                    var offset = done;
                    var read = Reading(() => RandomAccess.Read(source, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, size - offset)), offset));
                    if (read == 0)
                    {
                        throw new SourceTrouble("it became shorter while it was copied", moves: true);
                    }

                    pace?.Spend(read, cancel);
                    _hash.Append(_buffer.AsSpan(0, read));
                    RandomAccess.Write(target, _buffer.AsSpan(0, read), done);
                    done += read;
                    moved(path, read);
                }

                hash = _hash.GetCurrentHashAsUInt128();
                at?.Invoke(CopyMoment.SourceRead, path);
                if (Reading(() => RandomAccess.GetLength(source)) != size || Reading(() => File.GetLastWriteTimeUtc(source)) != written)
                {
                    throw new SourceTrouble("it changed while it was copied", moves: true);
                }

                if (expected is { } was)
                {
                    if (was.Size != size || was.Hash != hash)
                    {
                        throw new SourceTrouble("it is no longer what was copied the first time", moves: false);
                    }

                    written = new DateTime(was.Ticks, DateTimeKind.Utc);
                }

                File.SetLastWriteTimeUtc(target, written);
                if (flushEachFile)
                {
                    RandomAccess.FlushToDisk(target);
                }
            }

            at?.Invoke(CopyMoment.Written, path);
            cancel.ThrowIfCancellationRequested();
            File.Move(part, to, overwrite: true);
            at?.Invoke(CopyMoment.Renamed, path);
            return new FileLine(path, size, written.Ticks, hash);
        }
        catch
        {
            PartFile.TryDelete(part);
            moved(path, -done);
            throw;
        }
    }

    /// <summary>Tells trouble with the source from trouble with the destination.</summary>
    internal static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceTrouble("it vanished", moves: true, e);
        }
        catch (IOException e) when (IsInUse(e))
        {
            throw new SourceTrouble("another program has it open for itself alone", moves: true, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceTrouble(e is UnauthorizedAccessException ? "access was denied" : e.Message, moves: false, e);
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK, which macOS gives another number.
    private static bool IsInUse(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
