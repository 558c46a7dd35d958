using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>
/// Text that goes into a report. What the journal and the records hold was cleaned when it was written; but somebody may have edited them, and a
/// report is opened in a browser or shown in a terminal.
/// </summary>
internal static class ReportText
{
    private static readonly Redactor Cleaner = new();

    /// <summary>Without control sequences and control characters, but for line ends; with anything masked that looks like a secret.</summary>
    public static string Plain(string text) => Cleaner.Clean(text);
}
