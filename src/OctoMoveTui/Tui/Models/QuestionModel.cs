using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models.Forms;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>
/// The questions of the engine, one at a time (steps that run side by side may both ask), and the forms that answer them. A form is kept when
/// it was answered: asked again, the person finds what was typed.
/// </summary>
internal sealed class QuestionModel(Glyphs glyphs, TimeProvider time)
{
    private readonly List<Waiting> waiting = [];
    private readonly Dictionary<ConnectionPurpose, ConnectionForm> connections = [];

    private sealed record Waiting(MoveQuestion Question, Action<MoveAnswer> Answer);

    public MoveQuestion? Pending => waiting.Count > 0 ? waiting[0].Question : null;

    /// <summary>The form on the screen, or null.</summary>
    public FormModel? Form { get; private set; }

    /// <summary>Shows the question, or puts it behind the one that is shown.</summary>
    public object Ask(MoveQuestion question, Action<MoveAnswer> answer)
    {
        var asked = new Waiting(question, answer);
        waiting.Add(asked);
        if (waiting.Count == 1)
        {
            Show(question);
        }

        return asked;
    }

    /// <summary>The engine has given up on a question.</summary>
    public void Drop(object asked)
    {
        var wasFirst = waiting.Count > 0 && ReferenceEquals(waiting[0], asked);
        waiting.RemoveAll(other => ReferenceEquals(other, asked));
        if (wasFirst)
        {
            ShowNext();
        }
    }

    public void Clear()
    {
        waiting.Clear();
        Form = null;
    }

    public void Answer(MoveAnswer answer)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        var first = waiting[0];
        waiting.RemoveAt(0);
        if (answer is ConnectionStringGiven { OnlyTest: true } && Form is { } form)
        {
            form.Busy = FormWords.Testing;
        }
        else
        {
            ShowNext();
        }

        first.Answer(answer);
    }

    /// <summary>A command to the form.</summary>
    public void Do(ScreenCommand command)
    {
        if (Form is not { } form)
        {
            return;
        }

        switch (command)
        {
            case ScreenCommand.Enter when form.Focused.Kind == FieldKind.Action:
                Do(form.Focused.Command);
                break;
            case ScreenCommand.Enter when form.EnterSubmits && !form.CanTest:
            case ScreenCommand.Submit:
                Give(form, form.Submit);
                break;
            case ScreenCommand.Test:
                Give(form, form.Test);
                break;
            case ScreenCommand.GiveUp:
                Give(form, form.GiveUp);
                break;
            case ScreenCommand.Reveal:
                form.ToggleReveal();
                break;
            case ScreenCommand.Enter or ScreenCommand.NextField:
                form.Next();
                break;
            case ScreenCommand.PreviousField:
                form.Previous();
                break;
            case ScreenCommand.TurnOn:
                form.Turn(1);
                break;
            case ScreenCommand.TurnBack:
                form.Turn(-1);
                break;
            default:
                break;
        }
    }

    private void Give(FormModel form, Func<MoveAnswer?> make)
    {
        if (form.Busy is null && make() is { } answer)
        {
            Answer(answer);
        }
    }

    private void ShowNext()
    {
        Form = null;
        if (Pending is { } next)
        {
            Show(next);
        }
    }

    private void Show(MoveQuestion question) => Form = question switch
    {
        GiveConnectionString connection => ShowConnection(connection),
        ChooseShape shapes => new ShapeForm(shapes),
        FillPlan plan => new PlanForm(plan),
        GiveSecret { KeyFile: { } file } secret => new MasterKeyNeededForm(secret, file),
        GiveSecret secret => new SecretForm(secret),
        ProveMasterKeySaved proof => new MasterKeyForm(proof, glyphs),
        TypeName name => new NameForm(name, glyphs),
        DoByHand byHand => new ByHandForm(byHand, glyphs),
        DecideOnTasks tasks => new TasksForm(tasks, glyphs, time),
        _ => null,
    };

    private ConnectionForm ShowConnection(GiveConnectionString question)
    {
        if (connections.TryGetValue(question.Purpose, out var form))
        {
            form.AskAgain(question);
        }
        else
        {
            connections[question.Purpose] = form = new ConnectionForm(question, glyphs);
        }

        return form;
    }
}
