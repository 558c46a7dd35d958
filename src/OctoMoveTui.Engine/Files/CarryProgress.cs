using System.Globalization;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// What of a carried file is on disk already: a text file beside it with the source's size and time, then the hash of each block in order.
/// A line is written only after its block was flushed, so a line means "on disk".
/// </summary>
internal sealed class CarryProgress : IDisposable
{
    private readonly FileStream file;
    private readonly string source;

    private CarryProgress(string path, string source, IEnumerable<string> hashes)
    {
        this.source = source;
        Hashes = [.. hashes];
        file = OwnFile.Anew(path);
        Keep(Hashes.Count);
    }

    /// <summary>The hashes of the blocks that are on disk.</summary>
    internal List<string> Hashes { get; }

    /// <summary>Goes on where an earlier carry of the same, unchanged source stopped; else begins anew.</summary>
    internal static CarryProgress Open(string path, FileInfo source)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{source.Length} {source.LastWriteTimeUtc:O}");
        string[] known = File.Exists(path) ? File.ReadAllLines(path) : [];
        return new CarryProgress(path, identity, known.Length > 0 && known[0] == identity ? known[1..] : []);
    }

    /// <summary>One more block is on disk.</summary>
    internal void Add(string hash)
    {
        Hashes.Add(hash);
        Write(hash);
    }

    /// <summary>What comes after block <paramref name="count"/> is not what was written: forget it.</summary>
    internal void Keep(int count)
    {
        Hashes.RemoveRange(count, Hashes.Count - count);
        file.SetLength(0);
        Write(string.Join('\n', Hashes.Prepend(source)));
    }

    public void Dispose() => file.Dispose();

    private void Write(string line)
    {
        file.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }
}
