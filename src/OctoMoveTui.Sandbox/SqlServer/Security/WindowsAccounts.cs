using System.Security.Cryptography;
using System.Text;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>Which Windows accounts there are, as the server's machine and its domain know them, and their SIDs.</summary>
internal static class WindowsAccounts
{
    // Documentation of Windows, "Well-known SIDs": the same on every machine.
    private static readonly Dictionary<string, byte[]> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        [@"NT AUTHORITY\SYSTEM"] = Sid(5, 18),
        [@"NT AUTHORITY\LOCAL SERVICE"] = Sid(5, 19),
        [@"NT AUTHORITY\NETWORK SERVICE"] = Sid(5, 20),
        [@"BUILTIN\Administrators"] = Sid(5, 32, 544),
        [@"BUILTIN\Users"] = Sid(5, 32, 545),
    };

    /// <summary>Names of Windows accounts have a backslash, names of SQL logins may not have one.</summary>
    public static bool IsWindowsName(string name) => name.Contains('\\', StringComparison.Ordinal);

    public static bool Exists(SqlServerOptions options, string account)
    {
        if (WellKnown.ContainsKey(account))
        {
            return true;
        }
        var parts = account.Split('\\');
        if (parts.Length != 2 || parts[1].Length == 0)
        {
            return false;
        }
        if (options.WindowsAccounts is { } known)
        {
            return known.Contains(account, StringComparer.OrdinalIgnoreCase);
        }
        return parts[0].Equals(options.Domain, StringComparison.OrdinalIgnoreCase)
            || parts[0].Equals("NT SERVICE", StringComparison.OrdinalIgnoreCase)
            || parts[0].Equals(options.MachineName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A domain account has one SID wherever it is asked for; so has a service, whose SID is made of its name (S-1-5-80). A machine's own accounts differ, for their names do.</summary>
    public static byte[] SidOf(string account)
    {
        if (WellKnown.TryGetValue(account, out var known))
        {
            return known;
        }
        var parts = account.ToUpperInvariant().Split('\\');
        var hash = SHA256.HashData(Encoding.Unicode.GetBytes(parts[0] == "NT SERVICE" ? parts[1] : parts[0]));
        uint[] numbers = [.. Enumerable.Range(0, 5).Select(i => BitConverter.ToUInt32(hash, i * 4))];
        return parts[0] == "NT SERVICE"
            ? Sid(5, [80, .. numbers])
            : Sid(5, [21, .. numbers[..3], BitConverter.ToUInt32(SHA256.HashData(Encoding.Unicode.GetBytes(account.ToUpperInvariant()))) >> 1]);
    }

    private static byte[] Sid(byte authority, params uint[] parts) =>
        [1, (byte)parts.Length, 0, 0, 0, 0, 0, authority, .. parts.SelectMany(BitConverter.GetBytes)];
}
