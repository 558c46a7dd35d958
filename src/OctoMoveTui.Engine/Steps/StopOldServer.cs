using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 1: stop the old server, and see that it stays so: watchdog off, service stopped and disabled, process gone, nobody connected,
/// database read-only. Two live servers on one identity is the failure that must not happen.
/// </summary>
public sealed class StopOldServer : MoveStep<OldServerStopped>
{
    // Once users may have written to the old database after the backup, no fence put up again makes that backup whole.
    private const string WasWritable = "writable-again";

    /// <inheritdoc/>
    public override StepId Id => new("stop-old-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.StopOldServer;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoStopOldServer();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, move.Plan.Shape.FencesDatabase() ? ShapeNotes.StopAndFence : ShapeNotes.StopOnly),
        move.Command(move.Plan.Old.Schtasks, WatchdogTasks.Disable("Octopus Watchdog …")),
        move.Command(move.Plan.Old.Sc, move.OldService.Disable),
        move.Command(move.OldExe, move.OldExe.StopService),
        new(PreviewKind.Command, OldProcess.Shown(move)),
        .. OtherNodes.Preview(move),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text(
            "find-sessions"), ("@db", move.Plan.Old.Database), ("@program", SqlServer.ProgramName))),
        .. move.Plan.Shape.FencesDatabase() ? [new PreviewLine(PreviewKind.Sql, OldFence.Shown("set-read-only", move))] : Array.Empty<PreviewLine>(),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (OldServerDown.MayRun(move))
        {
            await ProveDownAsync(move, cancel);
            return new StepProbe.CannotTell();
        }

        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        var isFenced = await IsFencedAsync(move, cancel);
        if (move.Journalled.Standing == Journal.JournalStanding.Finished)
            RefuseResurrection(move, standing, isFenced);
        if (standing is { IsStopped: true, IsDisabled: true } && isFenced)
        {
            // What the start type was before is known only to a fact that was written; automatic is the default of an Octopus service.
            return new StepProbe.Done(move.Facts.Find<OldServerStopped>() ?? new OldServerStopped(move.OldService.Service, StopMarks.StartType(move), StopMarks.Watchdogs(move)));
        }

        return standing.IsStopped || (isFenced && move.Plan.Shape.FencesDatabase())
            ? new StepProbe.HalfDone($"{move.OldService.Service}: {(standing.IsStopped ? "stopped" : "running")}, "
                + $"start type {standing.StartTypeWord}; database {(isFenced && move.Plan.Shape.FencesDatabase() ? "read-only" : "writable")}.")
            : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<OldServerStopped> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
        if (!standing.IsStopped)
            await WaitForTasks.ProveQuietAsync(move, cancel);

        // The watchdog first, else it starts the server again while we look.
        var watchdogs = await OldWatchdogs.TurnOffAsync(move, cancel);

        if (!standing.IsDisabled)
            StopMarks.KeepStartType(move, standing.StartTypeWord);

        // Disabled before stopped: what Windows or a colleague might start in between then can't.
        await move.OldService.RunAsync(move.OldService.Disable, cancel);
        if (!standing.IsStopped)
            await move.OldExe.RunAsync(move.OldExe.StopService, cancel);
        await OldProcess.WaitUntilGoneAsync(move, standing.ProcessId, cancel);
        move.Proof(Notes.ServiceStopped(move.OldService.Service));

        var nodes = await OtherNodes.WaitUntilGoneAsync(move, cancel);
        if (await WaitUntilNobodyIsConnectedAsync(move, cancel))
            move.Proof(Notes.NobodyElse);
        else
            move.Warn(Notes.NobodyElseAsFarAsSeen);

        if (move.Plan.Shape.FencesDatabase())
            await OldFence.PutUpAsync(move, cancel);

        var before = move.Facts.Find<OldServerStopped>();
        return new OldServerStopped(
            move.OldService.Service, StopMarks.StartType(move), before?.WatchdogsDisabled.Union(watchdogs).ToList() ?? watchdogs)
        {
            Nodes = nodes,
            Process = standing.ProcessId > 0 ? standing.ProcessId : before?.Process,
        };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, OldServerStopped fact, CancellationToken cancel)
    {
        await ProveDownAsync(move, cancel);
        await OldProcess.ProveGoneAsync(move, fact.Process ?? 0, cancel);
    }

    private static void RefuseResurrection(MoveContext move, ServiceStanding standing, bool isFenced)
    {
        if (!isFenced && !move.HasMarked(WasWritable))
            move.Mark(WasWritable);
        if (move.HasMarked(WasWritable))
            throw OctopusFailures.OldDatabaseWritable(move.Plan.Old.Database);
        if (!standing.IsStopped || !standing.IsDisabled)
            throw OctopusFailures.Resurrected(move.OldService.Service);
    }

    /// <summary>Asked again before everything that relies on it: the old server is down, stays down, and its database is read-only.</summary>
    internal static async Task ProveDownAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.Plan.Shape.StopsOldServer())
            return;
        if (!OldServerDown.MayRun(move))
        {
            var standing = await move.OldService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.OldService.Service);
            if (!standing.IsStopped || !standing.IsDisabled)
                throw OctopusFailures.Resurrected(move.OldService.Service);
        }

        if (!await IsFencedAsync(move, cancel))
            throw OctopusFailures.OldDatabaseWritable(move.Plan.Old.Database);
        await OtherNodes.ProveGoneAsync(move, cancel);
    }

    /// <summary>The old database is read-only, and has been ever since: one that was writable in between is remembered, for no fence put up again makes the backup whole.</summary>
    /// <exception cref="MoveFailure">It is writable, or was.</exception>
    internal static async Task RefuseWritableAsync(MoveContext move, CancellationToken cancel)
    {
        var stop = move.As(new StopOldServer().Id);
        if (!await IsFencedAsync(move, cancel) && !stop.HasMarked(WasWritable))
            stop.Mark(WasWritable);
        if (stop.HasMarked(WasWritable))
            throw OctopusFailures.OldDatabaseWritable(move.Plan.Old.Database);
    }

    private static async Task<bool> IsFencedAsync(MoveContext move, CancellationToken cancel) =>
        !move.Plan.Shape.FencesDatabase() || !await OldFence.IsWritableAsync(move, cancel);

    // False: nobody was seen, but this login sees its own sessions only.
    private static async Task<bool> WaitUntilNobodyIsConnectedAsync(MoveContext move, CancellationToken cancel)
    {
        var began = move.Time.GetTimestamp();
        var sql = await move.OldSqlAsync(cancel);
        while (true)
        {
            await using (var session = await sql.OpenMasterAsync(cancel))
            {
                var others = await session.FindSessionsAsync(move.Plan.Old.Database, cancel);
                if (others.Count == 0)
                    return (await session.ReadRightsAsync(move.Plan.Old.Database, cancel)).SeesAllSessions;
                if (move.Time.GetElapsedTime(began) > move.Timing.SessionsGone)
                {
                    throw OctopusFailures.StillConnected(
                        move.Plan.Old.Database, string.Join(", ", others.Select(each => $"{each.Program} as {each.Login} from {each.Host}").Distinct()));
                }
            }

            await move.PauseAsync(cancel);
        }
    }
}
