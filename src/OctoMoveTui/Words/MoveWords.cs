using System.Globalization;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Words;

/// <summary>The words for what a move is made of: the same on the screen and in lines of text.</summary>
internal static class MoveWords
{
    public const string Program = "octomove";
    public const string Why = "Why:";
    public const string WhatToDo = "What to do:";
    public const string Raw = "The raw text:";

    public static string State(StepState state) => state switch
    {
        StepState.Pending => "not begun",
        StepState.Probing => "asking the servers",
        StepState.Waiting => "waits for you",
        StepState.Running => "running",
        StepState.Verifying => "being verified",
        StepState.Done => "done",
        StepState.NotNeeded => "not needed",
        StepState.Failed => "failed",
        StepState.OnOtherServer => "on the other server",
        StepState.Undoing => "being taken back",
        StepState.Undone => "taken back",
        _ => state.ToString(),
    };

    public static string Shape(ShapeChoice choice) => $"{choice.Title}: {choice.What} Outage: {Lowered(choice.Outage)}";

    public static string Side(Side side) => side == Engine.Moving.Side.Old ? "Old server" : "New server";

    public static string SideMark(Side side) => side == Engine.Moving.Side.Old ? "O" : "N";

    public static string Nature(StepNature nature) => nature switch
    {
        StepNature.ReadsOnly => "changes nothing",
        StepNature.CanBeUndone => "can be undone",
        StepNature.PointOfNoReturn => "POINT OF NO RETURN",
        _ => "after the point of no return",
    };

    public static string Guide(string guide) => guide is "" or "–" or "-" 
        ? "not in the guide"
        : guide.Contains(',', StringComparison.Ordinal) ? $"guide steps {guide}" : $"guide step {guide}";

    public static string Kind(LogKind kind) => kind switch
    {
        LogKind.Info => "info",
        LogKind.Proof => "proof",
        LogKind.Warning => "warn",
        LogKind.Error => "ERROR",
        _ => "detail",
    };

    public static string Kind(PreviewKind kind) => kind switch
    {
        PreviewKind.Sql => "SQL",
        PreviewKind.Command => "run",
        PreviewKind.Request => "HTTP",
        PreviewKind.Path => "path",
        _ => "",
    };

    /// <summary>What a test found; below it, what to do about it.</summary>
    public static string Finding(Finding finding, Glyphs glyphs) => finding.IsAdvice
        ? $"{glyphs.Arrow} {finding.Text}" : $"{glyphs.Verdict(finding.Verdict)} {Verdict(finding.Verdict)}: {finding.Text}";

    public static string Verdict(Verdict verdict) => verdict switch
    {
        Engine.Moving.Verdict.Pass => "ok",
        Engine.Moving.Verdict.Warn => "warn",
        Engine.Moving.Verdict.Fail => "FAIL",
        _ => "unknown",
    };

    /// <summary>"20 passed, 2 warnings, 1 unknown, 0 failed".</summary>
    public static string CheckSummary(IReadOnlyCollection<CheckMade> checks)
    {
        return $"{Count(Engine.Moving.Verdict.Pass)} passed, {Warnings(Count(Engine.Moving.Verdict.Warn))}, "
            + $"{Count(Engine.Moving.Verdict.Unknown)} unknown, {Count(Engine.Moving.Verdict.Fail)} failed";

        int Count(Verdict verdict) => checks.Count(each => each.Verdict == verdict);
    }

    /// <summary>"2 warnings, 1 unknown"; empty when there is neither.</summary>
    public static string CheckRemarks(IReadOnlyCollection<Verdict> verdicts)
    {
        var warnings = verdicts.Count(each => each == Engine.Moving.Verdict.Warn);
        var unknown = verdicts.Count(each => each == Engine.Moving.Verdict.Unknown);
        return string.Join(", ", new[] { warnings > 0 ? Warnings(warnings) : "", unknown > 0 ? $"{unknown} unknown" : "" }.Where(part => part.Length > 0));
    }

