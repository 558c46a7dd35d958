using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>
/// A package file of the built-in repository: <c>Packages/Spaces-1/feeds-builtin/Acme.Web/Acme.Web.1.2.3.zip</c>, or in the layout of before 2019.1
/// <c>Packages/Acme.Web/Acme.Web.1.2.3.zip</c>, which is the default space's.
/// </summary>
internal sealed partial record PackageFile(string Space, string PackageId, string Version, string File)
{
    public string Key => $"{Space}/{PackageId}.{Version}";

    public string Id => $"packages-{Space}-{PackageId}.{Version}".ToLowerInvariant();

    public static IEnumerable<PackageFile> Find(string packages, string space)
    {
        foreach (var file in Files(packages, space))
        {
            var packageId = Path.GetFileName(Path.GetDirectoryName(file)!);
            var name = Path.GetFileName(file);
            if (name.StartsWith(packageId + ".", StringComparison.OrdinalIgnoreCase) && VersionAndExtension().Match(name[(packageId.Length + 1)..]) is { Success: true } match)
                yield return new PackageFile(space, packageId, match.Groups["version"].Value, file);
        }
    }

    private static IEnumerable<string> Files(string packages, string space)
    {
        var root = Path.Combine(packages, space, "feeds-builtin");
        var files = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories) : [];
        return space == "Spaces-1" && Directory.Exists(packages)
            ? files.Concat(Directory.EnumerateDirectories(packages)
                .Where(each => !Path.GetFileName(each).StartsWith("Spaces-", StringComparison.OrdinalIgnoreCase)).SelectMany(Directory.EnumerateFiles))
            : files;
    }

    [GeneratedRegex(@"^(?<version>\d+\.\d+\.\d+(-[\w.-]+?)?)\.(zip|nupkg|tar\.gz)$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionAndExtension();
}

/// <summary>
/// The index of the built-in package repository, table <c>NuGetPackage</c>. Bringing it up to date deletes the rows of files that are not there, which is why
/// it must never happen before the packages are.
/// </summary>
internal static class PackageIndex
{
    public static async Task<(int Added, int Removed)> SynchronizeAsync(ServerContext server, string? space, CancellationToken cancel)
    {
        var packages = (await server.ReadFoldersAsync(cancel))[ServerFolder.Packages];
        var spaces = space is not null ? [space] : (await server.Database.QueryAsync("SELECT Id FROM dbo.[Space];", cancel)).Select(row => row.Text("Id"));
        var (added, removed) = (0, 0);
        foreach (var each in spaces)
        {
            var found = (server.Machine.Sees(packages) ? PackageFile.Find(packages, each) : []).ToDictionary(file => file.Key, StringComparer.OrdinalIgnoreCase);
            var rows = await server.Database.QueryAsync("SELECT Id, PackageId, Version FROM dbo.NuGetPackage WHERE SpaceId = @space;", cancel, ("@space", each));
            var known = rows.ToDictionary(row => $"{each}/{row.Text("PackageId")}.{row.Text("Version")}", row => row.Text("Id"), StringComparer.OrdinalIgnoreCase);

            foreach (var (key, id) in known)
            {
                if (!found.ContainsKey(key))
                    removed += await server.Database.ExecuteAsync("DELETE FROM dbo.NuGetPackage WHERE Id = @id;", cancel, ("@id", id));
            }

            foreach (var (key, file) in found)
            {
                if (!known.ContainsKey(key))
                    added += await AddAsync(server.Database, file, cancel);
            }
        }

        return (added, removed);
    }

    private static async Task<int> AddAsync(OctopusDatabase database, PackageFile file, CancellationToken cancel)
    {
        var content = await File.ReadAllBytesAsync(file.File, cancel);
        return await database.ExecuteAsync(
            "INSERT INTO dbo.NuGetPackage (Id, PackageId, Version, SpaceId, Hash, Size, Published, JSON) VALUES (@id, @package, @version, @space, @hash, @size, @published, N'{}');",
            cancel,
            ("@id", file.Id), ("@package", file.PackageId), ("@version", file.Version), ("@space", file.Space), ("@hash", HashOf(content)),
            ("@size", (long)content.Length), ("@published", new DateTimeOffset(File.GetLastWriteTimeUtc(file.File), TimeSpan.Zero)));
    }

    public static string HashOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLower(CultureInfo.InvariantCulture);
}
