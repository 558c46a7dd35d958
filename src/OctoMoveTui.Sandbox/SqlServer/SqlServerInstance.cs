using System.Collections.Concurrent;
using OctoMoveTui.Sandbox.SqlServer.Backups;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Security;
using OctoMoveTui.Sandbox.SqlServer.Sessions;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>The server behind the wire: its databases, logins, sessions, history and disk.</summary>
internal sealed class SqlServerInstance : IDisposable
{
    private const int FirstSessionId = 51;

    private readonly ConcurrentDictionary<string, DatabaseState> databases = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, LoginState> logins = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<short, SqlSession> sessions = new();
    private readonly List<string> statements = [];
    private int lastSession = FirstSessionId - 1;
    private int lastLogin = 256;

    public SqlServerInstance(SqlServerOptions options, SqlFaults faults)
    {
        (Options, Faults) = (options, faults);
        Started = LocalNow;
        Paths = new ServerPaths(options);
        DataFolder = MakeFolder("data");
        LogFolder = MakeFolder("log");
        BackupFolder = MakeFolder("backup");
        Disk = new ServiceAccountDisk(options, Paths, [DataFolder, LogFolder, BackupFolder]);

        if (!options.EverybodySeesDatabases)
        {
            Public.Revoke("VIEW ANY DATABASE");
        }
        AddLogin(options.SaName, null).ServerRoles.Add("sysadmin");
        foreach (var login in options.Logins)
        {
            var state = FindLogin(login.Name) ?? AddLogin(login.Name, login.Password);
            (state.Password, state.Disabled) = (login.Password, false);
            if (login.Sysadmin)
            {
                state.ServerRoles.Add("sysadmin");
            }
            if (login.DbCreator)
            {
                state.ServerRoles.Add("dbcreator");
            }
        }
        foreach (var system in new[] { "master", "tempdb", "model", "msdb" }.Concat(options.SystemDatabases))
        {
            Create(system, LoginState.SaSid).Settings = new DatabaseSettings
            {
                RecoveryModel = "SIMPLE",
                Collation = options.Collation,
                Broker = system == "msdb",
            };
        }
    }

    public SqlServerOptions Options { get; }
    public SqlFaults Faults { get; }
    public ServerPaths Paths { get; }
    public string DataFolder { get; }
    public string LogFolder { get; }
    public string BackupFolder { get; }
    public ServiceAccountDisk Disk { get; }
    public MsdbHistory History { get; } = new();
    public ServerSecrets Secrets { get; } = new();

    /// <summary>Who this server is among the replicas of its availability groups.</summary>
    public Guid ReplicaId { get; } = Guid.NewGuid();

    /// <summary>What everybody may do on the server.</summary>
    public Rights Public { get; } = new(ServerPermissions.OfPublic);
    public DateTime Started { get; }

    /// <summary>Where statements run that touch no table of a database.</summary>
    public ConnectionPool Scratch { get; } = new(":memory:");

    /// <summary>CREATE, DROP, RESTORE: what changes the list of databases goes one after the other.</summary>
    public Lock Names { get; } = new();

    public IReadOnlyList<DatabaseState> Databases => [.. databases.Values.OrderBy(database => database.Id)];
    public IReadOnlyList<LoginState> Logins => [.. logins.Values.OrderBy(login => login.Id)];
    public IReadOnlyList<SqlSession> Sessions => [.. sessions.Values.OrderBy(session => session.Id)];
    /// <summary>What the server takes for the time.</summary>
    public DateTimeOffset UtcNow => Options.Time.GetUtcNow() + Options.ClockAhead;

    public DateTime LocalNow => ToLocal(UtcNow).DateTime;

    public DateTimeOffset ToLocal(DateTimeOffset instant) =>
        Options.UtcOffset is { } offset ? instant.ToOffset(offset) : TimeZoneInfo.ConvertTime(instant, Options.Time.LocalTimeZone);

