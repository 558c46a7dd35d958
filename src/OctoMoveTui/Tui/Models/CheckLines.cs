using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>The checks of one step as a table: verdict, id, title and finding in columns where there is room, else below each other.</summary>
internal static class CheckLines
{
    private const int RoomForColumns = 84;
    private const int VerdictWidth = 9;
    private const int IdWidth = 5;
    private const int TitleWidth = 31;
    private const int NarrowIndent = 2;

    /// <param name="checks">In the order in which they were made; shown by urgency.</param>
    /// <param name="glyphs">What this terminal can draw.</param>
    /// <param name="width">Columns to be had.</param>
    /// <param name="withQueries">Show what was asked, below each.</param>
    public static IEnumerable<ScreenLine> Table(IReadOnlyList<CheckMade> checks, Glyphs glyphs, int width, bool withQueries)
    {
        // What somebody has to do something about comes first: a small screen shows little more.
        foreach (var check in checks.OrderBy(each => Urgency(each.Verdict)))
        {
            foreach (var line in Of(check, glyphs, width, withQueries))
            {
                yield return line;
            }
        }

        yield return new("");
        yield return new(MoveWords.CheckSummary(checks), checks.Any(each => each.Verdict == Verdict.Fail) ? Tone.Failure : Tone.Strong);
    }

    private static IEnumerable<ScreenLine> Of(CheckMade check, Glyphs glyphs, int width, bool withQueries)
    {
        var head = $"{glyphs.Verdict(check.Verdict)} {MoveWords.Verdict(check.Verdict)}".PadRight(VerdictWidth + 1) + check.Id.PadRight(IdWidth);
        var tone = ToneOf(check.Verdict);
        var isWide = width >= RoomForColumns;
        var indent = isWide ? head.Length + TitleWidth + 1 : NarrowIndent;
        var finding = glyphs.Line(check.Finding);
        if (isWide)
        {
            var title = glyphs.Fit(check.Title, TitleWidth).PadRight(TitleWidth);
            foreach (var (row, at) in Wrapping.Rows(finding, width - indent).Select((row, at) => (row, at)))
            {
                yield return new((at == 0 ? $"{head}{title} " : new string(' ', indent)) + row, tone);
            }
        }
        else
        {
            yield return new((head + glyphs.Line(check.Title)).TrimEnd(), tone);
            foreach (var row in Wrapping.Rows(finding, width - indent))
            {
                yield return new(new string(' ', indent) + row);
            }
        }

        foreach (var advice in check.Advice)
        {
            foreach (var (row, at) in Wrapping.Rows(glyphs.Line(advice), width - indent - 3).Select((row, at) => (row, at)))
            {
                yield return new(new string(' ', indent) + (at == 0 ? $"{glyphs.Arrow} " : "  ").PadRight(3) + row, tone);
            }
        }

        if (withQueries && check.Query.Length > 0)
        {
            foreach (var row in glyphs.Block(check.Query).Split('\n').SelectMany(line => Wrapping.Rows(line, width - NarrowIndent - 2, 2)))
            {
                yield return new(new string(' ', NarrowIndent + 2) + row, Tone.Quiet);
            }
        }
    }

    private static int Urgency(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 0,
        Verdict.Warn => 1,
        Verdict.Unknown => 2,
        _ => 3,
    };

    private static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Fail => Tone.Failure,
        Verdict.Pass => Tone.Normal,
        _ => Tone.Warning,
    };
}
