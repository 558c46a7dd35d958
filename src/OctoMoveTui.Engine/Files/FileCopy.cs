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

/// <summary>
/// Copies one file at a time: read once, hashed on the way, under a temporary name, then renamed. One for each thread. The copy gets the
/// rights that its new directory gives; those of the old server's accounts would mean nothing there.
/// </summary>
/// <param name="hash">How contents are hashed.</param>
/// <param name="disk">The destination's disk.</param>
/// <param name="moved">Told how many bytes went over, and, negative, how many of them were for nothing.</param>
/// <param name="at">For tests.</param>
/// <param name="pace">Makes it wait; null = never.</param>
/// <param name="withAccess">True to give the copy the permissions of the original, too (Windows).</param>
internal sealed class FileCopy(FileHashKind hash, DestinationDisk disk, Action<string, long> moved, Action<CopyMoment, string>? at, CopyPace? pace = null, bool withAccess = false)
{
    private const int Attempts = 3;
    private const int PreallocateAbove = 1 << 20;

    private readonly FileReader _reader = new(hash, moved, pace);

    /// <summary>Copies; a file that changes meanwhile is tried again at once, a few times.</summary>
    /// <exception cref="FileTrouble">It can't be read, kept changing, or its name can't be had at the destination.</exception>
    /// <exception cref="IOException">The destination can't be written.</exception>
    /// <param name="path">Relative, for whoever is told.</param>
    /// <param name="name">Its last part: what is read, and what is written or replaced.</param>
    /// <param name="from">Where it is read.</param>
    /// <param name="to">Where it is written; null to hash it only.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <param name="expected">What an earlier copy found there: anything else is refused, and the copy gets the time of that day.</param>
    public FileLine Copy(string path, string name, OpenFolder from, OpenFolder? to, CancellationToken cancel, Known? expected = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return CopyOnce(path, name, from, to, expected, cancel);
            }
            catch (FileTrouble trouble) when (trouble.Moves && attempt < Attempts)
            {
            }
        }
    }

    /// <summary>True when the destination can't hold a name: it is too long there, or has characters that are not allowed there.</summary>
    internal static bool IsAboutName(IOException e) => e is PathTooLongException || (OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x8007007B) or unchecked((int)0x800700CE) // ERROR_INVALID_NAME, ERROR_FILENAME_EXCED_RANGE
        : e.HResult is 22 or 36 or 63 or 84 or 92); // EINVAL, ENAMETOOLONG and EILSEQ, of Linux and of macOS

    internal static string BadName(IOException e) => $"the destination can't hold that name: {e.Message}";

    private FileLine CopyOnce(string path, string name, OpenFolder from, OpenFolder? to, Known? expected, CancellationToken cancel)
    {
        using var source = FileReader.Open(from, name, out var before);
        at?.Invoke(CopyMoment.SourceOpened, path);

        var part = to is null ? "" : PartFile.NewName();
        var done = 0L;
        try
        {
            FileHash contents;
            var ticks = before.Ticks;
            using (var target = to?.CreateNew(part, before.Size > PreallocateAbove && !disk.Clones ? before.Size : 0, readable: disk.Clones))
            {
                // What was cloned is read and hashed, too: it is proven like what was written.
                contents = target is not null && disk.TryClone(source, target, before.Size)
                    ? _reader.Pass(path, target, null, before.Size, ref done, cancel)
                    : _reader.Pass(path, source, target, before.Size, ref done, cancel);
                at?.Invoke(CopyMoment.SourceRead, path);
                if (done < before.Size)
                {
                    throw new FileTrouble("it became shorter while it was copied", moves: true);
                }

                if (FileReader.Facts(from, source) != before)
                {
                    throw new FileTrouble("it changed while it was copied", moves: true);
                }

                if (expected is { } was)
                {
                    if (was.Size != before.Size || was.Hash != contents.First)
                    {
                        throw new FileTrouble("it is no longer what was copied the first time", moves: false);
                    }

                    ticks = was.Ticks;
                }

                if (target is not null)
                {
                    to!.SetTime(target, ticks);
                    if (disk.FlushesEachFile)
                    {
                        RandomAccess.FlushToDisk(target);
                    }
                }
            }

            to?.TakeAttributes(part, from, name, withAccess);
            at?.Invoke(CopyMoment.Written, path);
            cancel.ThrowIfCancellationRequested();
            Rename(to, part, name);
            at?.Invoke(CopyMoment.Renamed, path);
            return new FileLine(path, before.Size, ticks, contents);
        }
        catch
        {
            if (to is not null)
            {
                PartFile.TryDelete(to.PathOf(part));
            }

            moved(path, -done);
            throw;
        }
    }

    private static void Rename(OpenFolder? to, string part, string name)
    {
        try
        {
            to?.Rename(part, name);
        }
        catch (IOException e) when (IsAboutName(e))
        {
            throw new FileTrouble(BadName(e), moves: false, e);
        }
    }
}
