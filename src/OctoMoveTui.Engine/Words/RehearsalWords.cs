using System.Globalization;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said in a rehearsal only.</summary>
internal static class RehearsalWords
{
    internal const string StartPreviewed = "Has the service start at boot from now on, starts it, and waits until it answers. Its database is proven mute right before. The node is "
        + "drained at once, so that tasks which were queued when the backup was taken wait, and stays so. The old server works on.";

    internal const string VerifyPreviewed = "Compares with the old server: the version and the certificate have to be equal, the installation id has to be another. How many there are of each kind "
        + "is told; it may differ, because the old server works on and the scratch database was muted.";

    internal const string BeforeStartPreviewed = "the scratch database is mute";

    internal const string NobodyLockedOut = "Maintenance mode is not used in a rehearsal: the old server works on, and the new node stays drained.";

    internal const string NoInstallation = "The database holds no installation id where octomove looks for it. Whether the new server has one of its own is asked when it runs.";

    internal static string MutePreviewed(string database) =>
        $"Mutes the scratch database {database}, after it was proven to be the one that was restored here: subscriptions, triggers, deployment targets and workers are disabled, "
        + "tasks that are queued or at work cancelled, server nodes and connected extensions deleted, and it gets an installation id of its own. Tables that this version does not have are left out.";

    internal static string Mute(string database) => $"{database} is mute: its subscriptions, triggers, targets and workers are disabled, and it does not have the old installation id.";

    internal static string OtherInstallation(string id) => $"The installation id is another than the old server's, as it must be in a rehearsal: {id}.";

    internal static string Enabled(string table, long rows) => $"{Number(rows)} of {table} not disabled.";

    internal static string Left(string table, long rows) => $"{Number(rows)} in {table} that should be gone.";

    internal static string TasksLeft(long rows) => $"{Number(rows)} tasks of the old server that the copy would take up.";

    internal static string KeptInstallation(string id) => $"The installation id is still the old server's, {id}.";

    internal static string Rows(string table, long then, long now) => $"{table} {Number(then)}, now {Number(now)}";

    internal static string RowsDiffer(IEnumerable<string> tables) =>
        $"Every table was restored. Row counts differ where the old server went on writing while they were counted, or where the scratch database was muted: {string.Join("; ", tables)}.";

    internal static string CountDiffers(string kind, long then, long now) =>
        $"{kind}: {Number(then)} when the old server was counted, {Number(now)} here. It works on, and the scratch database was muted, so they may differ.";

    internal static string RowsWithoutFiles(long faults) =>
        $"{Number(faults)} in the scratch database without the right file here. The old server works on and cleans up, so that some is to be expected; the list tells which.";

    internal static string SameName(string database) =>
        $"The scratch database of a rehearsal must not be called {database} like the real one, on no server. Name it otherwise, for instance {database}-Rehearsal.";

    internal static MoveFailure NotMute(string database, IReadOnlyList<string> awake, string statements) => new(new(
        FailureCause.Differs, $"The scratch database {database} is not mute: {string.Join(" ", awake)} The new server was not started.",
        "Somebody changed it after it was muted. Started like this it would act on the same targets and with the same identity as the old server.",
        [$"Find out who did. Then run in {database}, leaving out tables that it does not have and with an installation id of its own:\n{statements}", "Or drop it, and begin the rehearsal anew in another move folder."]));

    internal static MoveFailure NotRestoredHere(string database, string server) => new(new(
        FailureCause.Differs, $"{database} on {server} is not the database that this rehearsal restored. Nothing was written to it.",
        "It is another one, or was restored again since.", ["Look at what it is. For a new rehearsal take another name for the database, and another move folder."]));

    internal static MoveFailure SameInstallation(string id) => new(new(
        FailureCause.Differs, $"The new server has the installation id of the old one, {id}.",
        "The scratch database kept it: then two servers have one identity.", ["Stop the new service, and remove the rehearsal: drop its database, delete its instance."]));

    internal static MoveFailure Shared(IReadOnlyList<DirectoryPlan> directories) => new(new(
        FailureCause.CheckFailed, $"In a rehearsal no directory may be used by both servers: {string.Join(", ", directories.Select(each => $"{each.Kind} ({each.To})"))}.",
        "It lies outside of the home directory, on a share or on this very machine. The new server's retention would delete files of the old one.",
        ["Rehearse on another machine; a share can't be rehearsed with."]));

    private static string Number(long count) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? "row" : "rows")}";
}
