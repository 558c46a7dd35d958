using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OctoMoveTui.Engine.Files;

/// <summary>One path of a manifest as the index keeps it.</summary>
internal readonly record struct IndexEntry(UInt128 Path, UInt128 Hash, long Size, long Ticks)
{
    /// <summary>The size that marks a path that was removed again.</summary>
    public const long GoneSize = -3;

    /// <summary>How long one is in a file.</summary>
    public const int Bytes = 48;
}

/// <summary>
/// Sorts the lines of a manifest by the hash of their path; of several about one path the last one wins. What doesn't fit in memory is sorted
/// piece by piece into a temporary file, and the pieces are merged.
/// </summary>
internal sealed class IndexRuns : IDisposable
{
    private const int Buffered = 512;

    // Taken once: large arrays that are thrown away stay in memory for long.
    private readonly IndexEntry[] _entries;
    private readonly IndexEntry[] _sorted;
    private readonly Key[] _keys;
    private readonly List<(long Start, int Count)> _runs = [];
    private SafeFileHandle? _spilled;
    private long _spilledTo;
    private int _count;

    public IndexRuns(int keptInMemory) =>
        (_entries, _sorted, _keys) = (new IndexEntry[keptInMemory], new IndexEntry[keptInMemory], new Key[keptInMemory]);

    public delegate void Accept(in IndexEntry entry);

    public void Add(in IndexEntry entry)
    {
        if (_count == _entries.Length)
        {
            Spill();
        }

        _entries[_count++] = entry;
    }

    /// <summary>All paths that are there at the end, sorted: in memory, or in a file that the caller closes.</summary>
    /// <param name="accept">Told each of them, in order.</param>
    public (IndexEntry[] Kept, SafeFileHandle? Sorted) Finish(Accept accept)
    {
        if (_runs.Count == 0)
        {
            SortRun();
            var there = _entries.AsSpan(0, _count);
            var kept = new IndexEntry[Count(there)];
            var at = 0;
            foreach (ref readonly var entry in there)
            {
                if (entry.Size != IndexEntry.GoneSize)
                {
                    accept(entry);
                    kept[at++] = entry;
                }
            }

            return (kept, null);
        }

        Spill();
        var sorted = Scratch();
        try
        {
            Merge(sorted, accept);
            return ([], sorted);
        }
        catch
        {
            sorted.Dispose();
            throw;
        }
    }

    public void Dispose() => _spilled?.Dispose();

    private static int Count(ReadOnlySpan<IndexEntry> entries)
    {
        var count = 0;
        foreach (ref readonly var entry in entries)
        {
            count += entry.Size == IndexEntry.GoneSize ? 0 : 1;
        }

        return count;
    }

    // Holds hashes, sizes and times, no names. Gone however this process ends: Windows deletes it then, elsewhere it loses its name at once.
    private static SafeFileHandle Scratch()
    {
        var name = Path.Join(Path.GetTempPath(), "octomove-" + Guid.NewGuid().ToString("N") + ".index");
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        }

        var file = File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(name);
        return file;
    }

    private void Spill()
    {
        SortRun();
        _spilled ??= Scratch();
        RandomAccess.Write(_spilled, MemoryMarshal.AsBytes(_entries.AsSpan(0, _count)), _spilledTo);
        _runs.Add((_spilledTo, _count));
        _spilledTo += (long)_count * IndexEntry.Bytes;
        _count = 0;
    }

    // Leaves of each path the last entry, sorted. Sorted are small keys: an entry is long to move.
    private void SortRun()
    {
        var keys = _keys.AsSpan(0, _count);
        for (var i = 0; i < _count; i++)
        {
            keys[i] = new Key(_entries[i].Path, i);
        }

        keys.Sort(new ByPathThenAge());
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (i + 1 == _count || keys[i + 1].Path != keys[i].Path)
            {
                _sorted[kept++] = _entries[keys[i].At];
            }
        }

        _sorted.AsSpan(0, kept).CopyTo(_entries);
        _count = kept;
    }

    private void Merge(SafeFileHandle sorted, Accept accept)
    {
        var readers = _runs.Select(run => new RunReader(_spilled!, run.Start, run.Count)).ToArray();
        var order = new PriorityQueue<int, (UInt128 Path, int Run)>();
        for (var run = 0; run < readers.Length; run++)
        {
            if (readers[run].Next())
            {
                order.Enqueue(run, (readers[run].Current.Path, run));
            }
        }

        var written = new IndexEntry[Buffered];
        var (count, at) = (0, 0L);
        while (order.TryDequeue(out var run, out _))
        {
            var entry = readers[run].Current;
            if (readers[run].Next())
            {
                order.Enqueue(run, (readers[run].Current.Path, run));
            }

            // A later run says the same path again: it comes next, and is the one that counts.
            if (entry.Size == IndexEntry.GoneSize || (order.TryPeek(out _, out var next) && next.Path == entry.Path))
            {
                continue;
            }

            accept(entry);
            written[count++] = entry;
            if (count == written.Length)
            {
                Flush();
            }
        }

        Flush();

        void Flush()
        {
            RandomAccess.Write(sorted, MemoryMarshal.AsBytes(written.AsSpan(0, count)), at);
            at += (long)count * IndexEntry.Bytes;
            count = 0;
        }
    }

    private readonly record struct Key(UInt128 Path, int At);

    private readonly struct ByPathThenAge : IComparer<Key>
    {
        public int Compare(Key one, Key other) => one.Path == other.Path ? one.At.CompareTo(other.At) : one.Path < other.Path ? -1 : 1;
    }

    private sealed class RunReader(SafeFileHandle file, long start, int count)
    {
        private readonly IndexEntry[] _buffer = new IndexEntry[Math.Min(Buffered, count)];
        private int _at = -1, _filled, _left = count;
        private long _next = start;

        public ref readonly IndexEntry Current => ref _buffer[_at];

        public bool Next()
        {
            if (++_at < _filled)
            {
                return true;
            }

            if (_left == 0)
            {
                return false;
            }

            _filled = Math.Min(_buffer.Length, _left);
            var bytes = MemoryMarshal.AsBytes(_buffer.AsSpan(0, _filled));
            for (var done = 0; done < bytes.Length;)
            {
                var read = RandomAccess.Read(file, bytes[done..], _next + done);
                done += read > 0 ? read : throw new EndOfStreamException("The index of the manifest was cut short.");
            }

            _next += bytes.Length;
            _left -= _filled;
            _at = 0;
            return true;
        }
    }
}
