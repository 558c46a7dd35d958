using System.Text.Json;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>An instance of Octopus Server on a machine.</summary>
public sealed record InstanceRecord(string Name, string ConfigFile)
{
    /// <summary>The name that an instance has when nobody chose another.</summary>
    public const string DefaultName = "OctopusServer";

    /// <summary>The Windows service of an instance: OctopusDeploy for the default one (source: the OctopusDSC module).</summary>
    public static string ServiceOf(string instance) => instance == DefaultName ? "OctopusDeploy" : $"OctopusDeploy: {instance}";

    /// <summary>Reads what <c>list-instances --format=json</c> printed; other lines may stand before it.</summary>
    /// <exception cref="Moving.MoveFailure">There is no JSON in it.</exception>
    public static IReadOnlyList<InstanceRecord> Listed(string file, string output)
    {
        using var document = PrintedJson.Find(output, AreRecords) ?? throw OctopusFailures.Unreadable(file, "list-instances");
        return [.. document.RootElement.EnumerateArray().Select(each =>
            new InstanceRecord(each.GetProperty("InstanceName").GetString() ?? "", each.GetProperty("ConfigurationFilePath").GetString() ?? ""))];
    }

    private static bool AreRecords(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(each =>
        each.ValueKind == JsonValueKind.Object && IsText(each, "InstanceName") && IsText(each, "ConfigurationFilePath"));

    private static bool IsText(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
}
