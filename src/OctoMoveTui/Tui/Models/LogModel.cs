using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>Which lines of the log are shown.</summary>
internal enum LogFilter
{
    All,
    NoDetails,
    Troubles,
    Proofs,
}

/// <summary>
/// The log: keeps the last lines (the file in the move folder has all), follows the newest until the reader scrolls up, filters by kind and
/// searches. Rows are broken to the width once, when a line arrives, so that a hundred thousand lines cost no more than the new ones.
/// </summary>
internal sealed class LogModel(Glyphs glyphs, TimeProvider time, int capacity = 20_000)
{
    private const int RoomyWidth = 60;
    private const int NarrowIndent = 4;

    private readonly Queue<Logged> entries = new();
    private readonly List<Row> rows = [];
    private readonly ScrollModel scroll = new();
    private int rowsWidth = -1;
    private int height = 1;
    private int match = -1;

    private readonly record struct Row(Logged Entry, string Text);

    public bool Follows { get; private set; } = true;

    public bool Wraps { get; private set; } = true;

    public LogFilter Filter { get; private set; } = LogFilter.All;

    public string Search { get; private set; } = "";

    public int Count => entries.Count;

    public void Fold(MoveEvent happening)
    {
        var line = happening is CheckMade made ? new Logged(MoveWords.Kind(made.Verdict), MoveWords.Check(made), made.Step) { At = made.At } : happening as Logged;
        if (line is not { } logged)
        {
            return;
        }

        entries.Enqueue(logged);
        if (entries.Count > capacity)
        {
            // Half at once: dropping one by one would move all rows for each new line.
            while (entries.Count > capacity / 2)
            {
                entries.Dequeue();
            }

            rowsWidth = -1;
        }
        else if (rowsWidth > 0 && Passes(logged))
        {
            rows.AddRange(RowsOf(logged, rowsWidth));
        }
    }

    /// <summary>Scrolls; the log follows the newest line again as soon as the reader is back at the end.</summary>
    public void Do(ScreenCommand command)
    {
        scroll.Do(command);
        scroll.Fit(rows.Count, height);
        Follows = command == ScreenCommand.End || (command is ScreenCommand.Down or ScreenCommand.PageDown && !scroll.HasMoreBelow);
    }

    public void NextFilter()
    {
        Filter = (LogFilter)(((int)Filter + 1) % Enum.GetValues<LogFilter>().Length);
        rowsWidth = -1;
    }

    public void ToggleWrap()
    {
        Wraps = !Wraps;
        rowsWidth = -1;
    }

    /// <summary>Looks for a text and goes to the newest line that holds it.</summary>
    /// <returns>False when no line holds it.</returns>
    public bool Find(string text)
    {
        Search = text;
        match = -1;
        return text.Length == 0 || FindNext(older: true);
    }

    /// <summary>Goes on to the next line that holds the text, and round at the end.</summary>
    public bool FindNext(bool older)
    {
        if (Search.Length == 0 || rows.Count == 0)
        {
            return false;
        }

        var from = match < 0 || match >= rows.Count ? (older ? rows.Count : -1) : match;
        for (var step = 1; step <= rows.Count; step++)
        {
            var at = (((older ? from - step : from + step) % rows.Count) + rows.Count) % rows.Count;
            if (Holds(rows[at].Text))
            {
                match = at;
                Follows = false;
                scroll.Reveal(at);
                return true;
            }
        }

        return false;
    }

    /// <summary>What the header says beside "Log".</summary>
    public string Status
    {
        get
        {
            var parts = new List<string> { ScreenWords.Lines(entries.Count) };
            if (!Follows)
            {
                parts.Add(ScreenWords.LogHeld);
            }

            if (Filter != LogFilter.All)
            {
                parts.Add(ScreenWords.Filter(Filter));
            }

            if (Search.Length > 0)
            {
                parts.Add("/" + glyphs.Line(Search));
            }

            return string.Join(", ", parts);
        }
    }

    public IReadOnlyList<ScreenLine> Rows(int width, int rowsToShow)
    {
        height = rowsToShow;
        if (width != rowsWidth)
        {
            rowsWidth = width;
            rows.Clear();
            rows.AddRange(entries.Where(Passes).SelectMany(entry => RowsOf(entry, width)));
            match = -1;
        }

        if (Follows)
        {
            scroll.ToEnd();
        }

        return [.. scroll.Visible(rows, height).Select(row => new ScreenLine(row.Text, ToneOf(row)))];
    }

    /// <summary>All lines that are kept, filtered or not, for a file.</summary>
    public IEnumerable<string> ForFile() => entries.Select(
        entry => $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {MoveWords.Kind(entry.Kind),-6} {entry.Step?.Word ?? "-"} {Printable.Line(entry.Text)}");

    private IEnumerable<Row> RowsOf(Logged entry, int width)
    {
        var lead = $"{Quantities.WallClockSeconds(entry.At, time.LocalTimeZone)} {Mark(entry.Kind)} ";
        var indent = width < RoomyWidth ? NarrowIndent : lead.Length;
        var text = lead + glyphs.Block(entry.Text).TrimEnd('\n').Replace("\n", "\n" + new string(' ', indent), StringComparison.Ordinal);
        var broken = Wraps ? Wrapping.Rows(text, width, indent) : text.Split('\n');
        return broken.Select(row => new Row(entry, row));
    }

    private string Mark(LogKind kind) => kind switch
    {
        LogKind.Proof => glyphs.State(StepState.Done),
        LogKind.Warning => "~",
        LogKind.Error => "!",
        LogKind.Detail => glyphs.State(StepState.Pending),
        _ => " ",
    };

    private bool Passes(Logged entry) => Filter switch
    {
        LogFilter.NoDetails => entry.Kind != LogKind.Detail,
        LogFilter.Troubles => entry.Kind is LogKind.Warning or LogKind.Error,
        LogFilter.Proofs => entry.Kind == LogKind.Proof,
        _ => true,
    };

    private bool Holds(string text) => text.Contains(Search, StringComparison.OrdinalIgnoreCase);

    private Tone ToneOf(Row row) => row.Entry.Kind switch
    {
        _ when Search.Length > 0 && Holds(row.Text) => Tone.Selected,
        LogKind.Error => Tone.Failure,
        LogKind.Warning => Tone.Warning,
        LogKind.Proof => Tone.Good,
        LogKind.Detail => Tone.Quiet,
        _ => Tone.Normal,
    };
}
