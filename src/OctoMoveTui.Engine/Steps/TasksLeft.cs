using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The tasks that an Octopus Server still has, sorted by what can come of them.</summary>
/// <param name="all">As the server lists them.</param>
/// <param name="now">Now.</param>
internal sealed class TasksLeft(IReadOnlyList<RunningTask> all, DateTimeOffset now)
{
    /// <summary>The word for all tasks that are asked about.</summary>
    internal const string Everything = "all";

    /// <summary>All.</summary>
    internal IReadOnlyList<RunningTask> All => all;

    /// <summary>Executing or Cancelling, those that wait for a person among them.</summary>
    internal IReadOnlyList<RunningTask> Running => [.. all.Where(each => each.State is "Executing" or "Cancelling")];

    /// <summary>Paused on a manual intervention; one that is being cancelled is waiting for nobody any more.</summary>
    internal IReadOnlyList<RunningTask> Stuck => [.. all.Where(IsStuck)];

    /// <summary>Executing or Cancelling, and not waiting for a person: stopping the service would cut them off in the middle of their work.</summary>
    internal IReadOnlyList<RunningTask> Working => [.. Running.Where(each => !IsStuck(each))];

    /// <summary>Queued, and to start as soon as a node takes tasks.</summary>
    internal IReadOnlyList<RunningTask> Queued => [.. Waiting.Where(each => !IsScheduled(each))];

    /// <summary>Queued for a time that is still to come.</summary>
    internal IReadOnlyList<RunningTask> Scheduled => [.. Waiting.Where(IsScheduled)];

    /// <summary>What has to change for anybody to look again.</summary>
    internal string Fingerprint => string.Join('|', all.Select(each => $"{each.Id} {each.State} {each.WaitsForPerson}").Order(StringComparer.Ordinal));

    private IEnumerable<RunningTask> Waiting => all.Where(each => each.State is "Queued" or "New");

    /// <summary>Those that nobody has decided to leave behind.</summary>
    internal TasksLeft Without(IReadOnlySet<string> decided) => new([.. all.Where(each => !decided.Contains(each.Id))], now);

    /// <summary>The tasks that were named: ids, or their numbers alone, or <see cref="Everything"/>.</summary>
    /// <returns>Null when something else was typed.</returns>
    internal IReadOnlyList<RunningTask>? Named(string typed)
    {
        if (typed.Trim().Equals(Everything, StringComparison.OrdinalIgnoreCase))
            return [.. all.Where(each => !IsScheduled(each) && each.State != "Cancelling")];
        var names = typed.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = names.Select(name => all.FirstOrDefault(each =>
            each.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || each.Id.EndsWith("-" + name, StringComparison.OrdinalIgnoreCase))).ToList();
        return names.Length == 0 || found.Contains(null) ? null : [.. found.OfType<RunningTask>().Distinct()];
    }

    /// <summary>What can be decided about them.</summary>
    /// <param name="instance">The name that has to be typed before tasks are cut off.</param>
    /// <param name="canCancel">False without an API key: then they are cancelled in the web portal.</param>
    internal IReadOnlyList<TaskChoice> Choices(string instance, bool canCancel)
    {
        var choices = new List<TaskChoice> { new(TaskDecision.KeepWaiting, TaskWords.KeepWaiting(this) + (canCancel ? "" : " " + TaskWords.CannotCancel)) };
        if (canCancel && Running.Any(each => each.State != "Cancelling") || canCancel && Queued.Count + Scheduled.Count > 0)
            choices.Add(new TaskChoice(TaskDecision.Cancel, TaskWords.Cancel(this)) { Typed = Everything });
        choices.Add(new TaskChoice(TaskDecision.GoOn, TaskWords.GoOn(this)) { Typed = Working.Count > 0 ? instance : null });
        return choices;
    }

    private static bool IsStuck(RunningTask task) => task is { State: "Executing", WaitsForPerson: true };

    private bool IsScheduled(RunningTask task) => task.State is "Queued" or "New" && task.Queued > now;
}
