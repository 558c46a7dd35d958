namespace OctoMoveTui.Engine.Files;

/// <summary>Which directories of an instance are copied, and which never.</summary>
public static class OctopusDirectories
{
    /// <summary>
    /// Guide step 7, and what the guide's older pages leave out. EventExports can't be made again: the audit entries in it have left the
    /// database. Imports is small and the documentation for high availability copies it too.
    /// </summary>
    public static IReadOnlyList<string> Copied { get; } = ["Artifacts", "TaskLogs", "Packages", "EventExports", "Imports"];

    /// <summary>Never copied, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NeverCopied { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["OctopusServer.config"] = "create-instance writes a new one; the old one names the old machine and holds its master key",
        ["PackageCache"] = "each server node rebuilds its own",
        ["Telemetry"] = "only a queue of usage figures",
        ["Logs"] = "the old server's own log; the new one begins its own",
        ["DataStreams"] = "only of use to tasks that are running",
        ["DataBus"] = "only of use to tasks that are running",
    };
}
