using System.Net;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>report.html: one file that asks no network for anything and runs no script.</summary>
internal static class ReportHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --fg: #1c2733; --bg: #fff; --soft: #5c6b7a; --line: #d5dce3; --done: #2b7a4b; --bad: #b3261e; --cut: #9a6b00; --none: #8a97a5; --out: #fbe3c4; }
        @media (prefers-color-scheme: dark) { :root { --fg: #e4e9ee; --bg: #14191f; --soft: #9fb0c0; --line: #34404c; --done: #5fc189; --bad: #ff8a80; --cut: #f0c060; --none: #72808e; --out: #4a3718; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--fg); background: var(--bg); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { margin-bottom: .2rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
        .soft { color: var(--soft); } .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12.5px/1.45 ui-monospace, monospace; margin: 0; }
        svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--fg); } svg .axis { fill: var(--soft); }
        .done, .open { fill: var(--done); } .failed { fill: var(--bad); } .cut { fill: var(--cut); } .none { fill: var(--none); } .outage { fill: var(--out); }
        .grid { stroke: var(--line); } .curve { fill: none; stroke: var(--done); stroke-width: 2; }
        b.failed { color: var(--bad); } b.done { color: var(--done); } b.cut { color: var(--cut); }
        @media print { details > * { display: block; } }
        """;

    internal static string Of(MoveReport report)
    {
        var html = new StringBuilder();
        Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{Text(ReportWords.Title(report))}</title>\n<style>\n{Style}\n</style></head><body>\n");
        Add($"<h1>{Text(ReportWords.Title(report))}</h1>\n<p><b>{Text(ReportWords.Standing(report))}</b></p>\n");
        Add($"<p>{Text(ReportWords.Servers(report.Plan))}<br>{Text(ReportWords.Databases(report.Plan))}");
        if (report.Outage is { } outage)
            Add($"<br>{Text(ReportWords.Outage)}: {Text(ReportWords.OutageOf(outage))}");
        Add($"</p>\n<p class=\"soft\">{Text(ReportWords.Made(report.MadeAt))} {Text(ReportWords.RestOfJournal)}</p>\n");

        Heading(ReportWords.StillToDo);
        List(report.StillToDo);
        Timelines();
        Heading(ReportWords.Steps);
        Table(["Step", "Guide", "Server", "State", "Began", "Took", "What it left", "By"], report.Steps.Select(step =>
        {
            var last = step.Attempts.Count > 0 ? step.Attempts[^1] : null;
            return new[]
            {
                Text(step.Title), Text(step.Guide), step.Side == Side.Old ? "old" : "new",
                $"<b class=\"{TimelineSvg.ClassOf(last?.End)}\">{Text(ReportWords.State(step))}</b>",
                last is null ? "" : Text(ReportWords.Moment(last.From)), last?.To is { } to ? Text(ReportWords.Duration(to - last.From)) : "",
                Text(step.Fact?.Summary ?? ""), Text(step.By),
            };
        }));

        Heading(ReportWords.WayBack);
        WayBack();
        Heading(ReportWords.Failures);
        List(report.Failures.Select(each => $"{ReportWords.Moment(each.At)}, {each.Step}, on {each.Machine}: {each.Report.What} {each.Report.Why}"));
        Heading(ReportWords.Warnings);
        List(report.Warnings.Select(each => each.Text));
        Heading(ReportWords.Proofs);
        List(report.Proofs.Select(each => $"{ReportWords.Moment(each.At)} {each.Text}"));

        Heading(ReportWords.Speed);
        if (report.Curves.Count == 0)
            Add($"<p>{Text(ReportWords.Nothing)}</p>\n");
        foreach (var curve in report.Curves)
            Add($"<h3>{Text(curve.Title)}</h3>\n<p>{Text(ReportWords.SpeedOf(curve))}</p>\n{SpeedSvg.Of(curve)}\n");

        Heading(ReportWords.Checks);
        Table(["", "Check", "Server", "", "What was found"], report.Checks.Select(check => new[]
        {
            Text(check.Id), Text(check.Title), check.Side == Side.Old ? "old" : "new",
            $"<b class=\"{(check.Verdict == Verdict.Fail ? "failed" : check.Verdict == Verdict.Pass ? "done" : "cut")}\">{Text(ReportWords.Verdict(check.Verdict))}</b>", Text(check.Finding),
        }));

        Heading(ReportWords.Exactly);
        Add($"<details><summary>{Text(ReportWords.ExactlyNote)}</summary>\n");
        foreach (var (title, lines) in report.Exactly)
            Add($"<h3>{Text(title)}</h3>\n{string.Concat(lines.Select(each => $"<pre>{Text(each.Text)}</pre>\n"))}");
        Add("</details>\n");

        Heading(ReportWords.Commands);
        Add($"<details><summary>{Text(ReportWords.CommandsNote)}</summary>\n<pre>");
        foreach (var detail in report.Details)
            Add($"{ReportWords.Clock(detail.At)} {Text(detail.Text)}\n");
        Add("</pre></details>\n</body></html>\n");
        return html.ToString();

        void Add(string part) => html.Append(part);

        void Heading(string words) => Add($"<h2>{Text(words)}</h2>\n");

        void List(IEnumerable<string> lines)
        {
            var items = lines.Select(each => $"<li>{Text(each)}</li>\n").ToList();
            Add(items.Count == 0 ? $"<p>{Text(ReportWords.Nothing)}</p>\n" : $"<ul>\n{string.Concat(items)}</ul>\n");
        }

        void Table(string[] heads, IEnumerable<string[]> rows)
        {
            Add($"<div class=\"wide\"><table><tr>{string.Concat(heads.Select(each => $"<th>{Text(each)}</th>"))}</tr>\n");
            foreach (var row in rows)
                Add($"<tr>{string.Concat(row.Select(each => $"<td>{each}</td>"))}</tr>\n");
            Add("</table></div>\n");
        }

        void Timelines()
        {
            if (report.Whole is not { } whole)
                return;
            Heading(ReportWords.Timeline);
            Add(TimelineSvg.Of(report, whole));

            // Checks of days ahead would press the night together to a line.
            if (report.Outage is { } outage && (outage.To ?? whole.To!.Value) is var end && (end - outage.From) * 3 < whole.To!.Value - whole.From)
            {
                Heading(ReportWords.TimelineOfOutage);
                Add(TimelineSvg.Of(report, new ReportSpan(outage.From, end)));
            }
        }

        void WayBack()
        {
            if (report.WentBack.Count > 0)
            {
                Add($"<p>{Text(ReportWords.WentBackNote)}</p>\n");
                List(report.WentBack.Select(ReportWords.WentBack));
            }

            if (report.IsPastReturn)
            {
                Add($"<p>{Text($"{ReportWords.NoWayBack} {PastReturnWords.Means(report.Plan, null)}")}</p>\n");
                Add(string.Concat(PastReturnWords.ByHand(report.Plan).Select(each => $"<p>{Text(each)}</p>\n")));
            }
            else if (report.Standing == MoveStanding.TakenBack)
            {
                return;
            }
            else if (report.WayBack.Count == 0)
                Add($"<p>{Text(ReportWords.NothingToTakeBack)}</p>\n");
            else
                Add($"<p>{Text(ReportWords.WayBackNote(report.Plan.Shape))}</p>\n<ol>\n{string.Concat(report.WayBack.Select(each => $"<li>{Text(each.Title)}: {Text(each.How)}</li>\n"))}</ol>\n");
        }
    }

    /// <summary>Text as HTML shows it, and nothing but text.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(ReportText.Plain(text));
}
