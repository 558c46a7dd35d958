using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Reporting;

namespace OctoMoveTui.Engine.Words;

/// <summary>The words of the report.</summary>
internal static class ReportWords
{
    internal const string Outage = "Outage";
    internal const string Timeline = "Timeline";
    internal const string TimelineOfOutage = "Timeline of the outage";
    internal const string Steps = "Steps";
    internal const string StillToDo = "What is left for you";
    internal const string WayBack = "Going back";
    internal const string Failures = "What failed";
    internal const string Proofs = "What was proven";
    internal const string Warnings = "What to know";
    internal const string Checks = "Checks";
    internal const string Speed = "Speed";
    internal const string Exactly = "What the steps did, exactly";
    internal const string ExactlyNote = "Statements, command lines, requests and paths, as each step announced them before it began. Secrets are masked.";
    internal const string Commands = "Every command and answer";
    internal const string Nothing = "Nothing.";
    internal const string CommandsNote = "Programs and requests as they were called, with what they said, and the messages of SQL Server. Secrets are masked.";
    internal const string NoWayBack =
        "The point of no return is passed: users are at work again, and what they do exists only there. Going back now would lose it.";
    internal const string WentBackNote = "These steps were taken back:";
    internal const string NothingToTakeBack = "Nothing was changed yet: there is nothing to take back.";
    internal const string RestOfJournal = "The files database-receipt.md, journal.jsonl and logs/ in the move folder have the rest.";

    internal static string Title(MoveReport report) => $"Move {report.Plan.MoveId}";

    internal static string Servers(MovePlan plan) => $"{plan.Old.Url} on {plan.Old.Machine} → {plan.New.Url} on {plan.New.Machine}";

    internal static string Databases(MovePlan plan) => $"{plan.Old.Database} → {plan.New.Database}";

    internal static string WayBackNote(MoveShape shape) => shape == MoveShape.Rehearsal
        ? "The old server was never touched. What the rehearsal made is taken away by octomove undo, in this order:"
        : "Until maintenance mode is left at the end, everything can be taken back. octomove undo does it, in this order:";

    internal static string Standing(MoveReport report) => report.Standing switch
    {
        MoveStanding.Finished when report.Plan.Shape == MoveShape.Rehearsal => "The rehearsal is finished. The old server works on as before, and nothing has moved.",
        MoveStanding.Finished => "The move is finished.",
        MoveStanding.TakenBack when report.Plan.Shape == MoveShape.Rehearsal => "The rehearsal was taken back: nothing of it is left that could work. The old server was never touched.",
        MoveStanding.TakenBack => "The move was taken back: users work on the old server as before.",
        MoveStanding.BeingTakenBack => "The move is being taken back: octomove undo goes on with that.",
        MoveStanding.PastReturn => "Users are at work again. Something is left to do: start octomove again.",
        MoveStanding.Failed => "The move stopped with a failure. It goes on where it stopped when octomove is started again; it can still be taken back.",
        MoveStanding.UnderWay => "The move is under way. It can still be taken back.",
        _ => "The move has not begun.",
    };

    internal static string WentBack((DateTimeOffset At, string Title, string By) step) => $"{Moment(step.At)}: {step.Title} ({step.By})";

    internal static string Made(DateTimeOffset at) => $"Made {Moment(at)} (UTC{at:zzz}) from the journal; no server was asked.";

    internal static string OutageOf(ReportSpan outage) => outage.To is { } end
        ? $"{Moment(outage.From)} to {Clock(end)}: {Duration(end - outage.From)}"
        : $"since {Moment(outage.From)}, not over";

    internal static string State(ReportStep step) => step switch
    {
        { Fact: LeftOut } => "not needed",
        { Fact: not null } => "done",
        { IsTakenBack: true } => "taken back",
        { Attempts.Count: 0 } => "to do",
        _ => End(step.Attempts[^1].End),
    };

    internal static string End(AttemptEnd end) => end switch
    {
        AttemptEnd.Done => "done",
        AttemptEnd.NotNeeded => "not needed",
        AttemptEnd.Failed => "failed",
        AttemptEnd.CutShort => "cut short",
        AttemptEnd.TakenBack => "taken back",
        _ => "at work",
    };

    internal static string Attempt(ReportStep step, ReportAttempt attempt) =>
        $"{step.Title}: {(attempt is { IsBack: true, End: not AttemptEnd.TakenBack } ? "taking it back " : "")}{End(attempt.End)}, {Clock(attempt.From)}" + (attempt.To is { } to ? $" to {Clock(to)}, {Duration(to - attempt.From)}" : "");

    internal static string Verdict(Verdict verdict) => verdict switch
    {
        Moving.Verdict.Pass => "pass",
        Moving.Verdict.Warn => "warn",
        Moving.Verdict.Fail => "FAIL",
        _ => "unknown",
    };

    internal static string SpeedOf(ReportCurve curve) => curve.Unit == ProgressUnit.Bytes
        ? $"{Bytes(curve.Points[^1].Done)} in {Duration(curve.Duration)}, {Bytes(curve.Average)}/s on average"
        : string.Create(CultureInfo.InvariantCulture, $"{curve.Points[^1].Done:0.#} % in {Duration(curve.Duration)}");

    internal static string Rate(ReportCurve curve, double rate) => curve.Unit == ProgressUnit.Bytes
        ? Bytes(rate) + "/s" : string.Create(CultureInfo.InvariantCulture, $"{rate:0.##} %/s");

    internal static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal static string Clock(DateTimeOffset at) => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For instance <c>1:02:05</c>, or <c>0.4 s</c> below a minute; a dash where the clock was set back meanwhile.</summary>
    internal static string Duration(TimeSpan span) => span < TimeSpan.Zero ? "–" : span < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}");

    private static string Bytes(double bytes) => Notes.Size((long)bytes);
}
