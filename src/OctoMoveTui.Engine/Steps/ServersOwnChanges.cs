namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What a server changes by itself between the stock and the proof, since its node takes tasks (the re-index needs that). Everything that is not
/// in this table must be as it was, to the last one.
/// </summary>
internal static class ServersOwnChanges
{
    /// <summary>The tables whose rows are counted where a version doesn't count by itself; those that a database doesn't have are left out.</summary>
    internal static readonly IReadOnlyList<string> TablesCounted =
    [
        "Account", "Artifact", "Certificate", "Deployment", "DeploymentEnvironment", "Event", "Feed", "Machine", "NuGetPackage", "Project", "Release",
        "SchemaVersions", "ServerTask", "Space", "Tenant", "User", "VariableSet", "Worker",
    ];

    private static readonly (string Kind, bool MayShrink, string Why)[] Table =
    [
        ("ServerTask", false, "the server starts system tasks of its own, and the re-index and the integrity check are tasks"),
        ("Tasks", false, "the server starts system tasks of its own, and the re-index and the integrity check are tasks"),
        ("Event", false, "every start, task and change writes one"),
        ("Events", false, "every start, task and change writes one"),
        ("Deployment", false, "scheduled triggers and queued work go on as soon as the node takes tasks"),
        ("Deployments", false, "scheduled triggers and queued work go on as soon as the node takes tasks"),
        ("RunbookRuns", false, "scheduled triggers and queued work go on as soon as the node takes tasks"),
        ("NuGetPackage", true, "the re-index lists what lies there and drops what doesn't; that step has compared it"),
        ("Packages", true, "the re-index lists what lies there and drops what doesn't; that step has compared it"),
    ];

    /// <summary>Why this difference may be the server's own; null when it can't be.</summary>
    /// <param name="kind">A kind of the API ("Project.Releases") or a table.</param>
    /// <param name="before">How many there were.</param>
    /// <param name="now">How many there are.</param>
    internal static string? WhyDifferent(string kind, long before, long now)
    {
        var name = kind[(kind.LastIndexOf('.') + 1)..];
        return Array.Find(Table, each => each.Kind == name && (now > before || each.MayShrink)).Why;
    }
}
