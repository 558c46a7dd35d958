using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>A double in a temporary folder, and connections to it by the real client.</summary>
internal sealed class ASqlServer : IAsyncDisposable
{

    private readonly string folder;

    public required SqlServerDouble Double { get; init; }
    public SqlFaults Faults => Double.Faults;

    public static Task<ASqlServer> StartAsync() => StartAsync(options => options);

    public static async Task<ASqlServer> StartAsync(Func<SqlServerOptions, SqlServerOptions> with)
    {
        var folder = Directory.CreateTempSubdirectory("octomove-sql-").FullName;
        var options = new SqlServerOptions
        {
            Folder = folder,
            Logins = [new("sa", "Sandbox-1", Sysadmin: true), new("octopus", "Ärger-2"), new("mover", "Mover-3", DbCreator: true), new("stranger", "Strange-4")],
        };
        return new ASqlServer(folder) { Double = await SqlServerDouble.StartAsync(with(options)) };
    }

    /// <summary>With a database Octopus that has three rows, one of them long.</summary>
    public static async Task<ASqlServer> WithRowsAsync(Func<SqlServerOptions, SqlServerOptions>? with = null)
    {
        var server = await StartAsync(with ?? (options => options));
        await server.Double.CreateDatabaseAsync("Octopus", "sa", ["octopus"]);
        await using var connection = await server.OpenAsync("Octopus", "octopus");
        await connection.ExecuteAsync("CREATE TABLE Machine (Id int IDENTITY PRIMARY KEY, Name nvarchar(max))");
        await connection.ExecuteAsync("INSERT Machine (Name) VALUES (@a), (@b), (@c)", ("@a", new string('a', 50_000)), ("@b", Guid.NewGuid().ToString()), ("@c", "Ü"));
        return server;
    }

    private ASqlServer(string folder) => this.folder = folder;

    public static async Task<ASqlServer> WithDatabaseAsync(string database = "Octopus")
    {
        var server = await StartAsync();
        await server.Double.CreateDatabaseAsync(database, "sa", ["octopus"]);
        return server;
    }

    /// <summary>Without pooling: a test's connections shall end where the test says so.</summary>
    public string ConnectionString(string database = "master", string user = "sa", string? password = null, Action<SqlConnectionStringBuilder>? with = null)
    {
        var builder = new SqlConnectionStringBuilder
        {
            DataSource = Double.DataSource,
            InitialCatalog = database,
            UserID = user,
            Password = password ?? user switch { "sa" => "Sandbox-1", "octopus" => "Ärger-2", "mover" => "Mover-3", _ => "Strange-4" },
            TrustServerCertificate = true,
            Pooling = false,
            ConnectRetryCount = 0,
            ConnectTimeout = 20,
        };
        with?.Invoke(builder);
        return builder.ConnectionString;
    }

    public async Task<SqlConnection> OpenAsync(string database = "master", string user = "sa", Action<SqlConnectionStringBuilder>? with = null)
    {
        var connection = new SqlConnection(ConnectionString(database, user, with: with));
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

    public string Path(string name) => System.IO.Path.Combine(Double.BackupFolder, name);

    public async ValueTask DisposeAsync()
    {
        await Double.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Short ways to say SQL.</summary>
internal static class Sql
{
    public static async Task<int> ExecuteAsync(this SqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> ScalarAsync(this SqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    public static async Task<List<Dictionary<string, object?>>> RowsAsync(this SqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        }
        return rows;
    }

    public static SqlCommand Command(this SqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        return command;
    }

    /// <summary>The way long statements are run: messages come while it waits, errors are thrown.</summary>
    public static void Drain(this SqlCommand command)
    {
        using var reader = command.ExecuteReader();
        do
        {
            while (reader.Read())
            {
            }
        }
        while (reader.NextResult());
    }

    /// <summary>The error that the statement must end with.</summary>
    public static Task<SqlException> FailureAsync(this SqlConnection connection, string sql, params (string Name, object? Value)[] parameters) =>
        Should.ThrowAsync<SqlException>(() => connection.ExecuteAsync(sql, parameters));

    /// <summary>The numbers of the errors; the client puts messages of the same batch among them.</summary>
    public static int[] Numbers(this SqlException failure) => [.. failure.Errors.Cast<SqlError>().Where(error => error.Class > 10).Select(error => error.Number)];
}
