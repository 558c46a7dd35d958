namespace OctoMoveTui.Tui.Models;

/// <summary>Breaks text into rows of a width: at blanks where there are any, long paths behind a separator, and what has neither anywhere.</summary>
internal static class Wrapping
{
    private static readonly char[] Separators = ['/', '\\', '&'];

    /// <param name="text">Already printable; may hold line breaks.</param>
    /// <param name="width">Columns to be had.</param>
    /// <param name="indent">Columns that the second row and later ones start in.</param>
    public static IEnumerable<string> Rows(string text, int width, int indent = 0)
    {
        if (width <= 0)
        {
            yield break;
        }

        indent = Math.Min(indent, width / 2);
        foreach (var line in text.Split('\n'))
        {
            var rest = line;
            var lead = "";
            while (lead.Length + rest.Length > width)
            {
                var room = width - lead.Length;
                var at = rest.LastIndexOf(' ', room);
                var leadingBlanks = rest.Length - rest.TrimStart(' ').Length;

                // A path is broken in its middle rather than leaving most of a row empty before it.
                if (at <= leadingBlanks || at < room / 2)
                {
                    var separator = rest.LastIndexOfAny(Separators, room - 1) + 1;
                    at = separator > leadingBlanks + 1 && separator >= room / 2 ? separator : room;
                }

                yield return lead + rest[..at].TrimEnd();
                rest = rest[at..].TrimStart();
                lead = new string(' ', indent);
            }

            yield return lead + rest;
        }
    }
}
