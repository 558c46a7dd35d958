using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Something else holds the database: sessions, another backup, an availability group.</summary>
internal static class SqlInUseAdvice
{
    public static readonly SqlAdviceFamily Family = new("In use", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [3101] = InUse,
        [5061] = InUse,
        [5064] = t => New(t, "is in single-user mode, and in use by another session", "Nothing of it can be changed while that session has the one slot.",
            SqlAdviceWords.FreeTheSlot(t, t.Database)),
        [5069] = InUse,
        [5070] = InUse,
        [3102] = t => New(t, "is in use by octomove's own session",
            "The connection string leads into the database that is to be restored: by a default database, or by a proxy between.",
            "Name the database master in New:AdminConnectionString."),
        [3104] = InGroup,
        [1468] = InGroup,
        [3059] = t => New(t, "is a copy on a secondary replica or a mirror, where this can't be done", "",
            "Connect to the primary replica, or to the listener of the availability group.",
            $"Which it is: SELECT role_desc FROM sys.dm_hadr_availability_replica_states WHERE is_local = 1, on {t.Server}."),
        [3021] = t => New(t, "can't be backed up or restored within a transaction", "The server opens transactions by itself (IMPLICIT_TRANSACTIONS).",
            $"Look at the user options of {t.Server}: EXEC sp_configure 'user options'. Implicit transactions (2) must be off for this login.",
            "If they are off, this is a defect of octomove: please report it."),
        [3023] = t => New(t, "is being backed up, changed or encrypted already", "Two of these can't run at once.",
            "See what runs: SELECT session_id, command, percent_complete FROM sys.dm_exec_requests WHERE command LIKE N'BACKUP%' OR command LIKE N'ALTER DATABASE%'.",
            "Wait for it to end, then try again."),
    });

    private static SqlAdvice InUse(SqlTrouble t) => New(t, "is in use by others", "Programs are connected to it: an Octopus Server, a management studio, a report.",
        "See who: SELECT session_id, login_name, host_name, program_name FROM sys.dm_exec_sessions WHERE database_id = "
            + $"DB_ID(N'{t.Database.Replace("'", "''", StringComparison.Ordinal)}').",
        "Close these programs, then try again.");

    private static SqlAdvice InGroup(SqlTrouble t) => New(t, "belongs to an availability group or a mirroring", "",
        $"Have a SQL Server administrator take it out of there for the time of the move: ALTER AVAILABILITY GROUP … REMOVE DATABASE {SqlScript.Quote(t.Database)}, "
            + $"or ALTER DATABASE {SqlScript.Quote(t.Database)} SET PARTNER OFF.",
        "Then try again.");

    private static SqlAdvice New(SqlTrouble t, string state, string why, params string[] toDo) =>
        new(FailureCause.SqlStatement, $"The database {t.Database} on the SQL Server {t.Server} {state} (error {t.Number}).", why, toDo);
}
