using OctoMoveTui.Words;

namespace OctoMoveTui.Tui.Models;

/// <summary>Where a key works.</summary>
internal enum KeyScope
{
    Panes,
    Log,
    Form,
    Help,
    Leaving,
    Everywhere,
}

/// <summary>A key, what it does, what it is called, and why it doesn't work now.</summary>
/// <param name="Keys">The keys, the first one being shown.</param>
/// <param name="Label">In the key bar: short.</param>
/// <param name="Description">In the help.</param>
/// <param name="Command">What it does.</param>
/// <param name="Scope">Where it works.</param>
/// <param name="WhyNot">The reason why it doesn't work now, or null when it does.</param>
/// <param name="InBar">True when the key bar shows it.</param>
internal sealed record KeyEntry(
    IReadOnlyList<string> Keys,
    string Label,
    string Description,
    ScreenCommand Command,
    KeyScope Scope,
    Func<ScreenModel, string?>? WhyNot = null,
    bool InBar = false)
{
    public string? ReasonWhyNot(ScreenModel screen) => WhyNot?.Invoke(screen);
}

/// <summary>All keys, as data: key presses, the key bar and the help are made from this one table.</summary>
internal static class KeyMap
{
    public static IReadOnlyList<KeyEntry> All { get; } =
    [
        new(["Enter", "F5", "y"], KeyWords.Confirm, KeyWords.ConfirmHelp, ScreenCommand.Confirm, KeyScope.Panes, NoConfirm, InBar: true),
        new(["o"], KeyWords.Skip, KeyWords.SkipHelp, ScreenCommand.Skip, KeyScope.Panes, NoSkip, InBar: true),
        new(["r"], KeyWords.Retry, KeyWords.RetryHelp, ScreenCommand.Retry, KeyScope.Panes, NoFailure, InBar: true),
        new(["s"], KeyWords.StopHere, KeyWords.StopHereHelp, ScreenCommand.StopHere, KeyScope.Panes, NoQuestion, InBar: true),
        new(["u"], KeyWords.TakeBack, KeyWords.TakeBackHelp, ScreenCommand.TakeBack, KeyScope.Panes, NoTakeBack, InBar: true),
        new(["p"], KeyWords.Pause, KeyWords.PauseHelp, ScreenCommand.PauseCopy, KeyScope.Panes, NoPause, InBar: true),
        new(["p"], KeyWords.Resume, KeyWords.ResumeHelp, ScreenCommand.ResumeCopy, KeyScope.Panes, NoResume, InBar: true),
        new(["l"], KeyWords.Limit, KeyWords.LimitHelp, ScreenCommand.LimitCopy, KeyScope.Panes, NoCopy, InBar: true),
        new(["t"], KeyWords.Tasks, KeyWords.TasksHelp, ScreenCommand.AskAboutTasks, KeyScope.Panes, NoTasks, InBar: true),
        new(["b"], KeyWords.LeaveRunning, KeyWords.LeaveRunningHelp, ScreenCommand.LeaveReindexRunning, KeyScope.Panes, NoReindex, InBar: true),
        new(["x"], KeyWords.Raw, KeyWords.RawHelp, ScreenCommand.ToggleRaw, KeyScope.Panes, NoRaw, InBar: true),
        new(["q"], KeyWords.Leave, KeyWords.LeaveHelp, ScreenCommand.Leave, KeyScope.Panes, NotEnded, InBar: true),
        new(["?", "F1"], KeyWords.Help, KeyWords.HelpHelp, ScreenCommand.Help, KeyScope.Panes, InBar: true),
        new(["Tab"], KeyWords.Pane, KeyWords.PaneHelp, ScreenCommand.NextPane, KeyScope.Panes, InBar: true),
        new(["Shift+Tab"], KeyWords.Pane, KeyWords.PaneBackHelp, ScreenCommand.PreviousPane, KeyScope.Panes),
        new(["z"], KeyWords.Zoom, KeyWords.ZoomHelp, ScreenCommand.Zoom, KeyScope.Panes, InBar: true),
        new(["/"], KeyWords.Search, KeyWords.SearchHelp, ScreenCommand.Search, KeyScope.Panes, InBar: true),
        new(["f"], KeyWords.Filter, KeyWords.FilterHelp, ScreenCommand.Filter, KeyScope.Panes, InBar: true),
        new(["n"], KeyWords.Next, KeyWords.NextHelp, ScreenCommand.NextMatch, KeyScope.Panes, NoSearch),
        new(["N"], KeyWords.Next, KeyWords.PreviousHelp, ScreenCommand.PreviousMatch, KeyScope.Panes, NoSearch),
        new(["w"], KeyWords.Wrap, KeyWords.WrapHelp, ScreenCommand.Wrap, KeyScope.Panes),
        new(["Ctrl+S"], KeyWords.Save, KeyWords.SaveHelp, ScreenCommand.SaveLog, KeyScope.Panes, NoLog),
        new(["c"], KeyWords.Current, KeyWords.CurrentHelp, ScreenCommand.FollowStep, KeyScope.Panes, FollowsAlready),
        new(["Up", "k"], KeyWords.Scroll, KeyWords.UpHelp, ScreenCommand.Up, KeyScope.Panes),
        new(["Down", "j"], KeyWords.Scroll, KeyWords.DownHelp, ScreenCommand.Down, KeyScope.Panes),
        new(["PageUp", "Ctrl+B"], KeyWords.Scroll, KeyWords.PageUpHelp, ScreenCommand.PageUp, KeyScope.Panes),
        new(["PageDown", "Ctrl+F"], KeyWords.Scroll, KeyWords.PageDownHelp, ScreenCommand.PageDown, KeyScope.Panes),
        new(["Home", "g"], KeyWords.Scroll, KeyWords.TopHelp, ScreenCommand.Top, KeyScope.Panes),
        new(["End", "G"], KeyWords.Scroll, KeyWords.EndHelp, ScreenCommand.End, KeyScope.Panes),

        new(["F5"], KeyWords.Submit, KeyWords.SubmitHelp, ScreenCommand.Submit, KeyScope.Form, IsBusy, InBar: true),
        new(["F6"], KeyWords.Test, KeyWords.TestHelp, ScreenCommand.Test, KeyScope.Form, NoTest, InBar: true),
        new(["F4"], KeyWords.Reveal, KeyWords.RevealHelp, ScreenCommand.Reveal, KeyScope.Form, NoReveal, InBar: true),
        new(["Enter"], KeyWords.NextField, KeyWords.EnterHelp, ScreenCommand.Enter, KeyScope.Form),
        new(["Tab", "Down"], KeyWords.NextField, KeyWords.NextFieldHelp, ScreenCommand.NextField, KeyScope.Form, InBar: true),
        new(["Shift+Tab", "Up"], KeyWords.NextField, KeyWords.PreviousFieldHelp, ScreenCommand.PreviousField, KeyScope.Form),
        new(["Space", "Right"], KeyWords.Turn, KeyWords.TurnHelp, ScreenCommand.TurnOn, KeyScope.Form, NoChoice, InBar: true),
        new(["Left"], KeyWords.Turn, KeyWords.TurnBackHelp, ScreenCommand.TurnBack, KeyScope.Form, NoChoice),
        new(["F1"], KeyWords.Help, KeyWords.HelpHelp, ScreenCommand.Help, KeyScope.Form, InBar: true),

        new(["Esc", "Enter", "q", "?", "F1"], KeyWords.Close, KeyWords.CloseHelp, ScreenCommand.CloseHelp, KeyScope.Help, InBar: true),
        new(["Up", "k"], KeyWords.Scroll, KeyWords.UpHelp, ScreenCommand.Up, KeyScope.Help, InBar: true),
        new(["Down", "j"], KeyWords.Scroll, KeyWords.DownHelp, ScreenCommand.Down, KeyScope.Help, InBar: true),
        new(["PageUp"], KeyWords.Scroll, KeyWords.PageUpHelp, ScreenCommand.PageUp, KeyScope.Help),
        new(["PageDown"], KeyWords.Scroll, KeyWords.PageDownHelp, ScreenCommand.PageDown, KeyScope.Help),

        new(["l"], KeyWords.LeaveScreen, KeyWords.LeaveScreenHelp, ScreenCommand.LeaveScreen, KeyScope.Leaving, RunsHere, InBar: true),
        new(["s"], KeyWords.StopYes, KeyWords.StopYesHelp, ScreenCommand.LeaveYes, KeyScope.Leaving, NoStop, InBar: true),
        new(["l"], KeyWords.AtOnce, KeyWords.AtOnceHelp, ScreenCommand.LeaveAtOnce, KeyScope.Leaving, RunsElsewhere, InBar: true),
        new(["a"], KeyWords.CutOff, KeyWords.CutOffHelp, ScreenCommand.LeaveAtOnce, KeyScope.Leaving, NoCutOff, InBar: true),
        new(["Esc", "n"], KeyWords.GoOn, KeyWords.GoOnHelp, ScreenCommand.LeaveNo, KeyScope.Leaving, InBar: true),

        new(["F10", "Ctrl+Q"], KeyWords.Stop, KeyWords.StopHelp, ScreenCommand.AskLeave, KeyScope.Everywhere, InBar: true),
        new(["Esc"], KeyWords.Stop, KeyWords.EscapeHelp, ScreenCommand.Escape, KeyScope.Everywhere),
        new(["Ctrl+L"], KeyWords.Redraw, KeyWords.RedrawHelp, ScreenCommand.Redraw, KeyScope.Everywhere),
    ];