    // ---- what was said to it ---------------------------------------------------------------------------------------------------

    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (statements)
            {
                return [.. statements];
            }
        }
    }

    public void Record(string statement)
    {
        lock (statements)
        {
            statements.Add(statement);
        }
    }

    // ---- logins and sessions ---------------------------------------------------------------------------------------------------

    public LoginState? FindLogin(string name) => logins.GetValueOrDefault(name);

    public LoginState? LoginOf(byte[] sid) => logins.Values.FirstOrDefault(login => login.Sid.AsSpan().SequenceEqual(sid));

    public LoginState AddLogin(string name, string? password, byte[]? sid = null)
    {
        var isWindows = WindowsAccounts.IsWindowsName(name);
        var isSa = name.Equals(Options.SaName, StringComparison.OrdinalIgnoreCase);
        var login = new LoginState
        {
            Name = name,
            Id = isSa ? 1 : Interlocked.Increment(ref lastLogin),
            Kind = isWindows ? PrincipalKind.Windows : PrincipalKind.Sql,
            Sid = sid ?? (isSa ? LoginState.SaSid : isWindows ? WindowsAccounts.SidOf(name) : LoginState.SidFor(Options.Name, name)),
            Password = password,
            Disabled = isSa && password is null,
            Created = LocalNow,
        };
        if (!logins.TryAdd(name, login))
        {
            throw SqlErrors.LoginExists(name);
        }
        return login;
    }

    public bool RemoveLogin(string name) => logins.TryRemove(name, out _);

    public SqlSession AddSession(LoginState login, string host, string application, DatabaseState database)
    {
        var session = new SqlSession(this, (short)Interlocked.Increment(ref lastSession), login, host, application, database);
        sessions[session.Id] = session;
        return session;
    }

    public void RemoveSession(SqlSession session) => sessions.TryRemove(session.Id, out _);

    // ---- databases -------------------------------------------------------------------------------------------------------------

    /// <summary>Told after the settings of a database were altered.</summary>
    public Action? Altered { get; set; }

    public DatabaseState? Find(string name) => databases.GetValueOrDefault(name);

    /// <summary>The database, if this session may use it now.</summary>
    public DatabaseState Open(string name, SqlSession session) => CheckOpen(Find(name) ?? throw SqlErrors.UnknownDatabase(name), session);

    public DatabaseState CheckOpen(DatabaseState database, SqlSession session)
    {
        CheckOpen(database, session.Login);
        if (database.Settings.Access == UserAccess.SingleUser && session.Database != database && UsersOf(database, session).Count > 0)
        {
            throw SqlErrors.SingleUserTaken(database.Name);
        }
        return database;
    }

    public void CheckOpen(DatabaseState database, LoginState login)
    {
        switch (database.Status)
        {
            case DatabaseStatus.Online:
                break;
            case DatabaseStatus.Restoring:
                throw SqlErrors.Restoring(database.Name);
            default:
                throw SqlErrors.Offline(database.Name);
        }
        var user = database.UserNameFor(login);
        if (
            user is null
            || Permissions.MayInDatabase(this, login, database, "CONNECT") == false && !database.IsSystem
            || (database.Settings.Access == UserAccess.RestrictedUser && !database.IsMember(login, "db_owner") && !login.MayCreateDatabases)
        )
        {
            throw SqlErrors.NoAccess(login.Name, database.Name);
        }
    }

    /// <summary>Who else sits in the database.</summary>
    public IReadOnlyList<SqlSession> UsersOf(DatabaseState database, SqlSession besides) =>
        [
            .. Sessions.Where(session =>
                session != besides && (session.Database == database || session.Transaction.ConnectionTo(database) is not null)
            ),
        ];

    public DatabaseState Create(string name, byte[] ownerSid, IReadOnlyList<DatabaseFile>? files = null)
    {
        lock (Names)
        {
            if (databases.ContainsKey(name))
            {
                throw SqlErrors.DatabaseExists(name);
            }
            var safe = string.Concat(name.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
            files ??=
            [
                FileAt(1, false, name, Paths.Combine(DataFolder, safe + ".mdf")),
                FileAt(2, true, name + "_log", Paths.Combine(LogFolder, safe + "_log.ldf")),
            ];
            foreach (var log in files.Where(file => file.IsLog))
            {
                File.WriteAllText(log.RealPath, "");
            }
            var database = new DatabaseState(name, NextDatabaseId(), files, ownerSid, LocalNow);
            if (!database.IsSystem)
            {
                // The first connection makes the file; system databases get theirs when somebody needs it.
                database.Pool.Return(database.Pool.Rent());
            }
            databases[name] = database;
            return database;
        }
    }

    /// <summary>Puts a database into the list, or in the place of the one that had the name.</summary>
    public void Put(DatabaseState database) => databases[database.Name] = database;

    public int NextDatabaseId() => Enumerable.Range(1, int.MaxValue).First(id => databases.Values.All(database => database.Id != id));

    public void Drop(DatabaseState database)
    {
        databases.TryRemove(database.Name, out _);
        database.Dispose();
        foreach (var file in database.Files)
        {
            DeleteFile(file.RealPath);
        }
    }

    public static void DeleteFile(string path)
    {
        // SQLite keeps two companions beside a database in write-ahead mode.
        foreach (var name in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(name);
        }
    }

    /// <summary>A file of a database, by the path that the server gives it.</summary>
    public DatabaseFile FileAt(int id, bool isLog, string logicalName, string path) => new(id, isLog, logicalName, path) { RealPath = Paths.ToReal(path) };

    /// <summary>A snapshot of the database; null: there is none.</summary>
    public DatabaseState? SnapshotOf(DatabaseState database) => databases.Values.FirstOrDefault(each => each.SnapshotOf == database);

    private string MakeFolder(string name)
    {
        var path = Paths.Combine(Paths.Root, name);
        Directory.CreateDirectory(Paths.ToReal(path));
        return path;
    }

    public void Dispose()
    {
        foreach (var database in databases.Values)
        {
            database.Dispose();
        }
        Scratch.Dispose();
        Secrets.Dispose();
    }
}
