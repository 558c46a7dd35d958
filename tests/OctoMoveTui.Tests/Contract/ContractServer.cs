using System.Globalization;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Contract;

/// <summary>The contract tests run one after the other on one server.</summary>
[CollectionDefinition(Name)]
public sealed class ContractCollection : ICollectionFixture<ContractServer>
{
    public const string Name = "Contract with SQL Server";
}

/// <summary>
/// The server that the contract tests talk to: the one named by <c>OCTOMOVE_TEST_SQL</c>, a connection string of a sysadmin, else the sandbox's
/// pretend one. Everything made on it is named <c>octomove_test_…</c> and is gone in the end, whatever failed.
/// </summary>
public sealed class ContractServer : IAsyncLifetime
{
    /// <summary>A connection string of a sysadmin on a real SQL Server; not set: the double.</summary>
    public const string SqlVariable = "OCTOMOVE_TEST_SQL";

    /// <summary>The folder that the recording is written to; not set: beside the tests.</summary>
    public const string RecordVariable = "OCTOMOVE_TEST_SQL_RECORD";

    private const string DoublePassword = "Sandbox-1";

    /// <summary>1 MB a row: what makes a backup on a real server long enough to be cancelled.</summary>
    private const int SlowRows = 256;

    private readonly Func<SqlServerOptions, SqlServerOptions> with;
    private readonly bool mayBeReal;
    private readonly List<string> files = [];
    private string? folder;
    private SqlServerDouble? pretend;
    private SqlConnectionStringBuilder connectionString = null!;

    public ContractServer()
        : this(options => options, mayBeReal: true) { }

    private ContractServer(Func<SqlServerOptions, SqlServerOptions> with, bool mayBeReal) => (this.with, this.mayBeReal) = (with, mayBeReal);

    /// <summary>Begins the name of everything that this run makes.</summary>
    public string Prefix { get; } = "octomove_test_" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>A database with a few tables as Octopus has them, a user, and a backup.</summary>
    public string Database => Prefix;

    /// <summary>A login with a user in the database, and no right whatsoever.</summary>
    public string LowLogin => Prefix + "_low";
    public string LowPassword { get; } = "Aa1-" + Guid.NewGuid().ToString("N");

    public bool IsReal => pretend is null;
    internal ContractRecord Record { get; private set; } = null!;
    internal bool WindowsLoginsOnly { get; private set; }
    private string BackupFolder { get; set; } = "";
    private string DataFolder { get; set; } = "";

    /// <summary>The backup that was made of <see cref="Database"/> at the start.</summary>
    public string BackupFile => InBackupFolder("start.bak");

