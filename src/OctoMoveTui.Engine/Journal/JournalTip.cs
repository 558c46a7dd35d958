using System.Text.Json;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// How far the journal once was, written beside it when a run begins and when it ends: by it a journal is recognised that was put back from an older copy, or
/// that did not come along when the folder was carried. The chain inside the journal can't see that, for what is left of it is whole.
/// </summary>
/// <param name="Lines">So many lines it had.</param>
/// <param name="Hash">The hash of the last of them.</param>
internal sealed record JournalTip(int Lines, string Hash)
{
    /// <summary>The journal has to reach as far as it did.</summary>
    /// <exception cref="MoveFailure">It does not, or it is another one.</exception>
    internal static void Check(MoveFolder folder, ReadJournal journal)
    {
        if (Find(folder) is not { } tip)
            return;
        if (journal.Hashes.Count == 0)
            throw MisfitFailures.JournalGone(folder, tip.Lines);
        if (journal.Hashes.Count < tip.Lines)
            throw MisfitFailures.JournalOlder(folder, journal.Hashes.Count, tip.Lines);
        if (journal.Hashes[tip.Lines - 1] is { } hash && hash != tip.Hash)
            throw MisfitFailures.JournalOfAnother(folder, tip.Lines);
    }

    /// <summary>Remembers how far it is. Trouble with it is nothing: the next run remembers more.</summary>
    internal static void Remember(MoveFolder folder, int lines, string? hash)
    {
        try
        {
            if (lines > 0 && hash is not null)
                OwnFile.Write(folder.JournalTipFile, JsonSerializer.Serialize(new JournalTip(lines, hash), MoveJson.Line) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MoveFailure)
        {
        }
    }

    // What can't be understood tells nothing: it is only the second witness.
    private static JournalTip? Find(MoveFolder folder)
    {
        try
        {
            return File.Exists(folder.JournalTipFile)
                && StrictJson.Read<JournalTip>(File.ReadAllText(folder.JournalTipFile)) is { Lines: > 0 } tip ? tip : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
