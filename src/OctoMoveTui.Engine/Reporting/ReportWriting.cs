using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>Writes report.html and report.md into the move folder, whole or not at all.</summary>
internal static class ReportWriting
{
    /// <summary>Makes both anew from what the move folder holds.</summary>
    /// <exception cref="MoveFailure">The move folder can't be written.</exception>
    internal static void Write(MoveFolder folder, MovePlan plan, JournalState journal, TimeProvider time)
    {
        var report = MoveReport.Of(plan, journal, RunRecord.ReadAll(folder), time);

        // Whoever has the old one open in a browser never sees half a new one.
        WholeFile.Write(folder.HtmlReport, ReportHtml.Of(report));
        WholeFile.Write(folder.MarkdownReport, ReportMarkdown.Of(report));
    }
}
