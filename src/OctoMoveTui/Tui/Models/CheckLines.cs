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

    /// <summary>For a pane, which shows its top: the summary, then what somebody has to do something about, then the rest.</summary>
    /// <param name="checks">In the order in which they were made; shown by urgency.</param>
    /// <param name="glyphs">What this terminal can draw.</param>
    /// <param name="width">Columns to be had.</param>
    /// <param name="withQueries">Show what was asked, below each.</param>
    public static IEnumerable<ScreenLine> FromTheTop(IReadOnlyList<CheckMade> checks, Glyphs glyphs, int width, bool withQueries) =>
    [
        Summary(checks),
        new(withQueries ? ScreenWords.QueriesShown : ScreenWords.QueriesFolded, Tone.Quiet),
        .. checks.OrderByDescending(each => Urgency(each.Verdict)).SelectMany(each => Of(each, glyphs, width, withQueries)),
    ];

    /// <summary>For lines that scroll away, of which the last ones stay in sight: the same the other way round.</summary>
    /// <inheritdoc cref="FromTheTop"/>
    public static IEnumerable<ScreenLine> ToTheEnd(IReadOnlyList<CheckMade> checks, Glyphs glyphs, int width, bool withQueries) =>
    [
        .. checks.OrderBy(each => Urgency(each.Verdict)).SelectMany(each => Of(each, glyphs, width, withQueries)),
        new(""),
        Summary(checks),
    ];

    private static ScreenLine Summary(IReadOnlyList<CheckMade> checks) =>
        new(MoveWords.CheckSummary(checks), checks.Any(each => each.Verdict == Verdict.Fail) ? Tone.Failure : Tone.Strong);

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
                yield return at == 0 ? new($"{head}{title} {row}", tone, check.Id) : new(new string(' ', indent) + row, tone);
            }
        }
        else
        {
            yield return new((head + glyphs.Line(check.Title)).TrimEnd(), tone, check.Id);
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
            // A statement keeps its own indentation: what is broken goes on below its line, deeper.
            foreach (var row in glyphs.Block(check.Query).Split('\n').SelectMany(line => Wrapping.Rows(line, width - NarrowIndent - 2, Leading(line) + 2)))
            {
                yield return new(new string(' ', NarrowIndent + 2) + row, Tone.Quiet);
            }
        }
    }

    private static int Leading(string line) => line.Length - line.TrimStart(' ').Length;

    private static int Urgency(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 3,
        Verdict.Warn => 2,
        Verdict.Unknown => 1,
        _ => 0,
    };

    private static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Fail => Tone.Failure,
        Verdict.Pass => Tone.Normal,
        _ => Tone.Warning,
    };
}
