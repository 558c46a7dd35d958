using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>
/// Answers from the command line alone. Without --yes it answers nothing; with it, it says yes to steps and to the point of no return, but
/// what would be destroyed has to be named.
/// </summary>
/// <param name="yes">--yes was given.</param>
/// <param name="overwriteDatabase">The one database that may be overwritten, or null.</param>
/// <param name="settings">For the master key that the environment holds.</param>
/// <param name="say">Called with a sentence on what was answered, for the record.</param>
internal sealed class UnattendedAnswers(bool yes, string? overwriteDatabase, MoveSettings settings, Action<string> say) : IAnswers
{
    private readonly HashSet<string> answered = [];

    /// <summary>The command is to take the move back: then --yes confirms that, which it never does in a run forwards.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The one restored database that may be dropped by an undo, or null.</summary>
    public string? DropDatabase { get; init; }

    public Task<MoveAnswer> AnswerAsync(MoveQuestion question, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var answer = Answer(question);
        if (UnattendedWords.Answered(question, answer) is { Length: > 0 } sentence)
        {
            say(sentence);
        }

        return Task.FromResult(answer);
    }

    private MoveAnswer Answer(MoveQuestion question) => question switch
    {
        RetryOrStop => new StopHere(),
        ConfirmStep { IsUndo: true } when !(yes && IsUndo) => throw NeedsAnswer(question),
        ConfirmStep when yes => new Go(),
        TypeName { DropsDatabase: true } name => yes && string.Equals(name.Name, DropDatabase, StringComparison.Ordinal) ? new Typed(name.Name) : throw NeedsAnswer(question),
        TypeName { MaySkip: true } when yes => new Skip(),
        TypeName { Destroys: true, Setting: null } name when yes && string.Equals(name.Name, overwriteDatabase, StringComparison.Ordinal) => new Typed(name.Name),
        TypeName { Destroys: false, NeedsPerson: false } name when yes => new Typed(name.Name),
        DecideOnTasks { Problem: null } tasks when Decide(tasks) is { } decided => decided,
        DoByHand { IsLeftOutUnattended: true } => new Skip(),
        ProveMasterKeySaved proof when settings.MasterKey == proof.Key.Reveal() => new SecretGiven(proof.Key),
        ChooseShape shapes => new ShapeChosen(shapes.Proposed),
        FillPlan plan when answered.Add("plan") => new PlanFilled(plan.Fields.ToDictionary(field => field.Key, field => field.Configured ?? field.Value)),
        GiveConnectionString given when answered.Add(given.Purpose.ToString()) =>
            new ConnectionStringGiven(new Secret(given.Configured ?? given.Current), OnlyTest: false),
        _ => throw NeedsAnswer(question),
    };

    // Nothing is cancelled, and no task is cut off, that the configuration does not name. What is queued travels, as it always did.
    private TasksDecided? Decide(DecideOnTasks tasks) => tasks.Reason switch
    {
        TasksReason.WaitForPeople => settings.Tasks.WhenStuck switch
        {
            StuckTasks.Cancel when tasks.Choices.Any(each => each.Decision == TaskDecision.Cancel) => new TasksDecided(
                TaskDecision.Cancel, string.Join(", ", tasks.Tasks.Where(each => each is { State: "Executing", WaitsForPerson: true }).Select(each => each.Id))),
            StuckTasks.Leave when tasks.Choices.Any(each => each is { Decision: TaskDecision.GoOn, Typed: null }) => new TasksDecided(TaskDecision.GoOn),
            _ => null,
        },
        TasksReason.Queued => new TasksDecided(TaskDecision.GoOn),

        // They have run: a second time is what nobody can have wanted.
        TasksReason.RanOnNewServer => new TasksDecided(TaskDecision.Cancel, string.Join(", ", tasks.Tasks.Select(each => each.Id))),
        _ => new TasksDecided(TaskDecision.KeepWaiting),
    };

    private static MoveFailure NeedsAnswer(MoveQuestion question)
    {
        var problems = new List<string>();
        if (question.Problem is { Length: > 0 } problem)
        {
            problems.Add(problem);
        }

        if (question is FillPlan plan)
        {
            problems.AddRange(plan.Fields.Where(field => field.Problem is not null).Select(field => $"{field.Key}: {field.Problem}"));
        }

        if (question is GiveConnectionString connection)
        {
            problems.AddRange(connection.Findings.Where(finding => finding is { Verdict: Verdict.Fail, IsAdvice: false }).Select(finding => finding.Text));
        }

        return new MoveFailure(new FailureReport(
            FailureCause.NeedsAnswer, UnattendedWords.Needs(question), string.Join(" ", problems), [UnattendedWords.ToDo(question)]));
    }
}
