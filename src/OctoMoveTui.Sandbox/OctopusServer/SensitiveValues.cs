using System.Security.Cryptography;
using System.Text;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>How Octopus keeps secrets in its database: <c>base64(AES-CBC)|base64(IV)</c>, the key being the master key's bytes as they are.</summary>
internal static class SensitiveValues
{
    public static string Encrypt(byte[] masterKey, string plain, byte[] iv) => Encrypt(masterKey, Encoding.UTF8.GetBytes(plain), iv);

    public static string Encrypt(byte[] masterKey, byte[] plain, byte[] iv)
    {
        using var aes = Aes.Create();
        aes.Key = masterKey;
        return Convert.ToBase64String(aes.EncryptCbc(plain, iv)) + "|" + Convert.ToBase64String(iv);
    }

    /// <exception cref="CryptographicException">Mostly "Padding is invalid and cannot be removed.": another key.</exception>
    public static byte[] Decrypt(byte[] masterKey, string value)
    {
        var bar = value.IndexOf('|', StringComparison.Ordinal);
        using var aes = Aes.Create();
        aes.Key = masterKey;
        return aes.DecryptCbc(Convert.FromBase64String(value[..bar]), Convert.FromBase64String(value[(bar + 1)..]));
    }
}
