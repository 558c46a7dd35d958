using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The end of the outage by the way back: the nodes take tasks again, and users are let in. Nothing that ran on the new server runs twice.</summary>
internal sealed class UndoEnterMaintenanceMode : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.LetsUsersIn),
        .. move.Secrets.IsWithoutApiKey
            ? [move.Command(move.OldExe, move.OldExe.Undrain), new PreviewLine(PreviewKind.Words, ByHandWords.UnlockByHand)]
            : new PreviewLine[] { new(PreviewKind.Request, OctopusApi.Shown.UndrainNodes), new(PreviewKind.Request, OctopusApi.Shown.LeaveMaintenanceMode) },
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        await NewNodeRow.RemoveAsync(move, api, cancel);
        await RanMeanwhile.CancelAsync(move, api, cancel);
        var drained = (await api.ListNodesAsync(cancel)).Where(each => each.IsDraining && IsOurs(move, each)).ToList();
        if (drained.Count > 0)
            await WakingUp.TellAsync(move, api, cancel);
        foreach (var node in drained)
        {
            await api.SetDrainAsync(node.Id, false, cancel);
            move.Info(Notes.Undrained(node.Name));
        }

        if (await api.IsInMaintenanceModeAsync(cancel))
            await api.SetMaintenanceModeAsync(false, cancel);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        if (await api.IsInMaintenanceModeAsync(cancel))
            throw OctopusFailures.StillInMaintenanceMode(move.Plan.Old.Url);
        var nodes = await api.ListNodesAsync(cancel);
        if (nodes.Where(each => each.IsDraining && !each.IsOffline && IsOurs(move, each)).Select(each => each.Name).ToList() is { Count: > 0 } names)
            throw ProofFailures.LeftDrained(move.Plan.Old.Url, names);
        foreach (var node in nodes.Where(each => each.IsDraining && !IsOurs(move, each)))
            move.Warn(UndoNotes.WasDrainedBefore(node.Name));
        if (!await OldFence.IsWritableAsync(move, cancel))
            throw UndoFailures.NotWritable(move.Plan.Old.Database);
        move.Proof(UndoNotes.UsersAreIn(move.Plan.Old.Url));
    }

    // What somebody had drained before the move for a reason of their own stays so. Where nothing was marked, by an earlier version or because all of it
    // was drained by hand for this move, all nodes get their tasks back.
    private static bool IsOurs(MoveContext move, ServerNode node) =>
        move.Journalled.Marks.All(each => !each.StartsWith(EnterMaintenanceMode.Drains, StringComparison.Ordinal)) || move.HasMarked(EnterMaintenanceMode.Drains + node.Name);
}
