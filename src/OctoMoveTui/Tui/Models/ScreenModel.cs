using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models.Forms;
using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>What the screen can do to the world around it.</summary>
internal interface IScreenHost
{
    /// <summary>Asks the engine to stop at its next safe point, or at once.</summary>
    void StopMove(bool atOnce);

    /// <summary>Ends the program.</summary>
    void Leave(bool atOnce);

    /// <summary>Draws everything anew.</summary>
    void Redraw();

    /// <summary>Writes a file, and returns its path.</summary>
    string SaveLog(string moveFolder, IEnumerable<string> lines);
}

/// <summary>The whole screen without a terminal: folds events, holds the question in hand, and knows what a key does now.</summary>
internal sealed class ScreenModel
{
    private readonly IScreenHost host;
    private readonly Glyphs glyphs;
    private readonly List<MoveQuestion> askedElsewhere = [];
    private MoveOpened? opened;

    public ScreenModel(IScreenHost host, Glyphs glyphs, TimeProvider time)
    {
        this.host = host;
        this.glyphs = glyphs;
        Leaving = new LeaveModel(host);
        Steps = new StepListModel(glyphs);
        Detail = new DetailModel(Steps, glyphs, time);
        Log = new LogModel(glyphs, time);
        Progress = new ProgressModel(Pace, glyphs);
        Clock = new OutageClock(Steps, glyphs, time);
        Questions = new QuestionModel(glyphs, time);
        Help = new HelpModel(this, glyphs);
    }

    public StepListModel Steps { get; }

    public DetailModel Detail { get; }

    public LogModel Log { get; }

    public PaceModel Pace { get; } = new();

    public TaskWishModel TaskWish { get; } = new();

    public ReindexWishModel ReindexWish { get; } = new();

    public ProgressModel Progress { get; }

    public OutageClock Clock { get; }

    public QuestionModel Questions { get; }

    public HelpModel Help { get; }

    public LeaveModel Leaving { get; }

    /// <summary>What is asked of somebody else, while this screen only looks on; else null.</summary>
    public MoveQuestion? AskedElsewhere => askedElsewhere.FirstOrDefault();

    public Pane Focus { get; private set; } = Pane.Steps;

    public bool IsZoomed { get; private set; }

    public bool IsLeaving => Leaving.IsAsked;

    public bool IsStopping => Leaving.IsStopping;

    /// <summary>The line that is being typed, or null.</summary>
    public LinePrompt? Prompt { get; private set; }

    /// <summary>Something to be said once.</summary>
    public string? Notice { get; private set; }

    public MoveEnded? Ended { get; private set; }

    /// <summary>What became of the run before this one, when it was cut off; until a step runs.</summary>
    public string? CutOff { get; private set; }

    public FormModel? Form => Questions.Form;

    public bool HasConfirm => Questions.Pending is ConfirmStep && !IsStopping;

    /// <summary>True when the step that waits may be left out.</summary>
    public bool MaySkip => HasConfirm && Questions.Pending is ConfirmStep { MaySkip: true };

    /// <summary>True while it is asked whether the move is to be taken back.</summary>
    public bool IsAskedToTakeBack => Questions.Pending is ConfirmStep { IsUndo: true };

    public bool HasFailure => Questions.Pending is RetryOrStop && !IsStopping;

    /// <summary>True when somebody has to read the step's text before a key is pressed.</summary>
    public bool HasToBeRead => HasConfirm || HasFailure || Ended?.Failure is not null;

    public KeyScope Scope => IsLeaving ? KeyScope.Leaving : Help.IsShown ? KeyScope.Help : Form is not null ? KeyScope.Form : KeyScope.Panes;

    /// <summary>The line at the top.</summary>
    public string Title(int width)
    {
        if (opened is null)
        {
            return $" {MoveWords.Program}: {ScreenWords.Starting}";
        }

        var program = Leaving.LooksOn ? ScreenWords.LookingOn : MoveWords.Program;
        var left = glyphs.Line($" {program}: {opened.OldServer} {glyphs.Arrow} {opened.NewServer}  ");
        return left + glyphs.Fit(opened.MoveFolder, Math.Max(0, width - left.Length - 1));
    }

