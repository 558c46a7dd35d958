using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// The id of the row in the path of a task's log or an artifact's file. Octopus does not document the names in these directories; that the id is
/// in the path, in the file's name or in that of a folder above it, is what octomove goes by. The last one in the path counts.
/// </summary>
internal static partial class IdInPath
{
    /// <summary>The key of the task that a log belongs to, or null.</summary>
    public static ulong? OfTaskLog(string path) => Of(TaskId(), path);

    /// <summary>The key of the artifact that a file belongs to, or null.</summary>
    public static ulong? OfArtifact(string path) => Of(ArtifactId(), path);

    /// <summary>The key of a row's id.</summary>
    public static ulong KeyOf(string id) => Disagreement.KeyOf(id.ToUpperInvariant());

    private static ulong? Of(Regex id, string path)
    {
        var found = id.Match(path);
        return found.Success ? KeyOf(found.Value) : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])ServerTasks-\d+(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex TaskId();

    [GeneratedRegex(@"(?<![A-Za-z0-9])Artifacts-\d+(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex ArtifactId();
}
