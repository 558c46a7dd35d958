using Humanizer;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of each step before it is taken back: what is done, and what stays.</summary>
internal static class UndoWords
{
    internal const string NothingChanged = "Only checks were made: there is nothing to put back. The move counts as not begun afterwards.";
    internal const string WayForward = "Nothing has been taken back yet. What is taken back is done again by the next run.";
    internal const string StopsNewServer = "Stops the new server, and keeps it from starting again. Until that is proven nothing of the old server wakes up.";
    internal const string StopsServerAgain = "Stops the server again and keeps it from starting, so that it can be put back.";
    internal const string GoesWithDatabase = "Nothing by itself: it goes with the restored database.";
    internal const string AttachesBack = "Attaches the instance to the old database again, with the old connection string. The master key is the same.";
    internal const string PutsPlacesBack = "Sets the places of the directories back to the old ones where they differ: they stand in the database, which stays.";
    internal const string LooksWhetherUsersAreIn = "Looks whether users were let in before the step was cut short. If they were, there is no way back without loss, and it says so.";
    internal const string LetsUsersIn = "Lets the nodes take tasks again that the move had drained, and turns maintenance mode off: the outage ends, users work on the old server.";
    internal const string WakesOldServer =
        "Proves that the new server is down. Then the old database is made writable, the service gets its start type back and is started, and its watchdogs are enabled. Users stay locked out.";

    internal static string TitleOf(StepId? until) => until is { } last ? $"Take the move back, to and including {last}" : "Take the move back";

    internal static string Heading(string title, string machine, bool isHere) =>
        isHere ? $"— {title} —" : $"— {title} — (by octomove undo on {machine})";

    internal static string TasksThatRan(MoveShape shape) => shape.FencesDatabase()
        ? "Queued tasks that ran on the new server are noted when it has stopped: the old database has them as queued still. Before the old server takes tasks you are asked whether to cancel them there."
        : "Nothing: what ran meanwhile stands in the same database, and does not run again.";

    internal static string StartOtherNode(string node) =>
        $"{node} works from another machine, which octomove can't reach: you are told what to do there.";

    internal static string StopsFurtherNodes(IReadOnlyList<string> nodes) =>
        $"{nodes.Listed()}: somebody has to stop and remove the server there. octomove waits until the database shows that it is gone.";

    internal static string RemovesInstance(string home) =>
        $"Removes the service, the instance and its config file, if this move made them. The home directory {home} and what lies in it stays.";

    internal static string DropsDatabase(string? replaced) =>
        "Drops the restored database, by its typed name, if it is proven to be this move's own restore; then the logins that were made for it. The old database is not touched."
        + (replaced is null ? "" : $" The database {replaced} that was there before was overwritten with somebody's consent, or is still offline: overwritten it does not come back, offline it is brought back.");

    internal static string DropConsequence(DatabaseRow row, string server) =>
        $"The database {row.Name} on {server}, which this move restored ({row.CreatedAt:yyyy-MM-dd HH:mm}), is dropped with its files. What was restored into it came from the old "
        + "database, which has all of it; what was done on the new server since is lost.";

    internal static string CollectsFiles(MoveShape shape, string keeper) =>
        $"What the new server wrote into the new directories while it ran (task logs above all) is moved to {keeper}."
        + (shape.BringsDatabase() ? "" : " It belongs to rows of the database, which stays: the old server's directories get it before that server starts.");

    internal static string Deleted(string file) => $"{file} is deleted";

    internal static string CopiesStay(IReadOnlyList<string> places) =>
        $"The copies stay where they are: {places.Listed()}. They harm nobody, and another try only copies the difference. Delete them when you don't want another try.";

    internal static IEnumerable<string> BackupStays(MoveContext move) =>
    [
        $"The backup stays: {move.Plan.Backup.FilesOnOldSql.Listed()}. Nobody restores it by mistake: another try takes one of its own. Delete it when you are sure.",
        .. move.Plan.Backup.ThroughMoveFolder ? [$"So do its copies in {move.Folder.Files}."] : Array.Empty<string>(),
    ];

    internal static IEnumerable<string> ProgramStays(MoveContext move)
    {
        if (move.Facts.Find<OctopusServerInstalled>() is { } installed)
        {
            yield return $"Octopus Server {installed.Version} stays installed on {move.Plan.New.Machine}, without an instance. To remove it: "
                + move.Command(move.Plan.New.Msiexec, ["/x", installed.Package]).Text;
        }
    }

    internal static IEnumerable<string> KeyFileStays(MoveContext move)
    {
        if (move.Facts.Find<MasterKeySaved>()?.KeyFile is { } file)
            yield return $"The key file {file} stays: the master key is the same as before. Keep it safe, or delete it.";
    }

    internal static IEnumerable<string> CancelledStay(MoveContext move)
    {
        if (move.Facts.Find<TasksFinished>() is { Cancelled: { Count: > 0 } cancelled })
            yield return $"{"task".ToQuantity(cancelled.Count)} that you had cancelled stay cancelled ({cancelled.Take(10).ToList().Listed()}): start them again where they are wanted.";
        if (move.Facts.Find<TasksFinished>() is { LeftExecuting: { Count: > 0 } left })
            yield return $"{"task".ToQuantity(left.Count)} that were cut off when the old server was stopped do not go on: {left.Select(TaskWords.Named).Take(10).ToList().Listed()}. Look at them on the Tasks page.";
    }

    internal static IEnumerable<string> IntegrityTaskStays(MoveContext move)
    {
        if (!move.Plan.Shape.FencesDatabase() && move.Plan.Shape.StopsOldServer())
            yield return "Its check of the database stays in the list of tasks. It changed nothing.";
    }
}
