using System.Text;
using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Append one line, flush it to disk, then return; never rewrite. A last line that was cut short by a crash is cut off when the journal is
/// opened for writing; a broken line anywhere else is refused, for then somebody edited or the disk lost something.
/// </summary>
public sealed class MoveJournal : IDisposable
{
    private readonly FileStream file;
    private readonly Redactor redactor;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private JournalState state;

    private MoveJournal(FileStream file, JournalState state, Redactor redactor, TimeProvider time)
    {
        this.file = file;
        this.state = state;
        this.redactor = redactor;
        this.time = time;
    }

    /// <summary>What the lines add up to.</summary>
    public JournalState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>Reads a journal without touching it; a torn last line is left out.</summary>
    /// <exception cref="MoveFailure">A line in the middle is broken.</exception>
    public static JournalState Read(MoveFolder folder) =>
        File.Exists(folder.JournalFile) ? Fold(folder, ReadShared(folder.JournalFile), out _) : JournalState.Empty;

    /// <summary>Keeps a journal of checks that were made for another plan under another name, and begins anew.</summary>
    /// <exception cref="MoveFailure">It can't be renamed.</exception>
    public static void PutAside(MoveFolder folder, DateTimeOffset now)
    {
        try
        {
            if (File.Exists(folder.JournalFile))
                File.Move(folder.JournalFile, Path.ChangeExtension(folder.JournalFile, $".{now:yyyyMMdd-HHmmss-fff}.jsonl"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    /// <summary>Opens the journal for appending and writes an "opened" line.</summary>
    /// <exception cref="MoveFailure">The journal is broken, or belongs to another plan.</exception>
    public static MoveJournal Open(MoveFolder folder, MovePlan plan, string program, Redactor redactor, TimeProvider time)
    {
        var state = JournalState.Empty;
        var whole = 0L;
        if (File.Exists(folder.JournalFile))
            state = Fold(folder, ReadShared(folder.JournalFile), out whole);

        var fingerprint = plan.Fingerprint;
        if (state.Plan is { } journalled && journalled != fingerprint)
            throw MoveFailures.PlanChanged(folder.PlanFile);

        try
        {
            var file = new FileStream(folder.JournalFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            file.SetLength(whole);
            file.Seek(0, SeekOrigin.End);
            var journal = new MoveJournal(file, state, redactor, time);
            journal.Append(journal.Entry(JournalKind.Opened) with { Plan = fingerprint, Program = program });
            return journal;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    /// <summary>On disk before anything is touched.</summary>
    public void Started(StepId step) => Append(Entry(JournalKind.Started) with { Step = step });

    /// <summary>On disk before the effect it tells of: so that the next run knows what this one was about to do.</summary>
    public void Marked(StepId step, string mark) => Append(Entry(JournalKind.Marked) with { Step = step, Mark = mark });

    /// <summary>On disk before the next step relies on it.</summary>
    public void Finished(StepId step, StepFact fact) => Append(Entry(JournalKind.Finished) with { Step = step, Fact = fact });

    /// <summary>For the one who reads the journal later.</summary>
    public void Failed(StepId step, FailureReport failure) => Append(Entry(JournalKind.Failed) with { Step = step, Failure = failure });

    /// <inheritdoc/>
    public void Dispose()
    {
        Append(Entry(JournalKind.Closed));
        file.Dispose();
    }

    private JournalEntry Entry(JournalKind kind) =>
        new(kind, time.GetUtcNow(), Environment.MachineName, Environment.UserName, Environment.ProcessId);

    private void Append(JournalEntry entry)
    {
        var line = redactor.Clean(JsonSerializer.Serialize(entry, MoveJson.Line)) + "\n";
        lock (gate)
        {
            file.Write(Encoding.UTF8.GetBytes(line));
            file.Flush(flushToDisk: true);
            state = state.With(entry);
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }

    private static JournalState Fold(MoveFolder folder, byte[] bytes, out long whole)
    {
        var state = JournalState.Empty;
        whole = 0;
        for (var number = 1; whole < bytes.Length; number++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', (int)whole);
            if (end < 0)
                return state; // a torn tail: the crash came before the line was whole, so nothing relied on it

            try
            {
                var entry = JsonSerializer.Deserialize<JournalEntry>(bytes.AsSpan((int)whole, end - (int)whole), MoveJson.Line);
                state = state.With(entry ?? throw new JsonException("empty"));
            }
            catch (Exception error) when (error is JsonException or NotSupportedException)
            {
                throw MoveFailures.JournalBroken(folder.JournalFile, number, error);
            }

            whole = end + 1;
        }

        return state;
    }
}
