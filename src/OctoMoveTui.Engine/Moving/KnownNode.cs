namespace OctoMoveTui.Engine.Moving;

/// <summary>A server node as one of the two databases has it.</summary>
/// <param name="Name">Its name: that of its machine, unless it was given another.</param>
/// <param name="LastSeen">When it last reported, or null when that can't be told.</param>
/// <param name="IsOnline">It reports, or seems to: what can't be told counts as online.</param>
/// <param name="IsDraining">It takes no new tasks.</param>
public sealed record KnownNode(string Name, DateTimeOffset? LastSeen, bool IsOnline, bool IsDraining)
{
    /// <summary>Its version of Octopus Server; empty when only the database was asked.</summary>
    public string Version { get; init; } = "";

    /// <summary>How many tasks it runs at the same time, or null when that can't be told.</summary>
    public long? TaskCap { get; init; }

    /// <summary>True when that is its name, whatever the case: Windows and SQL Server don't mind it either.</summary>
    public bool IsCalled(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
