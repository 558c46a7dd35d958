using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Files;

/// <summary>What a line of a manifest is about.</summary>
internal enum LineKind
{
    Header,
    File,
    Directory,
    Link,
    Gone,
    Done,
}

/// <summary>
/// Reads a manifest line by line, in memory that doesn't grow with it, and without making objects of lines that are only counted or looked up:
/// a manifest of five million lines is read before each pass. A last line without its end was torn by a crash and is left out; any other line
/// that can't be understood is a refusal, and so is a path that leads out of the directory.
/// </summary>
internal sealed class ManifestReader : IDisposable
{
    // Names of such characters are the same written as read, and can't hide anything but dots and slashes.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(each => (byte)each).Where(each => each is not ((byte)'\\' or (byte)':'))]);

    private readonly string _file;
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private int _number;
    private int _lineStart, _lineLength;
    private int _pathStart;

    public ManifestReader(string manifestFile)
    {
        _file = manifestFile;
        _stream = new FileStream(manifestFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
    }

    /// <summary>What the line is about.</summary>
    public LineKind Kind { get; private set; }

    /// <summary>Of a file.</summary>
    public FileHash Hash { get; private set; }

    /// <summary>Of a file: bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of a file or directory: the time of the last write.</summary>
    public long Ticks { get; private set; }

    /// <summary>The hash of the path, which stands for it.</summary>
    public UInt128 PathHash { get; private set; }

    /// <summary>The path; made when asked for.</summary>
    public string Path => ManifestPath.Read(Encoding.UTF8.GetString(Line[_pathStart..]));

    private ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Goes to the next line; false at the end.</summary>
    /// <exception cref="Moving.MoveFailure">The line can't be understood.</exception>
    public bool Next()
    {
        if (!NextLine())
        {
            return false;
        }

        _number++;
        try
        {
            Understand();
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw FileFailures.ManifestDamaged(_file, _number, ManifestPath.Show(Encoding.UTF8.GetString(Line)), e.Message);
        }

        return true;
    }

    /// <summary>The line as an object, with all that is in it.</summary>
    public ManifestLine ToLine() => Kind switch
    {
        LineKind.File => new FileLine(Path, Size, Ticks, Hash),
        LineKind.Directory => new DirectoryLine(Path, Ticks),
        LineKind.Link => new LinkLine(Path, Target()),
        LineKind.Gone => new GoneLine(Path),
        LineKind.Done => Done(),
        _ => Header(),
    };

    public void Dispose() => _stream.Dispose();

    private bool NextLine()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                (_lineStart, _lineLength) = (_start, length);
                _start += length + 1;
                return true;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            else if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return false; // what is left has no end
            }

