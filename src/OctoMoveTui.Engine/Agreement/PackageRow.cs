using System.Globalization;
using System.Text.Json;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Agreement;

/// <summary>A row of NuGetPackage, as far as it says something about its file.</summary>
/// <param name="Id">The row.</param>
/// <param name="Space">The space's id, or empty.</param>
/// <param name="PackageId">The package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Size">Bytes of the file; null when the row doesn't say.</param>
/// <param name="Hash">Its hash; null when the row doesn't say.</param>
internal sealed record PackageRow(string Id, string Space, string PackageId, string Version, long? Size, string? Hash)
{
    /// <summary>What people call it.</summary>
    public string Name => $"{PackageId} {Version}";
}

/// <summary>Which columns of NuGetPackage say what. Size and hash have columns of their own in some versions and sit in the JSON in others.</summary>
internal sealed class PackageColumns
{
    private static readonly string[] Sizes = ["Size", "PackageSizeBytes"];
    private static readonly string[] Hashes = ["Hash", "PackageHash"];

    private readonly string? space, size, hash, document, packed;

    private PackageColumns(RowPages pages)
    {
        space = pages.FirstOf("SpaceId");
        size = pages.FirstOf(Sizes);
        hash = pages.FirstOf(Hashes);
        if (size is null || hash is null)
            (document, packed) = (pages.FirstOf("JSON"), pages.FirstOf("JSONBlob"));
    }

    /// <summary>Null when the table lacks what a package is named by.</summary>
    public static PackageColumns? Of(RowPages pages) => pages.Has("PackageId") && pages.Has("Version") ? new PackageColumns(pages) : null;

    /// <summary>The columns to read.</summary>
    public IEnumerable<string> Wanted => new[] { "PackageId", "Version", space, size, hash, document, packed }.OfType<string>();

    /// <summary>Reads a row.</summary>
    public PackageRow Read(SqlRow row)
    {
        var text = document is null ? null : row.TextOrNull(document);
        using var json = Parse(text ?? (packed is not null && row.Bytes(packed) is { } bytes ? StoredDocuments.Unpack(bytes) : null));
        return new PackageRow(
            row.Text("id"), space is null ? "" : row.Text(space), row.Text("PackageId"), row.Text("Version"),
            size is not null ? (row.IsNull(size) ? null : row.Number(size)) : Number(json, Sizes),
            hash is not null ? row.TextOrNull(hash) : Text(json, Hashes));
    }

    private static JsonDocument? Parse(string? text) => string.IsNullOrWhiteSpace(text) ? null : LenientJson.Find(text);

    private static string? Text(JsonDocument? json, string[] names)
    {
        if (json?.RootElement.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in names)
        {
            if (json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                return value.ToString();
        }

        return null;
    }

    private static long? Number(JsonDocument? json, string[] names) =>
        long.TryParse(Text(json, names), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
