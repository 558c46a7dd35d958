using System.Buffers.Text;
using System.Security.Cryptography;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// The hash that a package's row holds. Which algorithm it is, is not documented and has changed with the versions: its length says it, in
/// hexadecimal or in base64. What is neither is not compared.
/// </summary>
internal sealed class RecordedHash
{
    private readonly byte[] expected;
    private readonly HashAlgorithmName algorithm;

    private RecordedHash(byte[] expected, HashAlgorithmName algorithm) => (this.expected, this.algorithm) = (expected, algorithm);

    /// <summary>The algorithm's name.</summary>
    public string Algorithm => algorithm.Name!;

    /// <summary>The hash, or null when its form isn't known.</summary>
    public static RecordedHash? Of(string? text)
    {
        text = text?.Trim() ?? "";
        if (Bytes(text) is not { } bytes)
            return null;
        HashAlgorithmName? known = bytes.Length switch
        {
            20 => HashAlgorithmName.SHA1,
            32 => HashAlgorithmName.SHA256,
            48 => HashAlgorithmName.SHA384,
            64 => HashAlgorithmName.SHA512,
            _ => null,
        };
        return known is { } algorithm ? new RecordedHash(bytes, algorithm) : null;
    }

    /// <summary>Reads the file; null when it has this hash, else the hash that it has.</summary>
    public async Task<string?> DiffersAsync(string file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
        await using (stream)
        {
            var buffer = new byte[1 << 20];
            while (await stream.ReadAsync(buffer, cancel) is var read and > 0)
                hash.AppendData(buffer, 0, read);
        }

        var found = hash.GetHashAndReset();
        return found.AsSpan().SequenceEqual(expected) ? null : $"{Convert.ToHexStringLower(found)}, not {Convert.ToHexStringLower(expected)}";
    }

    // 64 characters of hexadecimal would also be base64 of 48 bytes: digits that are all hexadecimal are taken for that.
    private static byte[]? Bytes(string text)
    {
        if (text.Length is 40 or 64 or 96 or 128 && text.All(char.IsAsciiHexDigit))
            return Convert.FromHexString(text);
        return text.Length is 28 or 44 or 64 or 88 && Base64.IsValid(text) ? Convert.FromBase64String(text) : null;
    }
}
