using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Guide step 1: wait until no task is executing, in any space, system tasks included. Queued ones travel in the database.</summary>
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
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Waits until the last executing task has finished, and shows which ones there are. Nothing is cancelled."),
        new(PreviewKind.Request, OctopusApi.Shown.ActiveTasks),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Facts.Find<OldServerStopped>() is not null || move.Journalled.Standing == Journal.JournalStanding.Finished
            ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<TasksFinished> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        var meter = move.Meter("Waiting for tasks", ProgressUnit.Items);
        for (int? atFirst = null, last = null; ;)
        {
            var tasks = await api.ListActiveTasksAsync(cancel);
            move.Tell(new TasksSeen(tasks));
            var executing = tasks.Where(each => each.State is "Executing" or "Cancelling").ToList();
            var queued = tasks.Count - executing.Count;
            if (executing.Count == 0)
            {
                move.Proof(Notes.NoTasksLeft);
                if (queued > 0)
                    move.Warn(Notes.QueuedTravel(queued));
                return new TasksFinished(queued) { Queued = [.. tasks.Select(each => $"{each.Id}: {each.Description}")] };
            }

            if (executing.All(each => each.WaitsForPerson))
                throw OctopusFailures.TasksWaitForPeople(executing);

            atFirst ??= executing.Count;
            if (last != executing.Count)
                move.Info(Notes.StillRunning(executing.Count, queued));
            last = executing.Count;
            meter.Report(Math.Max(0, atFirst.Value - executing.Count), atFirst, executing[0].Description);
            await move.PauseAsync(cancel);
        }
    }

    /// <summary>Asked again right before the service is stopped; the database knows as well as the API does.</summary>
    internal static async Task ProveQuietAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var running = await session.QueryAsync(
            SqlScript.Text("find-running-tasks"), row => $"{row.Text("id")}: {row.Text("description")}", cancel);
        if (running.Count > 0)
            throw OctopusFailures.TasksStillRunning(running);
    }
}
