using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// Proves a master key by decrypting what the database holds: the server certificate first, which must load and have the thumbprint it is
/// listed with, then sensitive values. Correct padding alone is luck once in 256 (#3563 is that bug in the server).
/// </summary>
public static partial class KeyProof
{
    private const int ValuesNeeded = 3;

    /// <summary>Proves the key against the database the session is in.</summary>
    /// <returns>What it decrypted, in words, and the thumbprint of the server certificate.</returns>
    /// <exception cref="MoveFailure">The key doesn't fit, or there is nothing to prove it with.</exception>
    public static async Task<ProvenKey> ProveAsync(MasterKey key, SqlSession sql, CancellationToken cancel)
    {
        var thumbprint = await OpenServerCertificateAsync(key, sql, cancel);
        var (fit, tried) = await DecryptSensitiveValuesAsync(key, sql, cancel);

        // A value or two may be broken since long before this move; a wrong key fits (nearly) none.
        if (tried > 0 && fit * 2 < tried)
            throw MasterKeyFailures.DoesNotFit($"{fit} of {tried} sensitive values can be decrypted with it.");
        if (thumbprint is null && fit < ValuesNeeded)
            throw MasterKeyFailures.NothingToProveWith();

        var by = new List<string>();
        if (thumbprint is not null)
            by.Add($"the server certificate {thumbprint[..Math.Min(8, thumbprint.Length)]}…");
        if (tried > 0)
            by.Add(fit == tried ? $"all {tried} sensitive values" : $"{fit} of {tried} sensitive values");
        return new ProvenKey(string.Join(" and ", by), thumbprint, tried - fit);
    }

    private static async Task<string?> OpenServerCertificateAsync(MasterKey key, SqlSession sql, CancellationToken cancel)
    {
        if (await sql.ReadConfigurationAsync("certificate-global", cancel) is not { } text)
            return null;

        using var document = JsonDocument.Parse(text);
        if (Find(document.RootElement, "CertificateData") is not { } cipher || !EncryptedValue().IsMatch(cipher))
            return null;

        var data = key.Decrypt(cipher) ?? throw MasterKeyFailures.DoesNotFit("The server certificate can't be decrypted with it.");
        try
        {
            using var certificate = LoadCertificate(data);
            var listed = Find(document.RootElement, "Thumbprint");
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
            var text = System.Text.Encoding.UTF8.GetString(data);
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var count))
                throw;
            return X509CertificateLoader.LoadPkcs12(bytes.AsSpan(0, count), null, X509KeyStorageFlags.EphemeralKeySet);
        }
    }

    private static async Task<(int Fit, int Tried)> DecryptSensitiveValuesAsync(MasterKey key, SqlSession sql, CancellationToken cancel)
    {
        var (fit, tried) = (0, 0);
        foreach (var script in new[] { "read-variable-sets", "read-accounts" })
        {
            foreach (var text in await sql.QueryAsync(SqlScript.Text(script), row => row.Text("document"), cancel))
            {
                foreach (var value in EncryptedIn(text))
                {
                    tried++;
                    if (key.DecryptText(value) is not null)
                        fit++;
                }
            }
        }

        return (fit, tried);
    }

    private static IEnumerable<string> EncryptedIn(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            yield break;
        }

        using (document)
        {
            foreach (var value in Strings(document.RootElement).Where(each => EncryptedValue().IsMatch(each)))
                yield return value;
        }
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(each => Strings(each.Value)),
        _ => [],
    };

    // Newer versions keep the value in an object of its own; the property's name is what counts.
    private static string? Find(JsonElement element, string property)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var each in element.EnumerateObject())
        {
            if (each.Name == property)
                return Strings(each.Value).FirstOrDefault();
            if (Find(each.Value, property) is { } found)
                return found;
        }

        return null;
    }

    // cipher|iv; a 16-byte IV is 24 characters of base64.
    [GeneratedRegex("^[A-Za-z0-9+/=]+\\|[A-Za-z0-9+/=]{24}$")]
    private static partial Regex EncryptedValue();
}

/// <summary>A key that decrypts what the database holds.</summary>
/// <param name="By">What it decrypted, in words.</param>
/// <param name="Thumbprint">The thumbprint of the server certificate, when there is one.</param>
/// <param name="Unreadable">Sensitive values that it does not decrypt: broken before the move.</param>
public sealed record ProvenKey(string By, string? Thumbprint, int Unreadable);
