using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The rows of nodes that are gone: they count against the licence. Those of this move's old nodes are removed; others, which were stale
/// before it, when their name is typed. None that lives.
/// </summary>
internal static class StaleNodes
{
    /// <summary>Removes them. Gives the names of those that are gone from the list now, and of those that were left on it.</summary>
    /// <exception cref="MoveFailure">An old node lives: then none is removed.</exception>
    internal static async Task<(IReadOnlyList<string> Removed, IReadOnlyList<string> Left)> RemoveAsync(
        MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var own = (await api.GetIdentityAsync(cancel)).Node;
        var stays = NewNodes.Names(move).Append(own).OfType<string>().ToList();
        var rows = (await api.ListNodesAsync(cancel)).Where(each => !stays.Any(each.Known.IsCalled)).ToList();
        var ours = rows.Where(each => OldNodes.WasAtWork(move, each.Name)).ToList();
        await RefuseLivingAsync(move, ours, cancel);

        var (removed, left) = (new List<string>(), new List<string>());
        foreach (var node in ours)
            await RemoveAsync(node);
        foreach (var node in rows.Except(ours))
        {
            if (OldNodes.Lives(move, node))
                move.Info(ClusterNotes.LeftAlone(node.Name));
            else if (await IsNamedAsync(move, node, cancel))
                await RemoveAsync(node);
            else
                left.Add(node.Name);
        }

        return (removed, left);

        async Task RemoveAsync(ServerNode node)
        {
            if (!await api.RemoveNodeAsync(node.Id, cancel))
            {
                left.Add(node.Name);
                return;
            }

            removed.Add(node.Name);
            move.Info(Notes.NodeRemoved(node.Name));
        }
    }

    private static async Task RefuseLivingAsync(MoveContext move, IReadOnlyList<ServerNode> ours, CancellationToken cancel)
    {
        if (ours.FirstOrDefault(each => OldNodes.Lives(move, each)) is { } reports)
            throw ClusterFailures.OldNodeReports(reports.Name, reports.LastSeen);
        if (move.Plan.Old.Url == move.Plan.New.Url)
            return;
        using var old = await move.OldApiAsync(cancel);
        if (await old.FindNodeAsync(cancel) is { } node && ours.Any(each => each.Known.IsCalled(node)))
            throw OctopusFailures.OldServerAnswers(move.Plan.Old.Url, node);
    }

    private static async Task<bool> IsNamedAsync(MoveContext move, ServerNode node, CancellationToken cancel) =>
        await move.AskAsync(new TypeName(node.Name, ClusterNotes.StaleRow(node.Name, node.LastSeen), Destroys: true) { MaySkip = true }, cancel)
            is Typed typed && node.Known.IsCalled(typed.Text.Trim());
}
