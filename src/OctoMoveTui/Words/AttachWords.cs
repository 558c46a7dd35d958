using System.Globalization;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>What is said about a move that runs in a process of its own.</summary>
internal static class AttachWords
{
    public const string CutOff = "Cut off. Start octomove again: the servers are asked how far it got, and it goes on from there.";
    public const string StartAgain = "The move stands still. Start octomove again: the servers are asked how far it got, and it goes on from there.";
    public const string OptionsPassedOver =
        "The options of this command line are passed over: the move that runs has those it was started with. Stop it and start octomove again to change them.";

    public const string Leaving = "Leaving. The move goes on.";

    public const string TaskNotReady = "The scheduled task that was to be the engine did not begin.";
    public const string NotReady = "It did not begin to listen within a minute.";

    public static string ExitCode(uint code) => string.Create(CultureInfo.InvariantCulture, $"It ended with exit code {code}.");

    public static string Attached(int process, DateTimeOffset since, bool looksOn) =>
        $"{(looksOn ? "Looking on at" : "Attached to")} the move that runs since {since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC in process {process}.";

    public static string GoesOn(int process, string moveFolder) =>
        $"The move goes on without this screen, in process {process}. A question waits until somebody attaches.\n"
        + $"To see it again: octomove --move {moveFolder}\nTo stop it: octomove attach --stop --move {moveFolder}";

    public static string LooksOnNoMore(int process) => $"The move goes on, in process {process}.";

    public static string NobodyCanAttach(FailureReport why) => $"Nobody can attach to this move: {why.What} {why.Why}";

    public static string NoProcessOfItsOwn(string? why) =>
        "This move runs in this very program, and stops at its next safe point when the terminal goes: a process of its own could not be started."
        + (string.IsNullOrEmpty(why) ? "" : $" {why.ReplaceLineEndings(" ")}");

    public static string RunsHere(IEngineLink link, string moveFolder) =>
        $"The move runs on this machine now, in process {link.Process}. To see it: octomove attach --move {moveFolder}";

    public static string StopAsked(int process) => $"Process {process} was asked to stop at its next safe point.";

    /// <summary>What waits for an answer, for somebody who can't give it.</summary>
    public static string Waits(MoveQuestion question) => "Waits for an answer at another screen: " + question switch
    {
        ConfirmStep confirm => ScreenWords.Confirm(confirm.Title, MoveWords.Nature(confirm.Nature)),
        RetryOrStop retry => $"{retry.Failure.What} Retry or stop?",
        TypeName name => $"a name has to be typed. {name.Consequence}",
        DoByHand byHand => byHand.What,
        DecideOnTasks tasks => DecisionWords.Reason(tasks.Reason),
        GiveSecret secret => $"{MoveWords.Secret(secret.Kind)}. {secret.Why}",
        ProveMasterKeySaved => "the master key is to be saved, and typed again.",
        GiveConnectionString connection => $"connection string. {MoveWords.Purpose(connection.Purpose)}.",
        FillPlan => "the plan.",
        ChooseShape => PromptWords.Shape,
        _ => "",
    };
}
