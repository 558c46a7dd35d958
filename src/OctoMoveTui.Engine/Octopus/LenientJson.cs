using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// JSON that others wrote: programs, and Octopus in its database. What is none is passed over. Half a surrogate pair, which SQL Server and a backslash can bear and
/// Unicode can't, is read as the sign for what can't be read.
/// </summary>
internal static class LenientJson
{
    private const string Unreadable = "\\ufffd";
    private const int EscapeLength = 6;

    /// <summary>The document, or null when the text is none.</summary>
    internal static JsonDocument? Find(string text)
    {
        try
        {
            return JsonDocument.Parse(Mended(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bytes of the text, with each half of a surrogate pair replaced, written as it is or as an escape.</summary>
    internal static byte[] Mended(string text)
    {
        if (text.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
            text = WithoutHalfEscapes(text);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string WithoutHalfEscapes(string text)
    {
        var mended = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var here = EscapeAt(text, at);
            var isPair = char.IsHighSurrogate(here) && char.IsLowSurrogate(EscapeAt(text, at + EscapeLength));
            var length = isPair ? 2 * EscapeLength : char.IsSurrogate(here) ? EscapeLength : text[at] == '\\' ? Math.Min(2, text.Length - at) : 1;
            mended.Append(!isPair && char.IsSurrogate(here) ? Unreadable : text.AsSpan(at, length));
            at += length;
        }

        return mended.ToString();
    }

    private static char EscapeAt(string text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : '\0';
}
