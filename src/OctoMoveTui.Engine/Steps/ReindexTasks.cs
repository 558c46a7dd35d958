using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The re-index tasks of the spaces: found, posted, followed, or left running.</summary>
internal sealed class ReindexTasks(MoveContext move, OctopusApi api)
{
    private const string Posted = "posted";
    private const string Forgotten = "forgotten";

    private readonly TaskCompletionSource leave = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One task a space, one after the other: each reads the whole disk.</summary>
    /// <returns>All of them, and those that were left running.</returns>
    /// <exception cref="MoveFailure">A task ended badly.</exception>
    internal async Task<(IReadOnlyList<RunningReindex> Tasks, IReadOnlyList<RunningReindex> Left)> RunAsync(CancellationToken cancel)
    {
        using var listening = move.ListenFor(command =>
        {
            if (command is LeaveReindexRunning)
                leave.TrySetResult();
        });
        var (spaces, tasks, left) = (await api.ListSpacesAsync(cancel), new List<RunningReindex>(), new List<RunningReindex>());
        var forecast = ReindexForecast.Find(move).ToDictionary(each => each.Space, each => each.Rows + each.Orphans, StringComparer.Ordinal);
        var (meter, began) = (move.Meter(ReindexWords.Progress, ProgressUnit.Items), move.Time.GetTimestamp());
        var (total, before) = (spaces.Sum(each => forecast.GetValueOrDefault(each.Id)), 0L);
        foreach (var space in spaces)
        {
            meter.Report(before, total, space.Name);
            if (await FindOrPostAsync(space, cancel) is not { } id)
                continue;
            var task = new RunningReindex(space.Id, space.Name, id);
            tasks.Add(task);
            if (!await FollowAsync(task, began, () => meter.Report(before, total, $"{space.Name}, {task.Task}"), cancel))
                left.Add(task);
            before += forecast.GetValueOrDefault(space.Id);
        }

        if (left.Count == 0)
            meter.Report(total, total);
        return (tasks, left);
    }

    /// <summary>Says to the next run that these tasks are no answer.</summary>
    internal static void Forget(MoveContext move, IEnumerable<RunningReindex> tasks)
    {
        foreach (var each in tasks)
            move.Mark($"{Forgotten} {each.Task}");
    }

    // What an earlier run of this step posted, what the server began when it started, or a new one. Null: nobody begins one (without an API key).
    private async Task<string?> FindOrPostAsync(OctopusSpace space, CancellationToken cancel)
    {
        var mine = move.Journalled.Marks.LastOrDefault(each => each.StartsWith($"{Posted} {space.Id} ", StringComparison.Ordinal))?.Split(' ')[2];
        if (mine is not null && !move.HasMarked($"{Forgotten} {mine}"))
            return mine;
        if (await FindAsync(space, cancel) is { } found)
            return found;
        var task = await PostAsync(space, cancel);
        if (task is not null)
            move.Mark($"{Posted} {space.Id} {task}");
        return task;
    }

    private async Task<string?> PostAsync(OctopusSpace space, CancellationToken cancel)
    {
        try
        {
            return await api.ReindexAsync(space.Id, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            // Refused, because one began in between: then that one is followed.
            if (await FindAsync(space, cancel) is { } found)
                return found;
            throw;
        }
    }

    // Whether one task covers all spaces isn't documented: one without a space is taken to do so.
    private async Task<string?> FindAsync(OctopusSpace space, CancellationToken cancel)
    {
        var started = move.Facts.Find<NewServerStarted>()?.StartedAt;
        foreach (var each in await api.ListReindexTasksAsync(cancel))
        {
            if ((each.Space is not null && each.Space != space.Id) || move.HasMarked($"{Forgotten} {each.Id}"))
                continue;
            if (each.State is "Queued" or "Executing")
            {
                move.Info(ReindexWords.Follows(space.Name, each.Id));
                return each.Id;
            }

            if (each.State == "Success" && started is { } moment && each.Queued >= moment)
            {
                move.Info(ReindexWords.AlreadyDone(space.Name, each.Id));
                return each.Id;
            }
        }

        return null;
    }

    // False: left running.
    private async Task<bool> FollowAsync(RunningReindex task, long began, Action progress, CancellationToken cancel)
    {
        while (true)
        {
            var (state, error) = await api.GetTaskAsync(task.Task, cancel);
            if (state == "Success")
                return true;
            if (state is "Failed" or "Canceled" or "TimedOut")
            {
                Forget(move, [task]);
                throw OctopusFailures.TaskFailed(task.Task, state, error);
            }

            if (leave.Task.IsCompleted || (move.Timing.Reindex is { } patience && move.Time.GetElapsedTime(began) >= patience))
                return false;
            progress();
            await Task.WhenAny(move.PauseAsync(cancel), leave.Task);
            cancel.ThrowIfCancellationRequested();
        }
    }
}
