using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>Something that the person has to do by hand: how, and what happens otherwise.</summary>
internal sealed class ByHandForm : FormModel
{
    private const string Done = "done";
    private readonly DoByHand question;
    private readonly Glyphs glyphs;

    public ByHandForm(DoByHand question, Glyphs glyphs)
        : base(FormWords.ByHandTitle)
    {
        (this.question, this.glyphs) = (question, glyphs);
        Problem = question.Problem;
        List<Choice> choices = [new(Done, FormWords.ByHandDone, FormWords.ByHandDoneHelp)];
        if (question.Otherwise is not null)
        {
            choices.Add(new Choice("otherwise", FormWords.ByHandWithout, FormWords.ByHandWithoutHelp));
        }

        Fields = [new FormField("choice", FormWords.ByHandChoice, FieldKind.Choice) { Choices = choices, Value = Done }, SubmitAction()];
    }

    public override IReadOnlyList<ScreenLine> Intro =>
    [
        new(glyphs.Line(question.What), Tone.Strong),
        .. question.HowTo.Select((line, at) => new ScreenLine(glyphs.Line($"  {at + 1}. {line}"))),
    ];

    public override IReadOnlyList<ScreenLine> Below => IsDone || question.Otherwise is not { } otherwise ? [] : [new(glyphs.Line(otherwise), Tone.Warning)];

    private bool IsDone => Fields[0].Value == Done;

    public override MoveAnswer Submit() => IsDone ? new Go() : new Skip();
}
