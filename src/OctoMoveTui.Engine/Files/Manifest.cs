using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>
/// The manifest of a copy: append-only text, one line a file, which a person can read and <c>grep</c>. A line in it means that the file is on
/// disk at the destination under its final name.
/// </summary>
public static class Manifest
{
    /// <summary>
    /// Reads line by line, never the whole file. A last line without its end was torn by a crash and is left out; any other line that can't be
    /// understood is a refusal, and so is a path that leads out of the directory.
    /// </summary>
    /// <exception cref="Moving.MoveFailure">The manifest is damaged, or is none.</exception>
    public static IEnumerable<ManifestLine> Read(string manifestFile)
    {
        using var stream = new FileStream(
            manifestFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
        var torn = IsTorn(stream);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);

        // One line behind the reader: only then is the last one known to be the last.
        string? held = null;
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            if (held is not null)
            {
                yield return Understand(manifestFile, held, number);
            }

            held = line;
            number++;
        }

        if (held is not null && !torn)
        {
            yield return Understand(manifestFile, held, number);
        }
    }

    /// <summary>Cuts off a torn last line, so that the next one doesn't grow out of it.</summary>
    internal static void CutTornLine(FileStream manifest)
    {
        var buffer = new byte[4096];
        var end = manifest.Length;
        while (end > 0)
        {
            var start = Math.Max(0, end - buffer.Length);
            var piece = buffer.AsSpan(0, (int)(end - start));
            manifest.Position = start;
            manifest.ReadExactly(piece);
            var newline = piece.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                end = start + newline + 1;
                break;
            }

            end = start;
        }

        manifest.SetLength(end);
        manifest.Position = end;
    }

    private static bool IsTorn(FileStream stream)
    {
        if (stream.Length == 0)
        {
            return false;
        }

        stream.Position = stream.Length - 1;
        var last = stream.ReadByte();
        stream.Position = 0;
        return last != '\n';
    }

    private static ManifestLine Understand(string manifestFile, string line, int number)
    {
        try
        {
            var parsed = Parse(line.Split('\t'));
            if (number == 1 != parsed is ManifestHeader)
            {
                throw new FormatException("a manifest begins with its header and has no other");
            }

            return parsed;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw FileFailures.ManifestDamaged(manifestFile, number, ManifestPath.Show(line), e.Message);
        }
    }

    private static ManifestLine Parse(string[] parts) => parts switch
    {
        ["file", var hash, var time, var size, var path] => new FileLine(SafePath(path), Number(size), Ticks(time), Hash(hash)),
        ["dir", var time, var path] => new DirectoryLine(SafePath(path), Ticks(time)),
        ["link", var target, var path] => new LinkLine(SafePath(path), ManifestPath.Read(target)),
        ["gone", var path] => new GoneLine(SafePath(path)),
        ["done", var files, var bytes, var hash] => new DoneLine(Number(files), Number(bytes), hash),
        [ManifestHeader.Word, ManifestHeader.Version, var name, var destination] =>
            new ManifestHeader(ManifestPath.Read(name), ManifestPath.Read(destination)),
        [ManifestHeader.Word, var version, ..] => throw new FormatException($"version {version} of the format is not known"),
        _ => throw new FormatException("not a line of a manifest"),
    };

    private static string SafePath(string shown)
    {
        var path = ManifestPath.Read(shown);
        return ManifestPath.Problem(path) is { } problem ? throw new FormatException($"the path can't be used: {problem}") : path;
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Ticks(string text) =>
        DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) is { Kind: DateTimeKind.Utc } time
            ? time.Ticks
            : throw new FormatException("the time is not UTC");

    private static UInt128 Hash(string text) =>
        text.Length == 32
            ? UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new FormatException("the hash has not 32 digits");
}
