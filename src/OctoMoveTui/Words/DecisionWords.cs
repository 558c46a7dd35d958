using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>The question what to do about tasks of the old server, on the screen and in lines of text.</summary>
internal static class DecisionWords
{
    public const string Title = "Tasks on the old server";
    public const string Choice = "What to do";
    public const string Typed = "Type here";
    public const string Needless = "Nothing has to be typed for this choice.";
    public const string NothingNamed = "Type the ids of the tasks to cancel (ServerTasks-123, or 123; several with commas), or all.";

    public static string Reason(TasksReason reason) => reason switch
    {
        TasksReason.WaitForPeople => "All that still execute wait for a manual intervention, and never finish by waiting alone.",
        TasksReason.Queued => "Nothing executes any more. These tasks are queued, and would start on the new server.",
        TasksReason.RanOnNewServer => "These tasks are queued on the old server, and ran on the new one already.",
        TasksReason.NothingChanges => "For a long time no task has ended and none has begun.",
        _ => "These tasks are left. octomove waits for those that execute.",
    };

    public static string Name(TaskDecision decision, TasksReason reason) => decision switch
    {
        TaskDecision.KeepWaiting => "keep waiting",
        TaskDecision.Cancel => "cancel tasks",
        _ when reason == TasksReason.RanOnNewServer => "let them run again",
        _ => "go on with the move",
    };

    public static char Letter(TaskDecision decision) => decision switch
    {
        TaskDecision.KeepWaiting => 'w',
        TaskDecision.Cancel => 'c',
        _ => 'g',
    };

    public static string HowToType(TaskChoice choice) => choice switch
    {
        { Typed: null } => Needless,
        { Decision: TaskDecision.Cancel } => NothingNamed,
        _ => $"To go on all the same, type:  {choice.Typed}",
    };

    public static string Prompt(DecideOnTasks question) =>
        string.Join(", ", question.Choices.Select(each => $"{Letter(each.Decision)} = {Name(each.Decision, question.Reason)}")) + ", s = stop here: ";
}
