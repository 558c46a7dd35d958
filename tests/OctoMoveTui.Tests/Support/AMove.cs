using System.Reflection;
using System.Text;
using System.Text.Json;
using CliWrap;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Tests.Support;

/// <summary>A move on the sandbox: by the engine in this process, or by the real program in its own.</summary>
public sealed class AMove : IAsyncDisposable
{
    // The program in its own output folder, as the sandbox starts it: beside the tests it would find the tests' libraries. Who starts it some
    // thousand times wants one that is compiled ahead.
    internal static readonly string Octomove = Environment.GetEnvironmentVariable("OCTOMOVE_TEST_PROGRAM") ?? typeof(SandboxWorld).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(each => each.Key == "octomove").Value!;

    /// <summary>The rights on a file of octomove itself.</summary>
    public const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The rights on a folder of octomove itself.</summary>
    public const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    private readonly List<string> printed = [];

    private AMove(SandboxWorld world)
    {
        World = world;
        Settings = JsonSerializer.Deserialize<MoveSettings>(File.ReadAllText(world.ConfigurationFile))!;
        Settings.ApiKey = world.Secrets.ApiKey;
        Settings.MasterKey = world.Secrets.MasterKey;
        Settings.New.Password = world.Secrets.NewSqlPassword;
        Settings.New.AdminPassword = world.Secrets.NewAdminPassword;
        Settings.New.ServicePassword = world.Secrets.ServicePassword;
        Settings.Timing.Poll = TimeSpan.FromMilliseconds(50);
        Settings.Timing.ServerBusy = TimeSpan.FromMilliseconds(300);
        Person = new APerson();
    }

    public SandboxWorld World { get; }

    /// <summary>What octomove.json and the environment would give; change it to spoil something.</summary>
    public MoveSettings Settings { get; }

    /// <summary>The backups of the old database, without the probes that the checks write and delete.</summary>
    public IReadOnlyList<OctoMoveTui.Sandbox.SqlServer.BackupTaken> BackupsTaken => [.. World.OldSql.BackupsTaken.Where(each => !IsProbe(each))];

    /// <summary>The clock of an engine that runs in this process.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Who answers when the engine runs in this process.</summary>
    public APerson Person { get; set; }

    /// <summary>Everything the real program printed so far.</summary>
    public string Printed
    {
        get
        {
            lock (printed)
                return string.Join('\n', printed);
        }
    }

    public static async Task<AMove> OnAsync(WorldOptions? options = null) => new(await SandboxWorld.StartAsync(options ?? Small));

    /// <summary>Few files and no waiting, for tests that do not look at either.</summary>
    public static WorldOptions Small => new() { Packages = 20, TaskLogs = 20, Artifacts = 5, ExecutingTaskLasts = TimeSpan.Zero, ReindexLasts = TimeSpan.Zero };

    /// <summary>The engine, in this process.</summary>
    public async Task<MoveEnded> RunAsync(string? until = null, CancellationToken cancel = default) =>
        await new Mover(Settings, Person, Time).RunAsync(
            new MoveRequest(MovePurpose.Move, until is null ? null : new StepId(until)), cancel);

    /// <summary>The engine takes the move back, in this process.</summary>
    public async Task<MoveEnded> UndoAsync(string? until = null, CancellationToken cancel = default) =>
        await new Mover(Settings, Person, Time).RunAsync(
            new MoveRequest(MovePurpose.Undo, until is null ? null : new StepId(until)), cancel);

    /// <summary>The read-only checks of one server.</summary>
    public async Task<MoveEnded> CheckAsync(Side side) =>
        await new Mover(Settings, Person, Time).RunAsync(new MoveRequest(MovePurpose.Check, Side: side), default);

    /// <summary>The real program in a process of its own.</summary>
    public Task<int> RunProgramAsync(params string[] arguments) => RunProgramAsync(arguments, _ => { }, default);

    /// <summary>The same, with more variables in its environment.</summary>
    public Task<int> RunProgramAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        RunProgramAsync(arguments, _ => { }, default, variables);

    /// <summary>The real program, killed (SIGKILL) as soon as it prints a line that satisfies <paramref name="moment"/>.</summary>
    public async Task KillProgramWhenAsync(Func<string, bool> moment, params string[] arguments)
    {
        using var kill = new CancellationTokenSource();
        var seen = false;
        try
        {
            await RunProgramAsync(arguments, line =>
            {
                if (!seen && moment(line))
                {
                    seen = true;
                    kill.Cancel();
                }
            }, kill.Token);
        }
        catch (OperationCanceledException)
        {
        }

        seen.ShouldBeTrue("the moment to kill it never came:\n" + Printed);
    }

    /// <summary>The two worlds compared; each line has to hold, but for those that the person was told of.</summary>
    public async Task ShouldHaveMovedAsync(params IReadOnlyList<string> butFor)
    {
        var lines = await WorldComparison.CompareAsync(World);
        lines.Count.ShouldBeGreaterThan(15);
        lines.Where(each => !each.Holds && !butFor.Contains(each.What)).Select(each => $"{each.What}: {each.Details}").ShouldBeEmpty();
    }

