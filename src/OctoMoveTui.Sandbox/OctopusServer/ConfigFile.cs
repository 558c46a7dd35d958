using System.Xml.Linq;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>The <c>.config</c> file of an instance: <c>&lt;octopus-settings&gt;</c> with the connection string in clear and the master key protected.</summary>
internal sealed class ConfigFile
{
    public const string ConnectionString = "Octopus.Storage.ExternalDatabaseConnectionString";
    public const string MasterKey = "Octopus.Storage.MasterKey";
    public const string Home = "Octopus.Home";
    public const string NodeName = "Octopus.Server.NodeName";
    public const string CommunicationsPort = "Octopus.Communications.ServicesPort";
    public const string CacheDirectory = "Octopus.Node.Cache";

    private readonly string file;
    private readonly Dictionary<string, string> settings;

    private ConfigFile(string file, Dictionary<string, string> settings)
    {
        this.file = file;
        this.settings = settings;
    }

    public static ConfigFile Load(string file)
    {
        if (!File.Exists(file))
            throw new ControlledFailure($"The configuration file '{file}' could not be found.");

        var root = XDocument.Load(file).Root!;
        return new ConfigFile(file, root.Elements("set").ToDictionary(set => (string)set.Attribute("key")!, set => set.Value, StringComparer.Ordinal));
    }

    /// <summary>An existing file is kept as it is, with whatever connection string and key it holds: a documented trap of <c>create-instance</c>.</summary>
    public static ConfigFile LoadOrCreate(string file)
    {
        if (File.Exists(file))
            return Load(file);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var created = new ConfigFile(file, new Dictionary<string, string>(StringComparer.Ordinal));
        created.Save();
        return created;
    }

    public string? this[string key]
    {
        get => settings.GetValueOrDefault(key);
        set
        {
            if (value is null)
                settings.Remove(key);
            else
                settings[key] = value;
        }
    }

    public IReadOnlyDictionary<string, string> All => settings;

    public void Save()
    {
        XNamespace schema = "http://www.w3.org/2001/XMLSchema";
        XNamespace instance = "http://www.w3.org/2001/XMLSchema-instance";
        var document = new XDocument(
            new XDeclaration("1.0", "utf-8", null),
            new XElement("octopus-settings",
                new XAttribute(XNamespace.Xmlns + "xsd", schema),
                new XAttribute(XNamespace.Xmlns + "xsi", instance),
                settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new XElement("set", new XAttribute("key", pair.Key), pair.Value))));

        // Written beside and moved over: a command that is killed must not leave half a file.
        var beside = file + ".new";
        document.Save(beside);
        File.Move(beside, file, overwrite: true);
    }
}
