using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>report.md: for a ticket, a wiki, a terminal.</summary>
internal static class ReportMarkdown
{
    internal static string Of(MoveReport report)
    {
        var text = new StringBuilder();
        Line($"# {Safe(ReportWords.Title(report))}");
        Line();
        Line(ReportWords.Standing(report));
        Line();
        Line($"- {Safe(ReportWords.Servers(report.Plan))}");
        Line($"- {Safe(ReportWords.Databases(report.Plan))}");
        if (report.Outage is { } outage)
            Line($"- {ReportWords.Outage}: {ReportWords.OutageOf(outage)}");
        Line($"- {ReportWords.Made(report.MadeAt)} {ReportWords.RestOfJournal}");

        Heading(ReportWords.StillToDo);
        List(report.StillToDo);

        Heading(ReportWords.Steps);
        Line("| Step | Guide | Server | State | Began | Took | What it left | By |");
        Line("|---|---|---|---|---|---|---|---|");
        foreach (var step in report.Steps)
        {
            var last = step.Attempts.Count > 0 ? step.Attempts[^1] : null;
            Row(step.Title, step.Guide, step.Side == Side.Old ? "old" : "new", ReportWords.State(step),
                last is null ? "" : ReportWords.Moment(last.From), last?.To is { } to ? ReportWords.Duration(to - last.From) : "", step.Fact?.Summary ?? "", step.By);
        }

        Heading(ReportWords.WayBack);
        WayBack();

        Heading(ReportWords.Failures);
        List(report.Failures.Select(each => $"{ReportWords.Moment(each.At)}, {each.Step}, on {each.Machine}: {each.Report.What} {each.Report.Why}"));

        Heading(ReportWords.Warnings);
        List(report.Warnings.Select(each => each.Text));

        Heading(ReportWords.Proofs);
        List(report.Proofs.Select(each => $"{ReportWords.Moment(each.At)} {each.Text}"));

        Heading(ReportWords.Speed);
        List(report.Curves.Select(each => $"{each.Title}: {ReportWords.SpeedOf(each)}"));

        Heading(ReportWords.Checks);
        Line("| | Check | Server | | What was found |");
        Line("|---|---|---|---|---|");
        foreach (var check in report.Checks)
            Row(check.Id, check.Title, check.Side == Side.Old ? "old" : "new", ReportWords.Verdict(check.Verdict), check.Finding);

        Heading(ReportWords.Exactly);
        Line(ReportWords.ExactlyNote);
        foreach (var (title, lines) in report.Exactly)
        {
            Line();
            Line($"### {Safe(title)}");
            Line();
            foreach (var line in lines.SelectMany(each => each.Text.Split('\n')))
                Line($"    {ReportText.Plain(line)}");
        }

        Heading(ReportWords.Commands);
        Line(ReportWords.CommandsNote);
        Line();
        foreach (var detail in report.Details)
        {
            foreach (var line in detail.Text.Split('\n'))
                Line($"    {ReportWords.Clock(detail.At)} {ReportText.Plain(line)}");
        }

        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');

        void Heading(string words)
        {
            Line();
            Line($"## {words}");
            Line();
        }

        void Row(params string[] cells) => Line($"| {string.Join(" | ", cells.Select(Safe))} |");

        void List(IEnumerable<string> lines)
        {
            var any = false;
            foreach (var line in lines)
            {
                any = true;
                Line($"- {Safe(line)}");
            }

            if (!any)
                Line(ReportWords.Nothing);
        }

        void WayBack()
        {
            if (report.IsPastReturn)
            {
                Line($"{ReportWords.NoWayBack} {Safe(PastReturnWords.Means(report.Plan, null))}");
                Line();
                foreach (var each in PastReturnWords.ByHand(report.Plan))
                    Line(Safe(each) + "  ");
                return;
            }

            if (report.WentBack.Count > 0)
            {
                Line(ReportWords.WentBackNote);
                Line();
                List(report.WentBack.Select(ReportWords.WentBack));
                if (report.Standing == MoveStanding.TakenBack)
                    return;
            }

            Line(report.WayBack.Count == 0 ? ReportWords.NothingToTakeBack : ReportWords.WayBackNote(report.Plan.Shape));
            Line();
            for (var number = 0; number < report.WayBack.Count; number++)
                Line($"{number + 1}. {Safe(report.WayBack[number].Title)}: {Safe(report.WayBack[number].How)}");
        }
    }

    // What comes from servers and files must stay text: no table cell, no tag, no link.
    private static string Safe(string text) => ReportText.Plain(text)
        .Replace('\n', ' ').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Trim();
}