    /// <summary>Whatever octomove wrote anywhere, and whatever it printed, holds none of the world's secrets.</summary>
    public void ShouldHaveWrittenNoSecret()
    {
        var written = Directory.EnumerateFiles(World.MoveFolder, "*", SearchOption.AllDirectories).ToList();
        written.ShouldContain(each => each.EndsWith("journal.jsonl", StringComparison.Ordinal));
        written.ShouldContain(each => each.EndsWith(".log", StringComparison.Ordinal));
        SecretsFound(everywhere: true).ShouldBeEmpty();
    }

    /// <summary>
    /// Nobody but its owner can read what octomove made in the move folder, even when the folder itself was there before and is open to all. What lies in the
    /// staged directories has the rights of the old server's files; the folder above it is closed.
    /// </summary>
    public void ShouldHaveClosedItsFiles()
    {
        if (OperatingSystem.IsWindows())
            return;
        var staged = Path.Combine(World.MoveFolder, "files");
        var own = new DirectoryInfo(World.MoveFolder).EnumerateFileSystemInfos()
            .Concat(new DirectoryInfo(staged).EnumerateFiles()).Concat(new DirectoryInfo(Path.Combine(World.MoveFolder, "logs")).EnumerateFileSystemInfos()).ToList();
        own.Count.ShouldBeGreaterThan(8);
        own.Where(each => each.UnixFileMode != (each is DirectoryInfo ? OwnersFolder : OwnersFile)).Select(each => $"{each.FullName} {each.UnixFileMode}").ShouldBeEmpty();
    }

    /// <summary>Nothing on either server was changed: the old one works, the new one is as empty as before.</summary>
    public void ShouldHaveChangedNothing()
    {
        World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(OctoMoveTui.Sandbox.Machines.ServiceState.Running);
        World.New.Services.All.ShouldBeEmpty();
        World.NewSql.Databases.ShouldBeEmpty();
        BackupsTaken.ShouldBeEmpty();
        World.OldSql.BackupsTaken.ShouldAllBe(each => each.CopyOnly, "a probe must not break the customer's own chain of backups");
        Directory.EnumerateFileSystemEntries(World.Share).ShouldBeEmpty("the probe backup has to be gone again");
    }

    /// <summary>Whatever a test is about: no secret may have got out in it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            SecretsFound(everywhere: false).ShouldBeEmpty();
        }
        finally
        {
            await World.DisposeAsync();
        }
    }

    // Files, what was printed, told and asked, and what other programs were started with.
    private IEnumerable<string> SecretsFound(bool everywhere)
    {
        var search = SecretSearch.For(World.AllSecrets);
        foreach (var finding in everywhere ? search.InFilesOf(World.Root, IsOfServers) : search.InFilesOf(World.MoveFolder, IsCopy))
            yield return finding;
        if (search.In(Printed) is { } printed)
            yield return "printed: " + printed;
        if (search.In(Person.Heard) is { } heard)
            yield return "told to the front end: " + heard;
        foreach (var question in Person.Questions)
        {
            if (search.In(JsonSerializer.Serialize(question, MoveJson.Line)) is { } asked)
                yield return "asked: " + asked;
        }

        foreach (var call in World.Old.Calls.Concat(World.New.Calls).Where(each => !TakesSecrets(each)))
        {
            if (search.In(string.Join(' ', call.Arguments)) is { } started)
                yield return $"{call.Tool} was started with: {started}";
        }
    }

    // What the servers keep for themselves: their databases, and the config files in which Octopus.Server has the connection string.
    private bool IsOfServers(string file) =>
        file.EndsWith(".config", StringComparison.Ordinal) || file.StartsWith(World.OldSql.DataFolder, StringComparison.Ordinal)
        || file.StartsWith(World.NewSql.DataFolder, StringComparison.Ordinal);

    // What travels through the move folder is the old server's, byte for byte.
    private bool IsCopy(string file) =>
        file.StartsWith(Path.Combine(World.MoveFolder, "files"), StringComparison.Ordinal)
        && (file.EndsWith(".bak", StringComparison.Ordinal) || Path.GetDirectoryName(file) != Path.Combine(World.MoveFolder, "files"));

    // The one command of Octopus.Server that has no other way to be told key and connection string; its preview says so.
    private static bool TakesSecrets(Sandbox.StandIns.RecordedCall call) => call.Tool == "Octopus.Server" && call.Arguments[0] == "database";

    private async Task<int> RunProgramAsync(string[] arguments, Action<string> line, CancellationToken kill, IReadOnlyDictionary<string, string>? more = null)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments([Octomove, .. arguments, "--config", World.ConfigurationFile])
            .WithEnvironmentVariables(variables =>
            {
                foreach (var (name, value) in World.Environment.Concat(more ?? new Dictionary<string, string>()))
                    variables.Set(name, value);
            })
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Keep, Encoding.UTF8))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Keep, Encoding.UTF8))
            .ExecuteAsync(kill);
        return result.ExitCode;

        void Keep(string text)
        {
            lock (printed)
                printed.Add(text);
            line(text);
        }
    }

    private static bool IsProbe(OctoMoveTui.Sandbox.SqlServer.BackupTaken backup) =>
        backup.Description?.StartsWith("OctoMoveTui probe=", StringComparison.Ordinal) == true;
}
