using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>One of the directories whose place stands in the database.</summary>
/// <param name="Option">The option of <c>path</c>.</param>
/// <param name="Document">The row of <c>Configuration</c>.</param>
/// <param name="Property">The property in its JSON, and the name in <c>show-configuration</c> below <c>Octopus.Folders</c>.</param>
/// <param name="Default">Where it lies when nothing is set; relative to the shared directory or to home.</param>
internal sealed record ServerFolder(string Option, string Document, string Property, string ShownAs, string Default)
{
    public static readonly ServerFolder Artifacts = new("artifacts", "artifactstorage-single", "ArtifactsDirectory", "ArtifactsDirectory", "Artifacts");
    public static readonly ServerFolder TaskLogs = new("taskLogs", "tasklogstorage-single", "LogsDirectory", "LogDirectory", "TaskLogs");
    public static readonly ServerFolder Packages = new("nugetRepository", "builtinrepositoryconfigurations-single", "PackagesDirectory", "PackagesDirectory", "Packages");
    public static readonly ServerFolder EventExports = new("eventExports", "eventexportstorage-single", "EventExportsDirectory", "EventExportsDirectory", "EventExports") { Since = "2023.3" };
    public static readonly ServerFolder Imports = new("imports", "importstorage-single", "ImportsDirectory", "ImportsDirectory", "Imports") { Since = "2021.1" };
    public static readonly ServerFolder Telemetry = new("telemetry", "telemetrystorage-single", "TelemetryDirectory", "TelemetryDirectory", "Telemetry") { Since = "2020.1" };
    public static readonly ServerFolder ClusterShared = new("clusterShared", "clustersharedstorage-single", "ClusterSharedDirectory", "ClusterSharedDirectory", "") { Since = "2020.3" };

    /// <summary>The first version that has it; null: all.</summary>
    public string? Since { get; init; }

    public static readonly IReadOnlyList<ServerFolder> All = [Artifacts, TaskLogs, Packages, EventExports, Imports, Telemetry, ClusterShared];
}

/// <summary>
/// Where the directories are, as this database says and this home directory completes: the same value can mean different places on two machines.
/// </summary>
internal sealed class ServerFolders
{
    private readonly Dictionary<ServerFolder, string> places = [];

    public string this[ServerFolder folder] => places[folder];

    public static async Task<ServerFolders> ReadAsync(OctopusDatabase database, string home, CancellationToken cancel)
    {
        var documents = (await database.QueryAsync("SELECT Id, JSON FROM dbo.Configuration;", cancel)).ToDictionary(row => row.Text("Id"), row => row.Text("JSON"), StringComparer.OrdinalIgnoreCase);
        var shared = Stored(documents, ServerFolder.ClusterShared);
        var root = string.IsNullOrEmpty(shared) ? home : Path.GetFullPath(shared, home);
        var folders = new ServerFolders();
        foreach (var folder in ServerFolder.All)
        {
            var value = Stored(documents, folder);
            folders.places[folder] = folder == ServerFolder.ClusterShared ? shared ?? "" : Path.GetFullPath(string.IsNullOrEmpty(value) ? folder.Default : value, root);
        }

        return folders;
    }

    /// <summary>Those that a version has.</summary>
    public static IEnumerable<ServerFolder> Of(string version) => ServerFolder.All.Where(each => each.Since is null || OctopusVersions.Compare(version, each.Since) >= 0);

    private static string? Stored(Dictionary<string, string> documents, ServerFolder folder) =>
        documents.TryGetValue(folder.Document, out var json) ? (string?)JsonNode.Parse(json)?[folder.Property] : null;

    /// <summary>What <c>path</c> writes: the other properties of the document stay.</summary>
    public static async Task WriteAsync(OctopusDatabase database, ServerFolder folder, string value, CancellationToken cancel)
    {
        var json = await database.ReadDocumentAsync(folder.Document, cancel);
        var document = json is null ? new JsonObject { ["Id"] = folder.Document } : JsonNode.Parse(json)!.AsObject();
        document[folder.Property] = value;
        await database.WriteDocumentAsync(folder.Document, document.ToJsonString(), cancel);
    }

    /// <summary>The log of one task. Octopus keeps its own scheme to itself; this one is a folder a space.</summary>
    public static string TaskLogFile(string taskLogs, string? space, string taskId) => Path.Combine(taskLogs, space ?? "System", taskId + ".txt");
}
