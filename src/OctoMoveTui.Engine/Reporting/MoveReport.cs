using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>
/// What a move did, put together from the journal, which is believed, and from what its runs told, which shows how. Asks no server, so it can be made
/// at any time and on any machine that reaches the move folder.
/// </summary>
internal sealed record MoveReport
{
    /// <summary>What moves.</summary>
    public required MovePlan Plan { get; init; }

    /// <summary>When the report was made, in the time zone that it is written in.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How far the move is.</summary>
    public required MoveStanding Standing { get; init; }

    /// <summary>Users are at work again: there is no way back without loss. Never true of a rehearsal.</summary>
    public required bool IsPastReturn { get; init; }

    /// <summary>The steps of the move, in order.</summary>
    public required IReadOnlyList<ReportStep> Steps { get; init; }

    /// <summary>Maintenance mode from on to off; no end while it lasts; null before it began.</summary>
    public ReportSpan? Outage { get; init; }

    /// <summary>What failed, in the order of time, whether or not it was put right since.</summary>
    public required IReadOnlyList<ReportFailure> Failures { get; init; }

    /// <summary>What was proven.</summary>
    public required IReadOnlyList<Logged> Proofs { get; init; }

    /// <summary>What had to be known.</summary>
    public required IReadOnlyList<Logged> Warnings { get; init; }

    /// <summary>The checks, each as it was found last.</summary>
    public required IReadOnlyList<CheckMade> Checks { get; init; }

    /// <summary>What is left for the person.</summary>
    public required IReadOnlyList<string> StillToDo { get; init; }

    /// <summary>Steps to take back, the last one first, each with how; empty before anything was changed and after the point of no return.</summary>
    public required IReadOnlyList<(string Title, string How)> WayBack { get; init; }

    /// <summary>Steps that were taken back, when and by whom, in the order of time.</summary>
    public required IReadOnlyList<(DateTimeOffset At, string Title, string By)> WentBack { get; init; }

    /// <summary>Every command, statement and request with what came of it, as the runs told them; secrets are masked.</summary>
    public required IReadOnlyList<Logged> Details { get; init; }

    /// <summary>What each step that was begun had said it would do, exactly: statements, command lines, requests and paths; secrets are masked.</summary>
    public required IReadOnlyList<(string Title, IReadOnlyList<PreviewLine> Lines)> Exactly { get; init; }

    /// <summary>How fast it went: copies, backup, restore.</summary>
    public required IReadOnlyList<ReportCurve> Curves { get; init; }

    /// <summary>From the first journalled work to the last; null before there is any.</summary>
    public ReportSpan? Whole
    {
        get
        {
            var spans = Steps.SelectMany(each => each.Attempts).ToList();
            return spans.Count == 0 ? null : new ReportSpan(spans.Min(each => each.From), spans.Max(each => each.To ?? each.From));
        }
    }

    /// <summary>Puts it together.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="told">What the runs told, <see cref="RunRecord.ReadAll"/>.</param>
    /// <param name="time">Now, and the time zone to write in.</param>
    public static MoveReport Of(MovePlan plan, JournalState journal, IReadOnlyList<MoveEvent> told, TimeProvider time)
    {
        var now = time.GetLocalNow();
        var steps = TheMove.StepsOf(plan.Shape).Select(step => ReportStep.Of(step, journal, time.LocalTimeZone)).ToList();
        var facts = journal.Facts.ToList();
        var left = facts.OfType<MaintenanceModeLeft>().FirstOrDefault();
        var logged = told.OfType<Logged>().Select(each => each with { At = Local(each.At) }).ToList();
        return new MoveReport
        {
            Plan = plan,
            MadeAt = now,
            Standing = StandingOf(steps, journal, left is not null),
            IsPastReturn = left is not null,
            Steps = steps,
            Outage = OutageOf(journal) is { } outage ? new ReportSpan(Local(outage.From), outage.To is { } end ? Local(end) : null) : null,
            Failures = [.. journal.Entries.Where(each => each is { Kind: JournalKind.Failed, Failure: not null, Step: not null })
                .Select(each => new ReportFailure(Local(each.At), TitleOf(each.Step!.Value), each.Machine, each.Failure!))],
            Proofs = [.. logged.Where(each => each.Kind == LogKind.Proof)],
            Warnings = [.. logged.Where(each => each.Kind == LogKind.Warning).DistinctBy(each => (each.Step, each.Text))],
            Checks = [.. told.OfType<CheckMade>().GroupBy(each => (each.Step, each.Id)).Select(each => each.Last())],
            StillToDo = facts.OfType<OldServerRetired>().FirstOrDefault()?.StillToDo ?? [],
            WentBack = [.. journal.Entries.Where(each => each is { Kind: JournalKind.Undone, Step: not null } && WasBegun(journal, each))
                .Select(each => (Local(each.At), TitleOf(each.Step!.Value), $"{each.User} on {each.Machine}"))],
            WayBack = left is not null ? [] : [.. TheMove.StepsOf(plan.Shape).Reverse()
                .Where(each => each.Nature == StepNature.CanBeUndone && journal.Of(each.Id) is { Standing: not JournalStanding.Nothing, Fact: not LeftOut })
                .Select(each => (each.Words.Title, each.Words.WayBack))],
            Details = [.. logged.Where(each => each.Kind == LogKind.Detail)],
            Exactly = [.. steps.Where(each => each.Attempts.Count > 0 && each.Fact is not LeftOut)
                .Select(each => (each.Title, Lines: Exact(each.Id))).Where(each => each.Lines.Count > 0)],
            Curves = ReportCurve.Of(told, TitleOf, Local),
        };

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);

