using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>One row of an answer, by column name.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>All values in one line: two rows are equal when this is.</summary>
    public string Everything => string.Join('\u001f', values.Select(pair => pair.Key + "=" + Convert.ToString(pair.Value, CultureInfo.InvariantCulture)));

    public string Text(string column) => Convert.ToString(values[column], CultureInfo.InvariantCulture) ?? "";
    public string? TextOrNull(string column) => values[column] is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    public int Number(string column) => values[column] is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : 0;
    public bool Flag(string column) => values[column] is { } value && Convert.ToBoolean(value, CultureInfo.InvariantCulture);

    public DateTimeOffset? Instant(string column) => values[column] switch
    {
        null => null,
        DateTimeOffset instant => instant,
        DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        var other => DateTimeOffset.Parse(Convert.ToString(other, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture),
    };
}

/// <summary>The database of an instance, over the wire: what Octopus Server does with it, the sandbox really does.</summary>
internal sealed class OctopusDatabase
{
    private readonly string connectionString;

    private OctopusDatabase(string connectionString) => this.connectionString = connectionString;

    /// <summary>For one command: its connection closes with it, as it does when a real process ends.</summary>
    public static OctopusDatabase ForCommand(string connectionString) => Create(connectionString, "Octopus.Server", host: null, pooling: false);

    /// <summary>For a running server: keeps connections open, so that its sessions can be seen in SQL Server until it stops.</summary>
    public static OctopusDatabase ForServer(string connectionString, string applicationName, string? host) => Create(connectionString, applicationName, host, pooling: true);

    private static OctopusDatabase Create(string connectionString, string applicationName, string? host, bool pooling)
    {
        try
        {
            var builder = new SqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = applicationName,
                Pooling = pooling,
                // Octopus retries in its own way; the sandbox's answers are to come at once.
                ConnectRetryCount = 0,
            };
            if (host is not null)
                builder.WorkstationID = host;
            return new OctopusDatabase(builder.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ControlledFailure($"The connection string is not valid: {e.Message}");
        }
    }

    public string Name => new SqlConnectionStringBuilder(connectionString).InitialCatalog;

    public async Task<IReadOnlyList<Row>> QueryAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = CreateCommand(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel))
        {
            var values = new Dictionary<string, object?>(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < reader.FieldCount; i++)
                values[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(new Row(values));
        }

        return rows;
    }

    /// <summary>The first row; null when there is none.</summary>
    public async Task<Row?> FindAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        await QueryAsync(sql, cancel, parameters) is [var first, ..] ? first : null;

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = CreateCommand(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<int> CountAsync(string table, CancellationToken cancel, string where = "1 = 1", params (string Name, object? Value)[] parameters) =>
        (await QueryAsync($"SELECT COUNT(*) AS total FROM dbo.[{table}] WHERE {where};", cancel, parameters))[0].Number("total");

    /// <summary>The JSON of a row of <c>Configuration</c>; null when there is none.</summary>
    public async Task<string?> ReadDocumentAsync(string id, CancellationToken cancel) =>
        (await FindAsync("SELECT JSON FROM dbo.Configuration WHERE Id = @id;", cancel, ("@id", id)))?.Text("JSON");

    public async Task WriteDocumentAsync(string id, string json, CancellationToken cancel)
    {
        var changed = await ExecuteAsync("UPDATE dbo.Configuration SET JSON = @json WHERE Id = @id;", cancel, ("@json", json), ("@id", id));
        if (changed == 0)
            await ExecuteAsync("INSERT INTO dbo.Configuration (Id, JSON) VALUES (@id, @json);", cancel, ("@id", id), ("@json", json));
    }

    /// <summary>Closes what the pool keeps open: after this no session of the server is left.</summary>
    public void CloseSessions()
    {
        using var connection = new SqlConnection(connectionString);
        SqlConnection.ClearPool(connection);
    }

    private static SqlCommand CreateCommand(SqlConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = new SqlParameter(name, value ?? DBNull.Value);
            if (value is string text)
            {
                parameter.SqlDbType = SqlDbType.NVarChar;
                parameter.Size = text.Length > 4000 ? -1 : 4000;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }
}
