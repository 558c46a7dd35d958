using System.Globalization;
using System.Text;

namespace OctoMoveTui.Sandbox.World;

/// <summary>Many rows in few statements: a world is to be there at once.</summary>
internal sealed class InsertScript
{
    /// <summary>SQL Server takes no more in one VALUES.</summary>
    private const int RowsAStatement = 1000;

    private readonly StringBuilder sql = new();

    public string Text => sql.ToString();

    public void Into(string table, string[] columns, IEnumerable<object?[]> rows)
    {
        foreach (var chunk in rows.Chunk(RowsAStatement))
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO dbo.[{table}] ({string.Join(", ", columns.Select(column => $"[{column}]"))}) VALUES");
            for (var i = 0; i < chunk.Length; i++)
                sql.Append(i == 0 ? "\n(" : ",\n(").AppendJoin(", ", chunk[i].Select(Literal)).Append(')');
            sql.Append(";\n");
        }
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "1" : "0",
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTimeOffset instant => $"'{instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture)}'",
        DateTime moment => $"'{moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture)}'",
        _ => $"N'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'",
    };
}
