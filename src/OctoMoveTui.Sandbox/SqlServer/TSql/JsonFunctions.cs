using System.Globalization;
using System.Text.Json;
using OctoMoveTui.Sandbox.SqlServer.Types;
using static OctoMoveTui.Sandbox.SqlServer.TSql.Functions;

namespace OctoMoveTui.Sandbox.SqlServer.TSql;

/// <summary>JSON_VALUE and its kin, with simple paths: $.a.b[0]."c d".</summary>
internal static class JsonFunctions
{
    public static readonly ScalarFunction[] All =
    [
        new("ISJSON", "t", 1, 1, IntResult, (_, a) => Parse((string)a[0]!) is not null),
        new("JSON_VALUE", "tt", 2, 2, TextResult, (_, a) => Find((string)a[0]!, (string)a[1]!) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        }),
        new("JSON_QUERY", "tt", 1, 2, _ => SqlType.NVarChar(SqlType.Max), (_, a) => Find((string)a[0]!, a.Length > 1 ? (string)a[1]! : "$") switch
        {
            { ValueKind: JsonValueKind.Object or JsonValueKind.Array } part => part.GetRawText(),
            _ => null,
        }),
    ];

    private static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Find(string json, string path)
    {
        var found = Parse(json) ?? throw new SqlServerException(new SqlMessage(13609, 1, 16, "JSON text is not properly formatted."));
        foreach (var step in Steps(path))
        {
            JsonElement next;
            switch (found.ValueKind)
            {
                case JsonValueKind.Object when step is string name && found.TryGetProperty(name, out next):
                    found = next;
                    break;
                case JsonValueKind.Array when step is int index && index < found.GetArrayLength():
                    found = found[index];
                    break;
                default:
                    return null;
            }
        }
        return found;
    }

    private static IEnumerable<object> Steps(string path)
    {
        path = path.Trim();
        var at = path.StartsWith("lax ", StringComparison.Ordinal) ? 4 : 0;
        if (at >= path.Length || path[at++] != '$')
        {
            throw BadPath(path);
        }
        while (at < path.Length)
        {
            var end = path[at] == '[' ? path.IndexOf(']', at)
                : at + 1 < path.Length && path[at + 1] == '"' ? path.IndexOf('"', at + 2)
                : path.IndexOfAny(['.', '['], at + 1) is var dot and >= 0 ? dot : path.Length;
            if (end < 0)
            {
                throw BadPath(path);
            }
            if (path[at] == '[')
            {
                yield return int.Parse(path[(at + 1)..end], CultureInfo.InvariantCulture);
                at = end + 1;
            }
            else if (path[at] == '.' && path[at + 1] == '"')
            {
                yield return path[(at + 2)..end];
                at = end + 1;
            }
            else if (path[at] == '.')
            {
                yield return path[(at + 1)..end];
                at = end;
            }
            else
            {
                throw BadPath(path);
            }
        }
    }

    private static SqlServerException BadPath(string path) =>
        new(new SqlMessage(13607, 4, 16, $"JSON path is not properly formatted. Unexpected character in path '{path}'."));
}
