using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// How directories are copied and verified, and by which program. No secret belongs here: keys and passwords live in the configuration of ssh and rclone.
/// </summary>
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

    /// <summary>
    /// Windows, octomove's own copy: true = files and directories keep the permissions they had; false = they get those of the directory they come
    /// into, which the new server's account can always read.
    /// </summary>
    public bool KeepPermissions { get; set; }

    /// <summary>How closely the files at their new place are looked at before the new server starts, and by <c>octomove verify</c>.</summary>
    public VerifyDepth Verify { get; set; } = VerifyDepth.Contents;

    /// <summary><c>octomove</c>, <c>rsync</c>, <c>robocopy</c> or <c>rclone</c>.</summary>
    public string With { get; set; } = "octomove";

    /// <summary>
    /// Where another program copies to. rsync: <c>user@newserver:</c>. robocopy: <c>\\newserver</c>, for its administrative shares, or
    /// <c>D:\Octopus=\\newserver\octopus</c>, several with <c>;</c> between them. rclone: <c>remote:path</c>. Empty = where octomove would copy to.
    /// </summary>
    public string To { get; set; } = "";

    /// <summary>rsync: how it reaches the new server, its <c>-e</c>: <c>ssh -p 2222 -i C:\keys\move</c>.</summary>
    public string RemoteShell { get; set; } = "ssh";

    /// <summary>rsync on Windows: what it puts before the letter of a drive. <c>/cygdrive</c> in Cygwin and cwRsync, <c>/</c> in MSYS2.</summary>
    public string Drives { get; set; } = "/cygdrive";

    /// <summary>The path of rsync.</summary>
    public string Rsync { get; set; } = "rsync";

    /// <summary>The path of robocopy.</summary>
    public string Robocopy { get; set; } = "robocopy";

    /// <summary>The path of rclone.</summary>
    public string Rclone { get; set; } = "rclone";

    /// <summary>The path of rclone on the new server; empty = the same.</summary>
    public string RcloneOnNew { get; set; } = "";
}
