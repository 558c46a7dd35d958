using System.Text.Json;
using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>The record of one instance: a name and where its config file lies.</summary>
public sealed record InstanceRecord(string Name, string ConfigurationFile)
{
    public const string DefaultName = "OctopusServer";

    public string ServiceName => Name == DefaultName ? "OctopusDeploy" : $"OctopusDeploy: {Name}";
}

/// <summary>
/// The instance records of one machine: one JSON file each, as in <c>C:\ProgramData\Octopus\OctopusServer\Instances</c>; of versions before 2020 in the
/// registry, from where newer ones take them over when they are first used.
/// </summary>
internal sealed class InstanceStore(string folder, WindowsRegistry registry, Func<string> version)
{
    private const string ConfigurationFile = "ConfigurationFilePath";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public IReadOnlyList<InstanceRecord> All => [.. Files.Concat(Registered).DistinctBy(each => each.Name, StringComparer.OrdinalIgnoreCase)];

    private IEnumerable<InstanceRecord> Files => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal).Select(Read) : [];

    private IEnumerable<InstanceRecord> Registered => registry.Below(WindowsRegistry.OctopusServer)
        .Where(each => each.Values.Any(value => value.Name == ConfigurationFile))
        .Select(each => new InstanceRecord(each.Key[(each.Key.LastIndexOf('\\') + 1)..], each.Values.First(value => value.Name == ConfigurationFile).Value));

    /// <summary>What a newer version does when it is first used; true when there was something to take over.</summary>
    public bool TakeOverFromRegistry()
    {
        if (IsInRegistry || Registered.ToList() is not { Count: > 0 } registered)
            return false;

        foreach (var each in registered)
        {
            Save(each);
            registry.Delete(KeyOf(each.Name));
        }

        return true;
    }

    private bool IsInRegistry => OctopusVersions.Compare(version(), "2020.1") < 0;

    private static string KeyOf(string name) => $@"{WindowsRegistry.OctopusServer}\{name}";

    public InstanceRecord? Find(string name) => All.FirstOrDefault(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase));

    public InstanceRecord? FindByConfigurationFile(string file) =>
        All.FirstOrDefault(instance => Path.GetFullPath(instance.ConfigurationFile) == Path.GetFullPath(file));

    public void Save(InstanceRecord instance)
    {
        if (IsInRegistry)
        {
            Register(instance);
            return;
        }

        Directory.CreateDirectory(folder);
        var document = new JsonObject { ["Name"] = instance.Name, ["ConfigurationFilePath"] = instance.ConfigurationFile };
        File.WriteAllText(FileOf(instance.Name), document.ToJsonString(Indented));
    }

    /// <summary>As a version before 2020 did.</summary>
    public void Register(InstanceRecord instance) => registry.Set(KeyOf(instance.Name), ConfigurationFile, instance.ConfigurationFile);

    public void Delete(InstanceRecord instance)
    {
        registry.Delete(KeyOf(instance.Name));
        File.Delete(FileOf(instance.Name));
    }

    private string FileOf(string name) => Path.Combine(folder, string.Concat(name.Split(Path.GetInvalidFileNameChars())) + ".config");

    private static InstanceRecord Read(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(file))!;
        return new InstanceRecord((string)document["Name"]!, (string)document["ConfigurationFilePath"]!);
    }
}
