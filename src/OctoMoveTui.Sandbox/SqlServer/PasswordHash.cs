using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>LOGINPROPERTY(…, 'PasswordHash') and CREATE LOGIN … HASHED: version 2, four bytes of salt, SHA-512.</summary>
internal static class PasswordHash
{
    private static readonly byte[] Version = [0x02, 0x00];

    public static byte[] Of(LoginState login) =>
        login.Password!.StartsWith(HashedMark, StringComparison.Ordinal)
            ? Convert.FromHexString(login.Password[HashedMark.Length..])
            : Compute(login.Password, login.Sid.AsSpan(0, 1).ToArray().Concat(new byte[3]).ToArray());

    /// <summary>How a login remembers a password that it was only given as a hash.</summary>
    public const string HashedMark = "\u0000hash:";

    public static bool Matches(string stored, string password)
    {
        if (!stored.StartsWith(HashedMark, StringComparison.Ordinal))
        {
            return stored == password;
        }
        var hash = Convert.FromHexString(stored[HashedMark.Length..]);
        return hash.Length > 6 && Compute(password, hash[2..6]).AsSpan().SequenceEqual(hash);
    }

    private static byte[] Compute(string password, byte[] salt) =>
        [.. Version, .. salt, .. SHA512.HashData([.. Encoding.Unicode.GetBytes(password), .. salt])];
}
