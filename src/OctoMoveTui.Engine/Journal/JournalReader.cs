using System.Text;
using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>What was read of a journal: up to its last whole line.</summary>
/// <param name="State">What the lines add up to.</param>
/// <param name="Bytes">How far it is whole.</param>
/// <param name="Chain">What the next line follows from.</param>
/// <param name="Hashes">The hash of each line, first to last; null for a line of an earlier version, which has none.</param>
internal sealed record ReadJournal(JournalState State, long Bytes, JournalChain Chain, IReadOnlyList<string?> Hashes)
{
    /// <summary>No line yet.</summary>
    internal static ReadJournal Empty { get; } = new(JournalState.Empty, 0, JournalChain.Begin, []);
}

/// <summary>Reads journal.jsonl line by line, holding each to the one before it.</summary>
internal static class JournalReader
{
    /// <summary>All whole lines; a torn last one is left out. None where there is no journal.</summary>
    /// <exception cref="MoveFailure">A line in the middle is broken, or doesn't follow from the one before it.</exception>
    internal static ReadJournal Read(MoveFolder folder)
    {
        if (!File.Exists(folder.JournalFile))
            return ReadJournal.Empty;
        var bytes = ReadShared(folder.JournalFile);
        var (state, whole, chain, hashes) = (JournalState.Empty, 0L, JournalChain.Begin, new List<string?>());
        for (var number = 1; whole < bytes.Length; number++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', (int)whole);
            if (end < 0)
                break; // a torn tail: the crash came before the line was whole, so nothing relied on it

            var line = bytes.AsSpan((int)whole, end - (int)whole);
            state = state.With(Parse(folder, line, number, state.Program));
            if (!chain.Follows(Encoding.UTF8.GetString(line), out var next))
                throw MoveFailures.JournalEdited(folder.JournalFile, number);
            chain = next;
            hashes.Add(chain.Last);
            whole = end + 1;
        }

        return new ReadJournal(state, whole, chain, hashes);
    }

    // A newer octomove may write what this one doesn't know: that is no damage, and another octomove can read it.
    private static JournalEntry Parse(MoveFolder folder, ReadOnlySpan<byte> line, int number, string? program)
    {
        try
        {
            return StrictJson.Read<JournalEntry>(line);
        }
        catch (JsonException error)
        {
            throw program is not null && !ProgramVersion.GoesOnWith(program, Mover.Version)
                ? MisfitFailures.WrittenByOther(folder.JournalFile, number, program, Mover.Version, error)
                : MoveFailures.JournalBroken(folder.JournalFile, number, error);
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }
}
