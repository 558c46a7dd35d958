using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said while the old server's stock is taken.</summary>
internal static class StockWords
{
    internal const string TooLate = "The old server is stopped already; the rows of its tables are counted with the backup.";

    internal const string Anew = "The old server has run since it was last asked.";

    internal const string NotCounted = "This version of Octopus doesn't tell how many there are of each kind; the rows of its tables are counted with the backup.";

    internal static string Counted(IReadOnlyList<KindCount> counts) =>
        $"Counted: {string.Join(", ", counts.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Count:#,0} {KindOf(each)}")))}.";

    internal static string Sample(SampleRead sample) =>
        string.Create(CultureInfo.InvariantCulture, $"Read {Of(sample.Content)}: {sample.Bytes:#,0} bytes, to be read again on the new server.");

    internal static string NoSample(ContentKind kind) => kind switch
    {
        ContentKind.TaskLog => "There is no task log to compare.",
        ContentKind.Artifact => "There is no artifact to compare.",
        _ => "There is no package in the built-in repository to compare.",
    };

    internal static string DidNotTell(string what) => $"{what} It can't be compared with the new server.";

    /// <summary>A file in words.</summary>
    internal static string Of(StoredContent content) => content.Kind switch
    {
        ContentKind.TaskLog => $"the log of {content.Id}",
        ContentKind.Artifact => $"artifact {content.Id} ({content.Name})",
        _ => $"package {content.Name}",
    };

    private static string KindOf(KindCount count) => count.Kind[(count.Kind.LastIndexOf('.') + 1)..];
}
