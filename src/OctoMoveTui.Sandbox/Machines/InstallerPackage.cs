using System.Text;

namespace OctoMoveTui.Sandbox.Machines;

/// <summary>A pretend MSI of Octopus Server: begins as every MSI does, and holds the version of what it installs.</summary>
public static class InstallerPackage
{
    private static readonly byte[] Beginning = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Writes one; under another name than its own when <paramref name="named"/> says so.</summary>
    public static string Write(string folder, string version, string? named = null)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, named ?? $"Octopus.{version}-x64.msi");
        File.WriteAllBytes(file, [.. Beginning, .. Encoding.UTF8.GetBytes(version)]);
        return file;
    }

    /// <summary>The version inside; null when it is no MSI.</summary>
    internal static string? ReadVersion(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().StartsWith(Beginning) ? Encoding.UTF8.GetString(bytes.AsSpan(Beginning.Length)) : null;
    }
}
