namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Which version of Octopus.Server knows which command and option: an unknown one makes the whole command fail. Held against every command line on
/// its way out (<see cref="OctopusServerExe"/>), so no caller has to think of it; who has to choose asks <see cref="OctopusServerExe.HasAsync"/>.
/// Sources: Octopus's release notes and documentation; where nobody says since when, an option is tried and left out when it is refused.
/// </summary>
public static class VersionGates
{
    /// <summary>The oldest version that octomove can move: since then the settings are in the database, and show-configuration tells them.</summary>
    public const string Oldest = "3.5";

    /// <summary>Older: the instances are read from the registry and from the files below ProgramData.</summary>
    public static readonly VersionGate ListInstances = new("list-instances", null, "3.13", WhenOlder.Refuse);

    /// <summary>Older: the home directory is the folder of the config file, and octomove puts that into the home directory.</summary>
    public static readonly VersionGate HomeAtCreation = new("create-instance", "--home", "3.16.4", WhenOlder.LeaveOut);

    /// <summary>Documented for newer versions, not since when. Older: <c>configure --serverNodeName</c>, once the database is attached.</summary>
    public static readonly VersionGate NodeNameAtCreation = new("create-instance", "--serverNodeName", null, WhenOlder.LeaveOut);

    /// <summary>Since then every node can be drained, a single one too (#4235, #3703: early 2018). Older: nobody can.</summary>
    public static readonly VersionGate Drain = new("node", "--drain", "2018.1", WhenOlder.Refuse);

    /// <summary>Older: a node takes part or is drained, nothing between.</summary>
    public static readonly VersionGate TaskCap = new("node", "--taskCap", "2018.6", WhenOlder.Refuse);

    /// <summary>Telemetry that waits to be sent.</summary>
    public static readonly VersionGate Telemetry = new("path", "--telemetry", "2020.1", WhenOlder.LeaveOut);

    /// <summary>What the nodes of a cluster share, and relative paths lie below.</summary>
    public static readonly VersionGate ClusterShared = new("path", "--clusterShared", "2020.3", WhenOlder.LeaveOut);

    /// <summary>Project exports and imports.</summary>
    public static readonly VersionGate Imports = new("path", "--imports", "2021.1", WhenOlder.LeaveOut);

    /// <summary>Archived audit events.</summary>
    public static readonly VersionGate EventExports = new("path", "--eventExports", "2023.3", WhenOlder.LeaveOut);

    /// <summary>All of them, in the order of the versions; those that are only tried come last.</summary>
    public static readonly IReadOnlyList<VersionGate> All =
    [
        ListInstances,
        HomeAtCreation,
        Drain,
        TaskCap,
        Telemetry,
        ClusterShared,
        Imports,
        EventExports,
        NodeNameAtCreation,
        new(null, "--console", null, WhenOlder.LeaveOut),
        new(null, "--noconsolelogging", null, WhenOlder.LeaveOut),
        new(null, "--nologo", null, WhenOlder.LeaveOut),
        new(null, "--format=text", null, WhenOlder.LeaveOut),
    ];

    /// <summary>True when a version has that directory: a folder of its name in an older one's home is something else.</summary>
    public static bool HasDirectory(string kind, OctopusVersion version) => kind switch
    {
        OctopusDirectories.Imports => Imports.IsOpenTo(version),
        OctopusDirectories.EventExports => EventExports.IsOpenTo(version),
        _ => true,
    };

    /// <summary>The gates that a command line meets.</summary>
    public static IEnumerable<VersionGate> Of(IReadOnlyList<string> arguments) =>
        All.Where(gate => (gate.Verb is null || gate.Verb == arguments[0]) && (gate.Option is null || arguments.Any(gate.Is)));

    /// <summary>The command line without the options that this version doesn't know.</summary>
    public static IReadOnlyList<string> Fit(IReadOnlyList<string> arguments, OctopusVersion version)
    {
        var left = Of(arguments).Where(gate => gate is { Option: not null, When: WhenOlder.LeaveOut } && !gate.IsOpenTo(version)).ToList();
        return left.Count == 0 ? arguments : [.. arguments.Where(argument => !left.Any(gate => gate.Is(argument)))];
    }

    /// <summary>What this version lacks to understand the command line at all, or null.</summary>
    public static VersionGate? Missing(IReadOnlyList<string> arguments, OctopusVersion version) =>
        Of(arguments).FirstOrDefault(gate => gate.When == WhenOlder.Refuse && !gate.IsOpenTo(version));
}

/// <summary>A command or an option that not every version knows.</summary>
/// <param name="Verb">The command; null = any.</param>
/// <param name="Option">The option, with its value where only that value is meant; null = the command itself.</param>
/// <param name="Since">The first version that knows it; null = nobody says: it is tried, and left out when it is refused.</param>
/// <param name="When">What is done where it isn't known.</param>
public sealed record VersionGate(string? Verb, string? Option, string? Since, WhenOlder When)
{
    /// <summary>True where the version knows it, or where only trying tells.</summary>
    public bool IsOpenTo(OctopusVersion version) => Since is null || version.IsAtLeast(Since);

    /// <summary>True for an argument that is this option.</summary>
    public bool Is(string argument) => Option is not null
        && (argument == Option || (argument.StartsWith(Option, StringComparison.Ordinal) && argument[Option.Length] == '='));

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', new[] { Verb, Option }.Where(each => each is not null));
}

/// <summary>What is done with a command line that a version doesn't know all of.</summary>
public enum WhenOlder
{
    /// <summary>The option is left out: without it the command does the same, or that version has nothing to do there.</summary>
    LeaveOut,

    /// <summary>The command is not given.</summary>
    Refuse,
}
