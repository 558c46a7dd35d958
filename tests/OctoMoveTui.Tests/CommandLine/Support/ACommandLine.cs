using System.Text;
using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.CommandLine.Support;

/// <summary>The program without a process: types a command line, and keeps what it printed, asked and started.</summary>
internal sealed class ACommandLine : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("octomove-cli-");
    private readonly Dictionary<string, string> environment = [];
    private readonly UTF8Writer output = new();
    private readonly UTF8Writer error = new();

    public string Folder => folder.FullName;

    public string Out => output.ToString();

    public string Error => error.ToString();

    public ScriptedKeyboard Keyboard { get; } = new();

    public bool HasTerminal { get; set; }

    /// <summary>What the engine was started with.</summary>
    public MoveSettings? Settings { get; private set; }

    public MoveRequest? Request { get; private set; }

    public ProgramSettings? ShownOnScreen { get; private set; }

    /// <summary>The engine that the screen was opened on.</summary>
    public IEngineLink? Shown { get; private set; }

    /// <summary>The options that an engine of its own was to be started with.</summary>
    public IReadOnlyList<string>? EngineOptions { get; private set; }

    /// <summary>The engine that runs on this machine in a process of its own, or null.</summary>
    public ARunningEngine? Running { get; set; }

    /// <summary>What the engine does.</summary>
    public Func<IFrontEnd, CancellationToken, Task<MoveEnded>> Engine { get; set; } = (_, _) => Task.FromResult(Ended(MoveOutcome.Finished, 0));

    public CancellationTokenSource Signal { get; } = new();

    public static MoveEnded Ended(MoveOutcome outcome, int exitCode) => new(outcome, "That was it.", null, exitCode) { At = SampleMove.Midnight };

    public ACommandLine WithConfiguration(string json, string file = "octomove.json")
    {
        File.WriteAllText(Path.Combine(Folder, file), json);
        return this;
    }

    public ACommandLine WithVariable(string name, string value)
    {
        environment[name] = value;
        return this;
    }

    /// <summary>An engine that asks one question and ends with the code of whatever it got.</summary>
    public ACommandLine Asking(params MoveQuestion[] questions)
    {
        Engine = async (frontEnd, cancel) =>
        {
            try
            {
                foreach (var question in questions)
                {
                    Answers.Add(await frontEnd.AskAsync(question, cancel));
                }

                return Ended(MoveOutcome.Finished, ExitCodes.Done);
            }
            catch (MoveFailure failure)
            {
                var ended = new MoveEnded(MoveOutcome.Failed, "Stopped.", failure.Report, (int)failure.Report.Cause) { At = SampleMove.Midnight };
                frontEnd.Tell(ended);
                return ended;
            }
        };
        return this;
    }

    public List<MoveAnswer> Answers { get; } = [];

    /// <summary>An engine that tells this and ends.</summary>
    public ACommandLine Telling(params MoveEvent[] events)
    {
        Engine = (frontEnd, _) =>
        {
            foreach (var happening in events)
            {
                frontEnd.Tell(happening);
            }

            return Task.FromResult(events.OfType<MoveEnded>().LastOrDefault() ?? Ended(MoveOutcome.Finished, 0));
        };
        return this;
    }

    public Task<int> Run(params string[] arguments) => new OctoMoveCommand(new Surroundings
    {
        Out = output,
        Error = error,
        Keyboard = Keyboard,
        HasTerminal = () => HasTerminal,
        Environment = environment,
        CurrentFolder = Folder,
        ProgramFolder = Path.Combine(Folder, "program"),
        Time = SampleMove.Clock(),
        Run = (settings, frontEnd, request, cancel) =>
        {
            Settings = settings;
            Request = request;
            return Engine(frontEnd, cancel);
        },
        FindEngine = (_, _, _) => Task.FromResult<IEngineLink?>(Running),
        StartEngine = (settings, options, _) =>
        {
            EngineOptions = options;
            return Task.FromResult<IEngineLink>(new ARunningEngine(looksOn: false));
        },
        ShowScreen = (settings, link, _) =>
        {
            Shown = link;
            ShownOnScreen = settings;
            return Task.FromResult(0);
        },
        Stop = Signal.Token,
    }).RunAsync(arguments);

    public void Dispose()
    {
        Signal.Dispose();
        folder.Delete(recursive: true);
    }

    private sealed class UTF8Writer : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

/// <summary>Types prepared lines; without any, nobody sits at it.</summary>
internal sealed class ScriptedKeyboard : IKeyboard
{
    private readonly Queue<string> lines = new();

    public bool IsThere { get; set; }

    public ScriptedKeyboard Types(params string[] more)
    {
        IsThere = true;
        foreach (var line in more)
        {
            lines.Enqueue(line);
        }

        return this;
    }

    public Task<string?> ReadLineAsync(CancellationToken cancel) => Task.FromResult(lines.TryDequeue(out var line) ? line : null);

    public Task<string?> ReadSecretAsync(CancellationToken cancel) => ReadLineAsync(cancel);
}
