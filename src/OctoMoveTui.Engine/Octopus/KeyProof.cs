using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Proves a master key by decrypting what the database holds: the server certificate first, which must load and have the thumbprint it is
/// listed with, then sensitive values, three at least where the database has that many. Correct padding alone is luck once in 256 (#3563 is
/// that bug in the server), so what comes out must be readable text.
/// </summary>
public static class KeyProof
{
    private const int ValuesNeeded = 3;

    private static readonly string[] FirstTables = ["VariableSet", "Account"];

    // Asked only where the first hold too little: a server may have no accounts and keep all its secrets elsewhere.
    private static readonly string[] FurtherTables = ["Feed", "Machine", "Certificate"];

    /// <summary>Proves the key against the database the session is in.</summary>
    /// <exception cref="MoveFailure">The key doesn't fit, or there is nothing to prove it with.</exception>
    public static async Task<ProvenKey> ProveAsync(MasterKey key, SqlSession sql, CancellationToken cancel)
    {
        var documents = await StoredDocuments.FindAsync(sql, cancel);
        var notRead = new List<string>();
        var thumbprint = await OpenServerCertificateAsync(key, documents, notRead, cancel);
        var (fit, tried) = (0, 0);
        foreach (var table in FirstTables)
            await DecryptAsync(table);
        foreach (var table in FurtherTables.Where(_ => tried < ValuesNeeded))
            await DecryptAsync(table);

        var proof = new KeyEvidence(thumbprint, fit, tried) { NotRead = notRead };

        // A value or two may be broken since long before this move; a wrong key fits (nearly) none.
        if (tried >= ValuesNeeded && (fit < ValuesNeeded || fit * 2 < tried))
            throw MasterKeyFailures.DoesNotFit(KeyProofWords.TooFew(proof));
        if (thumbprint is null && fit < ValuesNeeded)
            throw tried > fit ? MasterKeyFailures.DoesNotFit(KeyProofWords.TooFew(proof)) : MasterKeyFailures.NothingToProveWith(notRead);
        return new ProvenKey(KeyProofWords.By(proof), proof);

        async Task DecryptAsync(string table)
        {
            if (!documents.Has(table))
                return;
            var texts = await documents.ReadAsync(table, cancel);
            if (texts.Count(each => each is null) is > 0 and var packed)
                notRead.Add(KeyProofWords.Packed(table, packed));
            foreach (var value in texts.OfType<string>().SelectMany(SensitiveJson.EncryptedIn))
            {
                tried++;
                if (key.DecryptText(value) is not null || LooksLikeCertificate(key.Decrypt(value)))
                    fit++;
            }
        }
    }

    private static async Task<string?> OpenServerCertificateAsync(
        MasterKey key, StoredDocuments documents, List<string> notRead, CancellationToken cancel)
    {
        if (!documents.Has("Configuration"))
        {
            notRead.Add(KeyProofWords.NoDocuments("Configuration"));
            return null;
        }

        var (exists, text) = await documents.ReadAsync("Configuration", "certificate-global", cancel);
        if (text is null || SensitiveJson.Find(text, "CertificateData") is not { } cipher || !SensitiveJson.IsEncrypted(cipher))
        {
            notRead.Add(!exists ? KeyProofWords.NoCertificate : text is null ? KeyProofWords.Packed("Configuration", 1) : KeyProofWords.CertificateElsewhere);
            return null;
        }

        var data = key.Decrypt(cipher) ?? throw MasterKeyFailures.DoesNotFit("The server certificate can't be decrypted with it.");
        try
        {
            using var certificate = LoadCertificate(data);
            var listed = SensitiveJson.Find(text, "Thumbprint");
            if (listed is not null && !string.Equals(listed, certificate.Thumbprint, StringComparison.OrdinalIgnoreCase))
                throw MasterKeyFailures.DoesNotFit("The decrypted server certificate has another thumbprint than the one listed.");
            return certificate.Thumbprint;
        }
        catch (CryptographicException)
        {
            throw MasterKeyFailures.DoesNotFit("What it decrypts of the server certificate is no certificate.");
        }
    }

    // The document holds the PKCS#12 bytes themselves or, in older versions, their base64 text.
    private static X509Certificate2 LoadCertificate(byte[] data)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12(data, null, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException)
        {
            var text = Encoding.UTF8.GetString(data);
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var count))
                throw;
            return X509CertificateLoader.LoadPkcs12(bytes.AsSpan(0, count), null, X509KeyStorageFlags.EphemeralKeySet);
        }
    }

    // Certificates of the library may be kept as bytes, and under a password of their own: a DER sequence that is exactly as long as it says.
    private static bool LooksLikeCertificate(byte[]? plain) =>
        plain is [0x30, 0x82, var high, var low, ..] && plain.Length == ((high << 8) | low) + 4;
}

/// <summary>A key that decrypts what the database holds.</summary>
/// <param name="By">What it decrypted, in words.</param>
/// <param name="Evidence">The same in numbers.</param>
public sealed record ProvenKey(string By, KeyEvidence Evidence)
{
    /// <summary>The thumbprint of the server certificate, when it was opened.</summary>
    public string? Thumbprint => Evidence.Thumbprint;

    /// <summary>Sensitive values that it does not decrypt: broken before the move.</summary>
    public int Unreadable => Evidence.Tried - Evidence.Fit;
}

/// <summary>What a master key was proven by.</summary>
/// <param name="Thumbprint">The thumbprint of the server certificate that it opened; null when there is none to open.</param>
/// <param name="Fit">Sensitive values that became readable text.</param>
/// <param name="Tried">Sensitive values that were tried: all of the first few hundred documents.</param>
public sealed record KeyEvidence(string? Thumbprint, int Fit, int Tried)
{
    /// <summary>What could not be used for the proof, a sentence each.</summary>
    public IReadOnlyList<string> NotRead { get; init; } = [];
}
