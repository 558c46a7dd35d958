using System.Text.Json;
using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>The record of one instance: a name and where its config file lies.</summary>
public sealed record InstanceRecord(string Name, string ConfigurationFile)
{
    public const string DefaultName = "OctopusServer";

    public string ServiceName => Name == DefaultName ? "OctopusDeploy" : $"OctopusDeploy: {Name}";
}

/// <summary>The instance records of one machine: one JSON file each, as in <c>C:\ProgramData\Octopus\OctopusServer\Instances</c>.</summary>
internal sealed class InstanceStore(string folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public IReadOnlyList<InstanceRecord> All =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal).Select(Read)];

    public InstanceRecord? Find(string name) => All.FirstOrDefault(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase));

    public InstanceRecord? FindByConfigurationFile(string file) =>
        All.FirstOrDefault(instance => Path.GetFullPath(instance.ConfigurationFile) == Path.GetFullPath(file));

    public void Save(InstanceRecord instance)
    {
        Directory.CreateDirectory(folder);
        var document = new JsonObject { ["Name"] = instance.Name, ["ConfigurationFilePath"] = instance.ConfigurationFile };
        File.WriteAllText(FileOf(instance.Name), document.ToJsonString(Indented));
    }

    public void Delete(InstanceRecord instance) => File.Delete(FileOf(instance.Name));

    private string FileOf(string name) => Path.Combine(folder, string.Concat(name.Split(Path.GetInvalidFileNameChars())) + ".config");

    private static InstanceRecord Read(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(file))!;
        return new InstanceRecord((string)document["Name"]!, (string)document["ConfigurationFilePath"]!);
    }
}
