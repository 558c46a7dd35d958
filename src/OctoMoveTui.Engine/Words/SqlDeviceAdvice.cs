using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Backup files that can't be opened, written or read. Paths are those of the machine the SQL Server runs on.</summary>
internal static class SqlDeviceAdvice
{
    public static readonly SqlAdviceFamily Family = new("Backup files and devices", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [3201] = CannotOpen,
        [3202] = t => BrokeOff(t, "write to"),
        [3203] = t => BrokeOff(t, "read"),
        [3271] = t => BrokeOff(t, IsBackup(t) ? "write to" : "read"),
        [3204] = Aborted,
        [3205] = t => new(
            FailureCause.SqlStatement,
            $"The SQL Server {t.Server} was given too many backup files at once (error 3205): {t.Doing}",
            $"{(t.Amounts is [var most, ..] ? most : 64)} are the most that it takes.",
            "Use fewer files for one backup."),
    });

    private static SqlAdvice CannotOpen(SqlTrouble t)
    {
        var path = t.Path ?? "";
        return new(
            FailureCause.Files,
            $"The SQL Server {t.Server} can't {(IsBackup(t) ? "create" : "open")} the backup file {path} (error 3201{Os(t)}).",
            Why(t, path),
            ToDo(t, path));
    }

    /// <summary>What the operating system's code means for this path.</summary>
    private static string Why(SqlTrouble t, string path) => t.OsError switch
    {
        5 => $"Access was denied to {t.AccountFor(path)}. On Linux the folder may also be missing.",
        2 => "There is no such file on the machine of that SQL Server.",
        3 => "There is no such folder on the machine of that SQL Server. Mapped drive letters belong to a person's session; a service has none.",
        32 => "Another program has the file open: antivirus, another backup, or a copy that still runs.",
        53 or 67 => $"The machine of that SQL Server did not find {(SqlAdviceWords.IsShare(path) ? "the share" : "that path on the network")}.",
        86 or 1326 => $"The share did not accept {t.AccountOnNetwork()}.",
        112 => "The disk is full.",
        _ => "The path is that of the machine the SQL Server runs on, and the rights are those of its service account.",
    };

    private static string[] ToDo(SqlTrouble t, string path)
    {
        var folder = SqlAdviceWords.FolderOf(path);
        var right = IsBackup(t) ? "Modify" : "Read";
        return t.OsError switch
        {
            112 => [$"Free space where {folder} lies, or name another backup folder. Then try again."],
            32 => ["Close that program, or leave the folder out of the antivirus scan.", "Then try again: nothing has been changed."],
            2 when !IsBackup(t) => [$"See that the file lies at {path} as the machine of {t.Server} sees it; bring it there if it does not.",
                "If it lies on another machine, let octomove carry it, or name a share that both can reach.", "Then try again."],
            _ =>
            [
                SqlAdviceWords.IsShare(path)
                    ? $"Give {t.AccountOnNetwork()} {right} on {folder}: in the permissions of the share, and in the file system."
                    : $"Give {t.AccountOnDisk()} {right} on {folder}, on the machine the SQL Server runs on; make the folder if it is missing.",
                "Name a folder of that machine or a share (\\\\server\\share\\folder), no mapped drive. A SQL Server on Linux knows no shares: mount it.",
                "Then try again: nothing has been changed.",
            ],
        };
    }

    private static SqlAdvice BrokeOff(SqlTrouble t, string verb) => new(
        FailureCause.Files,
        $"The SQL Server {t.Server} could not {verb} the backup file {t.Path} to its end (error {t.Number}{Os(t)}).",
        t.OsError switch
        {
            112 => "The disk is full.",
            5 => $"Access was denied to {t.AccountFor(t.Path)} in the middle.",
            64 or 59 or 53 or 55 or 121 => "The share, or the way to it, went away in the middle.",
            13 or 23 or 38 => "The file is damaged, or shorter than it should be.",
            _ => "The disk or the share failed in the middle.",
        },
        t.OsError == 112
            ? $"Free space where {SqlAdviceWords.FolderOf(t.Path ?? "")} lies, or name another backup folder: an uncompressed backup is as large as the data in use."
            : $"Check the disk or share where {SqlAdviceWords.FolderOf(t.Path ?? "")} lies; the event log of that machine may say more.",
        IsBackup(t) ? "Delete the half-written file. octomove never takes it for a backup." : "If the file is damaged: bring it over again.",
        "Then try again.");

    private static SqlAdvice Aborted(SqlTrouble t) => new(
        FailureCause.SqlStatement,
        $"The {(IsBackup(t) ? "backup" : "restore")} was broken off on the SQL Server {t.Server} (error 3204): {t.Doing}",
        "Somebody ended that session there (KILL), the server was stopped, or the line went away.",
        IsBackup(t) ? "The half-written file is no backup: octomove never takes it for one." : "The database may be left RESTORING: octomove recognises its own and begins anew.",
        "Then try again.");

    private static bool IsBackup(SqlTrouble t) => t.Statement.Contains("BACKUP DATABASE", StringComparison.OrdinalIgnoreCase);

    private static string Os(SqlTrouble t) => t.OsError is { } code ? $", operating system error {code}" : "";
}
