using System.ComponentModel;

namespace OctoMoveTui.Engine.Files;

/// <summary>How closely a copy is looked at.</summary>
[TypeConverter(typeof(VerifyDepthConverter))]
public enum VerifyDepth
{
    /// <summary>Names, sizes and times: as fast as listing the directory.</summary>
    SizesAndTimes,

    /// <summary>Each file is read and hashed too: finds what was changed with size and time kept.</summary>
    Contents,
}

/// <summary>What a verification found.</summary>
/// <param name="Files">Files found that the manifest knows.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="ContentHash">
/// The same as that of the copy when there is no difference. With <see cref="VerifyDepth.SizesAndTimes"/> the manifest is believed about contents.
/// </param>
/// <param name="DifferenceCount">How many differences there are.</param>
/// <param name="Differences">The first of them, see <see cref="DirectoryVerifier.MostNamed"/>.</param>
public sealed record VerifyTotals(long Files, long Bytes, string ContentHash, long DifferenceCount, IReadOnlyList<FileDifference> Differences);

/// <summary>A difference between what was copied and what is there.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Path">Where, relative to the directory; "." for the whole of it.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record FileDifference(DifferenceKind Kind, string Path, string Detail)
{
    /// <summary>As one line, control characters escaped.</summary>
    public override string ToString() => $"{ManifestPath.Show(Path)}: {Detail}";
}

/// <summary>What differs.</summary>
public enum DifferenceKind
{
    /// <summary>It was copied and is not there.</summary>
    Missing,

    /// <summary>It is there and was not copied.</summary>
    Extra,

    /// <summary>It is longer or shorter.</summary>
    Size,

    /// <summary>It was written to at another time.</summary>
    Time,

    /// <summary>Its bytes are others.</summary>
    Content,

    /// <summary>A file where a directory or a link should be, or the other way round; or a link that leads elsewhere.</summary>
    Kind,

    /// <summary>It can't be read.</summary>
    Unreadable,

    /// <summary>The manifest ends before the end of the copy: the copy was cut short.</summary>
    Unfinished,
}
