using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>A right is missing: which one is needed for which statement, as the GRANT to run.</summary>
internal static class SqlRightAdvice
{
    public static readonly SqlAdviceFamily Family = new("Rights", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [262] = Missing,
        [229] = Missing,
        [297] = Missing,
        [300] = Missing,
        [3110] = Missing,
        [5011] = Missing,
        [15247] = Missing,
        [7983] = Missing,
        [2571] = Missing,
        [916] = NoUser,
    });

    private static SqlAdvice Missing(SqlTrouble t) => new(
        FailureCause.SqlRight,
        $"The {t.Who()} lacks a right on the SQL Server {t.Server} (error {t.Number}): {t.Doing}",
        "",
        $"Have a SQL Server administrator run: {Grant(t)}",
        "Or use a connection string of a login that has this right: New:AdminConnectionString is for the one that restores.");

    private static SqlAdvice NoUser(SqlTrouble t) => new(
        FailureCause.SqlRight,
        $"The {t.Who()} has no user in the database {t.NameOr(1, t.Database)} on the SQL Server {t.Server} (error 916).",
        "",
        $"Have a SQL Server administrator run: USE {SqlScript.Quote(t.NameOr(1, t.Database))}; CREATE USER {t.Grantee()} FOR LOGIN {t.Grantee()}",
        "Or use a connection string of a login that has a user there.",
        SqlAdviceWords.OwnWhatWasRestored(t, t.NameOr(1, t.Database)));

    // By what the statement does: the message names the right in some of the numbers only, and in the server's language.
    private static string Grant(SqlTrouble t)
    {
        var (who, database) = (t.Grantee(), SqlScript.Quote(t.Database));
        bool Does(string text) => t.Statement.Contains(text, StringComparison.OrdinalIgnoreCase);
        return t switch
        {
            _ when Does("BACKUP DATABASE") => $"USE {database}; ALTER ROLE db_backupoperator ADD MEMBER {who}",
            // CREATE ANY DATABASE is for a name that is free.
            { Number: 3110 or 5011 } when Does("RESTORE ") || Does("SET OFFLINE") =>
                $"ALTER SERVER ROLE dbcreator ADD MEMBER {who}, or ALTER AUTHORIZATION ON DATABASE::{database} TO {who} "
                    + "(only sysadmin, dbcreator and the owner may restore over a database)",
            _ when Does("SET ONLINE") => $"USE master; GRANT ALTER ANY DATABASE TO {who} (to bring a database online, owning it is not enough)",
            _ when Does("RESTORE ") || Does("CREATE DATABASE") => $"USE master; GRANT CREATE ANY DATABASE TO {who}",
            _ when Does("ALTER DATABASE") || Does("DROP DATABASE") || Does("DBCC CHECKDB") || Does("sp_updatestats") =>
                $"USE {database}; ALTER ROLE db_owner ADD MEMBER {who}",
            _ when Does("ALTER AUTHORIZATION") => $"ALTER SERVER ROLE sysadmin ADD MEMBER {who} (to give a database to another login)",
            _ when Does("CREATE LOGIN") || Does("ALTER LOGIN") || Does("sql_logins") => $"USE master; GRANT ALTER ANY LOGIN TO {who}",
            _ when Does("CREATE USER") || Does("ALTER USER") || Does("ALTER ROLE") => $"USE {database}; ALTER ROLE db_owner ADD MEMBER {who}",
            _ when Does("msdb.") => $"USE msdb; CREATE USER {who} FOR LOGIN {who}; ALTER ROLE db_datareader ADD MEMBER {who}",
            _ when Does("xp_") && t.Names.FirstOrDefault(each => each.StartsWith("xp_", StringComparison.OrdinalIgnoreCase)) is { } procedure =>
                $"USE master; GRANT EXECUTE ON {procedure} TO {who}",
            _ when Does("sys.dm_") || t.Number is 297 or 300 => $"USE master; GRANT VIEW SERVER STATE TO {who}",
            _ when t.Names.Count > 0 && Does("SELECT") => $"USE {SqlScript.Quote(t.NameOr(1, t.Database))}; ALTER ROLE db_datareader ADD MEMBER {who}",
            _ => $"ALTER SERVER ROLE sysadmin ADD MEMBER {who}, or the one right that the raw text below names",
        };
    }
}
