using Humanizer;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about the tasks of the old server: what each choice does, and what came of it.</summary>
internal static class TaskWords
{
    internal const string NoneLeft = "No task is executing any more.";

    internal static string KeepWaiting(TasksLeft left) => left switch
    {
        { Working.Count: > 0 } => "Nothing is changed. octomove looks again every few seconds, and goes on when nothing executes any more.",
        { Stuck.Count: > 0 } => "Nothing is changed. Approve, reject or cancel them in the web portal meanwhile (administrators still get in): octomove notices and goes "
            + "on. By waiting alone they never finish.",
        _ => "Nothing is changed. The nodes are drained: what is queued stays queued until it is cancelled, or times out about a day after it was queued.",
    };

    internal static string Cancel(TasksLeft left)
    {
        var consequences = new List<string> { "octomove asks Octopus Server to cancel the tasks whose ids you type, and waits until they have ended. It can't be taken back." };
        if (left.Working.Any(each => each.State == "Executing"))
            consequences.Add("A deployment that is cancelled in the middle leaves its targets half deployed.");
        if (left.Running.Any(each => each.State == "Cancelling"))
            consequences.Add("What is Cancelling already was asked; it can't be asked twice.");
        return string.Join(' ', consequences);
    }

    internal static string GoOn(TasksLeft left)
    {
        var consequences = new List<string>();
        if (left.Working.Count > 0)
        {
            consequences.Add($"Stopping the old server cuts {"task".ToQuantity(left.Working.Count)} off in the middle: deployments stay half done on their targets. "
                + "In the database they stay Executing; the new server, under another node name, may take about an hour to count them as lost. "
                + "Until then they can hold up their projects, and you have to cancel them there.");
        }

        if (left.Stuck.Count > 0)
        {
            consequences.Add($"{"task".ToQuantity(left.Stuck.Count)} waiting for a manual intervention travel in the database as Executing. They want the node that "
                + "they were paused on: after the move they are likely to be failed or cancelled, and their deployments have to be started again.");
        }

        if (left.Queued.Count > 0)
        {
            consequences.Add($"{"queued task".ToQuantity(left.Queued.Count)} travel in the database and start on the new server as soon as its node takes tasks, before users "
                + $"are let in; the confirmation of the re-index names them again. What has not started by then times out about a day after it was queued{Earliest(left.Queued)}.");
        }

        if (left.Scheduled.Count > 0)
            consequences.Add($"{"task".ToQuantity(left.Scheduled.Count)} scheduled for later keep their time: the new server starts them then, or at once if that has passed.");
        return consequences.Count == 0 ? "Nothing is left." : string.Join(' ', consequences);
    }

    internal static string StillRunning(TasksLeft left)
    {
        var parts = new List<string>();
        Add(left.Working.Count(each => each.State == "Executing"), "executing");
        Add(left.Working.Count(each => each.State == "Cancelling"), "being cancelled");
        Add(left.Stuck.Count, "waiting for a person");
        Add(left.Queued.Count, "queued");
        Add(left.Scheduled.Count, "scheduled for later");
        return "Tasks on the old server: " + string.Join(", ", parts) + ".";

        void Add(int count, string what)
        {
            if (count > 0)
                parts.Add($"{count} {what}");
        }
    }

    internal static string QueuedTravel(int count) => $"{"queued task".ToQuantity(count)} will travel in the database and start on the new server.";

    internal static string ScheduledTravel(IReadOnlyList<RunningTask> tasks) =>
        $"{"task".ToQuantity(tasks.Count)} scheduled for later will travel in the database: {string.Join("; ", tasks.Take(5).Select(Named))}.";

    internal static string CancelAsked(RunningTask task) => $"Asked Octopus Server to cancel {Named(task)}.";

    internal static string Ended(RunningTask task, string state) => $"{Named(task)} ended as {state}.";

    internal static string LeftBehind(RunningTask task) => $"Going on although it is not finished: {task.State} {Named(task)}.";

    internal static string NotNamed(string typed) =>
        $"\"{typed.Trim()}\" names no task in the list. Type their ids (ServerTasks-123, or 123), several with commas, or all.";

    internal static string TypedAnother(string name) => $"Tasks would be cut off in the middle of their work: type \"{name}\" exactly, or choose otherwise.";

    internal const string CannotCancel = "Without an API key octomove can't cancel tasks. Cancel them on the Tasks page of the web portal: octomove notices.";

    internal static string Leftovers(string url, IReadOnlyList<RunningTask> tasks) =>
        $"{"task".ToQuantity(tasks.Count)} of the old server's node still stand as executing on {url}: {string.Join("; ", tasks.Take(10).Select(Named))}. Nothing works on them "
        + "any more. Cancel them on the Tasks page, else they hold up their projects, and start again what is still wanted.";

    internal static string Named(RunningTask task) =>
        $"{task.Id} ({task.SpaceName ?? task.Space ?? "system"}): {task.Description}";

    private static string Earliest(IReadOnlyList<RunningTask> queued) =>
        queued.Min(each => each.Expires) is { } first ? $", the first of them at {first.ToLocalTime():yyyy-MM-dd HH:mm}" : "";
}
