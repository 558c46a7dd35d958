using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Words;
using Serilog;
using Serilog.Core;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// The engine's end of the conversation with the front end: everything said passes the redactor, is stamped with the time and written to the
/// run's log; questions are asked one after the other, even when two steps work side by side; what the front end says unasked goes to whoever
/// listens.
/// </summary>
public sealed class Conversation : IDisposable
{
    // A message of several lines could else begin one that looks like a line of the log.
    private const string Continued = "\n    ";

    private readonly SemaphoreSlim oneQuestion = new(1, 1);
    private readonly IFrontEnd frontEnd;
    private readonly Redactor redactor;
    private readonly TimeProvider time;
    private Action<MoveCommand>? listeners;
    private Logger? log;
    private RunRecord? record;

    /// <summary>Begins.</summary>
    public Conversation(IFrontEnd frontEnd, Redactor redactor, TimeProvider time)
    {
        (this.frontEnd, this.redactor, this.time) = (frontEnd, redactor, time);
        frontEnd.Connect(Hear);
    }

    /// <summary>The log file of this run, once there is one.</summary>
    public string? LogFile { get; private set; }

    /// <summary>From now on the log is written too.</summary>
    public void OpenLog(MoveFolder folder)
    {
        LogFile = Path.Combine(folder.Logs, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.log");
        OwnFile.Open(LogFile, FileMode.Append, FileAccess.Write, FileShare.Read).Dispose();
        log = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(LogFile, outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Message:lj}{NewLine}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture, flushToDiskInterval: TimeSpan.FromSeconds(1))
            .CreateLogger();
        record = RunRecord.Open(LogFile);
    }

    /// <summary>What was told so far is on disk in the run's record.</summary>
    public void FlushRecord() => record?.Flush();

    /// <summary>Tells the front end and the log.</summary>
    public void Tell(MoveEvent happening)
    {
        happening = Clean(happening) with { At = time.GetUtcNow() };
        if (LogLines.Of(happening) is { } line)
            log?.Information("{Line:l}", line.Replace("\n", Continued, StringComparison.Ordinal));
        record?.Add(happening);
        frontEnd.Tell(happening);
    }

    /// <summary>The front end said something without being asked. Where nobody listens for it, it means nothing now.</summary>
    public void Hear(MoveCommand command) => Volatile.Read(ref listeners)?.Invoke(command);

    /// <summary>Has commands given to <paramref name="listener"/>, on the thread they come from, until the result is disposed of.</summary>
    public IDisposable ListenFor(Action<MoveCommand> listener)
    {
        Change(listener, add: true);
        return new Listening(() => Change(listener, add: false));
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="MoveStopped">The answer was to stop here.</exception>
    public async Task<MoveAnswer> AskAsync(MoveQuestion question, CancellationToken cancel)
    {
        await oneQuestion.WaitAsync(cancel);
        try
        {
            if (question.Problem is { } problem)
                question = question with { Problem = redactor.Clean(problem) };
            if (question is DecideOnTasks decide)
                question = decide with { Tasks = [.. decide.Tasks.Select(Clean)] };
            var answer = await frontEnd.AskAsync(question, cancel);
            return answer switch
            {
                StopHere => throw new MoveStopped(),
                TakeBack => throw new UndoWanted(),
                _ => answer,
            };
        }
        finally
        {
            oneQuestion.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        log?.Dispose();
        record?.Dispose();
        oneQuestion.Dispose();
    }

    private void Change(Action<MoveCommand> listener, bool add)
    {
        Action<MoveCommand>? before;
        do
        {
            before = Volatile.Read(ref listeners);
        }
        while (Interlocked.CompareExchange(ref listeners, add ? before + listener : before - listener, before) != before);
    }

    private MoveEvent Clean(MoveEvent happening) => happening switch
    {
        Logged logged => logged with { Text = redactor.Clean(logged.Text) },
        CheckMade made => made with { Finding = redactor.Clean(made.Finding), Advice = [.. made.Advice.Select(redactor.Clean)], Query = redactor.Clean(made.Query) },
        StepChanged { Note: { } note } changed => changed with { Note = redactor.Clean(note) },
        StepPreviewed preview => preview with { Lines = [.. preview.Lines.Select(each => each with { Text = redactor.Clean(each.Text) })] },
        Progressed { Current: { } current } progress => progress with { Current = redactor.Clean(current) },
        FileDiffers differs => differs with { Path = redactor.Clean(differs.Path), Detail = redactor.Clean(differs.Detail) },
        FileRepaired repaired => repaired with { Path = redactor.Clean(repaired.Path), From = redactor.Clean(repaired.From) },
        MoveOpened opened => opened with { OldServer = redactor.Clean(opened.OldServer), NewServer = redactor.Clean(opened.NewServer) },
        TasksSeen seen => new TasksSeen([.. seen.Tasks.Select(Clean)]),
        NodesSeen seen => seen with { Nodes = [.. seen.Nodes.Select(each => each with { Name = redactor.Clean(each.Name), Note = redactor.Clean(each.Note) })] },
        RunCutOff run => run with { Machine = redactor.Clean(run.Machine), User = redactor.Clean(run.User), Sentence = redactor.Clean(run.Sentence) },
        MoveEnded { Failure: { } failure } ended => ended with { Sentence = redactor.Clean(ended.Sentence), Failure = redactor.Clean(failure) },
        MoveEnded ended => ended with { Sentence = redactor.Clean(ended.Sentence) },
        _ => happening,
    };

    private RunningTask Clean(RunningTask task) =>
        task with { Name = redactor.Clean(task.Name), Description = redactor.Clean(task.Description), SpaceName = task.SpaceName is { } space ? redactor.Clean(space) : null };

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}

/// <summary>The person said: stop here. Not a failure.</summary>
public sealed class MoveStopped : Exception
{
}
