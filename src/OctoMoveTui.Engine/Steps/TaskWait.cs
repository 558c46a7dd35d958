using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Waits for the tasks of the old server, and has somebody decide about those that waiting does not end.</summary>
internal sealed class TaskWait : IDisposable
{
    private readonly MoveContext move;
    private readonly OctopusApi api;
    private readonly IDisposable listening;
    private readonly ProgressMeter meter;
    private readonly HashSet<string> leftBehind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunningTask> cancelled = new(StringComparer.Ordinal);
    private readonly List<string> ended = [];
    private Dictionary<string, string> spaces = [];
    private TaskCompletionSource wanted = NewWish();
    private int? atFirst;
    private string last = "";
    private long lastChange;
    private string? keptWaitingFor;

    internal TaskWait(MoveContext move, OctopusApi api)
    {
        (this.move, this.api) = (move, api);
        meter = move.Meter("Waiting for tasks", ProgressUnit.Items);
        listening = move.ListenFor(command =>
        {
            if (command is AskAboutTasks)
                Volatile.Read(ref wanted).TrySetResult();
        });
    }

    public void Dispose() => listening.Dispose();

    internal async Task<TasksFinished> RunAsync(CancellationToken cancel)
    {
        spaces = await SpacesAsync(cancel);
        while (true)
        {
            var left = await LookAsync(cancel);
            var open = left.Without(leftBehind);
            if (open.Running.Count == 0 && open.Queued.Count == 0)
                return Finish(left);
            if (ReasonToAsk(left, open) is { } reason)
                await DecideAsync(reason, left, cancel);
            else
                await Task.WhenAny(move.PauseAsync(cancel), wanted.Task);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private TasksReason? ReasonToAsk(TasksLeft left, TasksLeft open)
    {
        if (wanted.Task.IsCompleted)
        {
            Volatile.Write(ref wanted, NewWish());
            return TasksReason.Asked;
        }

        // Whoever said "keep waiting" is not asked the same again before something has changed, or for a long time nothing has.
        var isPatient = move.Time.GetElapsedTime(lastChange) < move.Timing.TasksUnchanged;
        if (isPatient && keptWaitingFor == left.Fingerprint)
            return null;
        if (open.Running.Count == 0)
            return TasksReason.Queued;
        if (open.Working.Count == 0)
            return TasksReason.WaitForPeople;
        return isPatient ? null : TasksReason.NothingChanges;
    }

    private async Task<TasksLeft> LookAsync(CancellationToken cancel)
    {
        var tasks = await api.ListActiveTasksAsync(cancel);
        var left = new TasksLeft([.. tasks.Select(each => each with { SpaceName = each.Space is { } space ? spaces.GetValueOrDefault(space) : null })], move.Time.GetUtcNow());
        move.Tell(new TasksSeen(left.All));
        foreach (var task in cancelled.Values.Where(each => tasks.All(other => other.Id != each.Id)).ToList())
        {
            move.Info(TaskWords.Ended(task, (await api.GetTaskAsync(task.Id, cancel)).State));
            cancelled.Remove(task.Id);
            ended.Add(task.Id);
        }

        if (last != left.Fingerprint)
        {
            (last, lastChange) = (left.Fingerprint, move.Time.GetTimestamp());
            if (left.All.Count > 0)
                move.Info(TaskWords.StillRunning(left));
        }

        var running = left.Without(leftBehind).Running;
        atFirst ??= running.Count;
        meter.Report(Math.Max(0, atFirst.Value - running.Count), Math.Max(atFirst.Value, running.Count), running.Count > 0 ? running[0].Description : null);
        return left;
    }

    private async Task DecideAsync(TasksReason reason, TasksLeft left, CancellationToken cancel)
    {
        string? problem = null;
        while (true)
        {
            var choices = left.Choices(move.Plan.Old.Instance, api.HasKey);
            var answer = await AskWhileTheyStayAsync(new DecideOnTasks(reason, [.. Ordered(left)], choices) { Problem = problem }, left, cancel);
            if (answer is not TasksDecided decided)
                return;

            problem = decided.Decision switch
            {
                TaskDecision.Cancel => await CancelAsync(left, decided.Typed, cancel),
                TaskDecision.GoOn => GoOn(left, choices, decided.Typed),
                _ => KeepWaiting(left),
            };
            if (problem is null)
                return;
        }
    }

    // Somebody approves an intervention in the web portal, a task ends: then the question is about tasks that are not there any more.
    private async Task<MoveAnswer?> AskWhileTheyStayAsync(DecideOnTasks question, TasksLeft left, CancellationToken cancel)
    {
        using var withdrawn = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asking = move.AskAsync(question, withdrawn.Token);
        try
        {
            while (!asking.IsCompleted)
            {
                await Task.WhenAny(asking, move.PauseAsync(cancel));
                if (!asking.IsCompleted && (await LookAsync(cancel)).Fingerprint != left.Fingerprint)
                    break;
            }
        }
        finally
        {
            // Answered, out of date, or nobody to ask Octopus Server any more: whatever ends the wait takes the question off the screen.
            await withdrawn.CancelAsync();
        }

        try
        {
            return await asking;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            move.Tell(new StepChanged(move.Step, StepState.Running));
            return null;
        }
    }

    private string? KeepWaiting(TasksLeft left)
    {
        (keptWaitingFor, lastChange) = (left.Fingerprint, move.Time.GetTimestamp());
        return null;
    }

    private async Task<string?> CancelAsync(TasksLeft left, string typed, CancellationToken cancel)
    {
        if (left.Named(typed) is not { Count: > 0 } tasks)
            return TaskWords.NotNamed(typed);
        foreach (var task in tasks)
        {
            try
            {
                await api.CancelTaskAsync(task.Id, cancel);
                move.Info(TaskWords.CancelAsked(task));
            }
            catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
            {
                // It may have ended by itself since the list was shown; what still goes on was refused.
                if ((await api.GetTaskAsync(task.Id, cancel)).State is "Queued" or "Executing")
                    throw;
            }

            cancelled[task.Id] = task;
        }

        return KeepWaiting(left);
    }

    private string? GoOn(TasksLeft left, IReadOnlyList<TaskChoice> choices, string typed)
    {
        if (choices.Single(each => each.Decision == TaskDecision.GoOn).Typed is { } name && typed.Trim() != name)
            return TaskWords.TypedAnother(name);
        move.Warn(TaskWords.GoOn(left));
        foreach (var task in left.All)
        {
            leftBehind.Add(task.Id);
            if (left.Running.Contains(task))
                move.Warn(TaskWords.LeftBehind(task));
        }

        return null;
    }

    private TasksFinished Finish(TasksLeft left)
    {
        if (left.Running.Count == 0)
            move.Proof(TaskWords.NoneLeft);
        if (left.Queued.Count > 0)
            move.Warn(TaskWords.QueuedTravel(left.Queued.Count));
        if (left.Scheduled.Count > 0)
            move.Warn(TaskWords.ScheduledTravel(left.Scheduled));
        IReadOnlyList<RunningTask> queued = [.. left.Queued, .. left.Scheduled];
        return new TasksFinished(queued.Count)
        {
            Queued = [.. queued.Select(TaskWords.Named)],
            LeftExecuting = left.Running,
            Cancelled = ended,
        };
    }

    // The wish comes on the front end's thread, which must not go on with the move.
    private static TaskCompletionSource NewWish() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IEnumerable<RunningTask> Ordered(TasksLeft left) => [.. left.Stuck, .. left.Working, .. left.Queued, .. left.Scheduled];

    // Servers before 2019.1 have none.
    private async Task<Dictionary<string, string>> SpacesAsync(CancellationToken cancel)
    {
        try
        {
            return (await api.ListSpacesAsync(cancel)).ToDictionary(each => each.Id, each => each.Name, StringComparer.Ordinal);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            return [];
        }
    }
}
