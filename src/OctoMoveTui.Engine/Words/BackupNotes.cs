using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the backup, its transport and the restore say.</summary>
internal static class BackupNotes
{
    internal const string NotHandedOver = "The backup is taken, but not in the move folder yet.";
    internal const string NoHistory = "The backup is good, but SQL Server could not write it into msdb's history (error 3009). The file's own header counts instead.";
    internal const string StatisticsUpdated = "Statistics are updated: the database came from an older version of SQL Server.";
    internal const string StatisticsLeft = "Statistics could not be updated; have a SQL Server administrator run sp_updatestats in the database.";
    internal const string WaitsForRecovery = "The database is being recovered; waiting for it.";

    internal const string NoRestoreHistory =
        "The restore is good, but SQL Server could not write it into msdb's history (error 3009). The database itself is looked at instead.";

    internal static string GivenBack(string database) => $"{database} on the new SQL Server is online again: it was not overwritten.";

    internal static string StillOffline(string database, string statement) =>
        $"{database} on the new SQL Server was not overwritten, and is still offline. Have a SQL Server administrator run: {statement}";

    internal static string HandedOver(long bytes) => $"The backup is in the move folder: {Notes.Size(bytes)}, hashed on the way and read back.";

    internal static string BackupTakenBack(IReadOnlyList<string> files) =>
        $"The backup was cancelled. What it had written ({string.Join(", ", files)}) is deleted as far as this account may; the next try begins anew.";

    internal static string RestoreTakenBack(string database) => $"What the cancelled restore left of {database} is dropped again.";

    internal static string SameOptions(int count) => $"All {count} settings of the database that a move must keep are as before.";

    internal static string OptionDiffers(string option, string before, string now) =>
        $"{option} was {before} and is {now}: RESTORE on another server resets it. Octopus Server does not need it.";

    internal static string WasRestored(RestoreRow restore) =>
        $"It was last restored on {restore.At:yyyy-MM-dd HH:mm} by {restore.By} from a backup of {restore.From}.";

    internal static string Holds(bool isOctopus, long tables, long bytes) => (isOctopus, tables) switch
    {
        (_, 0) => "It has no tables.",
        (true, _) => $"It is a database of Octopus Server: {Tables(tables)}, {Notes.Size(bytes)}.",
        _ => $"It is not a database of Octopus Server: {Tables(tables)}, {Notes.Size(bytes)}.",
    };

    private static string Tables(long count) => count == 1 ? "1 table" : $"{count} tables";

    internal static string CutsSessions(IReadOnlyList<DatabaseSession> sessions) =>
        (sessions.Count == 1 ? "1 session is connected to it and will be cut off: " : $"{sessions.Count} sessions are connected to it and will be cut off: ")
        + string.Join(", ", sessions.Select(each => $"{each.Program} as {each.Login} from {each.Host}").Distinct().Take(5)) + ".";
}
