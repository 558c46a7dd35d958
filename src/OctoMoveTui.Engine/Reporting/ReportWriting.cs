using System.Text;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>Writes report.html and report.md into the move folder, whole or not at all.</summary>
internal static class ReportWriting
{
    /// <summary>Makes both anew from what the move folder holds.</summary>
    /// <exception cref="MoveFailure">The move folder can't be written.</exception>
    internal static void Write(MoveFolder folder, MovePlan plan, JournalState journal, TimeProvider time)
    {
        var report = MoveReport.Of(plan, journal, RunRecord.ReadAll(folder), time);
        Write(folder.HtmlReport, ReportHtml.Of(report));
        Write(folder.MarkdownReport, ReportMarkdown.Of(report));
    }

    // Temp name and rename: whoever has the old one open in a browser never sees half a new one.
    private static void Write(string file, string text)
    {
        var part = file + ".part";
        try
        {
            File.WriteAllText(part, text, new UTF8Encoding(false));
            File.Move(part, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CheckFailures.CannotWrite(file, error);
        }
    }
}
