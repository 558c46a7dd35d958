using System.Xml;
using System.Xml.Linq;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>The XML config file of an instance. Only read: its master key is protected for its machine, so the file is of no use elsewhere.</summary>
public static class InstanceConfigFile
{
    /// <summary>The connection string, with its password, or null when the file can't be read or holds none.</summary>
    public static string? FindConnectionString(string path)
    {
        try
        {
            return XDocument.Load(path).Root?.Elements("set")
                .FirstOrDefault(each => (string?)each.Attribute("key") == "Octopus.Storage.ExternalDatabaseConnectionString")?.Value;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }
}
