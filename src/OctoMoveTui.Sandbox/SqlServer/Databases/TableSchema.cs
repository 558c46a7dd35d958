using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>A column as CREATE TABLE declared it; the default is kept as T-SQL.</summary>
internal sealed record ColumnSchema(string Name, SqlType Type, bool Nullable, bool Identity = false, string? Default = null)
{
    /// <summary>What COLLATE said; null: as the database.</summary>
    public string? Collation { get; init; }
}

/// <summary>A primary key, unique constraint or index.</summary>
internal sealed record IndexSchema(string Name, IReadOnlyList<string> Columns, bool Unique, bool PrimaryKey = false);

/// <summary>What SQLite doesn't remember of a table: declared types, identity, defaults, names of constraints. Lives inside the database file, so backups carry it.</summary>
internal sealed record TableSchema(
    int ObjectId,
    string Schema,
    string Name,
    DateTime Created,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyList<IndexSchema> Indexes
)
{
    /// <summary>The name of the SQLite table.</summary>
    public string StorageName => StorageNameOf(Schema, Name);

    public ColumnSchema? Find(string column) =>
        Columns.FirstOrDefault(candidate => candidate.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    public static string StorageNameOf(string schema, string name) => $"{schema}.{name}".ToLowerInvariant();
}
