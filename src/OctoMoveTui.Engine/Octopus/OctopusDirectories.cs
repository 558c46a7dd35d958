namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The directories of an Octopus Server that move, and two whose place does. Never the config file (create-instance writes a new one; the key in the old one is
/// protected for its machine), package caches (each node rebuilds its own), Telemetry, Logs, DataStreams and DataBus.
/// </summary>
public static class OctopusDirectories
{
    /// <summary>Collected artifacts, and logos of projects and tenants.</summary>
    public const string Artifacts = "Artifacts";

    /// <summary>One log a task.</summary>
    public const string TaskLogs = "TaskLogs";

    /// <summary>The built-in package repository.</summary>
    public const string Packages = "Packages";

    /// <summary>Archived audit events (2023.3 and later); they can't be made again.</summary>
    public const string EventExports = "EventExports";

    /// <summary>Archives of project exports and imports (2021.1 and later).</summary>
    public const string Imports = "Imports";

    /// <summary>Telemetry that waits to be sent (2020.1 and later). Not copied; its place moves with the home directory.</summary>
    public const string Telemetry = "Telemetry";

    /// <summary>What the nodes of a cluster share (2020.3 and later): the directories below move, and its place moves with the home directory.</summary>
    public const string ClusterShared = "ClusterShared";
}
