using System.Collections.Immutable;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Journal;

/// <summary>What the lines of a journal add up to.</summary>
public sealed class JournalState
{
    /// <summary>No line yet.</summary>
    public static JournalState Empty { get; } = new([], ImmutableDictionary<StepId, JournalledStep>.Empty, null, null);

    private readonly ImmutableDictionary<StepId, JournalledStep> steps;

    private JournalState(
        ImmutableList<JournalEntry> entries, ImmutableDictionary<StepId, JournalledStep> steps, string? plan, JournalEntry? lastWish)
    {
        Entries = entries;
        this.steps = steps;
        Plan = plan;
        LastWish = lastWish;
    }

    /// <summary>All lines.</summary>
    public ImmutableList<JournalEntry> Entries { get; }

    /// <summary>The fingerprint of the plan the journal belongs to.</summary>
    public string? Plan { get; }

    /// <summary>The version of octomove that opened it last; null when none did.</summary>
    public string? Program => Entries.FindLast(each => each.Program is not null)?.Program;

    /// <summary>The line that says that the move is to be taken back, while that is not done; else null.</summary>
    public JournalEntry? TakingBack => LastWish is { Kind: JournalKind.TakingBack } ? LastWish : null;

    /// <summary>The line that says that the move was taken back, as far as was asked, while nothing was begun since; else null.</summary>
    public JournalEntry? TakenBack => LastWish is { Kind: JournalKind.TakenBack } ? LastWish : null;

    /// <summary>True when the whole move was taken back and nothing was begun since: what comes next is another move.</summary>
    public bool IsTakenBack => TakenBack is { Until: null };

    // The last line that says how the move as a whole stands: forwards or backwards.
    private JournalEntry? LastWish { get; }

    /// <summary>What is known of a step.</summary>
    public JournalledStep Of(StepId step) => steps.GetValueOrDefault(step) ?? JournalledStep.Nothing;

    /// <summary>The steps that were begun or finished; one that was left out has touched nothing.</summary>
    public IEnumerable<StepId> Touched =>
        steps.Where(each => each.Value is { Standing: not JournalStanding.Nothing, Fact: not LeftOut }).Select(each => each.Key);

    /// <summary>True when the step was finished in the run that opened the journal last.</summary>
    internal bool IsOfLastRun(StepId step) =>
        Entries.FindLastIndex(each => each.Kind == JournalKind.Finished && each.Step == step) > Entries.FindLastIndex(each => each.Kind == JournalKind.Opened);

    /// <summary>All facts of finished steps.</summary>
    public IEnumerable<StepFact> Facts => steps.Values.Select(each => each.Fact).OfType<StepFact>();

    internal JournalState With(JournalEntry entry) => new(
        Entries.Add(entry),
        entry.Step is { } step ? steps.SetItem(step, Of(step).After(entry)) : steps,
        entry.Plan ?? Plan,
        entry.Kind is JournalKind.TakingBack or JournalKind.TakenBack or JournalKind.Started or JournalKind.Finished ? entry : LastWish);
}

/// <summary>What the journal says about one step.</summary>
/// <param name="Standing">Nothing, started or finished.</param>
/// <param name="Fact">The fact, when finished.</param>
/// <param name="At">When that line was written.</param>
public sealed record JournalledStep(JournalStanding Standing, StepFact? Fact, DateTimeOffset At)
{
    internal static readonly JournalledStep Nothing = new(JournalStanding.Nothing, null, default);

    /// <summary>What the step marked about its own work, in any run.</summary>
    public ImmutableHashSet<string> Marks { get; init; } = [];

    /// <summary>How often it was taken back: what it makes the next time has to be told from what it made before.</summary>
    public int TimesUndone { get; init; }

    internal JournalledStep After(JournalEntry entry) => entry.Kind switch
    {
        JournalKind.Started => this with { Standing = JournalStanding.Started, Fact = null, At = entry.At },
        JournalKind.Marked when entry.Mark is { } mark => this with { Marks = Marks.Add(mark) },
        JournalKind.Finished => this with { Standing = JournalStanding.Finished, Fact = entry.Fact, At = entry.At },

        // Fact and marks stay until it is undone: they say what has to be put back.
        JournalKind.Undoing => this with { Standing = JournalStanding.Undoing, At = entry.At },
        JournalKind.Undone => Nothing with { TimesUndone = TimesUndone + 1, At = entry.At },
        _ => this,
    };
}

/// <summary>How far the journal says a step is.</summary>
public enum JournalStanding
{
    /// <summary>Not mentioned.</summary>
    Nothing,

    /// <summary>Begun, not finished.</summary>
    Started,

    /// <summary>Finished and proven.</summary>
    Finished,

    /// <summary>Being taken back.</summary>
    Undoing,
}
