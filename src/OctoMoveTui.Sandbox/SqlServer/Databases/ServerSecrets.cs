using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>A row of sys.credentials. Whether the secret is right is known here; nothing shows it.</summary>
internal sealed record CredentialState(int Id, string Name, string Identity, string? Secret, DateTime Created);

/// <summary>A row of master.sys.certificates. Without the private key it opens nothing.</summary>
internal sealed record CertificateState(int Id, string Name, X509Certificate2 Certificate, ECDsa? PrivateKey) : IDisposable
{
    /// <summary>SHA-1 of the certificate: 20 bytes, the name by which backups ask for it.</summary>
    public byte[] Thumbprint => Certificate.GetCertHash();

    /// <summary>sys.certificates.pvt_key_encryption_type_desc.</summary>
    public string PrivateKeyEncryption => PrivateKey is null ? "NO_PRIVATE_KEY" : "ENCRYPTED_BY_MASTER_KEY";

    public void Dispose()
    {
        Certificate.Dispose();
        PrivateKey?.Dispose();
    }
}

/// <summary>The key of one database for transparent data encryption, and which certificate protects it.</summary>
internal sealed record DatabaseEncryptionKey(string Algorithm, byte[] Thumbprint)
{
    /// <summary>sys.dm_database_encryption_keys.encryption_state: 1 has a key but is not encrypted, 3 encrypted. The double encrypts at once.</summary>
    public int State { get; init; } = 1;

    /// <summary>sys.dm_database_encryption_keys.encryptor_type.</summary>
    public string EncryptorType { get; init; } = "CERTIFICATE";

    public bool IsEncrypted => State == 3;
}

/// <summary>The secrets that the server keeps in master.</summary>
internal sealed class ServerSecrets : IDisposable
{
    private int lastId = 256;

    /// <summary>By name; names of credentials for TO URL are the container's URL.</summary>
    public ConcurrentDictionary<string, CredentialState> Credentials { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, CertificateState> Certificates { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>CREATE MASTER KEY was said in master: without it no certificate can be made.</summary>
    public bool HasMasterKey { get; set; }

    public int NextId() => Interlocked.Increment(ref lastId);

    /// <summary>The certificate that can open what it has closed; null: it isn't here, or only its public half is.</summary>
    public CertificateState? Opener(byte[] thumbprint) =>
        Certificates.Values.FirstOrDefault(each => each.PrivateKey is not null && each.Thumbprint.AsSpan().SequenceEqual(thumbprint));

    public void Dispose()
    {
        foreach (var certificate in Certificates.Values)
        {
            certificate.Dispose();
        }
    }
}
