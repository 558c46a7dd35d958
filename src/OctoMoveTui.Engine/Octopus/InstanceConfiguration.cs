using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>What show-configuration says, read leniently: booleans and numbers may be strings, keys may be missing.</summary>
public sealed partial record InstanceConfiguration
{
    /// <summary>The connection string, with its password.</summary>
    public string ConnectionString { get; private init; } = "";

    /// <summary>The home directory.</summary>
    public string Home { get; private init; } = "";

    /// <summary>The addresses that the portal listens on.</summary>
    public string ListenPrefixes { get; private init; } = "";

    /// <summary>True when plain HTTP is sent on to HTTPS; null when it isn't said.</summary>
    public bool? ForceSsl { get; private init; }

    /// <summary>The name of the server's node; empty when it isn't said.</summary>
    public string NodeName { get; private init; } = "";

    /// <summary>The port that polling Tentacles come to; null when it isn't said.</summary>
    public int? CommunicationsPort { get; private init; }

    /// <summary>How many tasks the node runs at the same time; null when it isn't said, as before 2018.6.</summary>
    public int? TaskCap { get; private init; }

    /// <summary>Whether the server is in maintenance mode; null when it isn't said, as before 2018.6.</summary>
    public bool? IsInMaintenanceMode { get; private init; }

    /// <summary>The licence, XML; null when it isn't said, as before 4.1.3. It names a customer and is never logged.</summary>
    public Secret? Licence { get; private init; }

    /// <summary>Directories that are not copied and whose place is in the database all the same, by kind, each an absolute path.</summary>
    public IReadOnlyDictionary<string, string> PlacesOnly { get; private init; } = new Dictionary<string, string>();

    /// <summary>
    /// Settings that hold a path and are none of the folders that octomove knows, by their key: customBundledPackageDirectory, for instance. The names of
    /// newer ones were never seen in print, so whatever looks like a path counts.
    /// </summary>
    public IReadOnlyDictionary<string, string> OtherPaths { get; private init; } = new Dictionary<string, string>();

    /// <summary>Where Tentacles poll by WebSocket; empty when nowhere.</summary>
    public string WebSocketPrefix { get; private init; } = "";

    /// <summary>The directories that move, by kind, each an absolute path.</summary>
    public IReadOnlyDictionary<string, string> Directories { get; private init; } = new Dictionary<string, string>();

    private const string Folders = "Octopus.Folders.";

    // Every server since 3.0 has these. Without one of them the new server would show empty screens instead of an error.
    private static readonly string[] NeverMissing = [OctopusDirectories.Artifacts, OctopusDirectories.TaskLogs, OctopusDirectories.Packages];

    /// <summary>
    /// Where a directory lies: as the configuration says; event exports and imports, which not every version names, otherwise in their default
    /// place below the home directory. Null when it isn't known.
    /// </summary>
    public string? PlaceOf(string kind, string home) =>
        Directories.GetValueOrDefault(kind) ?? PlacesOnly.GetValueOrDefault(kind)
        ?? (kind is OctopusDirectories.EventExports or OctopusDirectories.Imports && home.Length > 0 ? Absolute(home, kind) : null);

    /// <summary>
    /// The directories that move, by kind: all that are named, and event exports and imports where they exist in their default place and
    /// <paramref name="isOfVersion"/> says that this version has them (null = it has).
    /// </summary>
    /// <exception cref="MoveFailure">One that every server has is not named.</exception>
    public IReadOnlyDictionary<string, string> DirectoriesToMove(string home, Func<string, bool> exists, Func<string, bool>? isOfVersion = null)
    {
        var missing = NeverMissing.Where(each => !Directories.ContainsKey(each)).ToList();
        if (missing.Count > 0)
            throw MoveFailures.DirectoriesUnknown(missing);

        var found = Directories.ToDictionary(StringComparer.Ordinal);
        foreach (var kind in new[] { OctopusDirectories.EventExports, OctopusDirectories.Imports })
        {
            // Named or not, it is there, so it moves: event exports can't be made again.
            if (isOfVersion?.Invoke(kind) != false && PlaceOf(kind, home) is { } place && exists(place))
                found.TryAdd(kind, place);
        }

        return found;
    }

    /// <summary>Reads what show-configuration printed: JSON of either form, or XML.</summary>
    /// <exception cref="MoveFailure">It is neither.</exception>
    public static InstanceConfiguration Parse(string file, string output) =>
        PrintedSettings.Find(output) is { } values ? From(values) : throw OctopusFailures.Unreadable(file, "show-configuration");

    /// <summary>Reads either form of JSON.</summary>
    public static InstanceConfiguration From(JsonElement root) => From(PrintedSettings.Of(root));

