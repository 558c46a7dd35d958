using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Before a node takes tasks again: what was due during the outage fires at once. It is told while the node is still drained.</summary>
internal static class WakingUp
{
    internal static async Task TellAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        if (!api.HasKey)
        {
            move.Warn(WakeUpWords.WakesUpUnknown(ByHandWords.NoApiKey));
            return;
        }

        try
        {
            var found = await api.FindWakeUpAsync(cancel);
            move.Warn(WakeUpWords.WakesUp(found, move.Facts.Find<MaintenanceModeEntered>() is { } entered ? move.Time.GetUtcNow() - entered.Since : null));
            if (found.CleanUps.Count > 0)
                move.Warn(WakeUpWords.CleanUpNow(found.CleanUps));
        }
        catch (MoveFailure failure)
        {
            move.Warn(WakeUpWords.WakesUpUnknown(failure.Report.What));
        }
    }
}
