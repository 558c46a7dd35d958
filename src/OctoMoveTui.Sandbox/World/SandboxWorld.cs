using System.Globalization;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Sandbox.StandIns;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Sandbox;

/// <summary>
/// An old server at work and a new one that waits, each with its SQL Server: all on 127.0.0.1 and in one folder, which goes with the world.
/// </summary>
public sealed class SandboxWorld : IAsyncDisposable
{
    public const string Database = "Octopus";
    /// <summary>A Windows account of the domain that a service can run under, and one that Windows itself keeps the password of.</summary>
    public const string ServiceAccount = @"CORP\octo-service";
    public const string ManagedAccount = @"CORP\octo-managed$";
    private const string OldMachine = "OLD-SERVER";
    private const string NewMachine = "NEW-SERVER";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly WorldOptions options;
    private readonly StandInHost standIns = new();
    private readonly ListeningTarget tentacle = new();
    private readonly ReservedPort silence = new();
    private int ended;

    private SandboxWorld(WorldOptions options, string root)
    {
        this.options = options;
        Root = root;
        Secrets = MakeSecrets(new SeededRandom(options.Seed), options.KeyBytes);
        Old = new OctopusMachine(MachineOptions(OldMachine, "old-server", "new-server", options.OldVersion, isInstalled: true), standIns);
        New = new OctopusMachine(MachineOptions(NewMachine, "new-server", "old-server", options.NewVersion ?? options.OldVersion, options.NewIsInstalled), standIns);
        if (!options.NewIsInstalled)
            InstallerPackage.Write(root, options.OldVersion);
        if (options.Nodes > 1)
        {
            // The directories of a cluster are shared: its second machine sees the first one's disk.
            OldSecond = new OctopusMachine(MachineOptions(OldMachine + "-2", "old-server-2", "new-server", options.OldVersion, isInstalled: true) with { Host = OldMachine + "-2" }, standIns);
            NewSecond = new OctopusMachine(MachineOptions(NewMachine + "-2", "new-server-2", "old-server", options.NewVersion ?? options.OldVersion, options.NewIsInstalled) with { Host = NewMachine + "-2" }, standIns);
        }

        Old.Meet(New);
        New.Meet(Old);
        foreach (var machine in new[] { Old, New })
            machine.Remotes["cloud"] = Path.Combine(root, "cloud");
        foreach (var machine in new[] { Old, New })
        {
            machine.Accounts.Add(ServiceAccount, Secrets.ServicePassword);
            machine.Accounts.AddManaged(ManagedAccount);
        }
    }

    public string Root { get; }

    /// <summary>The move folder; octomove makes it.</summary>
    public string MoveFolder => Path.Combine(Root, "move");

    /// <summary>What both SQL Servers can reach: the UNC share of a real move.</summary>
    public string Share => Path.Combine(Root, "share");

    /// <summary>octomove.json: no secret in it.</summary>
    public string ConfigurationFile => Path.Combine(Root, "octomove.json");

    public SqlServerDouble OldSql { get; private set; } = null!;
    public SqlServerDouble NewSql { get; private set; } = null!;
    public OctopusMachine Old { get; }
    public OctopusMachine New { get; }

    /// <summary>The other machine of an old cluster, with a node on the same database and directories; null when there is one node only.</summary>
    public OctopusMachine? OldSecond { get; }

    /// <summary>Where the second node of the new cluster is to be: Octopus Server is installed there, and nothing more.</summary>
    public OctopusMachine? NewSecond { get; }

    /// <summary>Whether two servers ever lived in this world.</summary>
    internal TwoLiveServers Watch { get; private set; } = null!;

    public WorldSecrets Secrets { get; }

    /// <summary>The instance that moves.</summary>
    public string Instance => options.Instance;

    /// <summary>Its service.</summary>
    public string Service => new InstanceRecord(options.Instance, "").ServiceName;

    /// <summary>What moves, in octomove's own word; empty: octomove asked.</summary>
    public string Shape => options.Shape;

    /// <summary>Folders only: two of the directories go to another disk of the old machine, as one may call it.</summary>
    public Dictionary<string, string> NewPlaces => new()
    {
        ["Packages"] = Path.Combine(Old.Folder, "E", "Packages"),
        ["TaskLogs"] = Path.Combine(Old.Folder, "E", "Logs"),
    };

