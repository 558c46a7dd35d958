using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Reporting;

/// <summary>One step in the report.</summary>
internal sealed record ReportStep(StepId Id, string Title, string Guide, Side Side)
{
    /// <summary>Each time it was begun.</summary>
    public required IReadOnlyList<ReportAttempt> Attempts { get; init; }

    /// <summary>What it left, when it is done.</summary>
    public StepFact? Fact { get; init; }

    /// <summary>Who did it last, where.</summary>
    public string By { get; init; } = "";

    /// <summary>It was begun and taken back, and stands as not begun.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Done, or not needed.</summary>
    public bool IsSettled => Fact is not null;

    /// <summary>What the journal says of a step.</summary>
    public static ReportStep Of(MoveStep step, JournalState journal, TimeZoneInfo zone)
    {
        var attempts = new List<ReportAttempt>();
        JournalEntry? begun = null;
        JournalEntry? before = null;
        foreach (var entry in journal.Entries)
        {
            if (entry.Kind == JournalKind.Opened)
                Close(AttemptEnd.CutShort, before);
            before = entry;
            if (entry.Step != step.Id)
                continue;
            switch (entry.Kind)
            {
                case JournalKind.Started:
                    Close(AttemptEnd.CutShort, entry);
                    begun = entry;
                    break;
                case JournalKind.Finished:
                    begun ??= entry;
                    Close(entry.Fact is LeftOut ? AttemptEnd.NotNeeded : AttemptEnd.Done, entry);
                    break;
                case JournalKind.Undoing:
                    Close(AttemptEnd.CutShort, entry);
                    begun = entry;
                    break;
                case JournalKind.Undone:
                    Close(AttemptEnd.TakenBack, entry);
                    break;
                case JournalKind.Failed:
                    begun ??= entry;
                    Close(AttemptEnd.Failed, entry);
                    break;
            }
        }

        // The run that holds the journal may be at it just now.
        if (begun is not null)
            attempts.Add(new ReportAttempt(Local(begun.At), null, AttemptEnd.Open) { IsBack = begun.Kind == JournalKind.Undoing });
        var last = journal.Entries.LastOrDefault(each => each.Step == step.Id);
        return new ReportStep(step.Id, step.Words.Title, step.Words.Guide, step.Side)
        {
            Attempts = attempts,
            Fact = journal.Of(step.Id).Fact,
            IsTakenBack = journal.Of(step.Id) is { Standing: JournalStanding.Nothing, TimesUndone: > 0 },
            By = last is null ? "" : $"{last.User} on {last.Machine}",
        };

        void Close(AttemptEnd end, JournalEntry? at)
        {
            if (begun is not null)
                attempts.Add(new ReportAttempt(Local(begun.At), Local((at ?? begun).At), end) { IsBack = begun.Kind == JournalKind.Undoing });
            begun = null;
        }

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
    }
}

/// <summary>One time that a step was begun, or taken back.</summary>
internal sealed record ReportAttempt(DateTimeOffset From, DateTimeOffset? To, AttemptEnd End) : ReportSpan(From, To)
{
    /// <summary>True when it was being taken back.</summary>
    public bool IsBack { get; init; }
}

/// <summary>How that ended.</summary>
internal enum AttemptEnd
{
    /// <summary>Done and proven.</summary>
    Done,

    /// <summary>Not needed, or skipped.</summary>
    NotNeeded,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>octomove was stopped or killed; how far the step came is found out when it is begun again.</summary>
    CutShort,

    /// <summary>It was taken back, and that is proven.</summary>
    TakenBack,

    /// <summary>It was at work when the report was made.</summary>
    Open,
}
