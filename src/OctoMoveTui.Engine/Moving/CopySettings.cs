using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Moving;

/// <summary>How directories are copied and verified.</summary>
public sealed class CopySettings
{
    /// <summary>How many bytes a second a copy may take at most; null = no limit. Can be changed on the screen while it runs.</summary>
    public TransferRate? BytesPerSecond { get; set; }

    /// <summary>The same for the copy ahead, while Octopus works; null = <see cref="BytesPerSecond"/>.</summary>
    public TransferRate? BytesPerSecondAhead { get; set; }

    /// <summary>True: the copy ahead reads and writes only when nothing else wants to, as far as the operating system knows such a thing.</summary>
    public bool PoliteAhead { get; set; }

    /// <summary>How the contents of files are hashed.</summary>
    public FileHashKind Hash { get; set; }

    /// <summary>True: inside the outage every file is read again at the source and compared by its hash, not only by size and time.</summary>
    public bool CompareContents { get; set; }

    /// <summary>How closely the files at their new place are looked at before the new server starts, and by <c>octomove verify</c>.</summary>
    public VerifyDepth Verify { get; set; } = VerifyDepth.Contents;
}
