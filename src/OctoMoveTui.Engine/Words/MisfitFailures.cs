using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>Why a move folder, its parts, this octomove and this machine don't belong together, in words.</summary>
internal static class MisfitFailures
{
    private const string BeginAnew = "Or begin a new move with another --move folder; the checks will say what is already in the way.";

    internal static MoveFailure PlanChanged(MoveFolder folder, string plan, string journalled, int line, JournalEntry opened) => Misfit(
        $"The plan {folder.PlanFile} ({Short(plan)}) is not the one that the journal beside it was written for: line {line} names {Short(journalled)}, "
            + $"by {opened.User} on {opened.Machine} at {opened.At:u}.",
        "The plan was edited after the move had begun, or plan and journal come from two folders.",
        ["Put the plan back that belongs to this journal.", BeginAnew]);

    internal static MoveFailure PlanGone(MoveFolder folder, JournalState journal) => Misfit(
        $"The plan {folder.PlanFile} is gone, and the journal beside it says that a move is in the middle ({journal.Touched.Count()} steps).",
        "It was deleted, or did not come along when the folder was carried.",
        ["Put the plan back that belongs to this journal.", BeginAnew]);

    internal static MoveFailure PlanOfOtherFormat(string file, int there, int here) => Misfit(
        $"The plan {file} is of format {there}; octomove {Mover.Version} reads format {here}.",
        there > here ? "A newer octomove made it." : "It was edited: there never was such a format.",
        [there > here ? "Go on with the octomove that made it." : "Put the plan back as it was.", BeginAnew]);

    internal static MoveFailure OtherProgram(MoveFolder folder, int line, JournalEntry opened, string here) => Misfit(
        $"This is octomove {here}; the move in {folder.Path} was last worked on by octomove {opened.Program} ({opened.User} on {opened.Machine}, "
            + $"line {line} of {folder.JournalFile}, {opened.At:u}).",
        "Versions with other first or second numbers may do steps differently and write other files. octomove does not guess what the other one meant.",
        [$"Go on with octomove {opened.Program}, or another {TwoOf(opened.Program!)}.x.", "To look at the move, octomove status and octomove report work all the same.", BeginAnew]);

    internal static MoveFailure WrittenByOther(string file, int line, string there, string here, Exception error) => new(new(
        FailureCause.MoveFolder, $"Line {line} of {file} was written by octomove {there}; this is octomove {here}, and can't read it.",
        "A newer octomove writes down what this one doesn't know.", [$"Go on with octomove {there}, or another {TwoOf(there)}.x."], error.Message), error);

    internal static MoveFailure JournalGone(MoveFolder folder, int lines) => Misfit(
        $"The journal {folder.JournalFile} is gone: it had {lines} lines once.",
        "It was deleted, or did not come along when the folder was carried.",
        ["Put it back; it is the only account of what was done.",
         $"If there is none any more, delete {folder.JournalTipFile}, too: then the servers alone are asked what was done, and what they can't tell is refused.", BeginAnew]);

    internal static MoveFailure JournalOlder(MoveFolder folder, int lines, int once) => Misfit(
        $"The journal {folder.JournalFile} has {lines} lines; it had {once} once.",
        "It was put back from an older copy, or lines at its end are lost. What was done since is not in it.",
        ["Put the newest copy back.",
         $"If this is the newest there is, delete {folder.JournalTipFile}: then the servers are asked about everything that is not in it, and what they can't tell is refused.",
         BeginAnew]);

    internal static MoveFailure JournalOfAnother(MoveFolder folder, int line) => Misfit(
        $"Line {line} of {folder.JournalFile} is another one than it was.",
        "Parts of two folders were put together, for instance two copies that were both worked on.",
        ["Put the journal back that belongs to this folder.",
         $"If this is the right one, delete {folder.JournalTipFile}.", BeginAnew]);

    internal static MoveFailure NeitherServer(MovePlan plan, RunIdentity here, string? knownAs) => new(new(
        FailureCause.WrongServer, $"This machine is called {here.Machine}; the plan knows {plan.Old.Machine} (old) and {plan.New.Machine} (new).",
        knownAs is null ? "The folder was opened on a machine that has no part in the move, or this one is called by another name now."
            : $"The journal knows this very machine as {knownAs}: it is called by another name now.",
        [$"If the old server is meant, start octomove on {plan.Old.Machine}; if the new one, on {plan.New.Machine}.",
         $"If this is one of the two under another name, say which: --set Machine={knownAs ?? plan.Old.Machine}, or \"Machine\" in octomove.json."]));

    internal static MoveFailure TwoOfOneName(JournalEntry twin, RunIdentity here) => new(new(
        FailureCause.WrongServer, $"Another machine has worked on this move under the name {here.Machine}.", FolderNotes.TwoOfOneName(twin, here),
        [$"Start octomove on the machine that {twin.User} worked on.",
         "If two machines of this move share a name, give one of them another: \"Machine\" in its octomove.json, before the move begins.",
         $"If this is the same machine, its system installed anew, say so: --set Machine={here.Machine}"]));

    private static MoveFailure Misfit(string what, string why, IReadOnlyList<string> toDo) => new(new(FailureCause.MoveFolder, what, why, toDo));

    private static string Short(string fingerprint) => fingerprint.Length > 8 ? fingerprint[..8] : fingerprint;

    private static string TwoOf(string version) => string.Join('.', version.Split('.').Take(2));
}
