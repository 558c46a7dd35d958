using System.IO.Compression;
using System.Text;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Octopus' documents in its database, whichever way a version stores them: as text in a column JSON, or compressed in a column JSONBlob (the
/// ORM Nevermore writes GZip over UTF-16, and its encoding can be set). Which server version uses which for what is not documented: a table
/// may have one column, both, or none, and a row may fill either.
/// </summary>
public sealed class StoredDocuments
{
    private readonly SqlSession sql;
    private readonly IReadOnlySet<(string Table, string Column)> columns;

    private StoredDocuments(SqlSession sql, IReadOnlySet<(string Table, string Column)> columns) => (this.sql, this.columns) = (sql, columns);

    /// <summary>Looks which tables of the database the session is in hold documents, and how.</summary>
    public static async Task<StoredDocuments> FindAsync(SqlSession sql, CancellationToken cancel)
    {
        var found = await sql.QueryAsync(
            SqlScript.Text("find-document-columns"), row => (row.Text("table_name"), row.Text("column_name")), cancel);
        return new StoredDocuments(sql, new HashSet<(string, string)>(found, new WithoutCase()));
    }

    /// <summary>True when the table is there and holds documents.</summary>
    public bool Has(string table) => columns.Contains((table, "JSON")) || columns.Contains((table, "JSONBlob"));

    /// <summary>The first few hundred documents of a table that <see cref="Has"/> some; null for each whose compression is not known.</summary>
    public Task<IReadOnlyList<string?>> ReadAsync(string table, CancellationToken cancel) =>
        sql.QueryAsync(Script("read-documents", table), Text, cancel);

    /// <summary>One document of a table that <see cref="Has"/> some.</summary>
    /// <returns>Whether it is there, and its text; null when its compression is not known.</returns>
    public async Task<(bool Exists, string? Text)> ReadAsync(string table, string id, CancellationToken cancel)
    {
        var found = await sql.QueryAsync(Script("read-document", table), Text, cancel, ("@id", id));
        return (found.Count > 0, found.Count > 0 ? found[0] : null);
    }

    /// <summary>The text of a compressed document; null when it is compressed in another way.</summary>
    public static string? Unpack(byte[] packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            gzip.CopyTo(plain);
            var bytes = plain.ToArray();

            // A document begins with "{": in UTF-16 a zero follows.
            return bytes is [_, 0, ..] ? Encoding.Unicode.GetString(bytes) : Encoding.UTF8.GetString(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string Script(string name, string table)
    {
        var text = columns.Contains((table, "JSON")) ? "JSON AS document" : "NULL AS document";
        var packed = columns.Contains((table, "JSONBlob")) ? "JSONBlob AS packed" : "NULL AS packed";
        return SqlScript.Text(name, ("table", $"dbo.{SqlScript.Quote(table)}"), ("document", $"{text}, {packed}"));
    }

    private static string? Text(SqlRow row) =>
        row.TextOrNull("document") is { } text ? text : row.Bytes("packed") is { } packed ? Unpack(packed) : null;

    private sealed class WithoutCase : IEqualityComparer<(string Table, string Column)>
    {
        public bool Equals((string Table, string Column) x, (string Table, string Column) y) =>
            x.Table.Equals(y.Table, StringComparison.OrdinalIgnoreCase) && x.Column.Equals(y.Column, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Table, string Column) pair) =>
            HashCode.Combine(pair.Table.ToUpperInvariant(), pair.Column.ToUpperInvariant());
    }
}
