using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Only ever of a step that was cut short: once it is finished there is no way back. Whether users were let in is asked of the new server, or of its
/// database where that doesn't answer.
/// </summary>
internal sealed class UndoLeaveMaintenanceMode : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
        [new(PreviewKind.Words, UndoWords.LooksWhetherUsersAreIn), new(PreviewKind.Request, $"GET {move.Plan.New.Url}/api/maintenanceconfiguration")];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (!await IsLockedAsync(move, cancel))
            throw await PastReturn.RefuseAsync(move, null, cancel);
        move.Proof(UndoNotes.NobodyWasLetIn(move.Plan.New.Url));
    }

    private static async Task<bool> IsLockedAsync(MoveContext move, CancellationToken cancel)
    {
        try
        {
            using var api = await move.NewApiAsync(cancel);
            return await UserLock.HoldsAsync(move, api, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            using var database = new KeylessOctopus(move, Side.New);
            return await UserLock.HoldsAsync(move, database, cancel);
        }
    }
}
