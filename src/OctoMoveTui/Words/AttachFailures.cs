using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>Why nobody can attach, or be attached any more.</summary>
internal static class AttachFailures
{
    public static MoveFailure PlaceUnusable(string directory, Exception error) => new(new(
        FailureCause.NoEngine, $"The directory {directory}, where octomove's processes meet, can't be used.", "It belongs to another account, is a link, or can't be made.",
        [$"Look at it (ls -ld {directory}) and remove it if it is not yours."], error.Message), error);

    public static MoveFailure NotYours(string socket) => new(new(
        FailureCause.NoEngine, $"Whoever listens at {socket} is another account, and no octomove of yours.", "Nothing was sent there.", ["Find out who made it, and remove it."]));

    public static MoveFailure Refused(Refused refused) => new(refused.Reason == RefusalReason.OtherVersion
        ? new(
            FailureCause.NoEngine, $"The move that runs here is one of octomove {refused.Program}; this is octomove {Mover.Version}.", "The two don't speak the same language.",
            ["Attach with the version that began it. Or let that one stop the move (octomove attach --stop), and go on with this one."])
        : new(FailureCause.NoEngine, "Too many are attached to this move already.", "", ["Leave one of the other screens."]));

    public static MoveFailure RunsAlready(string moveFolder) => new(new(
        FailureCause.MoveFolder, $"A move runs on this machine already for {moveFolder}.", "One process works on a move folder at a time.",
        [$"See it, and answer it: octomove attach --move {moveFolder}", $"Stop it at its next safe point: octomove attach --stop --move {moveFolder}"]));

    public static MoveFailure NotGiven() => new(new(
        FailureCause.NoEngine, "This engine was started to be given its environment, and nobody gave it one.", "", ["Start octomove again."]));

    public static MoveFailure NoFolder() => new(new(
        FailureCause.Usage, "No move folder was named.", "Which move is meant is told by its folder.",
        ["Name it: octomove attach --move DIR, or \"Move\" in octomove.json, or OCTOMOVE_Move."]));

    public static MoveFailure NothingRuns(string moveFolder, string? standing, bool wantsToStop) => new(new(
        FailureCause.NoEngine, $"No move runs on this machine, under this account, for {moveFolder}.", standing ?? "",
        wantsToStop ? ["There is nothing to stop."]
            : ["Begin it, or go on where it stopped: octomove --move " + moveFolder, "If it runs on another machine or under another account, attach there."]));

    public static FailureReport EngineDied(int process, string? doing) => new(
        FailureCause.NoEngine, $"The process {process} that ran the move has ended without a word.",
        (doing is null ? "" : doing + " ") + "The engine was killed, ran out of memory, or has a defect.",
        ["Start octomove again with the same move folder.", "Should it happen again: the logs are in the folder logs of the move folder."]);

    public static FailureReport LetGo(int process) => new(
        FailureCause.NoEngine, "This screen did not keep up with the move, which let go of it.", $"It was stopped for a while, or its line is very slow. The move goes on, in process {process}.",
        ["Start octomove again, or octomove attach."]);
}