    /// <summary>The database on the new SQL Server: that of a rehearsal is called otherwise.</summary>
    public string NewDatabase => Shape == "rehearsal" ? Database + "-Rehearsal" : Database;

    /// <summary>What an unattended run is told through its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OCTOMOVE_ApiKey"] = Secrets.ApiKey,
        ["OCTOMOVE_MasterKey"] = Secrets.MasterKey,
        ["OCTOMOVE_New__Password"] = Secrets.NewSqlPassword,
        ["OCTOMOVE_New__AdminPassword"] = Secrets.NewAdminPassword,
        ["OCTOMOVE_New__ServicePassword"] = Secrets.ServicePassword,
    };

    /// <summary>Every string that must never be found in anything written by octomove.</summary>
    public IReadOnlyList<string> AllSecrets =>
        [Secrets.MasterKey, Secrets.ApiKey, Secrets.DeployerApiKey, Secrets.OldSqlPassword, Secrets.OldAdminPassword, Secrets.NewSqlPassword, Secrets.NewAdminPassword, Secrets.ServicePassword, .. Secrets.SensitiveValues];

    /// <summary>The old database as its administrator sees it, whatever state it is in.</summary>
    public string OldAdminConnectionString => ConnectionString(OldSql, "dba", Secrets.OldAdminPassword, Database);

    /// <summary>The new database as its administrator sees it.</summary>
    public string NewAdminConnectionString => ConnectionString(NewSql, "mover", Secrets.NewAdminPassword, NewDatabase);

    /// <summary>How the new Octopus Server connects, as an administrator who sets up a further node of it types it.</summary>
    internal string NewServerConnectionString => ConnectionString(NewSql, "octopus", Secrets.NewSqlPassword, NewDatabase);

    public static async Task<SandboxWorld> StartAsync(WorldOptions options, CancellationToken cancel = default)
    {
        var root = Path.GetFullPath(options.Folder ?? Path.Combine(Path.GetTempPath(), "octomove-sandbox-" + Path.GetRandomFileName()[..8]));
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new IOException($"The folder {root} is not empty; a world begins in an empty one.");

        Directory.CreateDirectory(root);
        var world = new SandboxWorld(options, root);
        try
        {
            await world.BuildAsync(cancel);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    private async Task BuildAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(Share);
        var content = new WorldContent(options);
        var files = Task.Run(() => HomeDirectory.Write(Old.Home, content), cancel);
        var newSql = StartSqlAsync("NEW-SQL", "new-sql", options.NewSqlVersion, options.NewSql,
            [new SqlLogin("octopus", Secrets.NewSqlPassword), new SqlLogin("mover", Secrets.NewAdminPassword, Sysadmin: true)], cancel);
        try
        {
            OldSql = await StartSqlAsync("OLD-SQL", "old-sql", options.OldSqlVersion, options.OldSql,
                [new SqlLogin("octopus", Secrets.OldSqlPassword), new SqlLogin("dba", Secrets.OldAdminPassword, Sysadmin: true)], cancel);
            await BuildDatabaseAsync(content, cancel);
        }
        finally
        {
            NewSql = await newSql;
            await files;
        }

        Watch = new TwoLiveServers(this);
        Old.TasksInProgress = [new TaskInProgress(content.Executing.Id, options.ExecutingTaskLasts)];
        if (options.TaskWaitsForPerson)
            Old.TasksInProgress.Add(new TaskInProgress(content.WaitsForPerson.Id, TimeSpan.Zero, WaitsForPerson: true));
        if (options.DeafTaskLasts is { } lasts)
            Old.TasksInProgress.Add(new TaskInProgress(content.Deaf.Id, lasts, IsDeaf: true));
        await StartOldServerAsync(Old, cancel);
        foreach (var other in options.OtherInstances)
            await AddOtherInstanceAsync(other, cancel);
        if (OldSecond is not null)
            await StartOldServerAsync(OldSecond, cancel);
        await WriteConfigurationAsync(cancel);
    }

    private Task<SqlServerDouble> StartSqlAsync(string name, string folder, string version, Func<SqlServerOptions, SqlServerOptions> with, SqlLogin[] logins, CancellationToken cancel) => SqlServerDouble.StartAsync(
        with(new SqlServerOptions
        {
            Name = name,
            Folder = Path.Combine(Root, folder),
            ProductVersion = version,
            Logins = logins,
            WritableFolders = [Share],
            ReadableFolders = [Share],
            StatsPause = options.StatsPause,
            Time = options.Time,
        }),
        cancel);

    private async Task BuildDatabaseAsync(WorldContent content, CancellationToken cancel)
    {
        await OldSql.CreateDatabaseAsync(Database, owner: "dba", users: ["octopus"]);
        var rows = new DatabaseContent(content, options, Secrets, Convert.FromBase64String(Secrets.MasterKey), Old.Home, OldMachine, $"https://127.0.0.1:{tentacle.Port}/", $"https://127.0.0.1:{(options.DeafTarget ? silence.Number : tentacle.Port)}/").Sql;
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(OldAdminConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = DatabaseSchema.Sql + rows;
        await command.ExecuteNonQueryAsync(cancel);
        if (options.Nodes < 2)
            return;

        // What docs/clusters.md asks for: whoever waits for other nodes to stop wants to see their sessions.
        command.CommandText = "USE master; GRANT VIEW SERVER STATE TO octopus;";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>As if the installer and the wizard had been run on that machine long ago.</summary>
    private async Task StartOldServerAsync(OctopusMachine machine, CancellationToken cancel)
    {
        var record = new InstanceRecord(options.Instance, Path.Combine(machine.Home, "OctopusServer.config"));
        Record(machine, record);
        var config = ConfigFile.LoadOrCreate(record.ConfigurationFile);
        config[ConfigFile.Home] = machine.Home;
        config[ConfigFile.NodeName] = machine.Name;
        config[ConfigFile.CommunicationsPort] = "10943";
        config[ConfigFile.ConnectionString] = ConnectionString(OldSql, "octopus", Secrets.OldSqlPassword, Database);
        config[ConfigFile.MasterKey] = machine.KeyProtection.Protect(Convert.FromBase64String(Secrets.MasterKey));
        config.Save();

        var service = machine.InstallService(record);
        (service.Account, service.DependsOn) = (options.OldServiceAccount, options.OldDependsOn);
        if (options.OldServiceAccount == ServiceAccount)
            service.Password = Secrets.ServicePassword;
        machine.Access.Grant(machine.Home, options.OldServiceAccount);
        machine.HttpSys.Add(new UrlReservation(machine.Url + "/", options.OldServiceAccount));
        if (await service.StartAsync(cancel) != 0)
            throw new InvalidOperationException($"The Octopus Server of the sandbox on {machine.Name} does not start: {service.LastFailure?.Message}", service.LastFailure);
        if (options.Watchdog)
            machine.CreateWatchdog("*");
    }

    private void Record(OctopusMachine machine, InstanceRecord record)
    {
        if (options.InstancesInRegistry)
            machine.Instances.Register(record);
        else
            machine.Instances.Save(record);
    }

    private async Task AddOtherInstanceAsync(string name, CancellationToken cancel)
    {
        var home = Path.Combine(Old.Folder, "Octopus-" + name);
        var record = new InstanceRecord(name, Path.Combine(home, $"OctopusServer-{name}.config"));
        Record(Old, record);
        var config = ConfigFile.LoadOrCreate(record.ConfigurationFile);
        config[ConfigFile.Home] = home;
        config[ConfigFile.ConnectionString] = ConnectionString(OldSql, "octopus", Secrets.OldSqlPassword, "Octopus-" + name);
        config.Save();
        await Old.Services.Install(record.ServiceName, $"\"{Old.OctopusServer}\" run --instance=\"{name}\"", () => new IdleProcess()).StartAsync(cancel);
    }

    private async Task WriteConfigurationAsync(CancellationToken cancel)
    {
        var settings = new
        {
            Move = MoveFolder,
            options.Shape,
            Old = new
            {
                OctopusServer = options.IsToBeFound ? "" : Old.OctopusServer,
                Old.Sc,
                Old.Schtasks,
                Old.Tasklist,
                Old.Reg,
                Old.Netsh,
                Old.Icacls,
                InstanceRecords = Old.InstanceFolder,
                Instance = options.IsToBeFound ? "" : options.Instance,
                Url = options.IsToBeFound ? "" : Old.Url,
            },
            New = new
            {
                New.OctopusServer,
                New.Sc,
                New.Schtasks,
                New.Tasklist,
                New.Netsh,
                New.Icacls,
                options.ServiceAccount,
                New.Reg,
                InstanceRecords = New.InstanceFolder,
                Instance = options.IsToBeFound ? "" : options.Instance,
                New.Msiexec,
                New.Url,
                Home = Shape == "folders-only" ? "" : New.Home,
                FurtherNodes = NewSecond?.Name ?? "",
                ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Server={NewSql.DataSource};Database={NewDatabase};User ID=octopus;Encrypt=True;TrustServerCertificate=True"),
                AdminConnectionString = string.Create(CultureInfo.InvariantCulture, $"Server={NewSql.DataSource};User ID=mover;Encrypt=True;TrustServerCertificate=True"),
            },
            Folders = new { Packages = Shape == "folders-only" ? NewPlaces["Packages"] : "", TaskLogs = Shape == "folders-only" ? NewPlaces["TaskLogs"] : "" },
            Backup = new { FolderOnOldSql = Share, FolderOnNewSql = Share },
            Copy = new
            {
                With = options.CopyWith,
                To = CopyTo(options.CopyWith),
                Old.Rsync,
                Old.Robocopy,
                Old.Rclone,
                RcloneOnNew = New.Rclone,
            },
            // Servers report more often here than real ones do, and the running of a move is not to be waited for.
            Timing = new { Poll = "00:00:00.250", NodeSilent = (2.5 * Old.Options.Heartbeat).ToString() },
        };
        await File.WriteAllTextAsync(ConfigurationFile, JsonSerializer.Serialize(settings, Indented) + "\n", cancel);
    }

    /// <summary>What <c>Copy:To</c> has to be for a copying program here: by ssh to the new server, to its share, to a cloud between the two.</summary>
    public string CopyTo(string with) => with switch
    {
        "rsync" => $"octopus@{NewMachine}:",
        "robocopy" => $@"{New.Home}=\\{NewMachine}\octopus",
        "rclone" => "cloud:octopus-move",
        _ => "",
    };

    private OctopusMachineOptions MachineOptions(string name, string folder, string other, string version, bool isInstalled) => new()
    {
        Name = name,
        Folder = Path.Combine(Root, folder),
        FoldersOfOthers = [Path.Combine(Root, other)],
        Version = version,
        IsInstalled = isInstalled,
        StartDelay = options.OctopusDelay,
        WatchdogInterval = options.WatchdogInterval,
        ReindexLasts = options.ReindexLasts,
        Heartbeat = options.Heartbeat ?? TimeSpan.FromSeconds(2),
        NoiseBeforeAnswers = options.NoiseBeforeAnswers,
        Time = options.Time,
    };

    private static WorldSecrets MakeSecrets(SeededRandom random, int keyBytes) => new()
    {
        MasterKey = Convert.ToBase64String(random.Bytes("master key", keyBytes)),
        ApiKey = "API-" + random.Letters("API key", 28),
        DeployerApiKey = "API-" + random.Letters("API key of the deployer", 28),
        ServicePassword = $"Svc-{random.Letters("service account", 14)}",
        // A semicolon and an equals sign: who glues connection strings together by hand finds out here.
        OldSqlPassword = $"old;Sql={random.Letters("old password", 14)}",
        OldAdminPassword = $"Dba-{random.Letters("old administrator", 14)}",
        NewSqlPassword = $"new;Sql={random.Letters("new password", 14)}",
        NewAdminPassword = $"Mover-{random.Letters("new administrator", 14)}",
        SensitiveValues = [.. Enumerable.Range(1, 25).Select(i => FormattableString.Invariant($"s3cret-{random.Letters($"secret {i}", 12)}{(i % 3 == 0 ? "-größer" : "")}"))],
    };

    private static string ConnectionString(SqlServerDouble sql, string user, string password, string database) => new SqlConnectionStringBuilder
    {
        DataSource = sql.DataSource,
        InitialCatalog = database,
        UserID = user,
        Password = password,
        Encrypt = SqlConnectionEncryptOption.Mandatory,
        TrustServerCertificate = true,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            return;

        await standIns.DisposeAsync();
        tentacle.Dispose();
        silence.Dispose();
        await Old.DisposeAsync();
        await New.DisposeAsync();
        if (OldSecond is not null)
            await OldSecond.DisposeAsync();
        if (NewSecond is not null)
            await NewSecond.DisposeAsync();
        if (OldSql is not null)
            await OldSql.DisposeAsync();
        if (NewSql is not null)
            await NewSql.DisposeAsync();
        if (!options.Keep)
            DeleteFolder();
    }

    private void DeleteFolder()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody still has a file open; the temporary directory is emptied by others.
        }
    }
}
