using System.Text.Json;
using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

internal static class JsonText
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}

/// <summary><c>list-instances</c></summary>
internal sealed class ListInstances : OctopusCommand
{
    public override string Name => "list-instances";
    public override string Description => "Lists all installed instances";
    public override string Since => "3.13";
    public override IReadOnlyList<OctopusOption> Options => [FormatOption];
    public override bool OnlyAnswers => true;

    public override async Task RunAsync(CommandContext context)
    {
        var instances = context.Machine.Instances.All;
        if (context.WantsJson)
        {
            var list = new JsonArray([.. instances.Select(each => (JsonNode)new JsonObject
            {
                ["InstanceName"] = each.Name,
                ["ConfigurationFilePath"] = each.ConfigurationFile,
            })]);
            await context.AnswerAsync(list.ToJsonString(JsonText.Indented));
            return;
        }

        if (instances.Count == 0)
            await context.AnswerAsync("No instances installed");
        foreach (var each in instances)
            await context.AnswerAsync($"Instance '{each.Name}' uses configuration '{each.ConfigurationFile}'.");
    }
}

/// <summary><c>create-instance</c>: the record and an empty config file; an existing file or name is taken without a word.</summary>
internal sealed class CreateInstance : OctopusCommand
{
    public override string Name => "create-instance";
    public override string Description => "Registers a new instance of the Octopus service";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        OctopusOption.Value("instance", "Name of the instance to create"),
        OctopusOption.Value("config", "Path to configuration file to create"),
        OctopusOption.Value("home", "Path to the home directory") with { Since = "3.16.4" },
        // "Newer versions only", says the documentation; since when is this sandbox's guess.
        OctopusOption.Value("serverNodeName", "The name of this server node") with { Since = "2019.1" },
    ];

    public override async Task RunAsync(CommandContext context)
    {
        var file = Path.GetFullPath(context.Options["config"] ?? throw new ControlledFailure("The option --config is required: the configuration file to create."));
        var record = new InstanceRecord(context.Options["instance"] ?? InstanceRecord.DefaultName, file);
        var home = Path.GetFullPath(context.Options["home"] ?? Path.GetDirectoryName(file)!);

        context.Machine.Instances.Save(record);
        await context.LogAsync($"Saving instance: {record.Name}");
        var config = ConfigFile.LoadOrCreate(file);
        Directory.CreateDirectory(home);
        config[ConfigFile.Home] = home;
        config[ConfigFile.NodeName] = context.Options["serverNodeName"] ?? config[ConfigFile.NodeName] ?? context.Machine.Name;
        config[ConfigFile.CommunicationsPort] ??= "10943";
        config.Save();
        await context.LogAsync($"Setting home directory to: {home}");
    }
}

/// <summary><c>delete-instance</c>: the record only; config file, home and database stay.</summary>
internal sealed class DeleteInstance : OctopusCommand
{
    public override string Name => "delete-instance";
    public override string Description => "Deletes an instance of the Octopus service";
    public override IReadOnlyList<OctopusOption> Options => [InstanceOption, ConfigOption];

    public override async Task RunAsync(CommandContext context)
    {
        var record = context.Record;
        context.Machine.Instances.Delete(record);
        await context.LogAsync($"Deleted instance: {record.Name}");
    }
}

/// <summary><c>version</c></summary>
internal sealed class VersionCommand : OctopusCommand
{
    public override string Name => "version";
    public override string Description => "Show the Octopus Server version information";
    public override IReadOnlyList<OctopusOption> Options => [FormatOption];
    public override bool OnlyAnswers => true;
    public override bool NeedsElevation => false;

    public override Task RunAsync(CommandContext context)
    {
        var version = context.Machine.Version;
        return context.AnswerAsync(!context.WantsJson ? version : new JsonObject
        {
            ["InformationalVersion"] = version,
            ["MajorMinorPatch"] = version,
            ["NuGetVersion"] = version,
            ["SourceBranchName"] = null,
            ["IsPrerelease"] = false,
        }.ToJsonString(JsonText.Indented));
    }
}
