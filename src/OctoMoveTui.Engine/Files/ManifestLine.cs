using System.Globalization;

namespace OctoMoveTui.Engine.Files;

/// <summary>One line of a manifest. The last line about a path wins.</summary>
public abstract record ManifestLine
{
    /// <summary>The line as it is written, without its end.</summary>
    public abstract string Write();

    private protected static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>The first line: which directory this is the manifest of. It is on disk before the first file is put into the destination.</summary>
public sealed record ManifestHeader(string Name, string Destination) : ManifestLine
{
    /// <summary>The first word of every manifest.</summary>
    public const string Word = "octomove-manifest";

    /// <summary>The version of the format.</summary>
    public const string Version = "1";

    /// <summary>The last word when the hashes are SHA-256.</summary>
    public const string Sha256 = "sha256";

    /// <summary>How the contents are hashed, in all lines of this manifest.</summary>
    public FileHashKind Hash { get; init; }

    /// <inheritdoc/>
    public override string Write() =>
        $"{Word}\t{Version}\t{ManifestPath.Show(Name)}\t{ManifestPath.Show(Destination)}" + (Hash == FileHashKind.Sha256 ? "\t" + Sha256 : "");
}

/// <summary>A file is at the destination, on disk, under its final name.</summary>
/// <param name="Path">Relative, with <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Ticks">The time of the last write at the source, UTC, in 100 ns.</param>
/// <param name="Hash">Of the contents, as read from the source.</param>
public sealed record FileLine(string Path, long Size, long Ticks, FileHash Hash) : ManifestLine
{
    /// <inheritdoc/>
    public override string Write() =>
        string.Create(CultureInfo.InvariantCulture, $"file\t{Hash}\t{Time(Ticks)}\t{Size}\t{ManifestPath.Show(Path)}");
}

/// <summary>A directory is at the destination.</summary>
public sealed record DirectoryLine(string Path, long Ticks) : ManifestLine
{
    /// <inheritdoc/>
    public override string Write() => $"dir\t{Time(Ticks)}\t{ManifestPath.Show(Path)}";
}

/// <summary>A symbolic link is at the destination.</summary>
public sealed record LinkLine(string Path, string Target) : ManifestLine
{
    /// <inheritdoc/>
    public override string Write() => $"link\t{ManifestPath.Show(Target)}\t{ManifestPath.Show(Path)}";
}

/// <summary>What an earlier line put there has vanished from the source and was removed.</summary>
public sealed record GoneLine(string Path) : ManifestLine
{
    /// <inheritdoc/>
    public override string Write() => $"gone\t{ManifestPath.Show(Path)}";
}

/// <summary>A copy came to its end with nothing left out. Counts only as the last line.</summary>
public sealed record DoneLine(long Files, long Bytes, string ContentHash) : ManifestLine
{
    /// <inheritdoc/>
    public override string Write() => string.Create(CultureInfo.InvariantCulture, $"done\t{Files}\t{Bytes}\t{ContentHash}");
}
