using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 1: maintenance mode. It locks users out, but tasks that are queued still start: only draining the nodes stops that. Both are
/// rows in the database, so the new server wakes up locked.
/// </summary>
public sealed class EnterMaintenanceMode : MoveStep<MaintenanceModeEntered>
{
    // Written right before a node is drained: what others had drained before stays so when this is taken back.
    internal const string Drains = "drains ";

    /// <inheritdoc/>
    public override StepId Id => new("enter-maintenance-mode");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.EnterMaintenanceMode;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoEnterMaintenanceMode();

    /// <inheritdoc/>
    public override bool AcceptsWhatWasDoneBefore => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "The outage begins: users are locked out, running tasks go on, queued ones wait."),
        .. move.Secrets.IsWithoutApiKey
            ? [new PreviewLine(PreviewKind.Words, ByHandWords.MaintenanceByHand), move.Command(move.OldExe, move.OldExe.Drain)]
            : new PreviewLine[] { new(PreviewKind.Request, OctopusApi.Shown.EnterMaintenanceMode), new(PreviewKind.Request, OctopusApi.Shown.DrainNodes) },
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        // Once the old server is stopped nobody answers any more.
        if (move.Facts.Find<OldServerStopped>() is not null)
            return new StepProbe.CannotTell();

        using var api = await move.OldApiAsync(cancel);
        if (await api.FindIdentityAsync(cancel) is null && move.Journalled.Standing == Journal.JournalStanding.Finished)
            return new StepProbe.CannotTell();
        if (!await api.IsInMaintenanceModeAsync(cancel))
            return new StepProbe.NotDone();

        var nodes = await api.ListNodesAsync(cancel);
        return nodes.All(each => each.IsDraining || each.IsOffline)
            ? new StepProbe.Done(new MaintenanceModeEntered(move.Time.GetUtcNow(), [.. nodes.Where(each => each.IsDraining).Select(each => each.Name)]))
            : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<MaintenanceModeEntered> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        var since = move.Time.GetUtcNow();
        var isLocked = await api.SetMaintenanceModeAsync(true, cancel);
        if (isLocked)
            move.Info(Notes.MaintenanceModeOn);

        var drained = new List<string>();
        foreach (var node in await api.ListNodesAsync(cancel))
        {
            if (!node.IsDraining && !node.IsOffline)
            {
                if (!move.HasMarked(Drains + node.Name))
                    move.Mark(Drains + node.Name);
                await api.SetDrainAsync(node.Id, true, cancel);
            }

            drained.Add(node.Name);
            move.Info(Notes.Drained(node.Name));
        }

        return new MaintenanceModeEntered(since, drained) { DrainOnly = !isLocked };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, MaintenanceModeEntered fact, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        if (!fact.DrainOnly && !await api.IsInMaintenanceModeAsync(cancel))
            throw OctopusFailures.DidNotEnterMaintenanceMode(move.Plan.Old.Url);
        if ((await api.ListNodesAsync(cancel)).Where(each => !each.IsDraining && !each.IsOffline).Select(each => each.Name).ToList() is { Count: > 0 } busy)
            throw ClusterFailures.NotDrained(busy);
    }
}
