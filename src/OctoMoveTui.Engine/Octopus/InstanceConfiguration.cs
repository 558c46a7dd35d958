using System.Text.Json;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>What show-configuration says, read leniently: booleans and numbers may be strings, keys may be missing.</summary>
public sealed record InstanceConfiguration
{
    /// <summary>The connection string, with its password.</summary>
    public string ConnectionString { get; private init; } = "";

    /// <summary>The home directory.</summary>
    public string Home { get; private init; } = "";

    /// <summary>The addresses that the portal listens on.</summary>
    public string ListenPrefixes { get; private init; } = "";

    /// <summary>The directories that move, by kind, each an absolute path.</summary>
    public IReadOnlyDictionary<string, string> Directories { get; private init; } = new Dictionary<string, string>();

    // Every server since 3.0 has these. Without one of them the new server would show empty screens instead of an error.
    private static readonly string[] NeverMissing = [OctopusDirectories.Artifacts, OctopusDirectories.TaskLogs, OctopusDirectories.Packages];

    /// <summary>
    /// Where a directory lies: as the configuration says; event exports and imports, which not every version names, otherwise in their default
    /// place below the home directory. Null when it isn't known.
    /// </summary>
    public string? PlaceOf(string kind, string home) =>
        Directories.GetValueOrDefault(kind)
        ?? (kind is OctopusDirectories.EventExports or OctopusDirectories.Imports && home.Length > 0 ? Absolute(home, kind) : null);

    /// <summary>The directories that move, by kind: all that are named, and event exports and imports where they exist in their default place.</summary>
    /// <exception cref="Moving.MoveFailure">One that every server has is not named.</exception>
    public IReadOnlyDictionary<string, string> DirectoriesToMove(string home, Func<string, bool> exists)
    {
        var missing = NeverMissing.Where(each => !Directories.ContainsKey(each)).ToList();
        if (missing.Count > 0)
            throw MoveFailures.DirectoriesUnknown(missing);

        var found = Directories.ToDictionary(StringComparer.Ordinal);
        foreach (var kind in new[] { OctopusDirectories.EventExports, OctopusDirectories.Imports })
        {
            // Named or not, it is there, so it moves: event exports can't be made again.
            if (PlaceOf(kind, home) is { } place && exists(place))
                found.TryAdd(kind, place);
        }

        return found;
    }

    /// <summary>Reads the json-hierarchical form.</summary>
    public static InstanceConfiguration From(JsonElement root)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Flatten("", root, values);
        var home = values.GetValueOrDefault("Octopus.Home", "");

        return new InstanceConfiguration
        {
            ConnectionString = values.GetValueOrDefault("Octopus.Storage.ExternalDatabaseConnectionString", ""),
            Home = home,
            ListenPrefixes = values.GetValueOrDefault("Octopus.WebPortal.ListenPrefixes", ""),
            Directories = values
                .Where(each => each.Key.StartsWith("Octopus.Folders.", StringComparison.OrdinalIgnoreCase) && each.Value.Length > 0)
                .Select(each => (Kind: KindOf(each.Key), Path: Absolute(home, each.Value)))
                .Where(each => each.Kind is not null)
                .DistinctBy(each => each.Kind)
                .ToDictionary(each => each.Kind!, each => each.Path, StringComparer.Ordinal),
        };
    }

    // "LogDirectory" means task logs, not the server's own log. The names of the newer two were never seen in print, so their stem decides.
    private static string? KindOf(string key) => key["Octopus.Folders.".Length..] switch
    {
        "LogDirectory" or "LogsDirectory" or "TaskLogsDirectory" => OctopusDirectories.TaskLogs,
        "ArtifactsDirectory" => OctopusDirectories.Artifacts,
        "PackagesDirectory" => OctopusDirectories.Packages,
        var name when name.Contains("EventExport", StringComparison.OrdinalIgnoreCase) => OctopusDirectories.EventExports,
        var name when name.Contains("Import", StringComparison.OrdinalIgnoreCase) => OctopusDirectories.Imports,
        _ => null,
    };

    // Fresh installs since late 2017 keep paths relative to the home directory.
    private static string Absolute(string home, string path)
    {
        var isAbsolute = path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':');
        if (isAbsolute || home.Length == 0)
            return path;
        var separator = home.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        return home.TrimEnd(separator) + separator + path;
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string> into)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var each in element.EnumerateObject())
                Flatten(path.Length == 0 ? each.Name : $"{path}.{each.Name}", each.Value, into);
        }
        else if (element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            into[path] = element.ToString();
        }
    }
}
