using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>SQL Server looked at what a restore would do, and refused before it changed anything.</summary>
internal static class SqlRestoreAdvice
{
    public static readonly SqlAdviceFamily Family = new("Planning a restore", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [3154] = t => InTheWay(t, $"Another database of the name {t.Database} exists on the SQL Server {t.Server} (error 3154).",
            "It is not an earlier copy of the one that is moved, so restoring would destroy it.",
            "Choose another database name for the new server, in its connection string.",
            $"Or, if nobody needs it, back it up and DROP DATABASE {SqlScript.Quote(t.Database)}."),
        [3159] = t => InTheWay(t, $"The database {t.Database} on the SQL Server {t.Server} holds work that is in no backup (error 3159).",
            "The tail of its log has not been backed up. Somebody has worked in it.",
            "Find out whose it is. Back it up if it is needed.",
            "Choose another database name, or drop it if nobody needs it."),
        [3169] = Newer,
        [3234] = t => new(
            FailureCause.Differs,
            $"The backup {t.Parameter("@file0")} has no file {t.NameOr(0, "of that name")} for the database {t.Database} (error 3234 of the SQL Server {t.Server}).",
            "It is another backup than the one octomove looked into.",
            "Run again: octomove reads the list of files anew."),
        [1834] = t => InTheWay(t,
            $"The file {t.NameOr(0, "of the database")} on the SQL Server {t.Server} belongs to the database {t.NameOr(1, "of somebody else")} (error 1834).",
            "Restoring would overwrite it.",
            "Choose another database name for the new server: the names of its files follow it.",
            "If that other database is a leftover, drop it."),
        [3156] = t => InTheWay(t,
            $"The file {t.NameOr(0, "of the database")} can't be restored to {t.NameOr(1, "its place")} on the SQL Server {t.Server} (error 3156).",
            "The folder is missing, or a file lies there already.",
            "Look into that folder on the machine of the SQL Server.",
            "Move a leftover away, or choose another database name; then try again."),
        [3119] = t => InTheWay(t, $"The SQL Server {t.Server} can't restore {t.Database} where it should go (error 3119).",
            "Files are in the way, or there is no room. The raw text below has the details.",
            "Move what is in the way, or free space, then try again."),
        [3142] = t => InTheWay(t, $"The file {t.NameOr(1, t.Path ?? "")} lies on the SQL Server {t.Server} already (error 3142).",
            "No database uses it: most likely a dropped one has left it behind.",
            "Move it away if nobody needs it, or choose another database name; then try again."),
        [5170] = t => InTheWay(t, $"The file {t.Path} lies on the SQL Server {t.Server} already (error 5170).",
            "No database uses it: most likely a dropped one has left it behind.",
            "Move it away if nobody needs it, or choose another database name; then try again."),
        [3176] = t => InTheWay(t, $"Two files of the database {t.Database} would get one name on the SQL Server {t.Server}: {t.NameOr(0, "")} (error 3176).",
            "octomove has planned that wrongly.",
            "Please report it, with the list of files of the old database: SELECT name, physical_name FROM sys.database_files."),
        [5133] = t => NoFile(t, "find the folder of"),
        [5120] = t => NoFile(t, "open"),
        [5123] = t => NoFile(t, "create"),
        [3257] = NoSpace,
    });

    private static SqlAdvice Newer(SqlTrouble t)
    {
        var (from, here) = t.Versions is [var first, var second, ..] ? (first, second) : ("", "");
        return new(
            FailureCause.VersionMismatch,
            $"The SQL Server {t.Server} is older than the one the backup comes from (error 3169)"
                + (from.Length > 0 ? $": {here}, the backup is of {from}." : "."),
            "No SQL Server restores a backup of a newer one.",
            "Move to a SQL Server that is at least as new as the old one.",
            "Nothing has been changed on the new server.");
    }

    private static SqlAdvice NoFile(SqlTrouble t, string verb)
    {
        var path = t.Path ?? t.NameOr(0, "");
        return new(
            FailureCause.Files,
            $"The SQL Server {t.Server} can't {verb} {path} (error {t.Number}{(t.OsError is { } code ? $", operating system error {code}" : "")}).",
            t.OsError switch
            {
                5 => $"Access was denied to {t.AccountFor(path)}.",
                2 or 3 => "There is no such folder on the machine of that SQL Server.",
                32 => "Another program has the file open: antivirus, or another SQL Server.",
                _ => "The folder is missing, or its service account may not write there.",
            },
            $"Make the folder {SqlAdviceWords.FolderOf(path)} on the machine of that SQL Server, and give {t.AccountFor(path)} Full control of it.",
            $"Or set other default locations for data and log in the properties of {t.Server}.",
            "Then try again.");
    }

    private static SqlAdvice NoSpace(SqlTrouble t)
    {
        var volume = t.NameOr(0, "the disk");
        var sizes = t.Amounts is [var needed, var free, ..]
            ? $"It needs {SqlAdviceWords.Size(needed)}, and {SqlAdviceWords.Size(free)} are free. " : "";
        return new(
            FailureCause.Files,
            $"There is not enough space on {volume} of the SQL Server {t.Server} for the database {t.Database} (error 3257).",
            sizes + "A restore needs the allocated size of the files, not just what is used in them.",
            $"Free space on {volume}, or set other default locations for data and log in the properties of {t.Server}.",
            "Or shrink the files of the old database before the move: DBCC SHRINKFILE.",
            "Then try again.");
    }

    private static SqlAdvice InTheWay(SqlTrouble t, string what, string why, params string[] toDo) => new(FailureCause.InTheWay, what, why, toDo);
}
