namespace OctoMoveTui.Words;

/// <summary>What keys are called, what the help says about them, and why they don't work now.</summary>
internal static class KeyWords
{
    public const string Confirm = "Do it";
    public const string ConfirmHelp = "do the step that waits";
    public const string Skip = "Leave out";
    public const string SkipHelp = "leave an optional step out and go on";
    public const string Retry = "Retry";
    public const string RetryHelp = "try the failed step again";
    public const string StopHere = "Stop here";
    public const string StopHereHelp = "stop before this step; the move can be resumed";
    public const string Pause = "Pause";
    public const string PauseHelp = "pause the copy of directories; the rest goes on";
    public const string Resume = "Resume";
    public const string ResumeHelp = "go on with the copy that is paused";
    public const string Limit = "Limit";
    public const string LimitHelp = "limit the copy of directories to so many MB/s";
    public const string LeaveRunning = "Background";
    public const string LeaveRunningHelp = "let the re-index run on by itself, and go on with the move";
    public const string NoReindex = "no re-index is waited for";
    public const string Tasks = "Tasks";
    public const string TasksHelp = "decide about the tasks that are waited for: cancel some, or go on";
    public const string NoTasks = "no task is waited for";
    public const string Raw = "Unfold";
    public const string RawHelp = "show or fold the raw text of a failure and what the checks asked";
    public const string Leave = "Leave";
    public const string LeaveHelp = "leave octomove";
    public const string Help = "Help";
    public const string HelpHelp = "this help";
    public const string Pane = "Pane";
    public const string PaneHelp = "next pane: steps, step, log";
    public const string PaneBackHelp = "previous pane";
    public const string Zoom = "Zoom";
    public const string ZoomHelp = "show this pane alone, and back";
    public const string Search = "Search";
    public const string SearchHelp = "search the log";
    public const string Filter = "Filter";
    public const string FilterHelp = "log: all, no details, warnings and errors, proofs";
    public const string Next = "Next";
    public const string NextHelp = "next older line that holds the text";
    public const string PreviousHelp = "next newer line that holds the text";
    public const string Wrap = "Wrap";
    public const string WrapHelp = "break long lines of the log, or cut them";
    public const string Save = "Save log";
    public const string SaveHelp = "save the log to a file";
    public const string Current = "Current step";
    public const string CurrentHelp = "go to the step in hand and follow it";
    public const string Scroll = "Scroll";
    public const string UpHelp = "up";
    public const string DownHelp = "down";
    public const string PageUpHelp = "a page up";
    public const string PageDownHelp = "a page down";
    public const string TopHelp = "to the first line";
    public const string EndHelp = "to the last line; the log follows again";

    public const string Submit = "Go on";
    public const string SubmitHelp = "answer with what is typed";
    public const string Test = "Test";
    public const string TestHelp = "connect and show what is found";
    public const string Reveal = "Show/hide";
    public const string RevealHelp = "show or hide the secret";
    public const string NextField = "Field";
    public const string EnterHelp = "next field; after the last one: go on";
    public const string NextFieldHelp = "next field";
    public const string PreviousFieldHelp = "previous field";
    public const string Turn = "Change";
    public const string TurnHelp = "next choice";
    public const string TurnBackHelp = "previous choice";

    public const string Close = "Close";
    public const string CloseHelp = "close the help";

    public const string StopYes = "Stop";
    public const string StopYesHelp = "stop at the next safe point";
    public const string AtOnce = "Leave at once";
    public const string AtOnceHelp = "leave without waiting for the safe point";
    public const string GoOn = "Go on";
    public const string GoOnHelp = "go on with the move";

    public const string Stop = "Stop/leave";
    public const string StopHelp = "stop the move or leave; asks first";
    public const string EscapeHelp = "back: leaves zoom and search; else asks whether to stop";
    public const string Redraw = "Redraw";
    public const string RedrawHelp = "draw the screen anew";

    public const string NoConfirm = "no step waits for your yes";
    public const string NoSkip = "no optional step waits for you";
    public const string NoFailure = "no step has failed";
    public const string NoQuestion = "no step waits for you; F10 stops the move";
    public const string NoCopy = "no directories are being copied";
    public const string PausedAlready = "it is paused already";
    public const string NotPaused = "it is not paused";
    public const string NoRaw = "there is nothing to unfold here";
    public const string NotEnded = "the move is not at its end; F10 stops it";
    public const string NoSearch = "search first, with /";
    public const string NoLog = "the log is empty";
    public const string FollowsAlready = "it is followed already";
    public const string NoTest = "there is nothing to test here";
    public const string NoReveal = "there is no secret here";
    public const string NoChoice = "only in a field with choices";
    public const string StoppingAlready = "it is stopping already";
    public const string NotStopping = "stop it first";
}
