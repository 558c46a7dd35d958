using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>Tasks that are left on the old server, and what to do about them.</summary>
internal sealed class TasksForm : FormModel
{
    private readonly DecideOnTasks question;
    private readonly Glyphs glyphs;
    private readonly TimeProvider time;
    private readonly FormField choice;
    private readonly FormField typed = new("typed", DecisionWords.Typed, FieldKind.Text);

    public TasksForm(DecideOnTasks question, Glyphs glyphs, TimeProvider time)
        : base(DecisionWords.Title)
    {
        (this.question, this.glyphs, this.time) = (question, glyphs, time);
        Problem = question.Problem;
        choice = new FormField("choice", DecisionWords.Choice, FieldKind.Choice)
        {
            Choices = [.. question.Choices.Select(each => new Choice(each.Decision.ToString(), DecisionWords.Name(each.Decision, question.Reason), DecisionWords.HowToType(each)))],
            Value = question.Choices[0].Decision.ToString(),
        };
        Fields = [choice, typed, SubmitAction()];
    }

    public override IReadOnlyList<ScreenLine> Intro =>
    [
        new(DecisionWords.Reason(question.Reason), Tone.Warning),
        .. question.Tasks.Select(task => new ScreenLine(glyphs.Line("  " + TaskLines.Of(task, time)), task.WaitsForPerson ? Tone.Warning : Tone.Normal)),
    ];

    // All of it, under the fields: what a choice brings about is too long for the line of advice.
    public override IReadOnlyList<ScreenLine> Below =>
        [new(glyphs.Line(Chosen.Consequence), Chosen.Decision == TaskDecision.KeepWaiting ? Tone.Normal : Tone.Warning)];

    private TaskChoice Chosen => question.Choices.First(each => each.Decision.ToString() == choice.Value);

    public override MoveAnswer? Submit()
    {
        var text = typed.Value.Trim();
        Problem = Chosen switch
        {
            { Decision: TaskDecision.Cancel } when text.Length == 0 => DecisionWords.NothingNamed,
            { Decision: TaskDecision.GoOn, Typed: { } name } when text != name => FormWords.NotThatName,
            _ => null,
        };
        return Problem is null ? new TasksDecided(Chosen.Decision, Chosen.Typed is null ? "" : text) : null;
    }
}