    /// <summary>The entry that a key means here, working or not.</summary>
    public static KeyEntry? Find(ScreenModel screen, string key)
    {
        var here = In(screen).Where(entry => entry.Keys.Contains(key)).ToList();
        return here.Find(entry => entry.ReasonWhyNot(screen) is null) ?? here.FirstOrDefault();
    }

    /// <summary>What can be pressed here, working or not.</summary>
    public static IEnumerable<KeyEntry> In(ScreenModel screen) => All.Where(entry => entry.Scope == screen.Scope
        || (entry.Scope == KeyScope.Everywhere && screen.Scope is KeyScope.Panes or KeyScope.Form)
        || (entry.Command == ScreenCommand.Redraw));

    private static string? NoConfirm(ScreenModel screen) => LooksOn(screen) ?? (screen.HasConfirm ? null : KeyWords.NoConfirm);

    private static string? NoSkip(ScreenModel screen) => LooksOn(screen) ?? (screen.MaySkip ? null : KeyWords.NoSkip);

    private static string? NoFailure(ScreenModel screen) => LooksOn(screen) ?? (screen.HasFailure ? null : KeyWords.NoFailure);

    private static string? NoQuestion(ScreenModel screen) => LooksOn(screen) ?? (screen.HasConfirm || screen.HasFailure ? null : KeyWords.NoQuestion);

