using System.Text.Json;
using Microsoft.Data.Sqlite;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>One SQLite connection with T-SQL's functions and collations, and the declared types of what is in the file.</summary>
internal sealed class DatabaseConnection : IDisposable
{
    private const string CatalogTable = "__tables";

    private IReadOnlyDictionary<string, TableSchema> tables = new Dictionary<string, TableSchema>();
    private long tablesVersion = -1;

    public DatabaseConnection(string file, int generation)
    {
        Generation = generation;
        // SQLite's own pool would keep files open that RESTORE and DROP want to replace; ConnectionPool does it instead.
        Sqlite = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        Sqlite.Open();
        Collations.Register(Sqlite);
        Functions.Register(this);
        Execute("PRAGMA foreign_keys = ON");
        if (file != ":memory:")
        {
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = OFF");
            Execute($"CREATE TABLE IF NOT EXISTS {CatalogTable} (id INTEGER PRIMARY KEY, json TEXT NOT NULL)");
        }
    }

    public SqliteConnection Sqlite { get; }

    /// <summary>Which life of the database this connection belongs to: RESTORE begins a new one.</summary>
    public int Generation { get; }

    /// <summary>On whose behalf statements run now: functions such as SUSER_SNAME() ask.</summary>
    public StatementContext? Context { get; set; }

    public void BeginTransaction() => Execute("BEGIN IMMEDIATE");

    public void Commit()
    {
        if (IsAutocommit)
        {
            throw SqlErrors.NoTransaction("COMMIT");
        }
        Execute("COMMIT");
    }

    public void Rollback()
    {
        tablesVersion = -1;
        if (!IsAutocommit)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>SQLite ends a transaction by itself when a write in it was interrupted.</summary>
    private bool IsAutocommit => SQLitePCL.raw.sqlite3_get_autocommit(Sqlite.Handle) != 0;

    public int Execute(string sql)
    {
        using var command = Sqlite.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = Sqlite.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>All tables by storage name; reread when anybody's DDL has changed the file.</summary>
    public IReadOnlyDictionary<string, TableSchema> Tables
    {
        get
        {
            var version = (long)Scalar("PRAGMA schema_version")!;
            if (version != tablesVersion)
            {
                var found = new Dictionary<string, TableSchema>(StringComparer.OrdinalIgnoreCase);
                using var command = Sqlite.CreateCommand();
                command.CommandText = $"SELECT json FROM {CatalogTable} ORDER BY id";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    var table = JsonSerializer.Deserialize<TableSchema>(reader.GetString(0))!;
                    found[table.StorageName] = table;
                }
                (tables, tablesVersion) = (found, version);
            }
            return tables;
        }
    }

    public void SaveSchema(TableSchema table)
    {
        using var command = Sqlite.CreateCommand();
        command.CommandText = $"INSERT INTO {CatalogTable} (id, json) VALUES (@id, @json) ON CONFLICT (id) DO UPDATE SET json = @json";
        command.Parameters.AddWithValue("@id", table.ObjectId);
        command.Parameters.AddWithValue("@json", JsonSerializer.Serialize(table));
        command.ExecuteNonQuery();
        tablesVersion = -1;
    }

    public void ForgetSchema(TableSchema table)
    {
        Execute($"DELETE FROM {CatalogTable} WHERE id = {table.ObjectId}");
        tablesVersion = -1;
    }

    /// <summary>Stops what runs on this connection, from another thread.</summary>
    public void Interrupt() => SQLitePCL.raw.sqlite3_interrupt(Sqlite.Handle);

    public void Dispose() => Sqlite.Dispose();
}
