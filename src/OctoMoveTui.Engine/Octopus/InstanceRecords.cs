using System.Text.Json;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// What a machine itself remembers of its instances, where Octopus.Server can't be asked: a JSON file each below ProgramData (source: OctopusDSC's tests),
/// and, from versions before 2020, values in the registry.
/// </summary>
public sealed class InstanceRecords(string folder, RegistryQuery registry)
{
    /// <summary>Where the files are: on Windows below ProgramData; on Linux, where the sibling agent has them.</summary>
    public static string UsualFolder => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "Octopus", "OctopusServer", "Instances")
        : "/etc/octopus/OctopusServer/Instances";

    /// <summary>The instances; a file that can't be read as a record is none.</summary>
    public async Task<IReadOnlyList<InstanceRecord>> ReadAsync(CancellationToken cancel) =>
        [.. ReadFiles().Concat(await registry.FindInstancesAsync(cancel)).DistinctBy(each => each.Name, StringComparer.OrdinalIgnoreCase)];

    private List<InstanceRecord> ReadFiles()
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal).Select(Read).OfType<InstanceRecord>()] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static InstanceRecord? Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("Name", out var name) && name.GetString() is { Length: > 0 } called
                && document.RootElement.TryGetProperty("ConfigurationFilePath", out var path) && path.GetString() is { Length: > 0 } config
                ? new InstanceRecord(called, config) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
