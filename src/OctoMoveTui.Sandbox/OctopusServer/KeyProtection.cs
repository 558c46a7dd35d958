using System.Security.Cryptography;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>
/// What DPAPI does on Windows and /etc/octopus/machinekey on Linux: a master key protected on one machine can't be read on another, so a copied
/// config file is of no use.
/// </summary>
internal sealed class KeyProtection
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] machineKey;

    public KeyProtection(string machineKeyFile)
    {
        if (!File.Exists(machineKeyFile))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(machineKeyFile)!);
            File.WriteAllBytes(machineKeyFile, RandomNumberGenerator.GetBytes(32));
        }

        machineKey = File.ReadAllBytes(machineKeyFile);
    }

    public string Protect(byte[] masterKey)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var cipher = new byte[masterKey.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(machineKey, TagSize);
        aes.Encrypt(nonce, masterKey, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. cipher, .. tag]);
    }

    public byte[] Unprotect(string value)
    {
        var all = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, all, out var length))
            throw new ControlledFailure("System.FormatException: The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.");

        try
        {
            var plain = new byte[length - NonceSize - TagSize];
            using var aes = new AesGcm(machineKey, TagSize);
            aes.Decrypt(all.AsSpan(0, NonceSize), all.AsSpan(NonceSize, plain.Length), all.AsSpan(length - TagSize, TagSize), plain);
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or OverflowException or ArgumentException)
        {
            throw new ControlledFailure("Unable to parse configuration key 'Octopus.Storage.MasterKey' as a 'Byte[]'.");
        }
    }
}