        // What a person said yes to is the last that was told before the step began.
        IReadOnlyList<PreviewLine> Exact(StepId id) =>
            [.. told.OfType<StepPreviewed>().LastOrDefault(each => each.Step == id)?.Lines.Where(each => each.Kind != PreviewKind.Words) ?? []];

        string TitleOf(StepId id) => steps.FirstOrDefault(each => each.Id == id)?.Title ?? id.Word;
    }

    // From the last time that maintenance mode was entered to whichever comes first: it was left, or taken back.
    private static ReportSpan? OutageOf(JournalState journal)
    {
        if (journal.Entries.LastOrDefault(each => each is { Kind: JournalKind.Finished, Fact: MaintenanceModeEntered }) is not { } begun)
            return null;
        var end = journal.Entries.SkipWhile(each => each != begun).FirstOrDefault(each =>
            each is { Kind: JournalKind.Finished, Fact: MaintenanceModeLeft } || (each.Kind == JournalKind.Undone && each.Step == begun.Step));
        return new ReportSpan(((MaintenanceModeEntered)begun.Fact!).Since, end is { Fact: MaintenanceModeLeft left } ? left.At : end?.At);
    }

    // One that was left out is taken back in the journal only.
    private static bool WasBegun(JournalState journal, JournalEntry undone) =>
        journal.Entries.TakeWhile(each => each != undone).Any(each => each.Kind == JournalKind.Undoing && each.Step == undone.Step);

    private static MoveStanding StandingOf(List<ReportStep> steps, JournalState journal, bool isPastReturn) =>
        journal.IsTakenBack ? MoveStanding.TakenBack
        : journal.TakingBack is not null ? MoveStanding.BeingTakenBack
        : steps.All(each => each.IsSettled) ? MoveStanding.Finished
        : isPastReturn ? MoveStanding.PastReturn
        : journal.Entries.LastOrDefault(each => each.Kind is not (JournalKind.Closed or JournalKind.Opened)) is { Kind: JournalKind.Failed } ? MoveStanding.Failed
        : steps.Any(each => each.Attempts.Count > 0) ? MoveStanding.UnderWay : MoveStanding.NotBegun;
}

/// <summary>How far a move is.</summary>
internal enum MoveStanding
{
    /// <summary>No step was begun.</summary>
    NotBegun,

    /// <summary>Begun, and it can be taken back.</summary>
    UnderWay,

    /// <summary>The last thing that happened was a failure.</summary>
    Failed,

    /// <summary>Users work on the new server; something is left to do.</summary>
    PastReturn,

    /// <summary>It is being taken back.</summary>
    BeingTakenBack,

    /// <summary>All of it was taken back.</summary>
    TakenBack,

    /// <summary>All steps are done or were not needed.</summary>
    Finished,
}

/// <summary>A stretch of time; no end while it lasts, or when nobody knows how it ended.</summary>
internal record ReportSpan(DateTimeOffset From, DateTimeOffset? To);

/// <summary>A failure as the journal has it.</summary>
internal sealed record ReportFailure(DateTimeOffset At, string Step, string Machine, FailureReport Report);
