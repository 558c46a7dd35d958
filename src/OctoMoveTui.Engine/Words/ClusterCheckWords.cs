using Humanizer;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>The checks of server nodes, in words.</summary>
internal static class ClusterCheckWords
{
    internal static readonly CheckWords Nodes = new(
        "Server nodes", "one node works on the database", "several do: they will have to be stopped on their own machines", "they have different versions");

    internal static readonly CheckWords Licence = new(
        "Nodes of the licence", "it allows the nodes that there are and will be",
        "the new server has more nodes, or has until the old ones' rows are removed", Unknown: "the licence doesn't say");

    internal static readonly CheckWords NewNodes = new(
        "Nodes of the new server", "with `New:NodeName` or `New:FurtherNodes` only: a new name, and directories that all nodes reach",
        "the name is an old node's, or a directory looks like one machine's own");

    /// <summary>In the order in which they are made.</summary>
    internal static IReadOnlyList<(string Id, CheckWords Words, Side Side)> All { get; } =
        [("C1", Nodes, Side.Old), ("C2", Licence, Side.Old), ("C3", NewNodes, Side.New)];

    internal const string OneVersion = "Bring all nodes to one version before the move.";

    internal static string OneNode(IReadOnlyList<KnownNode> nodes) =>
        nodes.Count == 0 ? "The database has no list of nodes." : nodes.Count == 1 ? $"One node: {Told(nodes[0])}." : $"One node works: {List(nodes)}.";

    internal static string ACluster(IReadOnlyList<KnownNode> nodes) => $"A cluster of {nodes.Count(each => each.IsOnline)} nodes: {List(nodes)}.";

    internal static string DifferentVersions(IReadOnlyList<KnownNode> nodes) => $"The nodes run different versions: {List(nodes)}.";

    internal static IReadOnlyList<string> ToBeStopped(string own, IReadOnlyList<string> others) =>
    [
        $"octomove drains all of them and stops {own} itself. When the step stop-old-server asks for it, somebody has to stop "
            + $"{others.Listed()}: see to it that an administrator of {(others.Count == 1 ? "that machine" : "those machines")} is at hand then.",
        "The plan shows the commands.",
    ];

    internal static CheckResult Licensed(long? limit, IReadOnlyList<string> planned, IReadOnlyList<string> old)
    {
        if (limit is not { } allowed)
            return CheckResult.Unknown("How many nodes the licence allows can't be told.", "Look into Configuration > License.");
        var stays = old.Except(planned, StringComparer.OrdinalIgnoreCase).ToList();
        var total = planned.Count + stays.Count;
        if (planned.Count > allowed)
        {
            return CheckResult.Warn(
                $"The licence allows {"node".ToQuantity(allowed)}; the new server is planned with {planned.Count}: {planned.Listed()}.",
                TooMany(allowed, planned.Count), "Plan fewer nodes, or get a licence for more first.");
        }

        return total > allowed
            ? CheckResult.Warn(
                $"The licence allows {"node".ToQuantity(allowed)}. Until retire-old-server removes the old rows there are {total}: {planned.Concat(stays).Listed()}.",
                TooMany(allowed, total), "Run retire-old-server right after leave-maintenance-mode, or give a new node an old one's name (New:NodeName).")
            : CheckResult.Pass($"The licence allows {"node".ToQuantity(allowed)}; during the move there are {total} at most.");
    }

    internal const string ShareThem = "Put the directories on a share, or a disk that all nodes have at that path (Octopus.Server path --clusterShared), before the further nodes join.";

    internal static string NotOnAShare(IReadOnlyList<DirectoryPlan> directories, IReadOnlyList<string> nodes) =>
        $"{directories.Select(each => each.Kind).Listed()} {(directories.Count == 1 ? "looks" : "look")} like {"directory".ToQuantity(directories.Count, ShowQuantityAs.None)} of one machine "
        + $"({directories[0].To}); {nodes.Listed()} would not see what is in there.";

    internal static string NewNodesFit(IReadOnlyList<string> nodes) => $"{nodes.Listed()}; all directories are on shares.";

    // The sentence is Octopus's own, for who meets it on its screens (issue 4898 of OctopusDeploy/Issues).
    internal static string TooMany(long limit, long nodes) =>
        $"Octopus then says \"Your Octopus Deploy license only allows {limit} active nodes. You currently have {nodes} active nodes.\", and refuses to create and deploy "
        + "releases.";

    private static string List(IReadOnlyList<KnownNode> nodes) => string.Join("; ", nodes.Select(Told));

    private static string Told(KnownNode node) => string.Join(", ",
    [
        node.Name, node.IsOnline ? "online" : "offline",
        .. node.LastSeen is { } seen ? (string[])[$"last seen {seen.ToLocalTime():yyyy-MM-dd HH:mm:ss}"] : [],
        .. node.Version.Length > 0 ? (string[])[$"version {node.Version}"] : [],
        .. node.TaskCap is { } cap ? (string[])[$"{"task".ToQuantity(cap)} at a time"] : [],
        .. node.IsDraining ? (string[])["draining"] : [],
    ]);
}
