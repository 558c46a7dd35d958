using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models.Forms;

/// <summary>A question that is answered by typing. The form outlives its question: asked again, it shows the problem and keeps what was typed.</summary>
internal abstract class FormModel(string title)
{
    private int focus;

    public string Title { get; } = title;

    /// <summary>What stands above the fields.</summary>
    public virtual IReadOnlyList<ScreenLine> Intro => [];

    public IReadOnlyList<FormField> Fields { get; protected init; } = [];

    /// <summary>What stands below the fields.</summary>
    public virtual IReadOnlyList<ScreenLine> Below => [];

    /// <summary>Why the last answer would not do.</summary>
    public string? Problem { get; protected set; }

    /// <summary>What is being waited for, or null.</summary>
    public string? Busy { get; set; }

    public FormField Focused => Fields[focus];

    public virtual bool CanTest => false;

    public virtual bool CanReveal => Fields.Any(one => one.Kind == FieldKind.Secret);

    public virtual bool IsRevealed => Fields.Any(one => one is { Kind: FieldKind.Secret, IsHidden: false });

    public void Next() => Go(focus + 1);

    public void Previous() => Go(focus - 1);

    /// <summary>True when Enter in this field answers, because no other follows.</summary>
    public virtual bool EnterSubmits => Focused.IsTyped && Fields.Skip(focus + 1).All(one => one.Kind == FieldKind.Action);

    public virtual void Type(FormField field, string text)
    {
        field.Value = text;
        field.Problem = null;
    }

    public virtual void Turn(int by) => Focused.Turn(by);

    public virtual void ToggleReveal()
    {
        foreach (var field in Fields.Where(field => field.Kind == FieldKind.Secret))
        {
            field.IsHidden = !field.IsHidden;
        }
    }

    /// <summary>The answer, or null when something has to be put right first.</summary>
    public abstract MoveAnswer? Submit();

    /// <summary>The answer that only tests, or null when something has to be put right first.</summary>
    public virtual MoveAnswer? Test() => null;

    /// <summary>The answer that there is none, or null where that is no answer.</summary>
    public virtual MoveAnswer? GiveUp() => null;

    protected void Focus(FormField field) => Go(Fields.ToList().IndexOf(field));

    protected virtual void OnLeft(FormField field)
    {
    }

    protected static FormField SubmitAction(string label = FormWords.GoOn) =>
        new("submit", label, FieldKind.Action) { Command = ScreenCommand.Submit };

    private void Go(int to)
    {
        OnLeft(Focused);
        focus = ((to % Fields.Count) + Fields.Count) % Fields.Count;
    }
}

/// <summary>The paths and names of the move.</summary>
internal sealed class PlanForm : FormModel
{
    public PlanForm(FillPlan question)
        : base(FormWords.PlanTitle)
    {
        Problem = question.Problem;
        Fields =
        [
            .. question.Fields.Select(field => new FormField(field.Key, field.Label, field.Choices is null ? FieldKind.Text : FieldKind.Choice)
            {
                Value = field.Value,
                Help = $"{field.Help} ({field.Key})",
                Problem = field.Problem,
                Choices = [.. (field.Choices ?? []).Select(choice => new Choice(choice.Value, choice.Value, choice.About))],
                Placeholder = field.Choices is null ? "" : FormWords.Choose,
            }),
            SubmitAction(),
        ];

        // Straight to what has to be put right.
        if (Fields.FirstOrDefault(field => field.Problem is not null) is { } wrong)
        {
            Focus(wrong);
        }
    }

    public override IReadOnlyList<ScreenLine> Intro => [new(FormWords.PlanIntro)];

    public override MoveAnswer Submit() =>
        new PlanFilled(Fields.Where(field => field.Kind != FieldKind.Action).ToDictionary(field => field.Key, field => field.Value.Trim()));
}

/// <summary>One secret.</summary>
internal sealed class SecretForm : FormModel
{
    private readonly GiveSecret question;

    public SecretForm(GiveSecret question)
        : base(MoveWords.Secret(question.Kind))
    {
        this.question = question;
        Problem = question.Problem;
        Fields = [new FormField("secret", FormWords.Secret, FieldKind.Secret) { Help = question.MaySkip ? FormWords.MaySkip : "" }, SubmitAction()];
    }

    public override IReadOnlyList<ScreenLine> Intro => [new(question.Why)];

    public override MoveAnswer? Submit()
    {
        if (Fields[0].Value.Length == 0 && !question.MaySkip)
        {
            Problem = FormWords.Required;
            return null;
        }

        var secret = new Secret(Fields[0].Value);
        Fields[0].Value = "";
        return new SecretGiven(secret);
    }
}

/// <summary>A name that has to be typed because something is destroyed or can't be taken back.</summary>
internal sealed class NameForm : FormModel
{
    private readonly TypeName question;
    private readonly Glyphs glyphs;

    public NameForm(TypeName question, Glyphs glyphs)
        : base(question.Destroys ? FormWords.DestroysTitle : question.NeedsPerson ? FormWords.LookedTitle : FormWords.NoReturnTitle)
    {
        this.question = question;
        this.glyphs = glyphs;
        Problem = question.Problem;
        Fields = [new FormField("name", FormWords.Name, FieldKind.Text) { Help = FormWords.NameHelp }, SubmitAction()];
    }

    public override IReadOnlyList<ScreenLine> Intro =>
    [
        new(question.Consequence, question.Destroys ? Tone.Failure : Tone.Warning),
        new(""),
        new((question.MaySkip ? FormWords.TypeNameOrLeave : (Func<string, string>)FormWords.TypeName)(glyphs.Line(question.Name)), Tone.Strong),
    ];

    public override MoveAnswer? Submit()
    {
        var typed = Fields[0].Value.Trim();
        if (typed.Length == 0 && question.MaySkip)
        {
            return new Skip();
        }

        if (typed == question.Name)
        {
            return new Typed(typed);
        }

        Problem = FormWords.NotThatName;
        return null;
    }
}
