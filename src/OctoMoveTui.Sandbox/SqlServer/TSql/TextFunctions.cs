using System.Globalization;
using System.Text;
using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.TSql.Functions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>LEN, LEFT, REPLACE and their kin.</summary>
internal static class TextFunctions
{
    public static readonly ScalarFunction[] All =
    [
        new("LEN", "t", 1, 1, IntResult, (_, a) => (long)Text(a[0]).TrimEnd(' ').Length),
        new("DATALENGTH", "*", 1, 1, IntResult, (_, a) => a[0] switch { byte[] b => b.Length, string s => s.Length * 2, _ => 8 }),
        new("LEFT", "ti", 2, 2, SameText, (_, a) => Text(a[0])[..Clamp(a[1], Text(a[0]).Length)]),
        new("RIGHT", "ti", 2, 2, SameText, (_, a) => Text(a[0])[^Clamp(a[1], Text(a[0]).Length)..]),
        new("SUBSTRING", "tii", 3, 3, SameText, (_, a) => Substring(Text(a[0]), (long)a[1]!, (long)a[2]!)),
        new("UPPER", "t", 1, 1, SameText, (_, a) => Text(a[0]).ToUpperInvariant()),
        new("LOWER", "t", 1, 1, SameText, (_, a) => Text(a[0]).ToLowerInvariant()),
        new("LTRIM", "t", 1, 1, SameText, (_, a) => Text(a[0]).TrimStart(' ')),
        new("RTRIM", "t", 1, 1, SameText, (_, a) => Text(a[0]).TrimEnd(' ')),
        new("TRIM", "t", 1, 1, SameText, (_, a) => Text(a[0]).Trim(' ')),
        new("REVERSE", "t", 1, 1, SameText, (_, a) => { var all = Text(a[0]).ToCharArray(); Array.Reverse(all); return new string(all); }),
        new("REPLACE", "ttt", 3, 3, _ => SqlType.NVarChar(SqlType.Max), (_, a) =>
            Text(a[1]).Length == 0 ? a[0] : Text(a[0]).Replace(Text(a[1]), Text(a[2]), StringComparison.OrdinalIgnoreCase)),
        new("REPLICATE", "ti", 2, 2, _ => SqlType.NVarChar(SqlType.Max), (_, a) => (long)a[1]! < 0 ? null : new StringBuilder().Insert(0, Text(a[0]), (int)(long)a[1]!).ToString()),
        new("SPACE", "i", 1, 1, TextResult, (_, a) => new string(' ', (int)(long)a[0]!)),
        new("STUFF", "tiit", 4, 4, TextResult, (_, a) => Stuff(Text(a[0]), (int)(long)a[1]!, (int)(long)a[2]!, Text(a[3]))),
        new("CHARINDEX", "tti", 2, 3, IntResult, (_, a) =>
            (long)Text(a[1]).IndexOf(Text(a[0]), a.Length > 2 ? Math.Clamp((int)(long)a[2]! - 1, 0, Text(a[1]).Length) : 0, StringComparison.OrdinalIgnoreCase) + 1),
        new("CONCAT", "t", 2, 254, _ => SqlType.NVarChar(SqlType.Max), (_, a) => string.Concat(a)) { TakesNull = true },
        new("CONCAT_WS", "t", 3, 254, _ => SqlType.NVarChar(SqlType.Max), (_, a) => string.Join((string?)a[0] ?? "", a.Skip(1).Where(part => part is not null))) { TakesNull = true },
        new("QUOTENAME", "tt", 1, 2, _ => SqlType.NVarChar(258), (_, a) => QuoteName(Text(a[0]), a.Length > 1 ? Text(a[1]) : "[")),
        new("CHAR", "i", 1, 1, _ => SqlType.Char(1), (_, a) => ((char)(long)a[0]!).ToString()),
        new("NCHAR", "i", 1, 1, _ => SqlType.NChar(1), (_, a) => ((char)(long)a[0]!).ToString()),
        new("ASCII", "t", 1, 1, IntResult, (_, a) => Text(a[0]).Length == 0 ? null : (long)Text(a[0])[0]),
        new("UNICODE", "t", 1, 1, IntResult, (_, a) => Text(a[0]).Length == 0 ? null : (long)Text(a[0])[0]),
        new("PATINDEX", "tt", 2, 2, IntResult, (_, a) => (long)LikePattern.IndexOf(Text(a[0]), Text(a[1]))),
    ];

    public static string Text(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static int Clamp(object? count, int length) => (int)Math.Clamp((long)count!, 0, length);

    private static string Substring(string text, long start, long length)
    {
        if (length < 0)
        {
            throw new SqlServerException(new SqlMessage(537, 3, 16, "Invalid length parameter passed to the LEFT or SUBSTRING function."));
        }
        var end = Math.Min(start - 1 + length, text.Length);
        var from = Math.Max(start - 1, 0);
        return from >= end ? "" : text[(int)from..(int)end];
    }

    private static string? Stuff(string text, int start, int length, string with) =>
        start < 1 || start > text.Length || length < 0 ? null : text[..(start - 1)] + with + text[Math.Min(start - 1 + length, text.Length)..];

    private static string? QuoteName(string name, string quote) => name.Length > 128 ? null : quote switch
    {
        "[" or "]" => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]",
        "'" => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'",
        "\"" => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => null,
    };
}