    private static InstanceConfiguration From(IReadOnlyDictionary<string, string> values)
    {
        var home = values.GetValueOrDefault("Octopus.Home", "");
        var shared = values.FirstOrDefault(each => each.Value.Length > 0 && IsFolder(each.Key, "ClusterShared")).Value ?? "";
        var directories = values
            .Where(each => IsFolder(each.Key) && each.Value.Length > 0)
            .Select(each => (Kind: KindOf(each.Key), Path: Absolute(shared.Length > 0 ? Absolute(home, shared) : home, each.Value)))
            .Where(each => each.Kind is not null)
            .DistinctBy(each => each.Kind)
            .ToDictionary(each => each.Kind!, each => each.Path, StringComparer.Ordinal);

        return new InstanceConfiguration
        {
            ConnectionString = values.GetValueOrDefault("Octopus.Storage.ExternalDatabaseConnectionString", ""),
            Home = home,
            ListenPrefixes = values.GetValueOrDefault("Octopus.WebPortal.ListenPrefixes", ""),
            ForceSsl = Switch("Octopus.WebPortal.ForceSSL"),
            NodeName = values.GetValueOrDefault("Octopus.Server.NodeName", ""),
            CommunicationsPort = Number("Octopus.Communications.ServicesPort"),
            WebSocketPrefix = values.GetValueOrDefault("Octopus.Communications.WebSocketPrefix", ""),
            TaskCap = Number("Octopus.Server.TaskCap"),
            IsInMaintenanceMode = Switch("Octopus.Server.MaintenanceMode"),
            Licence = Decoded(values.GetValueOrDefault("Octopus.Server.License", "")),
            Directories = directories,
            PlacesOnly = values.Where(each => IsFolder(each.Key) && each.Value.Length > 0)
                .Select(each => (Kind: PlaceKindOf(each.Key), Path: Absolute(home, each.Value))).Where(each => each.Kind is not null)
                .DistinctBy(each => each.Kind).ToDictionary(each => each.Kind!, each => each.Path, StringComparer.Ordinal),
            OtherPaths = values.Where(each => LooksLikePath(each.Value) && !IsKnown(each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal)
                .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal),
        };

        bool? Switch(string key) => bool.TryParse(values.GetValueOrDefault(key), out var value) ? value : null;

        int? Number(string key) => int.TryParse(values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    // Never printed by accident: records print what they hold, and this one holds a connection string.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Home)} = {Home}, {nameof(NodeName)} = {NodeName}");
        return true;
    }

    private static bool IsFolder(string key, string name = "") => key.StartsWith(Folders + name, StringComparison.OrdinalIgnoreCase);

    // What moves, and what lies in the home directory and is made anew there: the home itself, caches, telemetry.
    private static bool IsKnown(string key) =>
        (IsFolder(key) && (KindOf(key) ?? PlaceKindOf(key)) is not null)
        || key.Equals("Octopus.Home", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Cache", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("CacheDirectory", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikePath(string value) => PathPattern().IsMatch(value);

    [GeneratedRegex(@"^([A-Za-z]:[\\/]|\\\\[^\\]|/[^/\s])[^\r\n;,=]*$")]
    private static partial Regex PathPattern();

    // Base64 of XML, as far as it was seen in print.
    private static Secret? Decoded(string licence)
    {
        if (licence.Length == 0)
            return null;
        var bytes = new byte[licence.Length];
        return new Secret(Convert.TryFromBase64String(licence, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : licence);
    }

    // "LogDirectory" means task logs, not the server's own log. The names of the newer two were never seen in print, so their stem decides.
    private static string? KindOf(string key) => key[Folders.Length..] switch
    {
        "LogDirectory" or "LogsDirectory" or "TaskLogsDirectory" => OctopusDirectories.TaskLogs,
        "ArtifactsDirectory" => OctopusDirectories.Artifacts,
        "PackagesDirectory" => OctopusDirectories.Packages,
        var name when name.Contains("EventExport", StringComparison.OrdinalIgnoreCase) => OctopusDirectories.EventExports,
        var name when name.Contains("Import", StringComparison.OrdinalIgnoreCase) => OctopusDirectories.Imports,
        _ => null,
    };

    // Their names were never seen in print either.
    private static string? PlaceKindOf(string key) =>
        IsFolder(key, "Telemetry") ? OctopusDirectories.Telemetry : IsFolder(key, "ClusterShared") ? OctopusDirectories.ClusterShared : null;

    // Fresh installs since late 2017 keep paths relative to the home directory, or to the directory that a cluster shares where there is one (#6418).
    private static string Absolute(string home, string path)
    {
        var isAbsolute = path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':');
        if (isAbsolute || home.Length == 0)
            return path;
        var separator = home.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        return home.TrimEnd(separator) + separator + path;
    }
}
