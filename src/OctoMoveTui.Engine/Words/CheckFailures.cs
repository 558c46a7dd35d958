using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the checks and proofs refuse, in words.</summary>
internal static class CheckFailures
{
    internal static MoveFailure NoDatabaseNamed(string connection) => Check(
        $"The {connection} connection string names no database.", "", ["Add Database=NAME to it."]);

    internal static MoveFailure DatabaseMissing(string database, string server) => Check(
        $"There is no database {database} on {server}.", "Or the login may not see it.", ["Check the database name in the connection string."]);

    internal static MoveFailure DatabaseNotOnline(string database, string state) => Check(
        $"The database {database} is {state}.", "", ["Bring it ONLINE, then check again."]);

    internal static MoveFailure CaseSensitive(string database, string collation) => Check(
        $"The database {database} has the collation {collation}, which is case-sensitive.", "Octopus Server needs a case-insensitive one.",
        ["This is no healthy Octopus database: ask Octopus support before moving it."]);

    internal static MoveFailure Encrypted(string database) => Check(
        $"The database {database} is encrypted by SQL Server (TDE).", "The new SQL Server needs the certificate with its private key before it can restore.",
        ["Move the certificate first (BACKUP CERTIFICATE … WITH PRIVATE KEY), then check again."]);

    internal static MoveFailure MayNotBackUp(string login, string database) => new(new(
        FailureCause.SqlRight, $"{login} may not back up the database {database}.", "",
        [$"Have a SQL Server administrator run in that database: ALTER ROLE db_backupoperator ADD MEMBER [{login}];"]));

    internal static MoveFailure MayNotFence(string login, string database) => new(new(
        FailureCause.SqlRight, $"{login} may not set the database {database} read-only.", "octomove fences the old database so that nothing can be written after the backup.",
        [$"Have a SQL Server administrator run in that database: ALTER ROLE db_owner ADD MEMBER [{login}];"]));

    internal static MoveFailure MayNotCreateDatabase(string login, string server) => new(new(
        FailureCause.SqlRight, $"{login} may not restore a database on {server}.", "",
        [$"Have a SQL Server administrator run there: GRANT CREATE ANY DATABASE TO [{login}];",
         "Or name a login that may in New:AdminConnectionString."]));

    internal static MoveFailure OlderSqlServer(string oldVersion, string newVersion) => new(new(
        FailureCause.VersionMismatch, $"The new SQL Server ({newVersion}) is older than the old one ({oldVersion}).", "A backup never restores onto an older version.",
        ["Use a SQL Server at least as new as the old one."]));

    internal static MoveFailure UnsupportedEngine(string server, int engine) => Check(
        $"{server} is a service of Azure SQL (engine edition {engine}), which has no BACKUP or RESTORE of files.", "",
        ["Move the database with Azure's own copy, and the server by itself (see the guide \"move the server\")."]);

    internal static MoveFailure LoginUnknown(string login, string server, MoveFailure inner) => new(new(
        FailureCause.SqlConnection, $"The login {login}, which the new Octopus Server will use, can't log in to {server}.", inner.Report.What,
        [$"Create it there: CREATE LOGIN [{login}] WITH PASSWORD = '…';", "Or correct login and password in the connection string.", .. inner.Report.ToDo],
        inner.Report.Raw), inner);

    internal static MoveFailure SameDatabase(string server, string database) => Check(
        $"The old and the new connection string name the same database: {database} on {server}.", "The restore would overwrite the original.",
        ["Name the new SQL Server, or another database name."]);

    internal static MoveFailure SameHome(string home) => Check(
        $"The old and the new home directory are the same: {home}.", "", ["Choose another home directory for the new server."]);

    internal static MoveFailure DirectoryMissing(string kind, string path) => new(new(
        FailureCause.Files, $"The directory {kind} of the old server is missing: {path}.",
        "The path in the database is not there: a moved folder, or a share that is not connected for this account.",
        ["Check the path in Configuration > Settings > Server Folders, and this account's right to read it."]));

    internal static MoveFailure CannotWrite(string path, Exception error) => new(new(
        FailureCause.Files, $"{path} can't be written.", "The folder is missing, or this account may not write there.",
        ["Create it or give this account the right, then try again."], error.Message), error);

    internal static MoveFailure ForeignBackup(string file, string why) => new(new(
        FailureCause.Differs, $"The backup file {file} is not the one that this move took: {why}.", "", ["Bring the right file over, or take the backup again."]));

    internal static MoveFailure CannotReachBackup(string file, string server, MoveFailure inner) => new(new(
        FailureCause.Files, $"The new SQL Server {server} can't read the backup file {file}.", inner.Report.Why,
        ["Best: a share that both SQL Servers' service accounts can use (Backup:FolderOnOldSql, Backup:FolderOnNewSql).",
         "Or let octomove carry the file: set Backup:CarryFrom (the folder as octomove sees it) and Backup:CarryTo (a folder that octomove can write "
            + "and the new SQL Server reads as Backup:FolderOnNewSql)."], inner.Report.Raw), inner);

    internal static MoveFailure ClashingFile(string path, string database) => new(new(
        FailureCause.InTheWay, $"The file {path} on the new SQL Server belongs to the database {database}.", "", ["Choose another database name."]));

    internal static MoveFailure RowsDiffer(string table, long old, long found) => new(new(
        FailureCause.Differs, $"The table {table} has {found} rows on the new SQL Server and {old} on the old one.", "",
        ["Restore again. If it stays so, the old database was written to after the backup."]));

    internal static MoveFailure NotDbOwner(string login, string database) => new(new(
        FailureCause.SqlRight, $"The login {login} is not db_owner in the restored database {database}.", "Octopus Server needs that.",
        [$"Have a SQL Server administrator run in that database: ALTER USER [{login}] WITH LOGIN = [{login}]; ALTER ROLE db_owner ADD MEMBER [{login}];"]));

    internal static MoveFailure PathsWrong(IReadOnlyList<string> wrong) => new(new(
        FailureCause.Differs, "The database names other paths than the plan for some directories of the new server.", string.Join("; ", wrong),
        ["Octopus Server would find empty directories there, and show empty screens instead of an error.",
         "Try again; if it stays so, set them by hand with Octopus.Server path."]));

    internal static MoveFailure FilesDiffer(string kind, long count, IEnumerable<string> some) => new(new(
        FailureCause.Differs, $"{count} file(s) of {kind} on the new server are not what was copied.",
        string.Join("; ", some), ["Run copy-directories again: start octomove again and answer Retry.", "The new server has not been started."]));

    private static MoveFailure Check(string what, string why, IReadOnlyList<string> toDo) =>
        new(new FailureReport(FailureCause.CheckFailed, what, why, toDo));
}
