using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Damage, in the backup or in the database; and what was restored but not to the last.</summary>
internal static class SqlDamageAdvice
{
    public static readonly SqlAdviceFamily Family = new("Damage", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [3183] = Damaged,
        [3189] = Damaged,
        [3182] = t => new(
            FailureCause.Differs,
            $"The database {t.Database} was damaged when this backup of it was taken: {t.Path} (error 3182 of the SQL Server {t.Server}).",
            "The old database itself is damaged, or its disk.",
            $"Check the old database: DBCC CHECKDB ({SqlScript.Quote(t.Database)}). Have a SQL Server administrator repair it or restore its last good backup.",
            "Then take the backup again."),
        [3043] = t => new(
            FailureCause.Differs,
            $"The database {t.Database} on the SQL Server {t.Server} is damaged in {Place(t)} (error 3043): it can't be backed up as it is.",
            "A page does not fit its checksum: the disk has changed it.",
            $"See all of the damage: DBCC CHECKDB ({SqlScript.Quote(t.Database)}) WITH NO_INFOMSGS, ALL_ERRORMSGS.",
            "Have a SQL Server administrator repair it or restore its last good backup. octomove does not move a damaged database.",
            "Nothing has been lost by the move: the old server can go on."),
        [3187] = t => new(
            FailureCause.Differs,
            $"The backup {t.Path} holds no checksums, so the SQL Server {t.Server} can't check it (error 3187).",
            "It was not taken by octomove, which always asks for checksums.",
            "Take the backup again with octomove."),
        [3165] = t => new(
            FailureCause.SqlStatement,
            $"The database {t.NameOr(0, t.Database)} was restored on the SQL Server {t.Server}, but what is left of replication could not be removed (error 3165).",
            "It was published or subscribed on the old server. SQL Server has left it offline.",
            $"Bring it online: ALTER DATABASE {SqlScript.Quote(t.NameOr(0, t.Database))} SET ONLINE.",
            $"Remove the rest of replication: EXEC sp_removedbreplication N'{t.NameOr(0, t.Database)}'.",
            "Then run again: octomove looks at what was restored."),
        [3009] = t => new(
            FailureCause.SqlStatement,
            $"The SQL Server {t.Server} did the work, but could not write its history into msdb (error 3009): {t.Doing}",
            "msdb is full, damaged or can't be written.",
            $"Check msdb on {t.Server}: its size, its free space, DBCC CHECKDB ([msdb]).",
            "The backup or the restore itself is good. Run again: octomove then judges a backup by the file's header, and a restore by the database itself."),
        [3013] = t => new(
            FailureCause.SqlStatement,
            $"The SQL Server {t.Server} broke off (error 3013), and did not say why: {t.Doing}",
            "The reason is in its log only.",
            $"Look into the ERRORLOG of {t.Server} at this time.",
            "Then try again."),
    });

    private static SqlAdvice Damaged(SqlTrouble t) => new(
        FailureCause.Differs,
        $"The backup {t.Path ?? "file"} is damaged (error {t.Number} of the SQL Server {t.Server}).",
        "The file was changed on its way or on its disk; or the old database was damaged when it was backed up.",
        "Compare size and SHA-256 of the file with the one on the old side. If they differ, bring it over again.",
        $"If they are the same: check the old database, DBCC CHECKDB{OldDatabase(t)}, and take the backup again.");

    // RESTORE VERIFYONLY names no database, and its session is in master.
    private static string OldDatabase(SqlTrouble t) => t.Database == "master" ? "" : $" ({SqlScript.Quote(t.Database)})";

    private static string Place(SqlTrouble t) => t.Names is [_, .., var file] ? $"the file {file}" : "one of its files";
}
