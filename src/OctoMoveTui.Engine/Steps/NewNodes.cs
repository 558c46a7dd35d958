using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The server nodes of the new server: what they are called, and that they take tasks in the end.</summary>
internal static class NewNodes
{
    /// <summary>All that are planned, the one that this move creates first.</summary>
    internal static IReadOnlyList<string> Names(MoveContext move) => [FirstName(move), .. move.Plan.New.FurtherNodes];

    /// <summary>The node that this move creates: as planned, else called like its machine.</summary>
    internal static string FirstName(MoveContext move) => GivenName(move) ?? move.Plan.New.Machine;

    /// <summary>The name that the plan gives to the node that this move creates; null when it is called like its machine.</summary>
    internal static string? GivenName(MoveContext move) => move.Plan.New.NodeName.Length > 0 ? move.Plan.New.NodeName : null;

    /// <summary>What a given name means, before the instance is created.</summary>
    internal static IEnumerable<PreviewLine> Preview(MoveContext move)
    {
        if (GivenName(move) is { } name)
            yield return new PreviewLine(PreviewKind.Words, ClusterNotes.Named(name, OldNodes.IsKnown(move, name)));
    }

    /// <summary>Names the node where <c>create-instance</c> could not: its database has to be attached already.</summary>
    internal static async Task NameLaterAsync(MoveContext move, CancellationToken cancel)
    {
        if (GivenName(move) is { } name && !await move.NewExe.HasAsync(VersionGates.NodeNameAtCreation, cancel))
            await move.NewExe.RunAsync(move.NewExe.SetNodeName(name), cancel);
    }

    /// <summary>Whether the plan's words about nodes will do.</summary>
    internal static async Task CheckAsync(MoveContext move, CheckRun checks, CancellationToken cancel)
    {
        if (GivenName(move) is null && move.Plan.New.FurtherNodes.Count == 0)
            return;
        var asks = string.Join('\n', Names(move).Concat(move.Plan.Directories.Select(each => each.To)));
        await checks.MakeAsync("C3", ClusterCheckWords.NewNodes, asks, () =>
        {
            var ownDisks = move.Plan.New.FurtherNodes.Count == 0 ? [] : move.Plan.Directories.Where(each => !DirectoryPlan.IsShare(each.To)).ToList();
            return Task.FromResult(
                ownDisks.Count > 0 ? CheckResult.Warn(ClusterCheckWords.NotOnAShare(ownDisks, move.Plan.New.FurtherNodes), ClusterCheckWords.ShareThem)
                : GivenName(move) is { } name && OldNodes.IsKnown(move, name) ? CheckResult.Warn(ClusterNotes.Named(name, isOld: true))
                : CheckResult.Pass(ClusterCheckWords.NewNodesFit(Names(move))));
        }, cancel);
    }

    /// <summary>The sentence of Octopus about too many nodes, said before somebody meets it; that it can't be found out stops nothing.</summary>
    internal static async Task TellLicenceAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        try
        {
            if (await api.FindNodeLimitAsync(cancel) is { Limit: { } limit } found && found.Used > limit)
                move.Warn(ClusterNotes.OverTheLimit(limit, found.Used));
        }
        catch (MoveFailure)
        {
            // Not every version has that answer.
        }
    }

    /// <summary>Lets every node of the new server that is there take tasks: not only the one that answers.</summary>
    internal static async Task UndrainAllAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var own = (await api.GetIdentityAsync(cancel)).Node;
        foreach (var node in (await FinalGate.FindDrainedAsync(move, api, cancel)).Where(each => !each.IsOffline || each.Name == own))
        {
            await api.SetDrainAsync(node.Id, false, cancel);
            move.Info(Notes.Undrained(node.Name));
        }
    }
}
