using System.Text;
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
    public override string Since => "3.5";
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
        // That all three are not as old as the command is known; which came when is this sandbox's guess.
        var version = context.Machine.Version;
        string[] formats = OctopusVersions.Compare(version, "4.0") >= 0 ? ["XML", "json", "json-hierarchical"] : OctopusVersions.Compare(version, "3.16") >= 0 ? ["XML", "json"] : ["XML"];
        var format = context.Options["format"] ?? "XML";
        if (!formats.Contains(format, StringComparer.OrdinalIgnoreCase))
            throw new ControlledFailure($"The format '{format}' is not supported. Try {string.Join(" or ", formats)}.");

        var values = await ReadAsync(context);
        var answer = format.ToUpperInvariant() switch
        {
            "JSON" => Flat(values).ToJsonString(JsonText.Indented),
            "JSON-HIERARCHICAL" => Hierarchical(values).ToJsonString(JsonText.Indented),
            _ => new XElement("octopus-settings", values.Where(pair => pair.Value is not null).Select(pair => new XElement("set", new XAttribute("key", pair.Key), pair.Value!.ToString()))).ToString(),
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
        var licence = await database.ReadDocumentAsync("licenses-current", context.Cancel);
        var watchdog = context.Machine.ScheduledTasks.Find(Machines.OctopusMachine.WatchdogTask);

        List<KeyValuePair<string, JsonNode?>> values =
        [
            new("Octopus.Communications.ServicesPort", config[ConfigFile.CommunicationsPort] ?? "10943"),
            new("Octopus.Communications.WebSocketPrefix", null),
            new("Octopus.Storage.ExternalDatabaseConnectionString", instance.ConnectionString),
            new("Octopus.Server.NodeName", instance.NodeName),
            new("Octopus.Home", instance.Home),
            new("Octopus.Node.Cache", config[ConfigFile.CacheDirectory] ?? Path.Combine(instance.Home, "OctopusServer")),
            new("Octopus.PackageCache.DaysToCachePackages", config["Octopus.Configure.cachePackages"] ?? "20"),
        ];
        if (Since("2018.6"))
            values.AddRange([new("Octopus.Server.TaskCap", node?.Number("MaxConcurrentTasks") ?? 5), new("Octopus.Server.MaintenanceMode", maintenance ? "True" : "False")]);
        if (Since("4.1.3") && licence is not null)
            values.Add(new("Octopus.Server.License", Convert.ToBase64String(Encoding.UTF8.GetBytes((string?)JsonNode.Parse(licence)!["LicenseText"] ?? ""))));
        if (config["Octopus.Configure.customBundledPackageDirectory"] is { } bundled)
            values.Add(new("Octopus.Server.CustomBundledPackageDirectory", bundled));
        values.AddRange(ServerFolders.Of(context.Machine.Version).Select(folder => new KeyValuePair<string, JsonNode?>("Octopus.Folders." + folder.ShownAs, folders[folder] is { Length: > 0 } place ? place : null)));
        values.AddRange(
        [
            new("Octopus.Upgrades.AllowChecking", true),
            new("Octopus.Upgrades.IncludeStatistics", true),
            new("Octopus.Upgrades.NotificationMode", "AlwaysShow"),
            new("Octopus.WebPortal.ListenPrefixes", await WebPortal.ReadListenPrefixesAsync(instance, database, context.Cancel)),
            new("Octopus.WebPortal.ForceSSL", config["Octopus.WebPortal.ForceSSL"] ?? "False"),
            new("Octopus.Watchdog.Enabled", watchdog is not null),
            new("Octopus.Watchdog.Interval", watchdog is null ? 0 : 5),
            new("Octopus.Watchdog.Instances", "*"),
            new("Octopus.BuiltInWorker.CustomAccountUserName", null),
            new("Octopus.BuiltInWorker.CustomAccountDomain", null),
        ]);
        return values;

        bool Since(string version) => OctopusVersions.Compare(context.Machine.Version, version) >= 0;
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
