using System.Xml;
using System.Xml.Linq;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The XML config file of an instance. Only read, never copied: its master key is protected for its machine, so the file is of no use elsewhere.
/// </summary>
public sealed class InstanceConfigFile
{
    private readonly IReadOnlyDictionary<string, string> settings;

    private InstanceConfigFile(IReadOnlyDictionary<string, string> settings) => this.settings = settings;

    /// <summary>The connection string, with its password; null when the file holds none.</summary>
    public string? ConnectionString => settings.GetValueOrDefault("Octopus.Storage.ExternalDatabaseConnectionString");

    /// <summary>The home directory; null when the file doesn't say.</summary>
    public string? Home => settings.GetValueOrDefault("Octopus.Home");

    /// <summary>The name of this machine's node; null when the file leaves it at the machine's name.</summary>
    public string? NodeName => settings.GetValueOrDefault("Octopus.Server.NodeName");

    /// <summary>The file's settings, or null when it can't be read.</summary>
    public static InstanceConfigFile? Find(string path)
    {
        try
        {
            return new InstanceConfigFile((XDocument.Load(path).Root?.Elements("set") ?? [])
                .GroupBy(each => (string?)each.Attribute("key") ?? "", StringComparer.OrdinalIgnoreCase)
                .ToDictionary(each => each.Key, each => each.Last().Value, StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }

    /// <summary>The connection string, with its password, or null when the file can't be read or holds none.</summary>
    public static string? FindConnectionString(string path) => Find(path)?.ConnectionString;

    /// <summary>The name of this machine's node, or null when the file can't be read or leaves it at the machine's name.</summary>
    public static string? FindNodeName(string path) => Find(path)?.NodeName;
}
