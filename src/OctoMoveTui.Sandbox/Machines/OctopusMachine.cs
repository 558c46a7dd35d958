using System.Collections.Concurrent;
using OctoMoveTui.Sandbox.CopyTools;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>How a pretend machine behaves.</summary>
public sealed record OctopusMachineOptions
{
    public required string Name { get; init; }

    /// <summary>The root of this machine's disk.</summary>
    public required string Folder { get; init; }

    public required string Version { get; init; }

    /// <summary>Whether Octopus Server is installed.</summary>
    public bool IsInstalled { get; init; } = true;

    /// <summary>How long Octopus Server takes from the service's start to its first answer.</summary>
    public TimeSpan StartDelay { get; init; }

    public TimeSpan ReindexLasts { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a running server writes into its node's row that it is alive; a real one does so about every 20 seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The host name that SQL Server sees this machine's sessions come from; null: the one of the machine that this runs on.</summary>
    public string? Host { get; init; }

    /// <summary>How often an enabled watchdog task looks for a stopped service.</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Prints a line before the answer of every command that only answers, as some versions do.</summary>
    public bool NoiseBeforeAnswers { get; init; }

    /// <summary>Prints "Migrating OctopusServer instance from registry…" before what <c>list-instances</c> answers.</summary>
    public bool NoiseBeforeInstances { get; init; } = true;

    /// <summary>Options that every command of other versions takes and that this one doesn't know (any more): console, nologo, noconsolelogging.</summary>
    public IReadOnlyList<string> DroppedOptions { get; init; } = [];

    /// <summary>Folders of this world that lie on other machines' disks: for this machine they do not exist.</summary>
    public IReadOnlyList<string> FoldersOfOthers { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>A service of one machine started or stopped.</summary>
public sealed record ServiceChange(string Machine, string Service, ServiceState State, DateTimeOffset When);

/// <summary>
/// A pretend Windows machine with Octopus Server on it: programs at the paths where octomove looks for them, services, scheduled tasks, a web portal.
/// </summary>
public sealed class OctopusMachine : IAsyncDisposable
{
    public const string WatchdogTask = "Octopus Watchdog OctopusServer";

    private readonly ConcurrentQueue<RecordedCall> calls = new();
    private readonly ConcurrentQueue<ServiceChange> serviceChanges = new();
    private readonly ConcurrentQueue<CopyFault> copyFaults = new();
    private readonly ConcurrentQueue<InstallFault> installFaults = new();
    private readonly Dictionary<string, OctopusMachine> neighbours = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentBag<Task> background = [];
    private readonly CancellationTokenSource switchedOff = new();
    private readonly int standInPort;
    private readonly Dictionary<string, Func<StandInCall, Task<int>>> tools;

    internal OctopusMachine(OctopusMachineOptions options, StandInHost standIns)
    {
        Options = options;
        Version = options.Version;
        Directory.CreateDirectory(options.Folder);
        KeyProtection = new KeyProtection(Path.Combine(ProgramData, "machinekey"));
        Instances = new InstanceStore(InstanceFolder, Registry, () => Version);
        Services.Changed = service => serviceChanges.Enqueue(new ServiceChange(Name, service.Name, service.State, options.Time.GetUtcNow()));
        Services.MayLogOn = Accounts.MayLogOn;
        ScheduledTasks = new ScheduledTasks(options.WatchdogInterval, options.Time, (task, cancel) => StartStoppedServicesAsync(task.Instances, cancel));
        tools = new Dictionary<string, Func<StandInCall, Task<int>>>(StringComparer.Ordinal)
        {
            ["Octopus.Server"] = new OctopusServerExe(this).AnswerAsync,
            ["sc"] = new ServiceController(this).AnswerAsync,
            ["reg"] = new RegistryCommand(this).AnswerAsync,
            ["schtasks"] = new ScheduledTasksCommand(this).AnswerAsync,
            ["tasklist"] = new TaskListCommand(this).AnswerAsync,
            ["netsh"] = new NetshCommand(this).AnswerAsync,
            ["icacls"] = new IcaclsCommand(this).AnswerAsync,
            ["msiexec"] = new InstallerCommand(this).AnswerAsync,
            ["rsync"] = new RsyncCommand(this).AnswerAsync,
            ["robocopy"] = new RobocopyCommand(this).AnswerAsync,
            ["rclone"] = new RcloneCommand(this).AnswerAsync,
        };
        standIns.Serve(Name, AnswerAsync);
        standInPort = standIns.Port;
        OctopusServer = Path.Combine(InstallFolder, Launcher.FileName("Octopus.Server"));
        if (options.IsInstalled)
            Install(options.Version, InstallFolder);
        Msiexec = Launcher.Write(Path.Combine(options.Folder, "tools"), "msiexec", Name, standIns.Port);
        Sc = Launcher.Write(Path.Combine(options.Folder, "tools"), "sc", Name, standIns.Port);
        Schtasks = Launcher.Write(Path.Combine(options.Folder, "tools"), "schtasks", Name, standIns.Port);
        Tasklist = Launcher.Write(Path.Combine(options.Folder, "tools"), "tasklist", Name, standIns.Port);
        Netsh = Launcher.Write(Path.Combine(options.Folder, "tools"), "netsh", Name, standIns.Port);
        Icacls = Launcher.Write(Path.Combine(options.Folder, "tools"), "icacls", Name, standIns.Port);
        Reg = Launcher.Write(Path.Combine(options.Folder, "tools"), "reg", Name, standIns.Port);
        Rsync = Launcher.Write(Path.Combine(options.Folder, "tools"), "rsync", Name, standIns.Port);
        Robocopy = Launcher.Write(Path.Combine(options.Folder, "tools"), "robocopy", Name, standIns.Port);
        Rclone = Launcher.Write(Path.Combine(options.Folder, "tools"), "rclone", Name, standIns.Port);
        Shares = new(StringComparer.OrdinalIgnoreCase) { ["octopus"] = Home };
    }

    internal string InstallFolder => Path.Combine(Folder, "Program Files", "Octopus Deploy", "Octopus");

    /// <summary>What is wrong with the next installations; several are taken one by one.</summary>
    public void SpoilNextInstall(InstallFault fault) => installFaults.Enqueue(fault);

    internal InstallFault? TakeInstallFault() => installFaults.TryDequeue(out var fault) ? fault : null;

    /// <summary>A fault: the server brings a database's schema up when it starts, without a word, as versions before 2020.3 did.</summary>
    public bool UpgradesSilently { get; set; }

    internal void Install(string version, string folder)
    {
        OctopusServer = Launcher.Write(folder, "Octopus.Server", Name, standInPort);
        Registry.Set(WindowsRegistry.OctopusServer, "InstallLocation", folder + Path.DirectorySeparatorChar);
        Version = version;
    }

    public string Name => Options.Name;
    public string Folder => Options.Folder;

    /// <summary>The version of the installed program; changing it is installing another one.</summary>
    public string Version { get; set; }

    /// <summary>Whether octomove was started by an administrator here.</summary>
    public bool Elevated { get; set; } = true;

    /// <summary>The default home directory of Octopus Server.</summary>
    public string Home => Path.Combine(Folder, "Octopus");

    public string OctopusServer { get; private set; }
    public string Msiexec { get; }
    public string Sc { get; }
    public string Schtasks { get; }
    public string Tasklist { get; }

    /// <summary>Processes of Octopus Server that belong to no service: run from a console, or left over from a service that is stopped.</summary>
    public System.Collections.Concurrent.ConcurrentBag<int> StrayProcesses { get; } = [];

    public string Netsh { get; }
    public string Icacls { get; }
    public string Reg { get; }
    public string Rsync { get; }
    public string Robocopy { get; }
    public string Rclone { get; }

    /// <summary>What this machine shares with its neighbours, by the name of the share.</summary>
    public Dictionary<string, string> Shares { get; }

    /// <summary>The remotes of this machine's rclone configuration, by name: each is a folder that stands for a cloud.</summary>
    public Dictionary<string, string> Remotes { get; } = new(StringComparer.Ordinal);

    /// <summary>How exactly those keep times.</summary>
    public TimeSpan RemotePrecision { get; set; } = TimeSpan.FromMicroseconds(1);

    /// <summary>How this machine answers a neighbour that comes by ssh.</summary>
    public SshAnswer Ssh { get; set; }

    public string Url => $"http://127.0.0.1:{Port.Number}";

    public ServiceTable Services { get; } = new();
    public WindowsRegistry Registry { get; } = new();
    public ScheduledTasks ScheduledTasks { get; }

    /// <summary>Whom a service can log on as.</summary>
    public DomainAccounts Accounts { get; } = new();

    /// <summary>Who has full control of which folder.</summary>
    public AccessLists Access { get; } = new();

    public HttpSys HttpSys { get; } = new();

    /// <summary>The commands that this machine received, oldest first.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. calls];

    /// <summary>Every start and stop of a service, oldest first.</summary>
    public IReadOnlyList<ServiceChange> ServiceChanges => [.. serviceChanges];

    /// <summary>A fault: asked before each call; an exit code ends the call there, null lets it go on.</summary>
    public Func<StandInCall, Task<int?>>? Intercept { get; set; }

    /// <summary>A fault of the web portal: asked before each request; an answer is given in place of the server's own, null lets it answer.</summary>
    public Func<ApiCall, ApiAnswer?>? AnswerInstead { get; set; }

    /// <summary>A fault for the next copy by rsync, robocopy or rclone; several are taken one by one.</summary>
    public void SpoilNextCopy(CopyFault fault) => copyFaults.Enqueue(fault);

    /// <summary>Lets this machine find another by its name.</summary>
    public void Meet(OctopusMachine neighbour) => neighbours[neighbour.Name] = neighbour;

    internal OctopusMachine? Neighbour(string name) => neighbours.GetValueOrDefault(name);

    internal CopyFault? TakeCopyFault() => copyFaults.TryDequeue(out var fault) ? fault : null;

    /// <summary>True for paths on this machine's disk.</summary>
    internal bool Owns(string path) => Path.GetFullPath(path).StartsWith(Path.GetFullPath(Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    internal OctopusMachineOptions Options { get; }
    internal InstanceStore Instances { get; }
    internal KeyProtection KeyProtection { get; }
    internal ReservedPort Port { get; } = new();
    internal string ProgramData => Path.Combine(Folder, "ProgramData", "Octopus", "OctopusServer");
    public string InstanceFolder => Path.Combine(ProgramData, "Instances");

    /// <summary>The tasks that were executing when this world began; the first start of the server takes them on.</summary>
    internal List<TaskInProgress> TasksInProgress { get; set; } = [];

    /// <summary>All machines share one disk here; what lies on another machine's is not there for this one.</summary>
    internal bool Sees(string path)
    {
        var full = Path.GetFullPath(path) + Path.DirectorySeparatorChar;
        return !Options.FoldersOfOthers.Any(other => full.StartsWith(Path.GetFullPath(other) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    internal WindowsService InstallService(InstanceRecord record) =>
        Services.Install(record.ServiceName, $"\"{OctopusServer}\" run --instance=\"{record.Name}\"", () => new OctopusServerProcess(this, record.Name));

    internal void CreateWatchdog(string instances) => ScheduledTasks.Add(new ScheduledTask
    {
        Name = WatchdogTask,
        Command = $"\"{OctopusServer}\" checkservices --instances {instances}",
        Instances = instances,
    });

    internal async Task<IReadOnlyList<string>> StartStoppedServicesAsync(string instances, CancellationToken cancel)
    {
        var names = instances.Split(',', StringSplitOptions.TrimEntries);
        var started = new List<string>();
        foreach (var record in Instances.All.Where(record => names.Contains("*") || names.Contains(record.Name, StringComparer.OrdinalIgnoreCase)))
        {
            if (Services.Find(record.ServiceName) is { State: ServiceState.Stopped } service && await service.StartAsync(cancel) == 0)
                started.Add(service.Name);
        }

        return started;
    }

    /// <summary>For what a command asks for and does not wait for.</summary>
    internal void InBackground(Func<CancellationToken, Task> work) => background.Add(Task.Run(() => work(switchedOff.Token)));

    /// <summary>What the program would have done, for a fault that strikes afterwards.</summary>
    public Task<int> ReallyAsync(StandInCall call) => tools[call.Tool](call);

    private async Task<int> AnswerAsync(StandInCall call)
    {
        var exitCode = Intercept is { } intercept && await intercept(call) is { } fault ? fault : await ReallyAsync(call);
        calls.Enqueue(new RecordedCall(Name, call.Tool, call.Arguments, exitCode));
        return exitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await ScheduledTasks.DisposeAsync();
        await switchedOff.CancelAsync();
        try
        {
            await Task.WhenAll(background);
        }
        catch (OperationCanceledException)
        {
            // A start or stop that nobody waits for any more.
        }

        foreach (var service in Services.All)
            await service.StopAsync(CancellationToken.None);
        Port.Dispose();
        switchedOff.Dispose();
    }
}
