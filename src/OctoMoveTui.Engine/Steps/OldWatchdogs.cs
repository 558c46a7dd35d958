using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The watchdogs that would start the old server again: off before it is stopped.</summary>
internal static class OldWatchdogs
{
    /// <summary>Turns off all that look after the old instance. One that can't be seen or turned off is a warning: a disabled service defeats it.</summary>
    /// <returns>Those that were on, and are off now.</returns>
    internal static async Task<IReadOnlyList<string>> TurnOffAsync(MoveContext move, CancellationToken cancel)
    {
        if (await move.OldWatchdogs.FindEnabledAsync(move.Plan.Old.Instance, cancel) is not { } found)
        {
            move.Warn(StopNotes.WatchdogsUnseen(move.OldService.Service));
            return [];
        }

        var off = new List<string>();
        foreach (var task in found)
        {
            try
            {
                StopMarks.KeepWatchdog(move, task);
                await move.OldWatchdogs.DisableAsync(task, cancel);
                off.Add(task);
                move.Info(Notes.WatchdogOff(task));
            }
            catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.Service)
            {
                move.Warn(StopNotes.WatchdogStaysOn(task, move.OldService.Service, failure.Report.Raw ?? ""));
            }
        }

        return off;
    }
}
