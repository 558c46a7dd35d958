using System.Globalization;
using System.Text;

namespace OctoMoveTui.Words;

/// <summary>
/// The last gate before a terminal: text from servers, commands and file names may hold escape sequences that move the cursor, retitle the
/// window or paint a false prompt.
/// </summary>
internal static class Printable
{
    /// <summary>One line: control and direction characters dropped, line breaks and tabs become a blank.</summary>
    public static string Line(string? text) => Clean(text, keepBreaks: false);

    /// <summary>Several lines: like <see cref="Line"/>, but line breaks stay, as <c>\n</c>.</summary>
    public static string Block(string? text) => Clean(text, keepBreaks: true);

    /// <summary>The lines of a block.</summary>
    public static IReadOnlyList<string> Lines(string? text) => Block(text).Split('\n');

    /// <summary>For terminals that know seven bits only.</summary>
    public static string Ascii(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                < 0x80 => plain.Append((char)rune.Value),
                '→' => plain.Append("->"),
                '…' => plain.Append("..."),
                '—' or '–' or '‑' => plain.Append('-'),
                '“' or '”' => plain.Append('"'),
                '‘' or '’' => plain.Append('\''),
                '•' or '∙' or '·' => plain.Append('*'),
                '×' => plain.Append('x'),
                '\u00a0' => plain.Append(' '),
                _ => plain.Append('?'),
            };
        }

        return plain.ToString();
    }

    /// <summary>Cuts the middle out of a long path or name: its start and its end are what tells it from others.</summary>
    public static string CutMiddle(string text, int width, bool ascii)
    {
        var gap = ascii ? "..." : "…";
        if (text.Length <= width)
        {
            return text;
        }

        if (width <= gap.Length + 1)
        {
            return text[..Math.Max(0, width)];
        }

        var end = (width - gap.Length) / 2;
        var start = width - gap.Length - end;
        return text[..start] + gap + text[^end..];
    }

    private static string Clean(string? text, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c is '\u001b' or '\u009b')
            {
                at = EndOfSequence(text, at);
            }
            else if (c is '\n' or '\u2028' or '\u2029')
            {
                clean.Append(keepBreaks ? '\n' : ' ');
            }
            else if (c == '\t')
            {
                clean.Append(' ');
            }
            else if (!char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    // CSI runs to its final byte, OSC and its kin to BEL or ST; anything else is two characters long.
    private static int EndOfSequence(string text, int at)
    {
        var csi = text[at] == '\u009b';
        if (!csi)
        {
            if (at + 1 >= text.Length)
            {
                return at;
            }

            at++;
            csi = text[at] == '[';
            if (text[at] is ']' or 'P' or '^' or '_' or 'X')
            {
                while (++at < text.Length && text[at] is not ('\a' or '\u001b' or '\u009c' or '\n'))
                {
                }

                return at + 1 < text.Length && text[at] == '\u001b' && text[at + 1] == '\\' ? at + 1 : at;
            }
        }

        if (csi)
        {
            while (++at < text.Length && text[at] is < '@' or > '~')
            {
            }
        }

        return Math.Min(at, text.Length - 1);
    }
}
