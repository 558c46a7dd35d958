using Humanizer;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong with server nodes on more than one machine, in words.</summary>
internal static class ClusterFailures
{
    internal static MoveFailure NotDrained(IReadOnlyList<string> nodes) => new(new(
        FailureCause.OctopusApi, $"{nodes.Listed()} {(nodes.Count == 1 ? "does" : "do")} not drain.", "Somebody let it take tasks again, or it joined just now.",
        ["Drain it in Configuration > Nodes, then try again: what it starts now would be lost."]));

    internal static MoveFailure StillThere(IReadOnlyList<string> nodes, TimeSpan waited) => new(new(
        FailureCause.Service, $"{nodes.Listed()} still {(nodes.Count == 1 ? "works" : "work")} on the old database after {waited.Humanize(culture: System.Globalization.CultureInfo.InvariantCulture)}.",
        "Nobody stopped it there, or something started it again: a watchdog, or the start type.",
        ["Run the commands of other-nodes.txt (in the move folder) on that machine.",
         "Then try again. Nothing is lost: the old database has not been set read-only, and tasks wait."]));

    internal static MoveFailure CannotSee(string node) => new(new(
        FailureCause.SqlRight, $"It can't be told whether the node {node} has stopped.",
        "This version keeps no time at which a node was last seen where octomove looks, and this login sees its own sessions only.",
        ["GRANT VIEW SERVER STATE to the login on the old SQL Server, then try again.",
         $"If {node} is no machine of this server any more: delete its row in Configuration > Nodes before the move."]));

    internal static MoveFailure DidNotJoin(IReadOnlyList<NodeSeen> nodes, TimeSpan waited) => new(new(
        FailureCause.Service, $"After {waited.Humanize(culture: System.Globalization.CultureInfo.InvariantCulture)} not all nodes have joined: {string.Join("; ", nodes.Select(each => $"{each.Name}: {each.Note}"))}.",
        "Nobody set it up, its service stopped right after its start, or it can't reach the database or the directories.",
        ["Read the server log there (Logs/OctopusServer.txt in the home directory).", "Then try again: octomove waits on.",
         "Or stop, start octomove again and leave this step out: the first node works alone, and what remains is listed at the end."]));

    internal static MoveFailure OldNodeReports(string node, DateTimeOffset? lastSeen) => new(new(
        FailureCause.ChangedBehindOurBack,
        $"The old node {node} works on the new database: it reported there{(lastSeen is { } at ? $" at {at.ToLocalTime():HH:mm:ss}" : "")}.",
        "Somebody attached it to the new database, or a new server was given its name without the plan saying so. No node was removed.",
        [$"If {node} is meant to be a node of the new server: its row has to stay. Remove the other old rows in Configuration > Nodes; the move is finished but for that.",
         $"If it is not: stop and disable its service, then try again."]));

    internal static MoveFailure CameBack(string node, string database) => new(new(
        FailureCause.ChangedBehindOurBack, $"The old node {node} is connected to the old database {database} again.",
        "Somebody started it, or a watchdog did. Two live servers on one identity both deploy.",
        [$"Stop and disable the service on {node}, turn its watchdog off, and find out who started it.",
         "The database was read-only meanwhile, so nothing was written there: then try again."]));
}
