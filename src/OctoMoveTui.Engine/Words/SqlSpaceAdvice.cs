using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>No room in a database, or somebody else's lock.</summary>
internal static class SqlSpaceAdvice
{
    public static readonly SqlAdviceFamily Family = new("Space and locks", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [1105] = t => new(
            FailureCause.Files,
            $"A database on the SQL Server {t.Server} is full (error 1105): {string.Join(", ", t.Names)}",
            "Its disk is full, its files may not grow, or the limit of the edition is reached.",
            $"Free space on the disk of its files, or let them grow: ALTER DATABASE … MODIFY FILE on {t.Server}.",
            "Then try again."),
        [9002] = t => new(
            FailureCause.Files,
            $"The transaction log of the database {t.NameOr(0, t.Database)} on the SQL Server {t.Server} is full (error 9002).",
            t.Names.Count > 1 ? $"It can't be emptied because of {t.Names[1]}." : "Its disk is full, or the log may not grow.",
            "Back the log up, or free space on its disk, or let it grow.",
            $"What it waits for: SELECT log_reuse_wait_desc FROM sys.databases WHERE name = N'{t.NameOr(0, t.Database)}'.",
            "Then try again."),
        [1205] = t => Locked(t, "was chosen as the victim of a deadlock with another session"),
        [1222] = t => Locked(t, "waited too long for another session's lock"),
    });

    private static SqlAdvice Locked(SqlTrouble t, string what) => new(
        FailureCause.SqlStatement,
        $"A statement {what} on the SQL Server {t.Server} (error {t.Number}): {t.Doing}",
        "It was rolled back; nothing was left half done.",
        "Try again.",
        $"If it comes again: see who else works there, SELECT session_id, blocking_session_id, command FROM sys.dm_exec_requests on {t.Server}.");
}
