using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Sentences about what is there already, who is connected, and the past.</summary>
internal static partial class SqlCheckSentences
{
    internal static string AnotherDatabase(string database, string server, string oldDatabase, string oldServer) =>
        $"{database} on {server} is another than {oldDatabase} on {oldServer}.";

    internal static string SameDatabase(string database, string server) => $"The new server reaches the same database, {database} on {server}.";

    internal static string NameIsFree(string database, string server) => $"The name {database} is free on {server}.";

    internal static string NameIsTaken(CheckedDatabase row, string server, IReadOnlyList<string> details) =>
        $"A database {row.Name} exists on {server}: {row.StateText}, owner {row.Owner ?? "unknown"}, created {row.CreatedAt:yyyy-MM-dd HH:mm}"
        + string.Concat(details.Select(each => $", {each}")) + ".";

    internal static readonly string[] TypeItsName =
        ["The restore will ask you to type its name before it is overwritten. If somebody needs it, name another database in New:ConnectionString."];

    internal static string Holds(long tables, bool isOctopus, string? version) =>
        !isOctopus ? tables == 0 ? "empty" : $"{tables} tables, no Octopus database"
        : $"an Octopus database ({tables} tables{(version is null ? "" : $", last run by {version}")})";

    internal static string RestoredFrom(DateTime? at, string server, string description) =>
        $"last restored {at:yyyy-MM-dd HH:mm} from a backup of {server}{(description.Length == 0 ? "" : $" ({description})")}";

    internal static string SessionCount(int count) => count switch
    {
        0 => "nobody connected",
        1 => "1 session",
        _ => $"{count} sessions",
    };

    internal static string FilesAreFree(IEnumerable<string> paths) => $"{string.Join(" and ", paths)} are free.";

    internal static string FilesAreFreeAsFarAsSeen(string login) => $"No database has a file there; {login} is no sysadmin and is not told of leftover files.";

    internal static string FileLeftOver(string path) => $"{path} lies there and belongs to no database (error 3142).";

    internal static string FileOfAnother(string path, string database) => $"{path} belongs to the database {database} (error 1834).";

    internal static string FilesGoElsewhere(IEnumerable<string> taken, IEnumerable<string> paths) =>
        $"{string.Join(" ", taken)} The restore takes other names: {string.Join(" and ", paths)}.";

    internal static readonly string[] LeftoversStay = ["octomove leaves those files alone. If one is a leftover that nobody needs, move it away and check again."];

    internal const string NoBackupRuns = "No backup or restore is running.";

    internal static string BackupRuns(string command, string database, double percent) => $"{command} of {database} is running, {percent:0} % done.";

    internal static readonly string[] WaitForBackup = ["Begin the move when it is done, and see that none is scheduled for the time of the move (error 3023)."];

    internal static string LastFullBackup(DateTime at) => $"The last full backup of your own is of {at:yyyy-MM-dd HH:mm}, the server's time.";

    internal static string LastFullBackupDamaged(DateTime at) => $"The last full backup of your own, of {at:yyyy-MM-dd HH:mm}, is marked as damaged.";

    internal const string NoFullBackup = "msdb knows no full backup of your own.";

    internal static readonly string[] TakeBackup = ["Take one with your usual means before the move: octomove's own is for moving, not for keeping."];

    internal static string LastCheck(DateTime at) => $"The last clean DBCC CHECKDB is of {at:yyyy-MM-dd HH:mm}, the server's time.";

    internal const string NeverChecked = "No DBCC CHECKDB has ever ended clean.";
    internal const string CheckNotTold = "This version of SQL Server does not tell when the last DBCC CHECKDB was.";

    internal static string[] RunCheck(string database) =>
        [$"DBCC CHECKDB ({Q(database)}) WITH NO_INFOMSGS; -- best before the outage: damage found after the restore costs the night"];

    internal const string NobodyConnected = "Nobody is connected.";

    internal static string Connected(IReadOnlyList<DatabaseSession> sessions) => string.Join("; ", sessions
        .GroupBy(each => (each.Host, each.Program, each.Login))
        .Select(each => $"{each.Key.Host}: {each.Key.Program} as {each.Key.Login} ({SessionCount(each.Count())})")) + ".";

    internal static string ConnectedFromElsewhere(IReadOnlyList<DatabaseSession> sessions, IReadOnlyList<string> hosts) =>
        $"Not only the old server is connected: {string.Join(", ", hosts)}. {Connected(sessions)}";

    internal static readonly string[] StopOthers =
        ["If that is another node of Octopus Server, it has to be stopped and disabled as well; other programs have to be closed before the old server is stopped."];

    internal static string ConnectedToNew(string database, IReadOnlyList<DatabaseSession> sessions) =>
        $"Somebody works in the database {database} that would be overwritten: {Connected(sessions)} They are cut off when its name has been typed.";

    internal static readonly string[] CloseThem = ["Find out who needs it, before you type its name; or choose another database name."];

    internal static string SeesOnlyItsOwn(string login) => $"{login} sees its own sessions only.";

    internal const string NoLimit = "This edition has no limit.";

    internal static string BelowLimit(long data, long limit, string edition) => $"{Size(data)} of data; {edition} allows {Size(limit)}.";

    internal static string AboveLimit(long data, long limit, string edition) =>
        $"The data files take {Size(data)}, and {edition} allows {Size(limit)} a database (error 1827).";

    internal static readonly string[] ShrinkOrUpgrade =
        ["What counts is allocated, not used: if the files are mostly empty, shrink them on the old server (DBCC SHRINKFILE).", "Else use Standard edition."];

    internal const string IsLocalDb = "This is LocalDB, which belongs to one user of one machine: no service can use it.";

    internal static readonly string[] UseExpress = ["Install SQL Server Express or better."];
}
