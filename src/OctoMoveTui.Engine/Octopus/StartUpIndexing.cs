using System.Text.Json;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Whether Octopus re-indexes its built-in package repository whenever it starts: then the first start of the new server is a re-index (#1839).
/// On in installations before 2019.9, off in newer ones (#5852), and kept by an upgrade. How the setting is called in the database isn't
/// documented: a yes or no in the repository's settings whose name speaks of an index is taken for it. What can't be told counts as on.
/// </summary>
/// <param name="IsOn">Yes or no; null when it can't be told.</param>
/// <param name="Property">The setting that says so, or empty.</param>
public sealed record StartUpIndexing(bool? IsOn, string Property)
{
    /// <summary>Where people switch it, by Octopus' documentation; no request that does it is documented.</summary>
    public const string Place = "Library > Packages";

    private const string Document = "builtinrepositoryconfigurations-single";

    private static readonly StartUpIndexing Unknown = new(null, "");

    /// <summary>True unless it is known to be off.</summary>
    public bool MayRun => IsOn != false;

    /// <summary>Reads the settings in the database that the session is in.</summary>
    /// <exception cref="Moving.MoveFailure">It can't be read.</exception>
    public static async Task<StartUpIndexing> ReadAsync(SqlSession sql, CancellationToken cancel)
    {
        var documents = await StoredDocuments.FindAsync(sql, cancel);
        return documents.Has("Configuration") && (await documents.ReadAsync("Configuration", Document, cancel)).Text is { } text ? Of(text) : Unknown;
    }

    /// <summary>Reads the settings' document.</summary>
    public static StartUpIndexing Of(string text)
    {
        using var json = LenientJson.Find(text);
        return json is null ? Unknown : Switches(json.RootElement)
            .Where(each => each.Name.Contains("index", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(each => each.Name.Contains("start", StringComparison.OrdinalIgnoreCase))
            .Select(each => new StartUpIndexing(each.IsSet != SaysNo(each.Name), each.Name))
            .FirstOrDefault(Unknown);
    }

    private static bool SaysNo(string name) =>
        new[] { "disable", "skip", "prevent", "suppress" }.Any(each => name.Contains(each, StringComparison.OrdinalIgnoreCase));

    // Booleans are written as such and as words, as everywhere in Octopus' settings.
    private static IEnumerable<(string Name, bool IsSet)> Switches(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var each in element.EnumerateObject())
        {
            if (each.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                yield return (each.Name, each.Value.GetBoolean());
            else if (each.Value.ValueKind == JsonValueKind.String && bool.TryParse(each.Value.GetString(), out var value))
                yield return (each.Name, value);
            else
            {
                foreach (var inner in Switches(each.Value))
                    yield return inner;
            }
        }
    }
}
