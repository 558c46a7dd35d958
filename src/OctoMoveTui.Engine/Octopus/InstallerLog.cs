using System.Globalization;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What Windows Installer's verbose log says in the end. Its engine's own lines are in English on every Windows; sentences for people are not.
/// </summary>
/// <param name="ExitCode">What the installation returned; null when the log doesn't say.</param>
/// <param name="IsComplete">True when the installation came to an end, whatever end: else it was cut short, or still runs.</param>
/// <param name="Reasons">The lines that tell why it failed, oldest first; empty when none do.</param>
public sealed partial record InstallerLog(int? ExitCode, bool IsComplete, IReadOnlyList<string> Reasons)
{
    private const int LinesBeforeFailure = 4;

    /// <summary>Reads a log, also while it is written; one that isn't there, or can't be read, says nothing.</summary>
    public static InstallerLog Read(string file)
    {
        try
        {
            // UTF-16 with a byte order mark, which the reader finds.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return Parse(reader.ReadToEnd());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new InstallerLog(null, false, []);
        }
    }

    /// <summary>Reads the text of a log.</summary>
    public static InstallerLog Parse(string text)
    {
        var ends = Returning().Matches(text);
        var end = ends.LastOrDefault(each => each.Groups["client"].Success);
        int? exitCode = ends.Count > 0 && int.TryParse((end ?? ends[^1]).Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
        return new InstallerLog(exitCode, end is not null, exitCode is null or 0 ? [] : ReasonsIn(text));
    }

    // "Error 1925. You do not have…", "Product: Octopus Deploy Server -- Error 1304. …", and what stands before the action that returned 3 (it failed).
    private static IReadOnlyList<string> ReasonsIn(string text)
    {
        var lines = text.Split('\n').Select(each => each.Trim()).ToList();
        var failed = lines.FindIndex(FailedAction().IsMatch);
        var around = failed < 0 ? [] : lines[Math.Max(0, failed - LinesBeforeFailure)..(failed + 1)];
        return [.. lines.Where(each => Error().IsMatch(each)).Concat(around).Where(each => each.Length > 0).Distinct().TakeLast(12)];
    }

    [GeneratedRegex(@"^MSI \(((?<client>c)|s|N)\).*: MainEngineThread is returning (?<code>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Returning();

    [GeneratedRegex(@"(^|-- )\p{Lu}\p{L}+ \d{4}\.")]
    private static partial Regex Error();

    // "Action ended 02:00:00: InstallFiles. Return value 3." The word before the number is translated.
    [GeneratedRegex(@"^\S+( \S+){1,3} \d+:\d+:\d+: [A-Za-z_.0-9]+\. .*\b3\.$")]
    private static partial Regex FailedAction();
}
