using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong with the plan, the move folder and the order of things, in words.</summary>
internal static class MoveFailures
{
    internal static MoveFailure MoveFolderUnusable(string folder, Exception error) => FileFailures.IsDiskFull(error)
        ? new(new(
            FailureCause.MoveFolder, $"The move folder {folder} can't be written any more.", "Its disk is full, or a quota is used up.",
            ["Make room there, then start octomove again: it goes on where it stopped."], error.Message), error)
        : new(new(
            FailureCause.MoveFolder, $"The move folder {folder} can't be used.", "It can't be created or written by this account, or the share is gone.",
            ["Check the path and your rights on it, or choose another folder with --move."], error.Message), error);

    internal static MoveFailure MoveFolderGone(string folder, MoveFailure? consequence) => new(new(
        FailureCause.MoveFolder, $"The move folder {folder} is gone: its journal can't be seen there any more.",
        "The share or disk that it lies on went away, or somebody moved the folder. What else is missing now, or looks strange, comes from that.",
        ["Bring it back under the same path, then try again: nothing is lost.", "Change nothing else meanwhile, on either server."], consequence?.Report.What), consequence);

    internal static MoveFailure JournalBroken(string file, int line, Exception error) => new(new(
        FailureCause.MoveFolder, $"Line {line} of {file} can't be read.",
        "Somebody edited the journal, or the disk lost something. octomove does not guess what was finished.",
        ["Restore the file from a copy.", "Or begin a new move with another --move folder; the checks will say what is already in the way."], error.Message), error);

    internal static MoveFailure JournalEdited(string file, int line) => new(new(
        FailureCause.MoveFolder, $"Line {line} of {file} does not follow from the line before it.",
        "Somebody edited the journal, lines of it are lost, or parts of two journals were put together. octomove does not guess what was finished.",
        ["Restore the file from a copy.", "Or begin a new move with another --move folder; the checks will say what is already in the way."]));

    internal static MoveFailure PlanUnreadable(string file, Exception error) => new(new(
        FailureCause.MoveFolder, $"The plan {file} can't be read.", "It was edited, or written by another version of octomove.",
        ["Put the old plan back, or begin a new move with another --move folder."], error.Message), error);

    internal static MoveFailure WrongServer(Side side, string machine) => new(new(
        FailureCause.WrongServer, $"This is not the {(side == Side.Old ? "old" : "new")} server.", $"The plan says that {machine} is.",
        [$"Start octomove on {machine}."]));

    internal static MoveFailure DirectoriesUnknown(IReadOnlyList<string> missing) => new(new(
        FailureCause.CheckFailed, $"octomove can't find out where the old server keeps: {string.Join(", ", missing)}.",
        "Octopus.Server show-configuration names no such directory: its path is not set, or this version of Octopus Server names it differently.",
        ["Look at Configuration > Settings > Server Folders in the old web portal, and set the paths that are empty there. Then start octomove again.",
         "If all are set, please report it with the version of Octopus Server. Don't move meanwhile: what octomove doesn't know of would stay behind."]));

    internal static MoveFailure NoMoveYet(string folder) => new(new(
        FailureCause.Usage, $"There is no move in {folder} yet.", "", ["Name the move folder with --move, or begin a move with: octomove run"]));

    internal static MoveFailure NoMoveFolder() => new(new(
        FailureCause.Usage, "No move folder was named.", "It is the folder that both servers can reach in turn: plan, journal and logs live there.",
        ["Name it: octomove --move DIR, or \"Move\" in octomove.json, or OCTOMOVE_Move."]));

    internal static MoveFailure NoSuchStep(string step, IEnumerable<string> known) => new(new(
        FailureCause.Usage, $"There is no step {step}.", "", [$"The steps are: {string.Join(", ", known)}."]));

    internal static MoveFailure ChangedBehindOurBack(string title, string found) => new(new(
        FailureCause.ChangedBehindOurBack, $"The journal says that \"{title}\" was finished; the servers say that it is not.", found,
        ["Somebody changed it since. Find out who and what, and put it right.", "octomove does not run a finished step again on its own: that could lose data."]));

    internal static MoveFailure DoneBySomebodyElse(string title) => new(new(
        FailureCause.InTheWay, $"\"{title}\" has been done already, but not by this move.", "",
        ["Find out who did it. If it is a leftover of an earlier try, take it back by hand, then try again."]));

    internal static MoveFailure Defect(Exception error, string? logFile) => new(new(
        FailureCause.Defect, "This is a defect of octomove; it is not your fault.", $"{error.GetType().Name}: {error.Message}",
        [logFile is null ? "Please report it with the text below." : $"Please report it with the log file {logFile}.",
         "The journal is intact: start octomove again to go on where it stopped."], error.ToString()), error);
}
