using System.Globalization;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said when files can't be copied or don't agree.</summary>
internal static class FileFailures
{
    public static MoveFailure SourceMissing(CopyJob job) => new(new(
        FailureCause.Files,
        $"{job.Name} can't be copied: there is no directory {Show(job.Source)}.",
        "The path is wrong, or the account octomove runs under can't see it. Mapped drive letters belong to one user's session.",
        ["Check the path on the old server under Configuration → Settings → Server Folders.", "Use a UNC path in place of a mapped drive letter."]));

    /// <summary>Why one file was not copied.</summary>
    public const string DirectoryInTheWay = "at the destination a directory has that name, and something that octomove did not copy is in it";

    public static MoveFailure SourceEmptied(CopyJob job, int known) => new(new(
        FailureCause.Files,
        $"{Show(job.Source)} is empty, though {known} files and directories were copied from it before. Nothing was removed from the copy.",
        "A share or a disk that is mounted there has dropped off.",
        [
            "Look at the directory on the old server; bring the share or the disk back, and run again.",
            $"If it is empty rightly, move {Show(job.Destination)} and {Show(job.ManifestFile)} away, and run again.",
        ]));

    public static MoveFailure SameDirectory(CopyJob job) => new(new(
        FailureCause.InTheWay,
        $"{job.Name} can't be copied: {Show(job.Source)} and {Show(job.Destination)} are the same directory.",
        "A link, a share or a mount leads from one to the other.",
        [
            "Don't move these files away: they are the originals.",
            "Make the new server's directory one of its own: take the link or mount away that leads from it to the old one, then run again.",
        ]));

    public static MoveFailure OneInsideTheOther(CopyJob job, string source, string destination) => new(new(
        FailureCause.InTheWay,
        $"{job.Name} can't be copied: of {Show(source)} and {Show(destination)} one lies inside the other.",
        "",
        ["Choose a destination outside of the source."]));

    public static MoveFailure ManifestInside(CopyJob job, string directory) => new(new(
        FailureCause.Usage,
        $"The manifest {Show(job.ManifestFile)} must not lie inside {Show(directory)}.",
        "It would be copied, or be taken for a file of Octopus.",
        ["Choose a move folder outside of the directories that are moved."]));

    public static MoveFailure DestinationNotOurs(CopyJob job, string example) => new(new(
        FailureCause.InTheWay,
        $"{Show(job.Destination)} is not empty, and octomove has not filled it (there is {Show(example)}, for one).",
        "Files of another instance are there, or files that were copied by hand.",
        [
            "Look at what is there. If it is not needed, move it away and run again.",
            "If you copied these files by hand before: move them away too. octomove vouches only for what it has copied itself.",
        ]));

    public static MoveFailure DestinationIsLink(CopyJob job, string path) => new(new(
        FailureCause.InTheWay,
        $"{Show(ManifestPath.Under(job.Destination, path))} is a link; files put there would land somewhere else.",
        "",
        ["Replace the link by a directory, or choose another destination."]));

    public static MoveFailure NoSpace(CopyJob job, long needed, long free) => new(new(
        FailureCause.Files,
        $"{job.Name} doesn't fit: {Bytes(needed)} are still to be copied, with a tenth more to be safe, and {Bytes(free)} are free at {Show(job.Destination)}.",
        "",
        ["Make room there, or choose another disk, and run again: what is copied already is kept."]));

    public static MoveFailure DiskFull(CopyJob job, Exception raw) => new(new(
        FailureCause.Files,
        $"The disk of {Show(job.Destination)} became full while {job.Name} was copied.",
        "Something else wrote to it meanwhile, or a quota was reached.",
        ["Make room there and run again: what is copied already is kept."],
        raw.Message), raw);

    public static MoveFailure CannotWrite(string path, Exception raw) => new(new(
        FailureCause.Files,
        $"{Show(path)} can't be written.",
        raw is UnauthorizedAccessException ? "The account octomove runs under has no right to." : "",
        ["Give the account octomove runs under the right to change files there, then run again."],
        raw.Message), raw);

