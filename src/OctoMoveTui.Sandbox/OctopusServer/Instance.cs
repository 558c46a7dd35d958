using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>An instance as its config file describes it on its machine.</summary>
internal sealed class Instance(OctopusMachine machine, InstanceRecord record)
{
    public OctopusMachine Machine => machine;
    public InstanceRecord Record => record;
    public ConfigFile Config { get; } = ConfigFile.Load(record.ConfigurationFile);

    public string Home => Config[ConfigFile.Home] ?? Path.GetDirectoryName(Path.GetFullPath(record.ConfigurationFile))!;

    public string NodeName => Config[ConfigFile.NodeName] ?? machine.Name;

    public string NodeId => "OctopusServerNodes-" + NodeName;

    public string ConnectionString => Config[ConfigFile.ConnectionString] ?? throw new ControlledFailure(
        "The instance has no connection string. Run the 'database' command with --connectionString first.");

    public byte[]? MasterKey => Config[ConfigFile.MasterKey] is { } value ? machine.KeyProtection.Unprotect(value) : null;

    public byte[] RequireMasterKey() => MasterKey ?? throw new ControlledFailure(
        "The instance has no master key. Run the 'database' command with --masterKey first.");

    public OctopusDatabase Database => OctopusDatabase.ForCommand(ConnectionString);

    /// <summary>Decrypts the server's own certificate: the test that Octopus itself makes of a master key.</summary>
    public static async Task<X509Certificate2> ReadCertificateAsync(OctopusDatabase database, byte[] masterKey, CancellationToken cancel)
    {
        var json = await database.ReadDocumentAsync("certificate-global", cancel)
            ?? throw new ControlledFailure("The document 'certificate-global' is missing from the database.");
        try
        {
            var pkcs12 = SensitiveValues.Decrypt(masterKey, (string)JsonNode.Parse(json)!["CertificateData"]!);
            return X509CertificateLoader.LoadPkcs12(pkcs12, password: null);
        }
        catch (CryptographicException e)
        {
            throw new ControlledFailure(
                "Error reading document 'certificate-global': " + (e.Message.Contains("adding", StringComparison.Ordinal) ? "Padding is invalid and cannot be removed." : e.Message)
                + Environment.NewLine + "The master key does not fit this database.");
        }
    }
}
