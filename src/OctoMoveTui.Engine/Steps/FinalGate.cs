using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What must be true when users come in: no node that is to work is left drained, and maintenance mode is off, asked and not believed.</summary>
internal static class FinalGate
{
    /// <summary>Nodes that take no tasks, without those of the old server, which is down and keeps its flag until it is retired.</summary>
    internal static async Task<IReadOnlyList<ServerNode>> FindDrainedAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var own = (await api.GetIdentityAsync(cancel)).Node;
        var oldNodes = move.Facts.Find<MaintenanceModeEntered>()?.DrainedNodes ?? [];
        return [.. (await api.ListNodesAsync(cancel)).Where(each => each.IsDraining && (each.Name == own || !oldNodes.Contains(each.Name) || OldNodes.Lives(move, each)))];
    }

    /// <summary>Asked before maintenance mode ends, while everything can still be taken back: tasks on a drained server wait for ever.</summary>
    /// <exception cref="MoveFailure">A node that is there takes no tasks.</exception>
    internal static async Task ProveNobodyIsDrainedAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var drained = await FindDrainedAsync(move, api, cancel);
        foreach (var node in drained.Where(each => each.IsOffline))
            move.Warn(ProofWords.DrainedOffline(node.Name));
        if (drained.Where(each => !each.IsOffline).Select(each => each.Name).ToList() is { Count: > 0 } names)
            throw ProofFailures.LeftDrained(move.Plan.New.Url, names);
        move.Proof(ProofWords.NobodyDrained);
    }

    /// <summary>Asked when it is over.</summary>
    /// <exception cref="MoveFailure">Users can't work, or nothing that they start runs.</exception>
    internal static async Task ProveOpenAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        if (await api.IsInMaintenanceModeAsync(cancel))
            throw OctopusFailures.StillInMaintenanceMode(move.Plan.New.Url);
        await ProveNobodyIsDrainedAsync(move, api, cancel);
        if (await api.FindHealthAsync(cancel) is { IsNormal: false } health)
            move.Warn(ProofWords.NotNormalAfterwards(health));
    }
}
