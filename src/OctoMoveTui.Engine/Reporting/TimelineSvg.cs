using System.Globalization;
using System.Text;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>The steps as bars over time, the outage behind them. What a bar means is written into it as well: colour never says it alone.</summary>
internal static class TimelineSvg
{
    private const int Width = 1100;
    private const int Names = 200;
    private const int Row = 22;
    private const int Bar = 14;
    private const int Head = 24;
    private const int Ticks = 6;

    /// <summary>A picture of one stretch of time.</summary>
    internal static string Of(MoveReport report, ReportSpan span)
    {
        var (from, to) = (span.From, span.To ?? report.MadeAt);
        if (to <= from)
            to = from.AddSeconds(1);
        var steps = report.Steps.Where(each => each.Attempts.Any(one => one.From <= to && (one.To ?? report.MadeAt) >= from)).ToList();
        var height = Head + (steps.Count * Row) + 6;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{ReportHtml.Text(ReportWords.Timeline)}\">\n");
        if (report.Outage is { } outage)
        {
            var (left, right) = (X(outage.From), X(outage.To ?? report.MadeAt));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"outage\" x=\"{left:0.#}\" y=\"{Head}\" width=\"{Math.Max(1, right - left):0.#}\" height=\"{height - Head}\"><title>{ReportHtml.Text(ReportWords.Outage)}: {ReportHtml.Text(ReportWords.OutageOf(outage))}</title></rect>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{left + 3:0.#}\" y=\"{height - 4}\">{ReportHtml.Text(ReportWords.Outage)}</text>\n");
        }

        for (var tick = 0; tick <= Ticks; tick++)
        {
            var at = from + ((to - from) * tick / Ticks);
            var anchor = tick == 0 ? "start" : tick == Ticks ? "end" : "middle";
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(at):0.#}\" x2=\"{X(at):0.#}\" y1=\"{Head - 4}\" y2=\"{height}\"/><text class=\"axis\" text-anchor=\"{anchor}\" x=\"{X(at):0.#}\" y=\"14\">{ReportHtml.Text(TickText(at, to - from))}</text>\n");
        }

        for (var number = 0; number < steps.Count; number++)
        {
            var (step, top) = (steps[number], Head + (number * Row) + 4);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{top + 12}\">{ReportHtml.Text(step.Title)}</text>\n");
            foreach (var attempt in step.Attempts)
            {
                var (left, right) = (X(attempt.From), X(attempt.To ?? report.MadeAt));
                if (right < Names || left > Width)
                    continue;
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{ClassOf(attempt.End)}\" x=\"{left:0.#}\" y=\"{top}\" width=\"{Math.Max(2, right - left):0.#}\" height=\"{Bar}\" rx=\"2\"><title>{ReportHtml.Text(ReportWords.Attempt(step, attempt))}</title></rect>\n");
                if (attempt.End is AttemptEnd.Failed or AttemptEnd.CutShort or AttemptEnd.TakenBack)
                    svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Math.Min(right + 4, Width - 60):0.#}\" y=\"{top + 12}\">{ReportHtml.Text(ReportWords.End(attempt.End))}</text>\n");
            }
        }

        return svg.Append("</svg>\n").ToString();

        double X(DateTimeOffset at) => Math.Clamp(Names + ((Width - Names) * ((at - from) / (to - from))), Names - 1, Width + 1);
    }

    internal static string ClassOf(AttemptEnd? end) => end switch
    {
        AttemptEnd.Done => "done",
        AttemptEnd.Failed => "failed",
        AttemptEnd.CutShort => "cut",
        AttemptEnd.Open => "open",
        AttemptEnd.TakenBack => "cut",
        _ => "none",
    };

    private static string TickText(DateTimeOffset at, TimeSpan range) =>
        at.ToString(range > TimeSpan.FromDays(2) ? "MM-dd HH:mm" : range > TimeSpan.FromMinutes(20) ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}
