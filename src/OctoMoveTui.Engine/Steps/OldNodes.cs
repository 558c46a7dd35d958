using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Which server nodes were the old server's, from what earlier steps found.</summary>
internal static class OldNodes
{
    // The API gives thousandths of a second, the database more.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>The name of the node on the old machine that octomove runs on: its config file has it, else it is the machine's.</summary>
    internal static async Task<string> OwnNameAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Facts.Find<OldServerChecked>()?.OwnNode is { Length: > 0 } known)
            return known;
        var record = (await move.OldExe.ListInstancesAsync(cancel)).FirstOrDefault(each => each.Name == move.Plan.Old.Instance);
        return (record is null ? null : InstanceConfigFile.FindNodeName(record.ConfigFile)) ?? move.Plan.Old.Machine;
    }

    /// <summary>The nodes of other machines that worked when the old server was checked; none in a journal of an earlier version.</summary>
    internal static IReadOnlyList<KnownNode> OthersAtWork(MoveContext move) => move.Facts.Find<OldServerChecked>() is not { } old ? []
        : [.. old.Nodes.Where(each => each.IsOnline && !each.IsCalled(old.OwnNode))];

    /// <summary>The node as it was when the old database was set read-only; null when it wasn't there then.</summary>
    internal static KnownNode? AtTheEnd(MoveContext move, string name) =>
        move.Facts.Find<OldServerStopped>()?.Nodes.FirstOrDefault(each => each.IsCalled(name));

    /// <summary>True when the old server's database has a node of that name.</summary>
    internal static bool IsKnown(MoveContext move, string name) =>
        (move.Facts.Find<OldServerChecked>()?.Nodes ?? []).Any(each => each.IsCalled(name)) || AtTheEnd(move, name) is not null;

    /// <summary>True when it was an old node at work in this move: not a stale row of earlier times.</summary>
    internal static bool WasAtWork(MoveContext move, string name)
    {
        var drained = move.Facts.Find<MaintenanceModeEntered>()?.DrainedNodes.Contains(name, StringComparer.OrdinalIgnoreCase) == true;
        var known = move.Facts.Find<OldServerChecked>()?.Nodes.FirstOrDefault(each => each.IsCalled(name));
        return (known ?? AtTheEnd(move, name))?.IsOnline ?? drained;
    }

    /// <summary>
    /// True when the row in the new database says that the node lives there. A row of the old server came with the backup: its node lives only
    /// if it reported later than the database was set read-only, whatever time it is.
    /// </summary>
    internal static bool Lives(MoveContext move, ServerNode node) => AtTheEnd(move, node.Name)?.LastSeen is { } last
        ? node.LastSeen > last + Rounding
        : !node.IsOffline;
}