    private static string? NoTakeBack(ScreenModel screen) => screen switch
    {
        { Clock.IsPastReturn: true } => KeyWords.PastReturn,
        { Steps.IsGoingBack: true } or { IsAskedToTakeBack: true } => KeyWords.GoesBackAlready,
        { HasConfirm: false, HasFailure: false } => KeyWords.NoTakeBack,
        { Steps.DoneCount: 0 } => KeyWords.NothingToTakeBack,
        _ => null,
    };

    private static string? NoCopy(ScreenModel screen) => LooksOn(screen) ?? (screen.Pace.IsCopying ? null : KeyWords.NoCopy);

    private static string? NoTasks(ScreenModel screen) => LooksOn(screen) ?? (screen.TaskWish.IsWaiting ? null : KeyWords.NoTasks);

    private static string? NoReindex(ScreenModel screen) => LooksOn(screen) ?? (screen.ReindexWish.IsWaiting ? null : KeyWords.NoReindex);

    private static string? NoPause(ScreenModel screen) => NoCopy(screen) ?? (screen.Pace.IsPaused ? KeyWords.PausedAlready : null);

    private static string? NoResume(ScreenModel screen) => NoCopy(screen) ?? (screen.Pace.IsPaused ? null : KeyWords.NotPaused);

    private static string? NoRaw(ScreenModel screen) => screen.Detail.HasRaw ? null : KeyWords.NoRaw;

    private static string? NotEnded(ScreenModel screen) => screen.Ended is not null ? null : KeyWords.NotEnded;

    private static string? NoSearch(ScreenModel screen) => screen.Log.Search.Length > 0 ? null : KeyWords.NoSearch;

    private static string? NoLog(ScreenModel screen) => screen.Log.Count > 0 ? null : KeyWords.NoLog;

    private static string? FollowsAlready(ScreenModel screen) => screen.Steps.Follows ? KeyWords.FollowsAlready : null;

    private static string? IsBusy(ScreenModel screen) => screen.Form?.Busy;

    private static string? NoTest(ScreenModel screen) => screen.Form is { CanTest: true } form ? form.Busy : KeyWords.NoTest;

    private static string? NoReveal(ScreenModel screen) => screen.Form is { CanReveal: true } ? null : KeyWords.NoReveal;

    private static string? NoChoice(ScreenModel screen) => screen.Form?.Focused.Kind == Forms.FieldKind.Choice ? null : KeyWords.NoChoice;

    private static string? LooksOn(ScreenModel screen) => screen.Leaving.LooksOn ? KeyWords.LooksOn : null;

    private static string? NoStop(ScreenModel screen) => screen.Ended is null ? LooksOn(screen) ?? IsStoppingAlready(screen) : null;

    private static string? IsStoppingAlready(ScreenModel screen) => screen.IsStopping ? KeyWords.StoppingAlready : null;

    private static string? RunsHere(ScreenModel screen) => screen.Leaving.CanLeaveAlone ? null : KeyWords.RunsHere;

    private static string? RunsElsewhere(ScreenModel screen) =>
        screen.Leaving.CanLeaveAlone ? KeyWords.RunsElsewhere : screen.IsStopping ? null : KeyWords.NotStopping;

    private static string? NoCutOff(ScreenModel screen) =>
        LooksOn(screen) ?? (screen.Leaving.CanLeaveAlone ? screen.IsStopping ? null : KeyWords.NotStopping : KeyWords.RunsHere);
}
