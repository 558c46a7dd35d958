using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 1: wait until no task is executing, in any space, system tasks included. What waiting does not end, somebody decides about:
/// cancel it, or leave it to travel in the database.
/// </summary>
public sealed class WaitForTasks : MoveStep<TasksFinished>
{
    /// <inheritdoc/>
    public override StepId Id => new("wait-for-tasks");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.WaitForTasks;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(UndoWords.CancelledStay);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Waits until the last executing task has finished, and shows which ones there are. What waits for a person or is queued is asked "
            + "about: keep waiting, cancel it, or go on. Nothing is cancelled unless you name it."),
        .. move.Secrets.IsWithoutApiKey
            ? [new PreviewLine(PreviewKind.Words, TaskWords.CannotCancel), new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("find-running-tasks")))]
            : new PreviewLine[]
            {
                new(PreviewKind.Request, OctopusApi.Shown.ActiveTasks), new(PreviewKind.Request, OctopusApi.Shown.CancelTask + "  (only those that you name)"),
            },
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Facts.Find<OldServerStopped>() is not null || move.Journalled.Standing == Journal.JournalStanding.Finished
            ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<TasksFinished> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        using var wait = new TaskWait(move, api);
        return await wait.RunAsync(cancel);
    }

    /// <summary>Asked again right before the service is stopped; the database knows as well as the API does.</summary>
    internal static async Task ProveQuietAsync(MoveContext move, CancellationToken cancel)
    {
        var left = move.Facts.Find<TasksFinished>()?.LeftExecuting.Select(each => each.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var running = await session.QueryAsync(
            SqlScript.Text("find-running-tasks"), row => (Id: row.Text("id"), Text: $"{row.Text("id")}: {row.Text("description")}"), cancel);
        var unforeseen = running.Where(each => !left.Contains(each.Id)).Select(each => each.Text).ToList();
        if (unforeseen.Count > 0)
            throw OctopusFailures.TasksStillRunning(unforeseen);
    }
}
