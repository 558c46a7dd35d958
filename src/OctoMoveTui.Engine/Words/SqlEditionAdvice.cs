using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What an edition, a setting or a cloud does not allow.</summary>
internal static class SqlEditionAdvice
{
    public static readonly SqlAdviceFamily Family = new("Edition and cloud", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [1827] = t => new(
            FailureCause.CheckFailed,
            $"The database {t.Database} is too large for the edition of the SQL Server {t.Server} (error 1827).",
            (t.Amounts is [var limit, ..] ? $"The limit of that edition is {limit} MB a database. " : "")
                + "The allocated size of the data files counts, not just what is used in them.",
            "Use an edition without that limit, or SQL Server 2025 Express, which takes 50 GB.",
            "Or shrink the data files of the old database before the move: DBCC SHRINKFILE."),
        [1844] = t => new(
            FailureCause.SqlStatement,
            $"The edition of the SQL Server {t.Server} can't do this (error 1844): {t.Doing}",
            "Express and Web can't compress backups.",
            "octomove takes the backup again without compression by itself.",
            "If this comes at another statement: use an edition that has it."),
        [33111] = t => new(
            FailureCause.SqlStatement,
            $"The SQL Server {t.Server} does not have the certificate with the thumbprint {t.NameOr(0, "of the backup")} (error 33111).",
            $"The database {t.Database}, or its backup, is encrypted with it.",
            "On the old SQL Server: BACKUP CERTIFICATE name TO FILE = N'…' WITH PRIVATE KEY (FILE = N'…', ENCRYPTION BY PASSWORD = N'…').",
            $"On {t.Server}, in master: CREATE CERTIFICATE name FROM FILE = N'…' WITH PRIVATE KEY (FILE = N'…', DECRYPTION BY PASSWORD = N'…'). "
                + "It needs a master key there: CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'…'.",
            "Then try again, and keep these files safe: without them no backup of this database can be read."),
        [12824] = t => new(
            FailureCause.SqlStatement,
            $"The SQL Server {t.Server} does not take contained databases, and {t.Database} is one (error 12824).",
            "Contained databases have users with passwords of their own.",
            "Have a SQL Server administrator run: EXEC sp_configure 'contained database authentication', 1; RECONFIGURE.",
            "Then try again."),
        [40510] = Cloud,
        [40515] = Cloud,
        [41902] = ManagedInstance,
        [41903] = ManagedInstance,
        [41904] = ManagedInstance,
    });

    private static SqlAdvice Cloud(SqlTrouble t) => new(
        FailureCause.SqlStatement,
        $"The SQL Server {t.Server} does not know this statement (error {t.Number}): {t.Doing}",
        "Azure SQL Database can't back up or restore databases: it does that by itself.",
        "Move the database by Azure's own means: a database copy, a geo-restore, or export and import of a bacpac file.",
        "Or leave the database where it is, and connect the new Octopus Server to it.");

    private static SqlAdvice ManagedInstance(SqlTrouble t) => new(
        FailureCause.SqlStatement,
        $"The Azure SQL Managed Instance {t.Server} refuses this kind of backup or restore (error {t.Number}): {t.Doing}",
        "It takes backups to and from URLs only, COPY_ONLY, with few options, and none of databases that it encrypts with its own key.",
        $"Name a container in Azure as the backup folder (https://…), and make a credential of that name on {t.Server}.",
        "Or move the database by the means of Azure, or leave it where it is.");
}
