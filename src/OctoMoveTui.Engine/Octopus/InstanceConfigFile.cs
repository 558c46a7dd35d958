using System.Xml;
using System.Xml.Linq;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>The XML config file of an instance. Only read: its master key is protected for its machine, so the file is of no use elsewhere.</summary>
public static class InstanceConfigFile
{
    /// <summary>The connection string, with its password, or null when the file can't be read or holds none.</summary>
    public static string? FindConnectionString(string path) => Find(path, "Octopus.Storage.ExternalDatabaseConnectionString");

    /// <summary>The name of this machine's node, or null when the file can't be read or leaves it at the machine's name.</summary>
    public static string? FindNodeName(string path) => Find(path, "Octopus.Server.NodeName");

    private static string? Find(string path, string key)
    {
        try
        {
            return XDocument.Load(path).Root?.Elements("set").FirstOrDefault(each => (string?)each.Attribute("key") == key)?.Value;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }
}
