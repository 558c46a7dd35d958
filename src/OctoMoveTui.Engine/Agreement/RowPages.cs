using System.Runtime.CompilerServices;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// The rows of a table by pages of their key, so that neither memory nor a lock grows with the table. Of the columns that are wanted, those are
/// read that this version's table has: schemas are not documented, and have changed.
/// </summary>
internal sealed class RowPages
{
    private const int Page = 2000;

    private readonly SqlSession sql;
    private readonly string table;
    private readonly HashSet<string> columns;

    private RowPages(SqlSession sql, string table, HashSet<string> columns) => (this.sql, this.table, this.columns) = (sql, table, columns);

    /// <summary>Null when the database has no such table, or it has no Id.</summary>
    public static async Task<RowPages?> OfAsync(SqlSession sql, string table, CancellationToken cancel)
    {
        var found = await sql.QueryAsync(SqlScript.Text("list-columns"), row => row.Text("column_name"), cancel, ("@name", table));
        var columns = new HashSet<string>(found, StringComparer.OrdinalIgnoreCase);
        return columns.Contains("Id") ? new RowPages(sql, table, columns) : null;
    }

    /// <summary>True when the table has that column.</summary>
    public bool Has(string column) => columns.Contains(column);

    /// <summary>The first of these columns that the table has, or null.</summary>
    public string? FirstOf(params ReadOnlySpan<string> names)
    {
        foreach (var each in names)
        {
            if (Has(each))
                return each;
        }

        return null;
    }

    /// <summary>How many rows there are.</summary>
    public async Task<long> CountAsync(CancellationToken cancel) =>
        (await sql.QueryAtLeisureAsync(SqlScript.Text("count-rows", ("table", Name)), row => row.Number("row_count"), cancel))[0];

    /// <summary>All rows, read into <typeparamref name="T"/>; <paramref name="wanted"/> are columns that exist. The id is column <c>id</c>.</summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        IEnumerable<string> wanted, Func<SqlRow, T> map, [EnumeratorCancellation] CancellationToken cancel)
    {
        var text = SqlScript.Text("read-rows", ("columns", string.Concat(wanted.Select(each => $", {SqlScript.Quote(each)}"))), ("table", Name));
        for (var after = ""; ;)
        {
            var page = await sql.QueryAtLeisureAsync(text, row => (Id: row.Text("id"), Row: map(row)), cancel, ("@page", Page), ("@after", after));
            foreach (var (_, row) in page)
                yield return row;
            if (page.Count < Page)
                yield break;
            after = page[^1].Id;
        }
    }

    private string Name => $"[dbo].{SqlScript.Quote(table)}";
}
