using System.Globalization;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tui.Models;

namespace OctoMoveTui.Words;

/// <summary>Headings and sentences of the screen.</summary>
internal static class ScreenWords
{
    public const string Starting = "starting";
    public const string NoStepsYet = "The steps of the move appear here.";
    public const string NoPreviewYet = "What this step will do exactly is not known yet.";
    public const string WhatItDoes = "What it does, exactly:";
    public const string WayBack = "Way back:";
    public const string RawFolded = "  [X] shows the raw text.";
    public const string QueriesFolded = "[X] shows what was asked.";
    public const string QueriesShown = "[X] folds what was asked.";
    public const string Ending = "The end of this run";
    public const string NothingRuns = "Nothing is running.";
    public static string UndoFailed(string title) => $"{title} could not be taken back.";

    public const string NoWayBack = "Point of no return passed: the old server can't take over again without losses.";
    public const string MoreBelow = " (more below)";
    public const string CutOff = "stopped; goes on when the move is resumed";
    public const string LogHeld = "held (End follows)";
    public const string Stopped = "Stopped. Run octomove again to resume the move.";
    public const string Stopping = "Stopping at the next safe point. The move can be resumed.";
    public const string AskStop = "Stop the move at the next safe point? It can be resumed.";
    public const string AskStopKeys = "[S] stop it  [Esc] go on with it";
    public const string AskLeaveAtOnce =
        "It is still on its way to a safe point. Leave at once? What is in hand is cut off and done again later.";

    public const string AskLeaveAtOnceKeys = "[L] leave  [Esc] wait";

    public const string AskStopNow = "Nothing runs until you answer. Leave octomove? The move can be resumed.";
    public const string AskStopNowKeys = "[S] leave  [Esc] go on with it";
    public const string AskLeaveOrStop = "Leave the screen? The move goes on without it, and octomove attaches to it again.";
    public const string AskLeaveOrStopKeys = "[L] leave the screen  [S] stop the move at its next safe point  [Esc] stay";
    public const string AskLeaveQuestion = "Leave the screen? The question waits until somebody attaches; until then nothing runs.";
    public const string AskLeaveQuestionKeys = "[L] leave the screen  [S] stop the move here  [Esc] stay";
    public const string AskCutOff = "It is still on its way to a safe point, and gets there without you. Cut off is done again later.";
    public const string AskCutOffKeys = "[L] leave the screen  [A] cut it off at once  [Esc] wait";
    public const string AskLookOn = "Leave? You only look on: the move goes on.";
    public const string AskLookOnKeys = "[L] leave  [Esc] stay";
    public const string LookingOn = "octomove, looking on";
    public const string AskLeave = "Leave octomove?";
    public const string AskLeaveKeys = "[S] leave  [Esc] stay";
    public const string LookOnKeys = "looking on";
    public const string SearchPrompt = "Search the log: ";
    public const string SearchHelp = "[Enter] find  [Esc] leave";
    public const string LimitHelp = "[Enter] set  [Esc] leave";
    public const string Paused = "paused";
    public const string NotFound = "Nothing in the log holds that.";
    public const string HelpTitle = "Keys";
    public const string HelpLegend = "Signs";
    public const string NotNow = "not now";

    public static string Lines(int count) => count == 1 ? "1 line" : count.ToString("#,0", CultureInfo.InvariantCulture) + " lines";

    public static string LimitPrompt(TransferRate? now) => $"Limit in MB/s, or like 160 Mbit/s; empty = none (now {now?.ToString() ?? "none"}): ";

    public static string BadLimit(string typed) => $"\"{typed.Trim()}\" is no speed above zero. Write it like 20, 20 MB/s or 160 Mbit/s.";

    public static string LimitedTo(TransferRate rate) => $"limit {rate}";

    public static string Filter(LogFilter filter) => filter switch
    {
        LogFilter.NoDetails => "no details",
        LogFilter.Troubles => "warnings and errors only",
        LogFilter.Proofs => "proofs only",
        _ => "all",
    };

    public static string Left(string clock) => clock + " left";

    public static string LockedOut(string since, string clock) => $"Users are locked out since {since}, {clock}.";

    public static string StepsTitle(int done, int all) => $"Steps: {done} of {all} done";

    public static string DetailTitle(string step) => step;

    public static string LogTitle(string status) => $"Log: {status}";

    public static string Confirm(string title, string nature) => $"{title}: do it? ({nature})";

    public const string ConfirmOptionalKeys = "[Enter] do it  [O] leave it out  [S] stop here  [U] take back";
    public const string ConfirmUndoKeys = "[Enter] take it back  [S] stop here";
    public const string UndoOverview = "Taking back";
    public const string UndoCutOff = "stopped; octomove undo goes on with it";

    public static string ConfirmUndo(string title) => $"{title}: do it? Above stands all that is done, in this order.";

    public const string ConfirmKeys = "[Enter] do it  [S] stop here  [U] take back";

    /// <summary>Checks that found something worth reading don't stop the move; said beside the next question, lest they are overlooked.</summary>
    public static string ReadFirst(string title, string remarks) => $"{title}: {remarks}: read them there before you go on.";

    public static string Failed(string title) => $"{title}: failed.";

    public const string FailedKeys = "[R] retry  [S] stop here  [U] take back  [X] raw text";
    public const string UndoFailedKeys = "[R] retry  [S] stop here  [X] raw text";
    public const string EndedKeys = "[Q] leave octomove";

    public static string Disabled(string label, string reason) => $"{label}: {NotNow}, {reason}";

    public static string Saved(string file) => $"The log is saved: {file}";

    public static string NotSaved(string why) => $"The log could not be saved: {why}";

    public static readonly IReadOnlyList<(string Sign, string AsciiSign, string Meaning)> Legend =
    [
        ("✓", "x", "done, proven"),
        ("▶", ">", "running"),
        ("?", "?", "waits for you; at a check: can't be told"),
        ("!", "!", "failed"),
        ("·", ".", "not begun; in the log: a detail"),
        ("–", "-", "not needed"),
        ("»", "=", "on the other server"),
        ("~", "~", "a warning; behind a step: its checks found something to be read"),
        ("O N", "O N", "on the old server, on the new server"),
    ];
}