            _end += read;
        }
    }

    private void Understand()
    {
        var line = Line;
        var first = Field(line, 0, out var next);
        if (first.SequenceEqual("file"u8))
        {
            Kind = LineKind.File;
            Hash = ReadHash(Field(line, next, out next));
            Ticks = ReadTicks(Field(line, next, out next));
            Size = ReadNumber(Field(line, next, out next));
            TakePath(line, next);
        }
        else if (first.SequenceEqual("dir"u8))
        {
            Kind = LineKind.Directory;
            Ticks = ReadTicks(Field(line, next, out next));
            TakePath(line, next);
        }
        else if (first.SequenceEqual("link"u8))
        {
            Kind = LineKind.Link;
            _ = ManifestPath.Read(Encoding.UTF8.GetString(Field(line, next, out next)));
            TakePath(line, next);
        }
        else if (first.SequenceEqual("gone"u8))
        {
            Kind = LineKind.Gone;
            TakePath(line, next);
        }
        else if (first.SequenceEqual("done"u8))
        {
            Kind = LineKind.Done;
            _ = Done();
        }
        else
        {
            Kind = LineKind.Header;
            _ = Header();
        }

        if (_number == 1 != (Kind == LineKind.Header))
        {
            throw new FormatException("a manifest begins with its header and has no other");
        }
    }

    private void TakePath(ReadOnlySpan<byte> line, int start)
    {
        if (start > line.Length)
        {
            throw NotALine();
        }

        _pathStart = start;
        var path = line[start..];
        if (IsPlain(path))
        {
            PathHash = XxHash128.HashToUInt128(path);
            return;
        }

        if (path.Contains((byte)'\t'))
        {
            throw NotALine();
        }

        var text = Path;
        PathHash = ManifestIndex.HashOf(text);
        if (ManifestPath.Problem(text) is { } problem)
        {
            throw new FormatException($"the path can't be used: {problem}");
        }
    }

    // Nothing in it that ManifestPath.Problem could object to, so that most paths need not become text.
    private static bool IsPlain(ReadOnlySpan<byte> path) =>
        !OperatingSystem.IsWindows() && path.Length > 0 && path[0] is not ((byte)'/' or (byte)'.') && path[^1] != (byte)'/'
        && !path.ContainsAnyExcept(Plain) && path.IndexOf("//"u8) < 0 && path.IndexOf("/."u8) < 0;

    // Fields end with a tab, but for the last one; next is behind it, or behind the line.
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int start, out int next)
    {
        if (start > line.Length)
        {
            throw NotALine();
        }

        var length = line[start..].IndexOf((byte)'\t');
        if (length < 0)
        {
            length = line.Length - start;
        }

        next = start + length + 1;
        return line.Slice(start, length);
    }

    private DoneLine Done() => Encoding.UTF8.GetString(Line).Split('\t') is ["done", var files, var bytes, var hash]
        ? new DoneLine(ReadNumber(Encoding.UTF8.GetBytes(files)), ReadNumber(Encoding.UTF8.GetBytes(bytes)), hash)
        : throw NotALine();

    private string Target() => Encoding.UTF8.GetString(Line).Split('\t') is ["link", var target, _] ? ManifestPath.Read(target) : throw NotALine();

    private ManifestHeader Header() => Encoding.UTF8.GetString(Line).Split('\t') switch
    {
        [ManifestHeader.Word, ManifestHeader.Version, var name, var destination] => new(ManifestPath.Read(name), ManifestPath.Read(destination)),
        [ManifestHeader.Word, ManifestHeader.Version, var name, var destination, ManifestHeader.Sha256] =>
            new(ManifestPath.Read(name), ManifestPath.Read(destination)) { Hash = FileHashKind.Sha256 },
        [ManifestHeader.Word, ManifestHeader.Version, ..] => throw NotALine(),
        [ManifestHeader.Word, var version, ..] => throw new FormatException($"version {version} of the format is not known"),
        _ => throw NotALine(),
    };

    private static FormatException NotALine() => new("not a line of a manifest");

    private static FileHash ReadHash(ReadOnlySpan<byte> digits) => digits.Length switch
    {
        32 => new FileHash(ReadHex(digits)),
        64 => new FileHash(ReadHex(digits[..32]), ReadHex(digits[32..]), FileHashKind.Sha256),
        _ => throw new FormatException("the hash has not 32 or 64 digits"),
    };

    private static UInt128 ReadHex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..16], out ulong upper, out var one, 'x') && Utf8Parser.TryParse(digits[16..], out ulong lower, out var two, 'x') && one == 16 && two == 16
            ? new UInt128(upper, lower)
            : throw new FormatException("the hash is none");

    private static long ReadTicks(ReadOnlySpan<byte> text) =>
        text.Length == 28 && Utf8Parser.TryParse(text, out DateTime time, out var used, 'O') && used == text.Length && time.Kind == DateTimeKind.Utc
            ? time.Ticks
            : throw new FormatException("the time is not UTC");

    private static long ReadNumber(ReadOnlySpan<byte> text) =>
        text.Length > 0 && char.IsAsciiDigit((char)text[0]) && Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a number was expected"));
}
