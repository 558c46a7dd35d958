using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// Append one line, flush it to disk, then return; never rewrite. A last line that was cut short by a crash is cut off when the journal is
/// opened for writing; a broken line anywhere else is refused, and so is one that doesn't follow from the line before it (<see cref="JournalChain"/>),
/// for then somebody edited or the disk lost something. So a line that could not be
/// written whole is cut off at once, and none is written after it.
/// </summary>
public sealed class MoveJournal : IDisposable
{
    // The discriminator of facts, see StepFact: without it a fact can't be read back.
    private const string FactName = "fact";

    private readonly Stream file;
    private readonly MoveFolder folder;
    private readonly Redactor redactor;
    private readonly TimeProvider time;
    private readonly RunIdentity here;
    private readonly FolderLock? held;
    private readonly Lock gate = new();
    private JournalState state;
    private long whole;
    private JournalChain chain;
    private Exception? broken;

    private MoveJournal(MoveFolder folder, Stream file, ReadJournal read, RunIdentity here, FolderLock? held, Redactor redactor, TimeProvider time)
    {
        (this.folder, this.file, this.here, this.held, this.redactor, this.time) = (folder, file, here, held, redactor, time);
        (state, whole, chain) = (read.State, read.Bytes, read.Chain);
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
    public static JournalState Read(MoveFolder folder) => JournalReader.Read(folder).State;

    /// <summary>The same, for a run that will go on with it: it has to reach as far as it once did.</summary>
    /// <exception cref="MoveFailure">A line in the middle is broken, or lines are missing at the end.</exception>
    internal static JournalState ReadWhole(MoveFolder folder)
    {
        var read = JournalReader.Read(folder);
        JournalTip.Check(folder, read);
        return read.State;
    }

    /// <summary>Keeps a journal of checks that were made for another plan under another name, and begins anew.</summary>
    /// <exception cref="MoveFailure">It can't be renamed.</exception>
    public static void PutAside(MoveFolder folder, DateTimeOffset now)
    {
        try
        {
            if (File.Exists(folder.JournalFile))
                Disk.Rename(folder.JournalFile, Path.ChangeExtension(folder.JournalFile, $".{now:yyyyMMdd-HHmmss-fff}.jsonl"), overwrite: false);
            Disk.Delete(folder.JournalTipFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MoveFailures.MoveFolderUnusable(folder.Path, error);
        }
    }

    /// <summary>Opens the journal for appending and writes an "opened" line.</summary>
    /// <exception cref="MoveFailure">The journal is broken, or belongs to another plan.</exception>
    /// <param name="folder">The move folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="here">Who writes.</param>
    /// <param name="held">The lock: once it is lost, nothing more is written. Null where nobody else can come.</param>
    /// <param name="redactor">Hides secrets.</param>
    /// <param name="time">Time.</param>
    public static MoveJournal Open(MoveFolder folder, MovePlan plan, RunIdentity here, FolderLock? held, Redactor redactor, TimeProvider time) =>
        Open(folder, plan, here, held, redactor, time, OpenFile);

    /// <summary>The same, on a file that a test may let fail, and without a lock.</summary>
    internal static MoveJournal Open(
        MoveFolder folder, MovePlan plan, string program, Redactor redactor, TimeProvider time, Func<string, Stream>? openFile = null) =>
        Open(folder, plan, RunIdentity.Here(Environment.MachineName, program), null, redactor, time, openFile ?? OpenFile);

    private static MoveJournal Open(
        MoveFolder folder, MovePlan plan, RunIdentity here, FolderLock? held, Redactor redactor, TimeProvider time, Func<string, Stream> openFile)
    {
        var read = JournalReader.Read(folder);
        JournalTip.Check(folder, read);
        JournalFit.Check(folder, read.State, plan, here.Program);

        Stream? file = null;
        try
        {
            file = openFile(folder.JournalFile);
            file.SetLength(read.Bytes);
            file.Seek(0, SeekOrigin.End);
            var journal = new MoveJournal(folder, file, read, here, held, redactor, time);
            journal.Append(journal.Entry(JournalKind.Opened) with
            {
                Plan = plan.Fingerprint,
                Program = here.Program,
                Host = here.Host == here.Machine ? null : here.Host,
                MachineId = here.MachineId,
                TakenOver = held?.TakenOver,
            });
            journal.RememberTip();
            return journal;
        }
        catch (Exception error)
        {
            LetGo(file);
            if (error is IOException or UnauthorizedAccessException)
                throw MoveFailures.MoveFolderUnusable(folder.Path, error);
            throw;
        }
    }

    /// <summary>On disk before anything is touched.</summary>
    public void Started(StepId step) => Append(Entry(JournalKind.Started) with { Step = step });

    /// <summary>On disk before the effect it tells of: so that the next run knows what this one was about to do.</summary>
    public void Marked(StepId step, string mark) => Append(Entry(JournalKind.Marked) with { Step = step, Mark = mark });

    /// <summary>On disk before the next step relies on it.</summary>
    public void Finished(StepId step, StepFact fact) => Append(Entry(JournalKind.Finished) with { Step = step, Fact = fact });

    /// <summary>On disk before the first step is taken back: from then on the move goes backwards.</summary>
    public void TakingBack(StepId? until) => Append(Entry(JournalKind.TakingBack) with { Until = until });

    /// <summary>On disk before anything of a step is taken back.</summary>
    public void Undoing(StepId step) => Append(Entry(JournalKind.Undoing) with { Step = step });

    /// <summary>On disk before the step before it is taken back.</summary>
    public void Undone(StepId step) => Append(Entry(JournalKind.Undone) with { Step = step });

    /// <summary>Taken back as far as was said.</summary>
    public void TakenBack(StepId? until) => Append(Entry(JournalKind.TakenBack) with { Until = until });

    /// <summary>For the one who reads the journal later.</summary>
    public void Failed(StepId step, FailureReport failure) => Append(Entry(JournalKind.Failed) with { Step = step, Failure = failure });

    /// <summary>The machine that goes on, once this one's part is done: written with the line that closes the journal.</summary>
    public string? HandedTo { get; set; }

    /// <summary>Closes the journal. What goes wrong here is left at that: nothing relies on the line "closed".</summary>
    public void Dispose()
    {
        try
        {
            Append(Entry(JournalKind.Closed) with { HandedTo = HandedTo });
            RememberTip();
        }
        catch (MoveFailure)
        {
        }

        LetGo(file);
    }

    private void RememberTip()
    {
        lock (gate)
            JournalTip.Remember(folder, state.Entries.Count, chain.Last);
    }

    private JournalEntry Entry(JournalKind kind) =>
        new(kind, time.GetUtcNow(), here.Machine, here.User, here.Process);

    private void Append(JournalEntry entry)
    {
        var text = LineOf(entry);
        lock (gate)
        {
            if (held?.Loss is { } loss)
                throw loss;
            if (broken is not null)
                throw MoveFailures.MoveFolderUnusable(folder.Path, broken);
            var line = Encoding.UTF8.GetBytes(chain.Add(text, out var next) + "\n");
            using var effect = Effect.Of(EffectKind.JournalWrite, $"{entry.Kind} {entry.Step}", folder.JournalFile);
            try
            {
                file.Write(line);
                if (file is FileStream onDisk)
                    onDisk.Flush(flushToDisk: true);
                else
                    file.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                broken = error;
                CutOff();
                throw MoveFailures.MoveFolderUnusable(folder.Path, error);
            }

            whole += line.Length;
            chain = next;
            state = state.With(entry);
        }
    }

    // Secrets go before the line is put together, string by string: a filter that ran over the JSON could take the backslash before a quote
    // along, or a word of the journal's own, and the line could never be read back.
    private string LineOf(JournalEntry entry)
    {
        if (entry.Failure is { } failure)
            entry = entry with { Failure = redactor.Clean(failure) };
        if (entry.Mark is { } mark)
            entry = entry with { Mark = redactor.Clean(mark) };
        var line = JsonSerializer.SerializeToNode(entry, MoveJson.Line)!.AsObject();
        if (line[FactName] is JsonObject fact)
        {
            foreach (var (name, value) in fact.ToList().Where(each => each.Key != FactName))
                fact[name] = Cleaned(value);
        }

        return line.ToJsonString(MoveJson.Line);
    }

    private JsonNode? Cleaned(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(redactor.Clean(value.GetValue<string>())),
        JsonArray array => new JsonArray([.. array.Select(Cleaned)]),
        JsonObject members => new JsonObject(members.Select(each => KeyValuePair.Create(each.Key, Cleaned(each.Value)))),
        _ => node?.DeepClone(),
    };

    // Half a line in the middle would make the whole journal unreadable. Where even this fails, half a line is left at the end, which the next
    // run cuts off: none comes after it.
    private void CutOff()
    {
        try
        {
            file.SetLength(whole);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException)
        {
        }
    }

    // Without a buffer of its own: what could not be written must not be tried again behind our back when the file is closed.
    private static FileStream OpenFile(string path) => OwnFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static void LetGo(Stream? file)
    {
        try
        {
            file?.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
