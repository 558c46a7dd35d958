using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The point of no return: users begin to work on the new server, and the two databases diverge. Taken by typing a name.</summary>
public sealed class LeaveMaintenanceMode : MoveStep<MaintenanceModeLeft>
{
    /// <inheritdoc/>
    public override StepId Id => new("leave-maintenance-mode");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.LeaveMaintenanceMode;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.PointOfNoReturn;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoLeaveMaintenanceMode();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Ends the outage. Until here everything can be taken back; from here on it can't. Asks the server afterwards whether maintenance "
            + "mode is off and no node is left drained."),
        .. (move.Facts.Find<NewServerVerified>()?.Proofs ?? []).Where(each => each.Standing == ProofStanding.Told)
            .Select(each => new PreviewLine(PreviewKind.Words, ProofWords.ToldBefore(each))),
        .. move.Secrets.IsWithoutApiKey
            ? [move.Command(move.NewExe, move.NewExe.Undrain), new PreviewLine(PreviewKind.Words, ByHandWords.UnlockByHand)]
            : new PreviewLine[] { new(PreviewKind.Request, OctopusApi.Shown.UndrainNodes), new(PreviewKind.Request, OctopusApi.Shown.LeaveMaintenanceMode) },
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        if (await UserLock.HoldsAsync(move, api, cancel))
        {
            // Once users work there, an administrator may well have locked them out again for a reason of their own.
            return move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone();
        }

        return new StepProbe.Done(new MaintenanceModeLeft(move.Time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public override async Task<MaintenanceModeLeft> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StartNewServer.ProveOldServerDownAsync(move, cancel);
        using var api = await move.NewApiAsync(cancel);
        await WakingUp.TellAsync(move, api, cancel);
        await ReindexAfterwards.TellAsync(move, api, cancel);
        await move.AskNameAsync(move.Plan.New.Instance, ShapeNotes.PointOfNoReturn(move.Plan), destroys: false, cancel);

        // Typing it takes its time, and this is the last moment.
        await Drift.AskAsync(move, Id, cancel);
        await NewNodes.UndrainAllAsync(move, api, cancel);
        await FinalGate.ProveNobodyIsDrainedAsync(move, api, cancel);
        await api.SetMaintenanceModeAsync(false, cancel);
        return new MaintenanceModeLeft(move.Time.GetUtcNow());
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, MaintenanceModeLeft fact, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        await FinalGate.ProveOpenAsync(move, api, cancel);
        move.Info(Notes.MaintenanceModeOff);
        OctopusReceiptWriting.Write(move, left: fact);
    }
}
