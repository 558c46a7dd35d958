using System.Text.RegularExpressions;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>
/// What the path of a file in the package directory says: <c>Spaces-1/feeds-builtin/Acme.Web/Acme.Web.1.2.3.zip</c> since 2019.1, before that
/// <c>Acme.Web/Acme.Web.1.2.3.nupkg</c>, which is without a space.
/// </summary>
/// <param name="Space">The space's id, or empty.</param>
/// <param name="PackageId">The directory it lies in.</param>
/// <param name="Version">What stands between that name and the extension.</param>
internal sealed partial record PackagePath(string Space, string PackageId, string Version)
{
    /// <summary>Where packages without a space belong: the space that every server has had since there are spaces.</summary>
    public const string DefaultSpace = "Spaces-1";

    // Those that the built-in repository takes; the longer ones first, for a version may end in ".tar" no more than a file in ".gz".
    private static readonly string[] Extensions = [".tar.gz", ".tar.bz2", ".nupkg", ".zip", ".tgz", ".tbz2", ".tbz", ".tar", ".jar", ".war", ".ear", ".rar"];

    /// <summary>What it is looked up by, whatever the case: Windows doesn't know it either.</summary>
    public ulong Key => KeyOf(Space, PackageId, Version);

    /// <summary>The key of a row.</summary>
    public static ulong KeyOf(string space, string packageId, string version) => Disagreement.KeyOf($"{space}\n{packageId}\n{version}".ToUpperInvariant());

    /// <summary>Reads a relative path with <c>/</c> between its parts; null when it is no package's.</summary>
    public static PackagePath? Of(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 2)
            return null;
        var (packageId, name) = (parts[^2], parts[^1]);
        if (!name.StartsWith(packageId + ".", StringComparison.OrdinalIgnoreCase) || WithoutExtension(name[(packageId.Length + 1)..]) is not { } version)
            return null;
        return new PackagePath(SpaceId().IsMatch(parts[0]) && parts.Length > 2 ? parts[0] : "", packageId, version);
    }

    private static string? WithoutExtension(string name)
    {
        if (Extensions.FirstOrDefault(each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase)) is { } known)
            name = name[..^known.Length];
        else if (name.LastIndexOf('.') is var dot and > 0 && char.IsAsciiLetter(name[^1]))
            name = name[..dot];
        return name.Length > 0 && char.IsAsciiDigit(name[0]) ? name : null;
    }

    [GeneratedRegex(@"^Spaces-\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpaceId();
}
