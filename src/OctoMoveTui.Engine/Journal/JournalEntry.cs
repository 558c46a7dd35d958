using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Journal;

/// <summary>One line of journal.jsonl.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Machine">On which machine, as plans call it.</param>
/// <param name="User">Under which account.</param>
/// <param name="Process">In which process.</param>
public sealed record JournalEntry(JournalKind Kind, DateTimeOffset At, string Machine, string User, int Process)
{
    /// <summary>The step, where there is one.</summary>
    public StepId? Step { get; init; }

    /// <summary>What a finished step left.</summary>
    public StepFact? Fact { get; init; }

    /// <summary>The plan's fingerprint, when the folder was opened.</summary>
    public string? Plan { get; init; }

    /// <summary>The version of octomove, when the folder was opened.</summary>
    public string? Program { get; init; }

    /// <summary>The machine's real name, where the plan calls it otherwise; when the folder was opened.</summary>
    public string? Host { get; init; }

    /// <summary>What tells the machine from another of the same name, when the folder was opened; null where it has nothing of the kind.</summary>
    public string? MachineId { get; init; }

    /// <summary>What was proven of the run that held the folder before and left it without a word, when the folder was opened after such a one.</summary>
    public string? TakenOver { get; init; }

    /// <summary>The machine that goes on, when the journal was closed because this one's part was done.</summary>
    public string? HandedTo { get; init; }

    /// <summary>What a step has to remember about its own work, when it is killed in the middle.</summary>
    public string? Mark { get; init; }

    /// <summary>How far the move is taken back: to and including this step; null = all of it.</summary>
    public StepId? Until { get; init; }

    /// <summary>What went wrong, when something did.</summary>
    public FailureReport? Failure { get; init; }
}

/// <summary>What a line of the journal tells.</summary>
public enum JournalKind
{
    /// <summary>octomove opened the folder.</summary>
    Opened,

    /// <summary>A step is about to change something.</summary>
    Started,

    /// <summary>A step remembers something about its own work.</summary>
    Marked,

    /// <summary>A step is done and proven.</summary>
    Finished,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>octomove left the folder in good order.</summary>
    Closed,

    /// <summary>Somebody said that the move is to be taken back, as far as <see cref="JournalEntry.Until"/> says.</summary>
    TakingBack,

    /// <summary>A step is about to be taken back.</summary>
    Undoing,

    /// <summary>A step is taken back, and that is proven: it stands as if it had never been begun.</summary>
    Undone,

    /// <summary>The move is taken back as far as was said.</summary>
    TakenBack,
}