    public void Fold(MoveEvent happening)
    {
        opened = happening as MoveOpened ?? opened;
        Steps.Fold(happening);
        Detail.Fold(happening);
        // A step that works beside the one that asks must not take the question's reasons from the screen.
        if (happening is StepChanged && Questions.Pending?.Step is { } asking && Steps.Follows)
        {
            Steps.Follow(asking);
        }

        Log.Fold(happening);
        Pace.Fold(happening);
        TaskWish.Fold(happening);
        ReindexWish.Fold(happening);
        Progress.Fold(happening);
        Clock.Fold(happening);
        CutOff = happening switch
        {
            RunCutOff cut => cut.Sentence,
            StepChanged { State: StepState.Running } or MoveEnded => null,
            _ => CutOff,
        };
        if (happening is MoveEnded ended)
        {
            Ended = ended;
            Questions.Clear();
            askedElsewhere.Clear();
            Leaving.End();
        }
    }

    /// <summary>A question of the engine; <paramref name="answer"/> is called once.</summary>
    /// <returns>A handle to drop it with, when the engine gives up on it.</returns>
    public object Ask(MoveQuestion question, Action<MoveAnswer> answer)
    {
        Detail.Fold(question);
        if (question.Step is { } step)
        {
            Steps.Follow(step);
        }

        if (Leaving.LooksOn)
        {
            askedElsewhere.Add(question);
            return question;
        }

        return Questions.Ask(question, answer);
    }

    /// <summary>The engine has given up on a question, or somebody else has answered it.</summary>
    public void Drop(object asked)
    {
        askedElsewhere.RemoveAll(question => ReferenceEquals(question, asked));
        Questions.Drop(asked);
    }

    /// <summary>Presses a key; false when it means nothing here, so that a field may have it.</summary>
    public bool Press(string key)
    {
        Notice = null;
        if (Prompt is { } prompt && Scope == KeyScope.Panes)
        {
            Prompt = prompt.Press(key) ? null : prompt;
            return true;
        }

        if (KeyMap.Find(this, key) is not { } entry)
        {
            return Scope is KeyScope.Leaving or KeyScope.Help;
        }

        if (entry.ReasonWhyNot(this) is { } reason)
        {
            // In a form a key that does nothing here may still be a letter.
            Notice = Scope == KeyScope.Form ? null : ScreenWords.Disabled(entry.Label, reason);
            return Scope != KeyScope.Form || entry.Command is not (ScreenCommand.TurnOn or ScreenCommand.TurnBack);
        }

        Do(entry.Command);
        return true;
    }

    /// <summary>The rows of the strip between status and keys: what is asked now. Where they are too many the question and its keys, which come last, stay.</summary>
    public IReadOnlyList<ScreenLine> Strip(int width) => [.. StripModel.Of(this)
        .SelectMany(line => StripModel.Rows(line, glyphs, width))
        .TakeLast(6)];

