using System.Buffers;
using System.Globalization;
using System.Text;

namespace OctoMoveTui.Engine.Files;

/// <summary>The paths of a manifest: relative, <c>/</c> between the parts, never out of their root.</summary>
public static class ManifestPath
{
    private static readonly SearchValues<char> ShownAsTheyAre = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(each => (char)each).Where(each => each != '\\')]);

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(each => (char)each).Where(each => each is not ('\\' or ':' or '/'))]);

    private static readonly SearchValues<char> NotInWindowsNames = SearchValues.Create([.. "\\:<>\"|?*", .. Enumerable.Range(0, 0x20).Select(each => (char)each)]);

    private static readonly IReadOnlySet<string> WindowsDevices = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Why this path must not be used, or null when it may. The same rule for names that are copied and for names that are read back, on every
    /// system, so that a manifest written on one server can be read on the other.
    /// </summary>
    public static string? Problem(string path) => Problem(path, OperatingSystem.IsWindows());

    /// <summary>The same, for a system that a test names.</summary>
    internal static string? Problem(string path, bool onWindows)
    {
        if (path.Length == 0)
        {
            return "it is empty";
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return "it holds a zero character";
        }

        if (IsAbsolute(path))
        {
            return "it is not relative";
        }

        // A backslash is part of a name on Linux and parts names on Windows: dots between either kind are refused everywhere.
        foreach (var part in path.Split('/', '\\'))
        {
            if (part is "." or "..")
            {
                return "it climbs out of its directory";
            }
        }

        if (path.Contains("//", StringComparison.Ordinal) || path[^1] == '/')
        {
            return "it has an empty part";
        }

        if (onWindows && path.Split('/').Any(IsAnotherOnWindows))
        {
            return "Windows would take it for another path";
        }

        return CanBeWritten(path) ? null : "its name is not valid Unicode";
    }

    /// <summary>
    /// True for a name that no <see cref="Problem(string)"/> can be with, whatever directory it lies in; most names are such. On Windows each is looked at more closely.
    /// </summary>
    public static bool IsPlainName(ReadOnlySpan<char> name) => !OperatingSystem.IsWindows() && name.Length > 0 && name[0] != '.' && !name.ContainsAnyExcept(PlainCharacters);

    /// <summary>True for what any system takes for an absolute path. <c>a:b</c> is a fair name on Linux; <c>C:\x</c> is a drive wherever it came from.</summary>
    public static bool IsAbsolute(string path) =>
        path.Length > 0 && (path[0] is '/' or '\\'
            || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]) && (path.Length == 2 || path[2] is '/' or '\\')));

    /// <summary>The path below <paramref name="root"/>; <paramref name="path"/> must have no <see cref="Problem"/>.</summary>
    public static string Under(string root, string path) =>
        Path.Join(root, Path.DirectorySeparatorChar == '/' ? path : path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The path on one line with nothing in it that a terminal would obey: backslashes and control characters are escaped.</summary>
    public static string Show(string path)
    {
        if (!path.AsSpan().ContainsAnyExcept(ShownAsTheyAre) || !path.Any(MustBeEscaped))
        {
            return path;
        }

        var shown = new StringBuilder(path.Length + 8);
        foreach (var c in path)
        {
            _ = c switch
            {
                '\\' => shown.Append(@"\\"),
                '\t' => shown.Append(@"\t"),
                '\n' => shown.Append(@"\n"),
                '\r' => shown.Append(@"\r"),
                _ when MustBeEscaped(c) => shown.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }

    /// <summary>Takes <see cref="Show"/> back.</summary>
    /// <exception cref="FormatException">It was not written by <see cref="Show"/>.</exception>
    public static string Read(string shown)
    {
        if (!shown.Contains('\\', StringComparison.Ordinal))
        {
            return shown;
        }

        var path = new StringBuilder(shown.Length);
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] != '\\')
            {
                path.Append(shown[i]);
                continue;
            }

            i++;
            switch (i < shown.Length ? shown[i] : '\0')
            {
                case '\\': path.Append('\\'); break;
                case 't': path.Append('\t'); break;
                case 'n': path.Append('\n'); break;
                case 'r': path.Append('\r'); break;
                case 'u' when i + 4 < shown.Length:
                    path.Append((char)ushort.Parse(shown.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default: throw new FormatException("unknown escape");
            }
        }

        return path.ToString();
    }

    // Bidirectional overrides turn a name around on the screen, and others are not seen at all: they are shown as what they are.
    private static bool MustBeEscaped(char c) =>
        c == '\\' || char.IsControl(c)
        || c is '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';

    // What Windows cuts off ("..", with a blank behind it, is ".."), takes for a stream of a file, for a device (NUL.txt, COM1), or for no name at all.
    private static bool IsAnotherOnWindows(string part) =>
        part[^1] is '.' or ' ' || part.AsSpan().IndexOfAny(NotInWindowsNames) >= 0 || WindowsDevices.Contains(part.Split('.')[0].TrimEnd(' '));

    private static bool CanBeWritten(string path)
    {
        try
        {
            _ = StrictUtf8.GetByteCount(path);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
