using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// An installer of Octopus Server that somebody has put where octomove looks. The version is the one in its name: the product version inside an MSI can't be
/// it, because Windows Installer takes no first number above 255. Whether the name was right, the installed program tells.
/// </summary>
/// <param name="File">Its full path.</param>
/// <param name="Version">The version in its name; null when there is none.</param>
public sealed partial record InstallerPackage(string File, OctopusVersion? Version)
{
    // How every MSI begins: it is an OLE compound file.
    private static readonly byte[] Beginning = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The name of a version's installer (source: Octopus' download page).</summary>
    public static string NameOf(string version) => $"Octopus.{version}-x64.msi";

    /// <summary>Where it can be had.</summary>
    public static string AddressOf(string version) => $"https://download.octopusdeploy.com/octopus/{NameOf(version)}";

    /// <summary>Where all of them are listed.</summary>
    public const string AllVersions = "https://octopus.com/downloads/previous";

    /// <summary>The container image of a version: its tag is the version.</summary>
    public static string ImageOf(string version) => $"octopusdeploy/octopusdeploy:{version}";

    /// <summary>All installers of Octopus Server that lie in <paramref name="folders"/>; a folder that can't be listed has none.</summary>
    public static IReadOnlyList<InstallerPackage> FindIn(IEnumerable<string> folders) =>
        [.. folders.Distinct(StringComparer.Ordinal).SelectMany(ListOf)];

    /// <summary>True when the file is an MSI and not, say, the page that a proxy gave in its place.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public bool IsInstaller()
    {
        var read = new byte[Beginning.Length];
        using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.Read);
        return file.ReadAtLeast(read, read.Length, throwOnEndOfStream: false) == read.Length && read.AsSpan().SequenceEqual(Beginning);
    }

    private static IEnumerable<InstallerPackage> ListOf(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.msi", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
                .Where(each => Path.GetFileName(each).StartsWith("Octopus", StringComparison.OrdinalIgnoreCase)
                    && !Path.GetFileName(each).StartsWith("Octopus.Tentacle", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(each => new InstallerPackage(each, OctopusVersion.Parse(Name().Match(Path.GetFileName(each)).Groups["version"].Value)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A browser that had the file already adds " (1)".
    [GeneratedRegex(@"^Octopus\.(?<version>\d.*?)(-x64)?( \(\d+\))?\.msi$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
