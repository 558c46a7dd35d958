using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The old server wakes up: only when the new one is proven down. Database writable, start type as it was, service started, watchdogs on; it stays
/// in maintenance mode and drained until the step before this one is undone.
/// </summary>
internal sealed class UndoStopOldServer : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.WakesOldServer),
        .. move.Plan.Shape.FencesDatabase() ? [new PreviewLine(PreviewKind.Sql, OldFence.Shown("set-read-write", move))] : Array.Empty<PreviewLine>(),
        .. OldSettings.Preview(move),
        move.Command(move.Plan.Old.Sc, move.OldService.SetStartType(StopMarks.StartType(move))),
        move.Command(move.OldExe, move.OldExe.StartService),
        new(PreviewKind.Request, $"GET {move.Plan.Old.Url}/api"),
        .. StopMarks.Watchdogs(move).Select(each => move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Enable(each))),
        .. OldNodes.OthersAtWork(move).Select(each => new PreviewLine(PreviewKind.Words, UndoWords.StartOtherNode(each.Name))),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        await NewServerDown.ProveAsync(move, cancel);
        if (move.Plan.Shape.FencesDatabase())
            await OldFence.LiftAsync(move, cancel);
        await OldSettings.PutBackAsync(move, cancel);
        WrittenMeanwhile.PutBack(move);

        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        if (standing.IsDisabled)
            await move.OldService.RunAsync(move.OldService.SetStartType(StopMarks.StartType(move)), cancel);
        if (!standing.IsRunning)
            await move.OldExe.RunAsync(move.OldExe.StartService, cancel);
        await WaitForAnswerAsync(move, cancel);

        // The watchdogs last: what they look after runs by now.
        foreach (var task in StopMarks.Watchdogs(move))
        {
            await move.OldWatchdogs.EnableAsync(task, cancel);
            move.Info(ShapeNotes.WatchdogOn(task));
        }

        TellOtherNodes(move);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        if (!standing.IsRunning || standing.IsDisabled)
            throw UndoFailures.DoesNotRun(move.OldService.Service, standing.StartTypeWord);
        using var api = await move.OldApiAsync(cancel);
        var identity = await api.FindIdentityAsync(cancel) ?? throw UndoFailures.DoesNotAnswer(move.Plan.Old.Url, move.Timing.ServerStart);
        if (move.Facts.Find<OldServerChecked>() is { InstallationId.Length: > 0 } old && identity.InstallationId != old.InstallationId)
            throw OctopusFailures.Differs("The installation id", old.InstallationId, identity.InstallationId);
        if (!await OldFence.IsWritableAsync(move, cancel))
            throw UndoFailures.NotWritable(move.Plan.Old.Database);
        move.Proof(UndoNotes.OldServerAnswers(move.Plan.Old.Url, identity.Version, move.Plan.Old.Database));
    }

    private static async Task WaitForAnswerAsync(MoveContext move, CancellationToken cancel)
    {
        var meter = move.Meter(UndoNotes.WaitingForOldServer, ProgressUnit.Items);
        using var api = await move.OldApiAsync(cancel);
        for (var began = move.Time.GetTimestamp(); await api.FindIdentityAsync(cancel) is null; await move.PauseAsync(cancel))
        {
            if (move.Time.GetElapsedTime(began) > move.Timing.ServerStart)
                throw UndoFailures.DoesNotAnswer(move.Plan.Old.Url, move.Timing.ServerStart);
            meter.Report(0, null, move.Plan.Old.Url);
        }
    }

    // octomove can't reach their machines. They joined the wait when the server was stopped; nothing waits for them now.
    private static void TellOtherNodes(MoveContext move)
    {
        var others = OldNodes.OthersAtWork(move);
        if (others.Count == 0)
            return;
        IReadOnlyList<string> commands =
        [
            move.Command(move.Plan.Old.Sc, move.OldService.Enable).Text,
            move.Command(move.OldExe, move.OldExe.StartService).Text,
            move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Enable(OtherNodes.UsualWatchdog)).Text,
        ];
        foreach (var node in others)
            move.Warn(UndoNotes.StartThere(node.Name, commands));
        OtherMachines.Write(move, [.. others.Select(each => (each.Name, commands))]);
    }
}
