using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The process of the old server: gone by the service manager's word, and gone from the list of processes.</summary>
internal static class OldProcess
{
    /// <summary>How the processes are listed, for previews.</summary>
    internal static string Shown(MoveContext move) => move.OldProcesses.IsTasklist
        ? move.Command(move.OldProcesses.How, ProcessList.List).Text : $"{move.OldProcesses.How}/*/cmdline";

    /// <summary>Waits until the service is stopped and its process is gone, and notices when something starts it again.</summary>
    /// <param name="move">The move.</param>
    /// <param name="before">The process that the service had; 0 or less when it had none, or sc didn't say.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="MoveFailure">It doesn't stop in time, or was started again.</exception>
    internal static async Task WaitUntilGoneAsync(MoveContext move, int before, CancellationToken cancel)
    {
        var began = move.Time.GetTimestamp();
        while (true)
        {
            var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
            if (standing is { IsRunning: true, ProcessId: > 0 } && before > 0 && standing.ProcessId != before)
                throw StopFailures.StartedAgain(move.OldService.Service, standing.ProcessId);
            if (standing.IsStopped && await IsGoneAsync(move, before, cancel))
                return;
            if (move.Time.GetElapsedTime(began) > move.Timing.ServiceStop)
                throw StopFailures.DidNotStop(move.OldService.Service, move.Timing.ServiceStop, before > 0 ? before : standing.ProcessId);
            await move.PauseAsync(cancel);
        }
    }

    /// <summary>Proves by the list of processes that no server of the old instance runs.</summary>
    /// <exception cref="MoveFailure">One does.</exception>
    internal static async Task ProveGoneAsync(MoveContext move, int before, CancellationToken cancel)
    {
        var (service, instance) = (move.OldService.Service, move.Plan.Old.Instance);
        if (await move.OldProcesses.FindAsync(cancel) is not { } processes)
        {
            move.Warn(StopNotes.ProcessesUnseen(move.OldProcesses.How));
            return;
        }

        if (processes.FirstOrDefault(each => each.Runs(service, instance)) is { } running)
            throw StopFailures.StartedAgain(service, running.Id);
        move.Proof(StopNotes.ProcessGone(before, move.OldProcesses.How));

        // A server run by hand has no service, and tasklist tells no instance: whether it is ours only its sessions would show.
        var strays = processes.Where(each => !each.IsOfSomeService && each.Instance is null).Select(each => each.Id).ToList();
        if (strays.Count > 0)
            move.Warn(StopNotes.Strays(strays));
    }

    private static async Task<bool> IsGoneAsync(MoveContext move, int before, CancellationToken cancel)
    {
        if (await move.OldProcesses.FindAsync(cancel) is not { } processes)
            return true;
        if (processes.FirstOrDefault(each => each.Id != before && each.Runs(move.OldService.Service, move.Plan.Old.Instance)) is { } other)
            throw StopFailures.StartedAgain(move.OldService.Service, other.Id);
        return before <= 0 || processes.All(each => each.Id != before);
    }
}