    internal static async Task<ContractServer> StartDoubleAsync(Func<SqlServerOptions, SqlServerOptions> with)
    {
        var server = new ContractServer(with, mayBeReal: false);
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Paths as the server sees them.</summary>
    public string InBackupFolder(string name) => Join(BackupFolder, $"{Prefix}_{name}");

    public string InDataFolder(string name) => Join(DataFolder, $"{Prefix}_{name}");

    private static string Join(string folder, string name) => folder.TrimEnd('/', '\\') + (folder.Contains('\\', StringComparison.Ordinal) ? '\\' : '/') + name;

    /// <summary>MOVE for both files of <see cref="Database"/>.</summary>
    public string MovesTo(string name) =>
        $"MOVE N'{Database}' TO N'{InDataFolder(name + ".mdf")}', MOVE N'{Database}_log' TO N'{InDataFolder(name + "_log.ldf")}'";

    public async Task<SqlConnection> OpenAsync(string database = "master", string? login = null, string? password = null)
    {
        var builder = new SqlConnectionStringBuilder(connectionString.ConnectionString) { InitialCatalog = database };
        if (login is not null)
        {
            (builder.IntegratedSecurity, builder.UserID, builder.Password) = (false, login, password);
        }
        var connection = new SqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Sees to it that the next BACKUP or RESTORE of the database lasts until it is cancelled: the double is told to wait, a real server gets so
    /// much data, and the statement so few and small buffers, that it can't be done at once.
    /// </summary>
    public async Task MakeSlowAsync(string statement)
    {
        if (pretend is not null)
        {
            pretend.Faults.HangNext(statement);
            return;
        }
        await using var connection = await OpenAsync(Database);
        if (await connection.ScalarAsync("SELECT OBJECT_ID(N'dbo.Filler')") is not null)
        {
            return;
        }
        await connection.ExecuteAsync("CREATE TABLE dbo.Filler (Payload varbinary(max) NOT NULL)");
        var payload = new byte[1024 * 1024];
        for (var row = 0; row < SlowRows; row++)
        {
            Random.Shared.NextBytes(payload);
            await connection.ExecuteAsync("INSERT dbo.Filler VALUES (@payload)", ("@payload", payload));
        }
    }

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        try
        {
            await PrepareAsync();
        }
        catch
        {
            await CleanUpAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        if (mayBeReal && Environment.GetEnvironmentVariable(SqlVariable) is { Length: > 0 } named)
        {
            connectionString = new SqlConnectionStringBuilder(named) { Pooling = false, ConnectRetryCount = 0 };
            return;
        }
        folder = Directory.CreateTempSubdirectory("octomove-contract-").FullName;
        pretend = await SqlServerDouble.StartAsync(with(new SqlServerOptions { Folder = folder, Logins = [new("sa", DoublePassword, Sysadmin: true)] }));
        connectionString = new SqlConnectionStringBuilder
        {
            DataSource = pretend.DataSource, UserID = "sa", Password = DoublePassword, TrustServerCertificate = true, Pooling = false, ConnectRetryCount = 0,
        };
    }

    private async Task PrepareAsync()
    {
        await using var connection = await OpenAsync();
        var facts = (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single();
        DataFolder = (string)facts["data_path"]!;
        BackupFolder = (string?)facts["backup_path"] ?? DataFolder;
        WindowsLoginsOnly = facts["windows_only"] is 1;
        Record = new ContractRecord
        {
            ProductVersion = (string)facts["product_version"]!,
            Edition = (string)facts["edition"]!,
            EngineEdition = (int)facts["engine_edition"]!,
            Platform = DataFolder.Contains('\\', StringComparison.Ordinal) ? "Windows" : "Linux",
            IsRealServer = IsReal,
        };
        await connection.ExecuteAsync($"CREATE DATABASE [{Database}]");
        await connection.ExecuteAsync($"ALTER DATABASE [{Database}] SET RECOVERY FULL");
        await connection.ExecuteAsync($"CREATE LOGIN [{LowLogin}] WITH PASSWORD = N'{LowPassword}'");
        await using (var own = await OpenAsync(Database))
        {
            await own.ExecuteAsync(Questions.Tables);
            await own.ExecuteAsync($"CREATE USER [{LowLogin}] FOR LOGIN [{LowLogin}]");
        }
        files.Add(BackupFile);
        // Not COPY_ONLY: this one begins the chain of the log, whose tail a restore would lose (3159).
        await connection.ExecuteAsync(
            "BACKUP DATABASE @db TO DISK = @file WITH FORMAT, CHECKSUM, NO_COMPRESSION, NAME = N'octomove_test', DESCRIPTION = @description, MEDIANAME = N'octomove_test'",
            ("@db", Database), ("@file", BackupFile), ("@description", $"run={Prefix}"));
    }

    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        if (mayBeReal && Record is not null)
        {
            Record.Write(Environment.GetEnvironmentVariable(RecordVariable) is { Length: > 0 } asked ? asked : AppContext.BaseDirectory);
        }
    }

    /// <summary>Everything that begins with this run's prefix goes; what can't be dropped doesn't keep the rest.</summary>
    private async Task CleanUpAsync()
    {
        var trouble = new List<string>();
        try
        {
            await using var connection = await OpenAsync();
            foreach (var database in await NamesAsync(connection, "SELECT name FROM sys.databases WHERE name LIKE @like"))
            {
                await TryAsync(() => DropAsync(connection, database));
            }
            foreach (var login in await NamesAsync(connection, "SELECT name FROM sys.server_principals WHERE name LIKE @like"))
            {
                await TryAsync(() => connection.ExecuteAsync($"DROP LOGIN [{login}]"));
            }
            foreach (var file in files)
            {
                await TryAsync(() => connection.ExecuteAsync(SqlScript.Text("delete-backup-file"), ("@file", file)));
            }
        }
        finally
        {
            if (pretend is not null)
            {
                await pretend.DisposeAsync();
                Directory.Delete(folder!, recursive: true);
            }
        }
        trouble.ShouldBeEmpty($"Left behind on the server, to be removed by hand: everything that begins with {Prefix}");

        async Task TryAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (SqlException failure)
            {
                trouble.Add(failure.Message);
            }
        }
    }

    /// <summary>A file for backups that is deleted in the end.</summary>
    public string NewFile(string name)
    {
        files.Add(InBackupFolder(name));
        return files[^1];
    }

    /// <summary>Whatever state the database is in: offline ones would leave their files behind, used ones refuse.</summary>
    public static async Task DropAsync(SqlConnection connection, string database)
    {
        switch (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = @db", ("@db", database)))
        {
            case null:
                return;
            case "OFFLINE":
                await connection.ExecuteAsync($"ALTER DATABASE [{database}] SET ONLINE");
                break;
        }
        if (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = @db", ("@db", database)) is "ONLINE")
        {
            await connection.ExecuteAsync($"ALTER DATABASE [{database}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        }
        await connection.ExecuteAsync($"DROP DATABASE [{database}]");
    }

    private async Task<IEnumerable<string>> NamesAsync(SqlConnection connection, string sql) =>
        (await connection.RowsAsync(sql, ("@like", Prefix.Replace("_", "[_]", StringComparison.Ordinal) + "%"))).Select(row => Convert.ToString(row["name"], CultureInfo.InvariantCulture)!);
}