    public static MoveFailure ManifestDamaged(string manifestFile, int line, string text, string reason) => new(new(
        FailureCause.Files,
        $"The manifest {Show(manifestFile)} can't be used: line {line} is not one that octomove wrote ({reason}).",
        "The file was edited, or damaged on its way.",
        [
            "Bring the manifest over again from where it was written.",
            "Or begin this copy again: move the manifest and the copied directory away, and run again.",
        ],
        text.Length > 400 ? text[..400] + "…" : text));

    public static MoveFailure ManifestMissing(string name, string manifestFile) => new(new(
        FailureCause.Files,
        $"{name} can't be verified: there is no manifest {Show(manifestFile)}.",
        "The directory was not copied yet, or the move folder did not come over whole.",
        ["Bring the whole move folder over, or copy the directory first."]));

    public static MoveFailure RootMissing(string name, string root) => new(new(
        FailureCause.Files,
        $"{name} can't be verified: there is no directory {Show(root)}.",
        "",
        ["Look whether a disk or a share has dropped off, and bring it back; then Retry."]));

    public static MoveFailure NotCopied(CopyJob job, long count, IReadOnlyList<string> first) => new(new(
        FailureCause.Files,
        count == 1 ? $"One file of {job.Name} was not copied: {first[0]}." : $"{count} files of {job.Name} were not copied. The first: {first[0]}.",
        "Everything else is copied and is kept.",
        [
            "Where access was denied: give the account octomove runs under the right to read.",
            "Where a file changed or vanished: somebody still writes to it. Make sure that the old server is stopped.",
            "Then run again: only what is missing is copied.",
        ],
        string.Join('\n', first) + (count > first.Count ? $"\n… and {count - first.Count} more" : "")));

    public static MoveFailure Differs(string name, string root, VerifyTotals found) => new(new(
        FailureCause.Differs,
        $"{name} at {Show(root)} is not what was copied: {found.DifferenceCount} "
        + (found.DifferenceCount == 1 ? "difference." : "differences."),
        "The copy was cut short, or something changed the files since.",
        ["Look at the list below."],
        string.Join('\n', found.Differences.Select(d => d.ToString()))
        + (found.DifferenceCount > found.Differences.Count ? $"\n… and {found.DifferenceCount - found.Differences.Count} more" : "")));

    public static MoveFailure NotRepaired(CopyJob job, IReadOnlyList<string> troubles) => new(new(
        FailureCause.Differs,
        troubles.Count == 1
            ? $"One file of {job.Name} can't be copied again: {troubles[0]}."
            : $"{troubles.Count} files of {job.Name} can't be copied again. The first: {troubles[0]}.",
        $"octomove copies from {Show(job.Source)} only what is the same there as when it was copied the first time, and removes nothing that it has not put there.",
        [
            $"Where the original is no longer what was copied: put the right file there, or at its place below {Show(job.Destination)} with its old time, then Retry.",
            "Where access was denied: give the account octomove runs under the right to read, then Retry.",
            "Where something else stands in the place of what was copied: move it away, then Retry.",
        ],
        string.Join('\n', troubles.Take(100)) + (troubles.Count > 100 ? $"\n… and {troubles.Count - 100} more" : "")));

    /// <summary>True when this is the system's way of saying that the disk, or a quota on it, is full.</summary>
    public static bool IsDiskFull(Exception e) => e is IOException && (OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : e.HResult == 28 || (OperatingSystem.IsLinux() ? e.HResult == 122 : e.HResult == 69));

    private static string Show(string path) => ManifestPath.Show(path).Replace(@"\\", @"\", StringComparison.Ordinal);

    internal static string Bytes(long count)
    {
        string[] units = ["bytes", "KB", "MB", "GB", "TB"];
        double size = count;
        var unit = 0;
        while (size >= 1000 && unit < units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.##} {units[unit]}");
    }
}
