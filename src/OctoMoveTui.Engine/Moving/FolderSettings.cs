namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Folders only: the new place of each directory, an absolute path as the server sees it. Empty = below <c>New:Home</c> if that is given and the directory
/// lies in the home directory; else the directory stays where it is.
/// </summary>
public sealed class FolderSettings
{
    /// <summary>Where the artifacts go.</summary>
    public string Artifacts { get; set; } = "";

    /// <summary>Where the task logs go.</summary>
    public string TaskLogs { get; set; } = "";

    /// <summary>Where the packages go.</summary>
    public string Packages { get; set; } = "";

    /// <summary>Where the archived audit events go.</summary>
    public string EventExports { get; set; } = "";

    /// <summary>Where the archives of project exports and imports go.</summary>
    public string Imports { get; set; } = "";

    /// <summary>The place of each kind that is named.</summary>
    internal IReadOnlyDictionary<string, string> Named => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(Artifacts)] = Artifacts.Trim(),
        [nameof(TaskLogs)] = TaskLogs.Trim(),
        [nameof(Packages)] = Packages.Trim(),
        [nameof(EventExports)] = EventExports.Trim(),
        [nameof(Imports)] = Imports.Trim(),
    }.Where(each => each.Value.Length > 0).ToDictionary(StringComparer.Ordinal);

    /// <summary>Takes what a plan of this shape says: the directories that move, by their kinds.</summary>
    internal void Recall(IEnumerable<DirectoryPlan> directories)
    {
        var moved = directories.Where(each => !each.StaysInPlace).ToDictionary(each => each.Kind, each => each.To, StringComparer.Ordinal);
        Artifacts = moved.GetValueOrDefault(nameof(Artifacts), "");
        TaskLogs = moved.GetValueOrDefault(nameof(TaskLogs), "");
        Packages = moved.GetValueOrDefault(nameof(Packages), "");
        EventExports = moved.GetValueOrDefault(nameof(EventExports), "");
        Imports = moved.GetValueOrDefault(nameof(Imports), "");
    }
}