    private void Do(ScreenCommand command)
    {
        switch (command)
        {
            case ScreenCommand.Submit or ScreenCommand.Test or ScreenCommand.Reveal or ScreenCommand.NextField
                or ScreenCommand.PreviousField or ScreenCommand.TurnOn or ScreenCommand.TurnBack or ScreenCommand.Enter:
                Questions.Do(command);
                break;
            case ScreenCommand.Confirm:
                Questions.Answer(new Go());
                break;
            case ScreenCommand.Skip:
                Questions.Answer(new Skip());
                break;
            case ScreenCommand.Retry:
                Questions.Answer(new Retry());
                break;
            case ScreenCommand.TakeBack:
                Questions.Answer(new TakeBack());
                break;
            case ScreenCommand.StopHere:
                Questions.Answer(new StopHere());
                break;
            case ScreenCommand.ToggleRaw:
                Detail.ToggleRaw();
                break;
            case ScreenCommand.NextPane:
                Focus = (Pane)(((int)Focus + 1) % 3);
                break;
            case ScreenCommand.PreviousPane:
                Focus = (Pane)(((int)Focus + 2) % 3);
                break;
            case ScreenCommand.Zoom:
                IsZoomed = !IsZoomed;
                break;
            case ScreenCommand.FollowStep:
                Detail.LeaveEnding();
                Steps.Follow();
                break;
            case ScreenCommand.Up or ScreenCommand.Down or ScreenCommand.PageUp or ScreenCommand.PageDown or ScreenCommand.Top or ScreenCommand.End:
                Scroll(command);
                break;
            case ScreenCommand.Search:
                Prompt = new LinePrompt(ScreenWords.SearchPrompt, ScreenWords.SearchHelp, Search);
                break;
            case ScreenCommand.LeaveReindexRunning:
                ReindexWish.Leave();
                break;
            case ScreenCommand.AskAboutTasks:
                TaskWish.Ask();
                break;
            case ScreenCommand.PauseCopy:
                Pace.Pause();
                break;
            case ScreenCommand.ResumeCopy:
                Pace.Resume();
                break;
            case ScreenCommand.LimitCopy:
                Prompt = new LinePrompt(ScreenWords.LimitPrompt(Pace.Limit), ScreenWords.LimitHelp, Pace.SetLimit);
                break;
            case ScreenCommand.NextMatch or ScreenCommand.PreviousMatch:
                Notice = Log.FindNext(older: command == ScreenCommand.NextMatch) ? null : ScreenWords.NotFound;
                break;
            case ScreenCommand.Filter:
                Log.NextFilter();
                break;
            case ScreenCommand.Wrap:
                Log.ToggleWrap();
                break;
            case ScreenCommand.SaveLog:
                SaveLog();
                break;
            case ScreenCommand.Help or ScreenCommand.CloseHelp:
                Help.Toggle();
                break;
            case ScreenCommand.Redraw:
                host.Redraw();
                break;
            default:
                DoLeaving(command);
                break;
        }
    }

    private void DoLeaving(ScreenCommand command)
    {
        switch (command)
        {
            case ScreenCommand.Escape when IsZoomed && Form is null:
                IsZoomed = false;
                break;
            case ScreenCommand.Escape when Log.Search.Length > 0 && Form is null:
                Log.Find("");
                break;
            case ScreenCommand.AskLeave or ScreenCommand.Escape:
                Leaving.Ask();
                break;
            case ScreenCommand.LeaveNo:
                Leaving.StopAsking();
                break;
            case ScreenCommand.LeaveYes when Ended is null:
                var isAtQuestion = Questions.Pending is not null;
                Questions.Clear();
                Leaving.Stop(isAtQuestion);
                break;
            case ScreenCommand.LeaveAtOnce:
                Leaving.CutOff();
                break;
            default:
                Leaving.Leave();
                break;
        }
    }

    private void Scroll(ScreenCommand command)
    {
        if (Help.IsShown)
        {
            Help.Scroll.Do(command);
        }
        else if (Focus == Pane.Log)
        {
            Log.Do(command);
        }
        else if (Focus == Pane.Detail)
        {
            Detail.Scroll.Do(command);
        }
        else
        {
            Detail.LeaveEnding();
            Steps.Do(command);
        }
    }

    private string? Search(string text)
    {
        Focus = Pane.Log;
        Notice = Log.Find(text) ? null : ScreenWords.NotFound;
        return null;
    }

    private void SaveLog()
    {
        try
        {
            Notice = ScreenWords.Saved(host.SaveLog(opened?.MoveFolder ?? "", Log.ForFile()));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Notice = ScreenWords.NotSaved(refused.Message);
        }
    }
}
