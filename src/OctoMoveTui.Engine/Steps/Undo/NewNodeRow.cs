using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Where the database stays, the new server left its node there: an offline node that counts for the licence and alarms people.</summary>
internal static class NewNodeRow
{
    internal static async Task RemoveAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        if (move.Plan.Shape.BringsDatabase() || move.Plan.Shape.KeepsInstance())
            return;
        var known = (move.Facts.Find<OldServerChecked>()?.Nodes ?? []).Select(each => each.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (known.Count == 0)
            return;
        var own = (await api.GetIdentityAsync(cancel)).Node;
        // Whatever the old server did not have when it was checked, and is not itself, came with the new one, which is proven down by now.
        foreach (var node in await api.ListNodesAsync(cancel))
        {
            if (!known.Contains(node.Name) && !string.Equals(node.Name, own, StringComparison.OrdinalIgnoreCase) && await api.RemoveNodeAsync(node.Id, cancel))
                move.Info(UndoNotes.NodeRowRemoved(node.Name));
        }
    }
}
