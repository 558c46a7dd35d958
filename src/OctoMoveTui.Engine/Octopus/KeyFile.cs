using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using System.Text;
using System.Text.Json;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// A master key on disk, under a passphrase. Two lines of text: a header in JSON, which can be read without the passphrase, and the key in
/// base64: AES-256-GCM under a key that PBKDF2-HMAC-SHA512 makes of the passphrase. The header's bytes are authenticated with it, so neither
/// line can be changed unnoticed.
/// </summary>
public static class KeyFile
{
    /// <summary>The fewest characters of a passphrase for a new file.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for a new file: nearly three times the 210,000 that OWASP's password storage cheat sheet asks for.</summary>
    internal const int Iterations = 600_000;

    private const string Format = "octomove master key";
    private const int Version = 1;
    private const string Derivation = "PBKDF2-HMAC-SHA512";
    private const string Cipher = "AES-256-GCM";
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // More than a header may ask of us: a forged one must neither weaken the proof nor keep a processor busy for hours.
    private const int FewestIterations = 210_000;
    private const int MostIterations = 50_000_000;
    private const int LargestFile = 16 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) 
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>
    /// Writes the key to a new file that only its owner may read, then reads the file back and opens it: only that counts as saved. A file of
    /// that name that opens to the same key is left as it is.
    /// </summary>
    /// <exception cref="MoveFailure">The passphrase is too short, another file is in the way, it can't be written, or it did not open again.</exception>
    public static void Save(string file, MasterKey key, Secret passphrase, KeyOrigin origin)
    {
        if (passphrase.Reveal().Length < ShortestPassphrase)
            throw KeyFileFailures.PassphraseTooShort(ShortestPassphrase);
        if (!Path.IsPathFullyQualified(file))
            throw KeyFileFailures.NoFullPath(file);
        if (!File.Exists(file))
            Write(file, Seal(key, header => Derive(passphrase, header), origin));
        else if (!HoldsKey(file, key, passphrase))
            throw KeyFileFailures.InTheWay(file);

        if (!Open(file, passphrase, key.Fingerprint).Equals(key))
            throw KeyFileFailures.Damaged(file);
    }

    /// <summary>Opens a key file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="passphrase">Its passphrase.</param>
    /// <param name="fingerprint">The fingerprint of the key that is wanted; null when that is not known.</param>
    /// <exception cref="MoveFailure">It can't be read, is no key file, is damaged, is of another server, or the passphrase is wrong.</exception>
    public static MasterKey Open(string file, Secret passphrase, string? fingerprint) =>
        Open(file, Read(file), header => Derive(passphrase, header), fingerprint);

    /// <summary>Opens the text of a key file with the encryption key that <paramref name="derive"/> makes for its header.</summary>
    internal static MasterKey Open(string file, string text, Func<KeyFileHeader, byte[]> derive, string? fingerprint)
    {
        var (line, header, body) = Parse(file, text);
        if (fingerprint is not null && header.Fingerprint != fingerprint)
            throw KeyFileFailures.OfAnotherKey(file, header, fingerprint);

        var plain = new byte[body.Length - TagBytes];
        try
        {
            using var cipher = new AesGcm(derive(header), TagBytes);
            cipher.Decrypt(header.Nonce, body.AsSpan(..^TagBytes), body.AsSpan(^TagBytes..), plain, Encoding.UTF8.GetBytes(line));
        }
        catch (CryptographicException)
        {
            throw KeyFileFailures.WrongPassphrase(file, header);
        }

        var key = MasterKey.Parse(Convert.ToBase64String(plain));
        CryptographicOperations.ZeroMemory(plain);
        return key.Fingerprint == header.Fingerprint ? key : throw KeyFileFailures.Damaged(file);
    }

    private static bool HoldsKey(string file, MasterKey key, Secret passphrase)
    {
        try
        {
            return Open(file, passphrase, key.Fingerprint).Equals(key);
        }
        catch (MoveFailure)
        {
            return false;
        }
    }

    /// <summary>The text of a new key file.</summary>
    internal static string Seal(MasterKey key, Func<KeyFileHeader, byte[]> derive, KeyOrigin origin)
    {
        var header = new KeyFileHeader(
            Format, Version, key.Fingerprint, origin.Machine, origin.Instance, origin.MoveId, origin.At, Derivation, Iterations,
            RandomNumberGenerator.GetBytes(SaltBytes), Cipher, RandomNumberGenerator.GetBytes(NonceBytes));
        var line = JsonSerializer.Serialize(header, Json);
        var plain = Convert.FromBase64String(key.Reveal());
        var body = new byte[plain.Length + TagBytes];
        using var cipher = new AesGcm(derive(header), TagBytes);
        cipher.Encrypt(header.Nonce, plain, body.AsSpan(..^TagBytes), body.AsSpan(^TagBytes..), Encoding.UTF8.GetBytes(line));
        CryptographicOperations.ZeroMemory(plain);
        return $"{line}\n{Convert.ToBase64String(body)}\n";
    }

    // The same passphrase on two keyboards may be two sequences of code points.
    private static byte[] Derive(Secret passphrase, KeyFileHeader header) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(passphrase.Reveal().Normalize(NormalizationForm.FormKC)), header.Salt, header.Iterations, HashAlgorithmName.SHA512, 32);

    private static string Read(string file)
    {
        try
        {
            return new FileInfo(file).Length > LargestFile ? throw KeyFileFailures.NoKeyFile(file) : File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw KeyFileFailures.Unreadable(file, error);
        }
    }

    private static (string Line, KeyFileHeader Header, byte[] Body) Parse(string file, string text)
    {
        // A file that was carried through a mail or an editor may end its lines another way; nothing else may differ.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        KeyFileHeader header;
        try
        {
            header = JsonSerializer.Deserialize<KeyFileHeader>(lines[0], Json) is { Format: Format } found
                ? found : throw KeyFileFailures.NoKeyFile(file);
        }
        catch (JsonException)
        {
            throw KeyFileFailures.NoKeyFile(file);
        }

        if (header.Version != Version || header.Derivation != Derivation || header.Cipher != Cipher)
            throw KeyFileFailures.OfAnotherVersion(file, header.Version);
        if (header.Iterations is < FewestIterations or > MostIterations || header.Salt.Length != SaltBytes || header.Nonce.Length != NonceBytes
            || lines.Length != 3 || lines[2].Length > 0)
            throw KeyFileFailures.Damaged(file);

        var body = new byte[lines[1].Length];
        return Convert.TryFromBase64String(lines[1], body, out var count) && count - TagBytes is 16 or 32 && Convert.ToBase64String(body, 0, count) == lines[1]
            ? (lines[0], header, body[..count]) : throw KeyFileFailures.Damaged(file);
    }

    // Under a name of its own until it is whole and on the disk: a half one must never bear the name that is trusted.
    private static void Write(string file, string text)
    {
        var part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = Create(part))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            Disk.Rename(part, file, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw KeyFileFailures.CannotWrite(file, error);
        }
        finally
        {
            if (File.Exists(part))
                File.Delete(part);
        }
    }

    private static FileStream Create(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(WindowsIdentity.GetCurrent().User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(file).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, 4096, FileOptions.None, security);
    }
}

/// <summary>Where a key comes from; stands in the key file for all to read.</summary>
/// <param name="Machine">The old server.</param>
/// <param name="Instance">Its instance.</param>
/// <param name="MoveId">The move in which it was saved.</param>
/// <param name="At">When.</param>
public sealed record KeyOrigin(string Machine, string Instance, string MoveId, DateTimeOffset At);

/// <summary>The first line of a key file.</summary>
internal sealed record KeyFileHeader(
    string Format, int Version, string Fingerprint, string Machine, string Instance, string Move, DateTimeOffset Saved,
    string Derivation, int Iterations, byte[] Salt, string Cipher, byte[] Nonce);
