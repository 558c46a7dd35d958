using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>The database is not there, or in a state in which this can't be done.</summary>
internal static class SqlDatabaseAdvice
{
    public static readonly SqlAdviceFamily Family = new("State of the database", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [911] = t => New(t, "does not exist", "The name is wrong, or the database was dropped or renamed.",
            "See which there are: SELECT name, state_desc FROM sys.databases.",
            "Put the name right in the connection string."),
        [942] = t => New(t, "is offline", "Somebody has taken it offline. octomove does so only with a database that it is about to overwrite on the new SQL Server.",
            $"Make sure that this is the right server; then bring it online: ALTER DATABASE {SqlScript.Quote(Name(t))} SET ONLINE."),
        [945] = t => New(t, "can't be opened: its files are missing or can't be used, or there is no space or memory", "",
            $"Look into the ERRORLOG of {t.Server}: it names the file.",
            $"Bring the disk or the file back, then ALTER DATABASE {SqlScript.Quote(Name(t))} SET ONLINE."),
        [927] = t => New(t, "is in the middle of a restore", "A restore is running, or one was broken off and left the database half done.",
            "If a restore is running there: wait for it.",
            $"If not, and nobody needs it: DROP DATABASE {SqlScript.Quote(Name(t))}. octomove does that with a restore of its own."),
        [924] = t => New(t, "is in single-user mode, and somebody else is the one user", "",
            SqlAdviceWords.FreeTheSlot(t, Name(t))),
        [922] = t => New(t, "is still being recovered", "SQL Server has just started, or has just restored it.",
            $"Wait; the ERRORLOG of {t.Server} shows how far it is. Then try again."),
        [926] = t => New(t, "is marked SUSPECT: its recovery failed", "It or its disk is damaged.",
            $"Look into the ERRORLOG of {t.Server} for the reason.",
            "Have a SQL Server administrator restore it from its last good backup. Don't move a database in this state."),
        [3002] = t => New(t, "is a snapshot, which can't be backed up or restored", "",
            "Name the database itself in the connection string, not its snapshot.",
            "A database that has snapshots can't be restored over: drop them first."),
        [3033] = t => New(t, "is in emergency mode", "Somebody set that to rescue a damaged database.",
            $"Have it repaired first: DBCC CHECKDB ({SqlScript.Quote(Name(t))}).",
            $"Then ALTER DATABASE {SqlScript.Quote(Name(t))} SET ONLINE, and try again."),
        [3036] = t => New(t, "is a warm standby of another server's database", "It is being restored WITH STANDBY, by log shipping for example.",
            "Move the original: connect to the server where it is written to.",
            $"Or end the standby: RESTORE DATABASE {SqlScript.Quote(Name(t))} WITH RECOVERY."),
        [3906] = t => New(t, "is read-only", "octomove makes the old database read-only so that nothing is written after the backup.",
            $"If the old server is to work again: ALTER DATABASE {SqlScript.Quote(Name(t))} SET READ_WRITE WITH ROLLBACK IMMEDIATE."),
    });

    private static string Name(SqlTrouble t) => t.NameOr(0, t.Database);

    private static SqlAdvice New(SqlTrouble t, string state, string why, params string[] toDo) =>
        new(FailureCause.SqlStatement, $"The database {Name(t)} on the SQL Server {t.Server} {state} (error {t.Number}).", why, toDo);
}
