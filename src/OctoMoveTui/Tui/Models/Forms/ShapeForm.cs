using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>What moves: each shape with what it does and what outage it means, one of them chosen.</summary>
internal sealed class ShapeForm : FormModel
{
    private readonly ChooseShape question;
    private readonly FormField shape;

    public ShapeForm(ChooseShape question)
        : base(FormWords.ShapeTitle)
    {
        this.question = question;
        Problem = question.Problem;
        shape = new FormField("shape", FormWords.Shape, FieldKind.Choice)
        {
            Value = question.Proposed.ToString(),
            Choices = [.. question.Choices.Select(choice => new Choice(choice.Shape.ToString(), choice.Title, FormWords.ShapeHelp))],
        };
        Fields = [shape, SubmitAction()];
    }

    public override bool EnterSubmits => Focused == shape;

    public override IReadOnlyList<ScreenLine> Intro =>
        [.. question.Choices.Select(choice => new ScreenLine(MoveWords.Shape(choice), choice == Chosen ? Tone.Strong : Tone.Normal))];

    private ShapeChoice Chosen => question.Choices.First(choice => choice.Shape.ToString() == shape.Value);

    public override MoveAnswer Submit() => new ShapeChosen(Chosen.Shape);
}
