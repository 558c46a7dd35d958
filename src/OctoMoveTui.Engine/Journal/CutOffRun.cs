using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>A run that left the journal open: it was killed, its machine lost power, or the move folder went away under it.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="User">Under which account.</param>
/// <param name="Process">In which process.</param>
/// <param name="Since">When it opened the folder, UTC.</param>
/// <param name="LastSign">When it wrote its last line, UTC.</param>
/// <param name="Steps">The steps that it had begun and not ended.</param>
public sealed record CutOffRun(string Machine, string User, int Process, DateTimeOffset Since, DateTimeOffset LastSign, IReadOnlyList<StepId> Steps)
{
    /// <summary>What happened, in a sentence.</summary>
    public string Told => Notes.CutOff(this, [.. Steps.Select(TitleOf)]);

    /// <summary>The last run of a journal, when it was cut off; null when it left in good order, or there was none. Of a run that is at work it says the same.</summary>
    public static CutOffRun? Of(JournalState state)
    {
        var entries = state.Entries;
        var opened = entries.FindLastIndex(each => each.Kind == JournalKind.Opened);
        if (opened < 0 || entries[^1].Kind == JournalKind.Closed)
            return null;

        var begun = new List<StepId>();
        foreach (var entry in entries.Skip(opened))
        {
            if (entry is { Kind: JournalKind.Started or JournalKind.Undoing, Step: { } started })
                begun.Add(started);
            else if (entry is { Kind: JournalKind.Finished or JournalKind.Failed or JournalKind.Undone, Step: { } ended })
                begun.RemoveAll(each => each == ended);
        }

        return new CutOffRun(entries[opened].Machine, entries[opened].User, entries[opened].Process, entries[opened].At, entries[^1].At, [.. begun.Distinct()]);
    }

    private static string TitleOf(StepId step) =>
        TheMove.Shapes.SelectMany(TheMove.StepsOf).FirstOrDefault(each => each.Id == step)?.Words.Title ?? step.Word;
}
