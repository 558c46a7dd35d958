using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The master key of an Octopus database: 16 bytes (AES-128) or, from 2024.4 on, 32 bytes (AES-256). <see cref="ToString"/> hides it.
/// </summary>
public sealed class MasterKey : IEquatable<MasterKey>
{
    private const int IvBytes = 16;
    private readonly byte[] key;

    private MasterKey(byte[] key) => this.key = key;

    /// <summary>The start of its SHA-256, which may be shown.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(key))[..8];

    /// <summary>Reads a key as Octopus shows it, forgiving blanks and line breaks around it.</summary>
    /// <exception cref="Moving.MoveFailure">It is no key: not base64, or not 16 or 32 bytes.</exception>
    public static MasterKey Parse(string text)
    {
        var bytes = new byte[64];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var count))
            throw MasterKeyFailures.NotBase64();
        if (count is not (16 or 32))
            throw MasterKeyFailures.WrongLength(count);
        return new MasterKey(bytes[..count]);
    }

    /// <summary>True when <paramref name="text"/> looks like a key.</summary>
    public static bool LooksLikeKey(string text)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var count) && count is 16 or 32;
    }

    /// <summary>The key as base64: for Octopus.Server's argument list, and for the person who saves it.</summary>
    public string Reveal() => Convert.ToBase64String(key);

    /// <summary>
    /// Decrypts a sensitive value: <c>base64(cipher)|base64(iv)</c>, AES-CBC with PKCS7 padding and the key's bytes as they are.
    /// </summary>
    /// <returns>The plain bytes, or null when the padding is wrong. Right padding alone proves nothing: a wrong key has it once in 256.</returns>
    public byte[]? Decrypt(string value)
    {
        var bar = value.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0)
            return null;

        try
        {
            var iv = Convert.FromBase64String(value[(bar + 1)..]);
            if (iv.Length != IvBytes)
                return null;
            using var aes = Aes.Create();
            aes.Key = key;
            return aes.DecryptCbc(Convert.FromBase64String(value[..bar]), iv, PaddingMode.PKCS7);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Decrypts text; null when the padding is wrong or what comes out is no readable UTF-8.</summary>
    public string? DecryptText(string value)
    {
        if (Decrypt(value) is not { } plain)
            return null;
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(plain);
            return text.Any(each => char.IsControl(each) && each is not ('\r' or '\n' or '\t')) ? null : text;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(MasterKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(key, other.key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MasterKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    /// <summary>Never the key.</summary>
    public override string ToString() => "MasterKey(hidden)";
}
