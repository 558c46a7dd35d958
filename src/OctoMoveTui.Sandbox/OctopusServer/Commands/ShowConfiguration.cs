using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary>
/// <c>show-configuration</c>: config file and database together, so the database must be reachable. True booleans and their words stand side by side,
/// as in the real output, and so does the connection string with its password.
/// </summary>
internal sealed class ShowConfiguration : OctopusCommand
{
    public override string Name => "show-configuration";
    public override string Description => "Outputs the server configuration";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        InstanceOption, ConfigOption,
        OctopusOption.Value("file", "Exports the server configuration to a file"),
        OctopusOption.Value("format", "The format of the export (XML, json, json-hierarchical). Defaults to XML."),
        SkipCompatibilityCheck, SkipUpgradeCheck,
    ];

    public override bool OnlyAnswers => true;

    public override async Task RunAsync(CommandContext context)
    {
        var values = await ReadAsync(context);
        var answer = (context.Options["format"] ?? "XML").ToUpperInvariant() switch
        {
            "JSON" => Flat(values).ToJsonString(JsonText.Indented),
            "JSON-HIERARCHICAL" => Hierarchical(values).ToJsonString(JsonText.Indented),
            "XML" => new XElement("octopus-settings", values.Where(pair => pair.Value is not null).Select(pair => new XElement("set", new XAttribute("key", pair.Key), pair.Value!.ToString()))).ToString(),
            var other => throw new ControlledFailure($"The format '{other}' is not supported. Try XML, json or json-hierarchical."),
        };
        if (context.Options["file"] is { } file)
            await File.WriteAllTextAsync(file, answer, context.Cancel);
        else
            await context.AnswerAsync(answer);
    }

    private static async Task<List<KeyValuePair<string, JsonNode?>>> ReadAsync(CommandContext context)
    {
        var instance = context.Instance;
        var database = instance.Database;
        var config = instance.Config;
        var folders = await ServerFolders.ReadAsync(database, instance.Home, context.Cancel);
        var maintenance = await database.ReadDocumentAsync("maintenance", context.Cancel) is { } json && (bool?)JsonNode.Parse(json)!["IsInMaintenanceMode"] == true;
        var node = await database.FindAsync("SELECT MaxConcurrentTasks FROM dbo.OctopusServerNode WHERE Id = @id;", context.Cancel, ("@id", instance.NodeId));
        var watchdog = context.Machine.ScheduledTasks.Find(Machines.OctopusMachine.WatchdogTask);

        List<KeyValuePair<string, JsonNode?>> values =
        [
            new("Octopus.Communications.ServicesPort", config[ConfigFile.CommunicationsPort] ?? "10943"),
            new("Octopus.Communications.WebSocketPrefix", null),
            new("Octopus.Storage.ExternalDatabaseConnectionString", instance.ConnectionString),
            new("Octopus.Server.NodeName", instance.NodeName),
            new("Octopus.Server.TaskCap", node?.Number("MaxConcurrentTasks") ?? 5),
            new("Octopus.Server.MaintenanceMode", maintenance ? "True" : "False"),
            new("Octopus.Home", instance.Home),
            new("Octopus.Node.Cache", config[ConfigFile.CacheDirectory] ?? Path.Combine(instance.Home, "OctopusServer")),
            new("Octopus.PackageCache.DaysToCachePackages", config["Octopus.Configure.cachePackages"] ?? "20"),
        ];
        values.AddRange(ServerFolder.All.Select(folder => new KeyValuePair<string, JsonNode?>("Octopus.Folders." + folder.ShownAs, folders[folder] is { Length: > 0 } place ? place : null)));
        values.AddRange(
        [
            new("Octopus.Upgrades.AllowChecking", true),
            new("Octopus.Upgrades.IncludeStatistics", true),
            new("Octopus.Upgrades.NotificationMode", "AlwaysShow"),
            new("Octopus.WebPortal.ListenPrefixes", config["Octopus.WebPortal.ListenPrefixes"] ?? context.Machine.Url + "/"),
            new("Octopus.WebPortal.ForceSSL", config["Octopus.WebPortal.ForceSSL"] ?? "False"),
            new("Octopus.Watchdog.Enabled", watchdog is not null),
            new("Octopus.Watchdog.Interval", watchdog is null ? 0 : 5),
            new("Octopus.Watchdog.Instances", "*"),
            new("Octopus.BuiltInWorker.CustomAccountUserName", null),
            new("Octopus.BuiltInWorker.CustomAccountDomain", null),
        ]);
        return values;
    }

    private static JsonObject Flat(List<KeyValuePair<string, JsonNode?>> values) => new(values);

    private static JsonObject Hierarchical(List<KeyValuePair<string, JsonNode?>> values)
    {
        var root = new JsonObject();
        foreach (var (key, value) in values)
        {
            var at = root;
            var words = key.Split('.');
            foreach (var word in words[..^1])
            {
                at[word] ??= new JsonObject();
                at = at[word]!.AsObject();
            }

            at[words[^1]] = value;
        }

        return root;
    }
}
