using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Engine.Moving;

/// <summary>How long a rehearsal took for what a move does while users wait.</summary>
/// <param name="Backup">Backup and its verification.</param>
/// <param name="Restore">Restore, CHECKDB and row counts.</param>
/// <param name="Copy">All directories. In a move most of it is copied ahead, before the outage.</param>
internal sealed record OutageForecast(TimeSpan Backup, TimeSpan Restore, TimeSpan Copy)
{
    /// <summary>From the journal: of each step the run that finished it.</summary>
    internal static OutageForecast Of(JournalState journal)
    {
        return new OutageForecast(Took("back-up-database"), Took("restore-database"), Took("copy-directories"));

        TimeSpan Took(string step)
        {
            var entries = journal.Entries.Where(each => each.Step?.Word == step).ToList();
            var (begun, ended) = (entries.FindLast(each => each.Kind == JournalKind.Started), entries.FindLast(each => each.Kind == JournalKind.Finished));
            return begun is null || ended is null || ended.At < begun.At ? TimeSpan.Zero : ended.At - begun.At;
        }
    }
}