    private static string Warnings(int count) => count == 1 ? "1 warning" : $"{count} warnings";

    /// <summary>A check as a line of the log.</summary>
    public static string Check(CheckMade made) => string.Join("\n", [$"{made.Id} {made.Title}: {(made.Verdict == Engine.Moving.Verdict.Unknown ? "unknown: " : "")}{made.Finding}", .. made.Advice]);

    /// <summary>The kind of line that a check is in the log.</summary>
    public static LogKind Kind(Verdict verdict) => verdict switch
    {
        Engine.Moving.Verdict.Pass => LogKind.Proof,
        Engine.Moving.Verdict.Fail => LogKind.Error,
        _ => LogKind.Warning,
    };

    /// <summary>"1,234 files, 14.1 GB, all as copied, by content"; or how many differences of each kind.</summary>
    public static string Verified(DirectoryVerified verified)
    {
        var counted = $"{Quantities.Counted(verified.Files)}, {Quantities.Size(verified.Bytes)}";
        return verified.Differences.Count == 0
            ? $"{counted}, all as copied, by {(verified.Depth == VerifyDepth.Contents ? "content" : "size and time")}"
            : $"{counted}; "
                + string.Join(", ", verified.Differences.Select(each => $"{each.Count.ToString("#,0", CultureInfo.InvariantCulture)} {DifferenceWords.Of(each.Kind)}"));
    }

    public static string Purpose(ConnectionPurpose purpose) => purpose == ConnectionPurpose.OldDatabase
        ? "The old database, as octomove reads it and backs it up"
        : "The new database, as the new Octopus Server will connect to it";

    public static string Secret(SecretKind kind) => kind switch
    {
        SecretKind.MasterKey => "Master key",
        SecretKind.ApiKey => "API key",
        SecretKind.OldSqlPassword => "Password of the login on the old SQL Server",
        SecretKind.NewSqlPassword => "Password of the login that the new Octopus Server will use",
        SecretKind.KeyFilePassphrase => "Passphrase of the key file",
        SecretKind.ServicePassword => "Password of the Windows account that the new service logs on as",
        _ => "Password of the login that restores on the new SQL Server",
    };

    /// <summary>The environment variable that gives a secret without a prompt.</summary>
    public static string SecretVariable(SecretKind kind) => kind switch
    {
        SecretKind.MasterKey => "OCTOMOVE_MasterKey",
        SecretKind.ApiKey => "OCTOMOVE_ApiKey",
        SecretKind.OldSqlPassword => "OCTOMOVE_Old__Password",
        SecretKind.NewSqlPassword => "OCTOMOVE_New__Password",
        SecretKind.KeyFilePassphrase => "OCTOMOVE_KeyFilePassphrase",
        SecretKind.ServicePassword => "OCTOMOVE_New__ServicePassword",
        _ => "OCTOMOVE_New__AdminPassword",
    };

    public static string NodesLeft(NodesSeen seen) => seen.Nodes.Count(each => !each.IsSettled) switch
    {
        0 => "No node on another machine is waited for any more.",
        1 => "1 node on another machine is waited for:",
        var count => $"{count} nodes on other machines are waited for:",
    };

    public static string TasksLeft(int count) => count switch
    {
        0 => "No task is running on the old server.",
        1 => "1 task is still running on the old server:",
        _ => $"{count} tasks are still running on the old server:",
    };

    public const string UsersNotLockedOut = "Users are not locked out.";
    public const string PointOfNoReturnPassed = "Point of no return passed: the old server can't take over again without losing what the new one did.";

    public static string OutageStarted(string since) => $"Users are locked out since {since}.";

    public static string OutageEnded(string since, string until, string length) =>
        $"Users can work again: they were locked out from {since} to {until} ({length}).";

    public static string EverythingCanBeUndone(string title) => $"Until \"{title}\" everything can be undone.";

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
