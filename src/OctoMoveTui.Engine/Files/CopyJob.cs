namespace OctoMoveTui.Engine.Files;

/// <summary>One directory tree to copy.</summary>
/// <param name="Name">What it is called on screens and in the manifest: <c>TaskLogs</c>.</param>
/// <param name="Source">The directory that is read. Nothing in it is ever changed.</param>
/// <param name="Destination">The directory that is filled. It is created; it must be empty or have been filled by the same copy before.</param>
/// <param name="ManifestFile">Where the copy writes down what it has put in place. Lies outside both directories.</param>
public sealed record CopyJob(string Name, string Source, string Destination, string ManifestFile)
{
    /// <summary>
    /// True while Octopus still works in the source: files that change or vanish under the copy are then expected, and are listed in the
    /// totals instead of failing the copy. A later pass, with Octopus stopped, settles them.
    /// </summary>
    public bool SourceIsLive { get; init; }

    /// <summary>Holds the copy to a speed, or pauses it; null = as fast as it goes.</summary>
    public CopyPace? Pace { get; init; }

    /// <summary>True: its threads step back behind everything else that wants the disk or the processor.</summary>
    public bool Polite { get; init; }

    /// <summary>
    /// Told of files that can't be copied, as soon as that is known: the path with control characters escaped, and the reason. Not more than the
    /// first hundred or so, from any thread. Those that could not be read are tried once more when the others are done.
    /// </summary>
    public Action<string>? Troubled { get; init; }

    /// <summary>
    /// True to read and hash the source and write the manifest only, as if it had been copied: for directories that another program copies.
    /// The manifest is then what that copy is proven by.
    /// </summary>
    public bool HashOnly { get; init; }

    /// <summary>How contents are hashed. A manifest that was begun keeps the hash that it was begun with.</summary>
    public FileHashKind Hash { get; init; }

    /// <summary>
    /// True to read again, and compare by hash, each file whose size and time are those of an earlier pass: finds what was changed at the source
    /// with size and time kept.
    /// </summary>
    public bool CompareContents { get; init; }

    /// <summary>Windows: true to give files and directories the permissions of the originals; else they get those of the directory they come into.</summary>
    public bool Access { get; init; }
}

/// <summary>What a copy has done.</summary>
/// <param name="Files">Files of the source that are now at the destination (links count as files of no bytes).</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="CopiedFiles">Those copied by this run.</param>
/// <param name="CopiedBytes">The bytes copied by this run.</param>
/// <param name="AlreadyThere">Those an earlier run had put there.</param>
/// <param name="ContentHash">One line for all of it: two sides with the same files, sizes, times and contents have the same.</param>
public sealed record CopyTotals(long Files, long Bytes, long CopiedFiles, long CopiedBytes, long AlreadyThere, string ContentHash)
{
    /// <summary>Files of an earlier run that have vanished from the source since, and were removed from the destination.</summary>
    public long Removed { get; init; }

    /// <summary>Files that changed or vanished at each attempt to copy them (only with <see cref="CopyJob.SourceIsLive"/>).</summary>
    public long Unsettled { get; init; }

    /// <summary>The first hundred of them, each with what happened.</summary>
    public IReadOnlyList<string> UnsettledFiles { get; init; } = [];
}

/// <summary>How far a copy or a verification is.</summary>
/// <param name="FilesDone">Files dealt with: copied, or found to be there.</param>
/// <param name="BytesDone">Their bytes.</param>
/// <param name="FilesTotal">All files, or null while they are still being counted.</param>
/// <param name="BytesTotal">All bytes, or null while they are still being counted.</param>
/// <param name="CurrentFile">The file in hand, control characters escaped.</param>
public sealed record CopyProgress(long FilesDone, long BytesDone, long? FilesTotal, long? BytesTotal, string? CurrentFile)
{
    /// <summary>What was counted so far, while the totals are not known; else null.</summary>
    public CopyCount? SoFar { get; init; }

    /// <summary>Files that could not be read, or kept changing, so far.</summary>
    public long Troubles { get; init; }
}

/// <summary>Files and their bytes.</summary>
public readonly record struct CopyCount(long Files, long Bytes);
