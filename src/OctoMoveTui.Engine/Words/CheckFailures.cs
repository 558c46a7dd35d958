using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the checks and proofs refuse, in words.</summary>
internal static class CheckFailures
{
    private const string BeginAnew =
        "Begin a new move with another --move folder. Nothing is lost: the old server and its database are only stopped and can be brought back.";

    internal static MoveFailure NoDatabaseNamed(string connection) => Check(
        $"The {connection} connection string names no database.", "", ["Add Database=NAME to it."]);

    internal static MoveFailure DatabaseMissing(string database, string server) => Check(
        $"There is no database {database} on {server}.", "Or the login may not see it.", ["Check the database name in the connection string."]);

    internal static MoveFailure DatabaseNotOnline(string database, string state) => Check(
        $"The database {database} is {state}.", "", ["Bring it ONLINE, then check again."]);

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

    internal static MoveFailure CannotRead(string path, Exception error) => new(new(
        FailureCause.Files, $"{path} can't be read.", "The file is missing, its disk or share is away, or this account may not read it.",
        ["Look whether the file is there, and give this account the right to read it; then Retry."], error.Message), error);

    internal static MoveFailure SharedUnreachable(string kind, string path, Exception error) => new(new(
        FailureCause.Files, $"{kind} stays at {path} for both servers, and this machine can't list that directory.",
        "The share is away, or this account may not read it. Octopus Server would take the directory for empty.",
        ["Bring the share back, or give this account and that of the new Octopus Server the right to it; then Retry."], error.Message), error);

    // Just taken: there is no other file to copy from.
    internal static MoveFailure ForeignBackup(string file, string why) => new(new(
        FailureCause.Differs, $"The backup file {file} is not the one that this move took: {why}.", "", ["Retry: as long as this step is not done, the backup is taken again."]));

    internal static MoveFailure ForeignBackup(BackupPlan backup, string why)
    {
        var (from, to) = (
            backup.CarryFrom.Length > 0 ? backup.CarryFrom : backup.FileOnOldSql, backup.CarryTo.Length > 0 ? backup.CarryTo : backup.FileOnNewSql);
        return new(new(
            FailureCause.Differs, $"The backup file {backup.FileOnNewSql} is not the one that this move took: {why}.",
            "It was damaged or exchanged after the backup.",
            from == to
                ? ["Both SQL Servers read the file there; if you have another copy of it, put that in its place, then Retry.", BeginAnew]
                : [$"Copy {from} over {to} again, then Retry.", "If the file on the old side is damaged too: " + char.ToLowerInvariant(BeginAnew[0]) + BeginAnew[1..]]));
    }

    internal static MoveFailure DiffersWhenReadBack(string file) => new(new(
        FailureCause.Differs, $"What was just written to {file} differs when it is read back.", "The disk, the share or the network damages data.",
        ["Retry carries the file over again. If it stays so, choose another folder in Backup:CarryTo."]));

    internal static MoveFailure CannotReachBackup(string file, string server, MoveFailure inner) => new(new(
        FailureCause.Files, $"The new SQL Server {server} can't read the backup file {file}.", inner.Report.Why,
        ["Best: a share that both SQL Servers' service accounts can use (Backup:FolderOnOldSql, Backup:FolderOnNewSql).",
         "Or let octomove carry the file: set Backup:CarryFrom (the folder on the old side as octomove on the new server sees it) and Backup:CarryTo "
            + "(a folder that octomove there can write and the new SQL Server reads as Backup:FolderOnNewSql)."], inner.Report.Raw), inner);

    internal static MoveFailure RowsDiffer(string table, long old, long found) => new(new(
        FailureCause.Differs, $"The table {table} has {found} rows on the new SQL Server and {old} on the old one.", "",
        ["octomove does not repeat a finished restore by itself, and Retry only counts again.",
         "Look whether anybody works in the new database already, or wrote to the old one after the backup.",
         "Drop the restored database on the new SQL Server. " + BeginAnew]));

    internal static MoveFailure NotDbOwner(string login, string database) => new(new(
        FailureCause.SqlRight, $"The login {login} is not db_owner in the restored database {database}.", "Octopus Server needs that.",
        [$"Have a SQL Server administrator run in that database: ALTER USER [{login}] WITH LOGIN = [{login}]; ALTER ROLE db_owner ADD MEMBER [{login}];"]));

    internal static MoveFailure PathsWrong(IReadOnlyList<string> wrong) => new(new(
        FailureCause.Differs, "The database names other paths than the plan for some directories of the new server.", string.Join("; ", wrong),
        ["Octopus Server would find empty directories there, and show empty screens instead of an error.",
         "Try again; if it stays so, set them by hand with Octopus.Server path."]));

    internal static MoveFailure FilesDiffer(IReadOnlyList<DirectoryDifferences> wrong)
    {
        var all = wrong.SelectMany(each => each.Differences).ToList();
        return new(new(
            FailureCause.Differs,
            $"{all.Count} {(all.Count == 1 ? "file" : "files")} of {string.Join(", ", wrong.Select(each => each.Job.Name))} on the new server are not what was copied.",
            string.Join("; ", wrong.SelectMany(each => each.Differences.Take(5).Select(one => $"{each.Job.Name}: {one}"))),
            [
                .. all.Any(each => each.Kind == DifferenceKind.Missing)
                    ? ["If many are missing, look first whether a disk or a share of the new server has dropped off, and bring it back."] : Array.Empty<string>(),
                .. wrong.Where(each => each.Differences.Any(one => one.Kind != DifferenceKind.Extra)).Select(each => each.Again ??
                    $"Retry, or starting octomove again, copies what is missing or damaged in {each.Job.Name} again from {each.Job.Source}, which is only read, "
                    + "and then verifies everything again."),
                .. all.Any(each => each.Kind == DifferenceKind.Extra)
                    ? ["octomove deletes no file that it has not copied: move away yourself what is there and was not copied, then Retry."] : Array.Empty<string>(),
                $"All of them are listed in {string.Join(", ", wrong.Select(each => each.List))}.",
                "The new server has not been started.",
            ],
            all.Count > 5 ? string.Join('\n', all.Take(100)) : null));
    }

    internal static MoveFailure ManifestDiffers(string kind, string manifest) => new(new(
        FailureCause.Differs, $"The files of {kind} agree with {manifest}, but this list is not the one that the copy ended with.",
        "The list was exchanged or edited after copy-directories was done.",
        ["Put the right list in its place, from the machine or the backup where you still have this move folder, then Retry.", BeginAnew]));

    private static MoveFailure Check(string what, string why, IReadOnlyList<string> toDo) =>
        new(new FailureReport(FailureCause.CheckFailed, what, why, toDo));
}
