using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The new server goes down first of all, and is kept from starting again: disabled before stopped.</summary>
internal sealed class UndoStartNewServer : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.StopsNewServer),
        move.Command(move.Plan.New.Sc, move.NewService.Disable),
        move.Command(move.NewExe, move.NewExe.StopService),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        await NewServiceStop.StopAsync(move, cancel);

        // Only now: until it had stopped it could begin another one.
        await RanMeanwhile.RememberAsync(move, cancel);
    }

    public override Task ProveAsync(MoveContext move, CancellationToken cancel) => NewServerDown.ProveAsync(move, cancel);
}

/// <summary>Where Octopus Server stays: its service is stopped and disabled again, so that it can be put back to its old database or places.</summary>
internal sealed class UndoStartServerAgain : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.StopsServerAgain),
        .. StopMarks.Watchdogs(move).Select(each => move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Disable(each))),
        move.Command(move.Plan.New.Sc, move.NewService.Disable),
        move.Command(move.NewExe, move.NewExe.StopService),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        // First, for the same reason as on the way there: else it starts the server again while we look.
        foreach (var task in StopMarks.Watchdogs(move))
            await move.OldWatchdogs.DisableAsync(task, cancel);
        await NewServiceStop.StopAsync(move, cancel);
        await RanMeanwhile.RememberAsync(move, cancel);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        if (await move.NewService.QueryAsync(cancel) is { } standing && (!standing.IsStopped || !standing.IsDisabled))
            throw UndoFailures.NewServerNotDown(move.NewService.Service, !standing.IsStopped);
    }
}

/// <summary>Disables the service on the new side, stops it, and waits until it has stopped.</summary>
internal static class NewServiceStop
{
    internal static async Task StopAsync(MoveContext move, CancellationToken cancel)
    {
        var service = move.NewService;
        if (await service.QueryAsync(cancel) is not { } standing)
            return;
        await service.RunAsync(service.Disable, cancel);
        if (!standing.IsStopped)
            await move.NewExe.RunAsync(move.NewExe.StopService, cancel);
        for (var began = move.Time.GetTimestamp(); await service.QueryAsync(cancel) is { IsStopped: false }; await move.PauseAsync(cancel))
        {
            if (move.Time.GetElapsedTime(began) > move.Timing.ServiceStop)
                throw UndoFailures.NewServerNotDown(service.Service, isRunning: true);
        }

        move.Proof(UndoNotes.NewServiceStopped(service.Service));
    }
}
