using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Tests.Support;

/// <summary>
/// Looks for secrets in whatever was written, in every dress that they could wear: as they are, within JSON, XML, HTML, URLs and quoted command lines, in
/// UTF-16, in base64 and in hexadecimal digits. Of a secret with signs that are escaped it is the letters between them that are looked for: these are the same
/// in each escape, and are found in a connection string that was taken apart, too. One pass over a text, whatever the number of secrets.
/// </summary>
public sealed partial class SecretSearch
{
    // Shorter pieces turn up by chance.
    private const int ShortestPiece = 10;

    private readonly Dictionary<string, string> dresses = new(StringComparer.Ordinal);
    private readonly SearchValues<string> needles;

    private static readonly ConcurrentDictionary<string, SecretSearch> Made = new(StringComparer.Ordinal);

    public SecretSearch(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            foreach (var piece in PiecesOf(secret))
            {
                foreach (var (dress, bytes) in DressesOf(piece))
                    dresses.TryAdd(Encoding.Latin1.GetString(bytes), $"{secret} {dress}");
            }
        }

        needles = SearchValues.Create([.. dresses.Keys], StringComparison.Ordinal);
    }

    /// <summary>The search for these secrets, which is made once: worlds of the same seed have the same.</summary>
    public static SecretSearch For(IReadOnlyList<string> secrets) => Made.GetOrAdd(string.Join('\n', secrets), _ => new SecretSearch(secrets));

    /// <summary>Which secret is in the text, and in which dress; null = none.</summary>
    public string? In(string text) => In(Encoding.UTF8.GetBytes(text));

    /// <summary>Which secret is in the bytes, and in which dress; null = none.</summary>
    public string? In(byte[] content)
    {
        // UTF-16 of letters is the letters with zeros between them.
        var text = Encoding.Latin1.GetString(content);
        return Find(text) ?? (text.Contains('\0') ? Find(text.Replace("\0", "")) : null);
    }

    private string? Find(string text)
    {
        var at = text.AsSpan().IndexOfAny(needles);
        if (at < 0)
            return null;
        var found = dresses.First(each => text.AsSpan(at).StartsWith(each.Key, StringComparison.Ordinal)).Value;
        return $"{found}, in: …{Shown().Replace(text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 80)], "·")}…";
    }

    /// <summary>The same for each file of a folder: "file: finding".</summary>
    public IEnumerable<string> InFilesOf(string folder, Func<string, bool>? leaveOut = null)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (leaveOut?.Invoke(file) is not true && In(Path.GetFileName(file)) is { } inName)
                yield return $"the name of {file}: {inName}";
            if (leaveOut?.Invoke(file) is not true && Read(file) is { } content && In(content) is { } finding)
                yield return $"{file}: {finding}";
        }
    }

    private static IEnumerable<string> PiecesOf(string secret)
    {
        var longest = Letters().Matches(secret).Select(each => each.Value).MaxBy(each => each.Length) ?? "";
        yield return secret;
        if (longest.Length >= ShortestPiece && longest.Length < secret.Length)
            yield return longest;
    }

    private static IEnumerable<(string Dress, byte[] Bytes)> DressesOf(string piece)
    {
        foreach (var (name, bytes) in new[] { ("", Encoding.UTF8.GetBytes(piece)), (" in UTF-16", Encoding.Unicode.GetBytes(piece)) })
        {
            yield return ("as it is" + name, bytes);
            yield return ("in hexadecimal digits" + name, Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
            yield return ("in hexadecimal digits" + name, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));

            // Within a longer text it begins at one of three places of a group of base64; what depends on its neighbours is left out.
            for (var offset = 0; offset < 3; offset++)
            {
                var whole = Convert.ToBase64String([.. new byte[offset], .. bytes]);
                var (first, last) = (((offset * 8) + 5) / 6, (offset + bytes.Length) * 8 / 6);
                yield return ("in base64" + name, Encoding.ASCII.GetBytes(whole[first..last]));
                yield return ("in base64" + name, Encoding.ASCII.GetBytes(whole[first..last].Replace('+', '-').Replace('/', '_')));
            }
        }

        // The master key is base64 of itself: its bytes, too.
        var key = new byte[64];
        if (piece.EndsWith('=') && Convert.TryFromBase64String(piece, key, out var length) && length >= 16)
        {
            yield return ("decoded", key[..length]);
            yield return ("decoded, in hexadecimal digits", Encoding.ASCII.GetBytes(Convert.ToHexString(key[..length])));
            yield return ("decoded, in hexadecimal digits", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key[..length])));
        }
    }

    private static byte[]? Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            return null; // gone or cut meanwhile: a server that still runs writes, too
        }
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"[^\x20-\x7e]+")]
    private static partial Regex Shown();
}
