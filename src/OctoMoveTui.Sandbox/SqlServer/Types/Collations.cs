using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OctoMoveTui.Sandbox.SqlServer.Types;

/// <summary>How stored forms compare. SQLite asks these wherever a column or a comparison names them.</summary>
internal static class Collations
{
    /// <summary>SQL_Latin1_General_CP1_CI_AS in spirit: case does not count, neither do trailing blanks.</summary>
    public const string Text = "t_text";

    /// <summary>Decimals are kept as text (25-digit LSNs fit no SQLite number) and compared by value.</summary>
    public const string Number = "t_number";

    /// <summary>datetimeoffset values compare as instants.</summary>
    public const string Instant = "t_instant";

    /// <summary>The name, if SQL Server has collations of that form; else error 448.</summary>
    public static string Demand(string name) =>
        name.StartsWith("SQL_Latin1_General_", StringComparison.OrdinalIgnoreCase)
        || (name.Contains("_C", StringComparison.OrdinalIgnoreCase) && name.Contains("_A", StringComparison.OrdinalIgnoreCase))
        || name.EndsWith("_BIN", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_BIN2", StringComparison.OrdinalIgnoreCase)
            ? name
            : throw new SqlServerException(new SqlMessage(448, 2, 16, $"Invalid collation '{name}'."));

    public static void Register(SqliteConnection connection)
    {
        connection.CreateCollation(Text, CompareText);
        connection.CreateCollation(Number, (a, b) => decimal.Compare(ToNumber(a), ToNumber(b)));
        connection.CreateCollation(Instant, (a, b) => ToInstant(a).CompareTo(ToInstant(b)));
    }

    public static int CompareText(string a, string b) =>
        a.AsSpan().TrimEnd(' ').CompareTo(b.AsSpan().TrimEnd(' '), StringComparison.OrdinalIgnoreCase);

    private static decimal ToNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTime ToInstant(string text) =>
        System.DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.UtcDateTime
            : default;
}
