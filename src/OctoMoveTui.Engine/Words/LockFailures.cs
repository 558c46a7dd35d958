using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can be in the way of taking the move folder, in words.</summary>
internal static class LockFailures
{
    internal static MoveFailure Held(MoveFolder folder, string? who, Exception error) => new(new(
        FailureCause.MoveFolder, $"Another octomove holds the move folder {folder.Path}.", who ?? "",
        ["Go on there (octomove attach), or end it first (octomove attach --stop). The lock falls by itself when that process ends.",
         "If that machine is gone for good, its file server may still hold the file open for it: that ends by itself after a few minutes, or by closing "
            + $"{folder.LockFile} there (Windows: Close-SmbOpenFile)."], error.Message), error);

    internal static MoveFailure Alive(MoveFolder folder, LockRecord holder, bool isHidden) => new(new(
        FailureCause.MoveFolder, $"Another octomove holds the move folder {folder.Path}: {LockNotes.Who(holder.By)}.",
        isHidden ? $"There is a process {holder.By.Process} on this machine, and this account may not look whether it is the same one. {LockNotes.Since(holder)}"
            : $"That process is alive on this machine. {LockNotes.Since(holder)}",
        ["Go on there (octomove attach), or end it first (octomove attach --stop). The lock falls by itself when that process ends."]));

    internal static MoveFailure Beats(MoveFolder folder, LockRecord holder) => new(new(
        FailureCause.MoveFolder, $"Another octomove holds the move folder {folder.Path}: {LockNotes.Who(holder.By)}.",
        $"It is alive: it gave a sign of life in {folder.LockRecordFile} while this one was looking. {LockNotes.Since(holder)}",
        ["Go on there (octomove attach), or end it first (octomove attach --stop)."]));

    internal static MoveFailure Unreadable(string file, Exception error) => new(new(
        FailureCause.MoveFolder, $"{file} can't be understood, so nobody can tell who holds the move folder.",
        "Another version of octomove wrote it, somebody edited it, or the disk lost something.",
        ["Look on both machines whether an octomove runs. If none does, delete that file and start octomove again."], error.Message), error);

    internal static MoveFailure TakenFromUs(string folder, LockRecord holder) => new(new(
        FailureCause.MoveFolder, $"Another octomove has taken the move folder {folder} over while this one was working: {LockNotes.Who(holder.By)}.",
        "Somebody said there that nobody works here any more. This one stops: two at once would spoil the journal.",
        ["Find out who it is. Go on with one of the two only: start octomove again when the other one has ended."]));
}
