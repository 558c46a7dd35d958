using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>The server was reached and did not let us in: the login, its password, its state, its databases.</summary>
internal static class SqlLoginAdvice
{
    public static readonly SqlAdviceFamily Family = new("Login", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [18456] = Refused,
        [18452] = NotTrusted,
        [17806] = NotTrusted,
        [18470] = t => Unusable(t, "is disabled", "ENABLE", "Have it enabled"),
        [18486] = t => Unusable(t, "is locked after too many wrong passwords", "WITH PASSWORD = '…' UNLOCK", "Have it unlocked"),
        [18487] = t => Unusable(t, "has a password that has expired", "WITH PASSWORD = '…'", "Have a new password set"),
        [18488] = t => Unusable(t, "must change its password at the first login", "WITH PASSWORD = '…', CHECK_EXPIRATION = OFF", "Have a new password set"),
        [4060] = DatabaseRefused,
        [4064] = DefaultDatabaseGone,
    });

    // The state that a client gets is 1 whatever the reason; only the server's own log has the real one.
    private static SqlAdvice Refused(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"The SQL Server {t.Server} refused the {t.Who()} (error 18456).",
        t.Login is null
            ? "That account has no login there. A local account of this machine is unknown on another one."
            : "The login does not exist there, its password is another one, it is disabled, or the server takes Windows accounts only. "
                + "It does not tell us which.",
        t.Login is null
            ? $"Have a SQL Server administrator run CREATE LOGIN {t.Grantee()} FROM WINDOWS, or use a SQL login."
            : "Check login and password in the connection string.",
        $"Have a SQL Server administrator look for the line \"Login failed\" in the ERRORLOG of {t.Server}. Its state tells: 2 or 5 unknown login, "
            + "7 disabled, 8 wrong password, 11 or 12 no access to the server, 38 or 40 no access to the database, 58 Windows accounts only.",
        "State 58: set \"SQL Server and Windows Authentication mode\" in the properties of the server and restart it, or use a Windows account.");

    private static SqlAdvice NotTrusted(SqlTrouble t) => t.Login is null || t.Number == 17806
        ? new(
            FailureCause.SqlConnection,
            $"The SQL Server {t.Server} does not trust the {t.Who()} (error {t.Number}).",
            "Windows authentication failed: the account is of another domain, or there was no Kerberos ticket for that server.",
            Kerberos(t))
        : new(
            FailureCause.SqlConnection,
            $"The SQL Server {t.Server} takes Windows accounts only, and {t.Login} is a SQL login (error {t.Number}).",
            "It is set to \"Windows Authentication mode\".",
            "Use Windows authentication: Integrated Security=True in place of login and password.",
            "Or set \"SQL Server and Windows Authentication mode\" in the properties of the server, and restart it.");

    /// <summary>What Windows authentication needs: on Linux and macOS it is Kerberos and nothing else.</summary>
    public static string[] Kerberos(SqlTrouble t) =>
    [
        "Write the server's fully qualified name in the connection string: Kerberos finds the service by it.",
        $"On Windows run octomove as an account of a domain that {t.Server} trusts. On Linux get a ticket first: kinit ACCOUNT@DOMAIN; klist shows it.",
        $"Have a domain administrator check the service principal name: setspn -L shows MSSQLSvc/{HostOf(t)} for the service account of that SQL Server.",
        "Or use a SQL login.",
    ];

    private static string HostOf(SqlTrouble t) => t.Reach is { } reach ? $"{reach.Host}:{reach.Port}" : t.Server;

    private static SqlAdvice Unusable(SqlTrouble t, string what, string alter, string toDo) => new(
        FailureCause.SqlConnection,
        $"The {t.Who()} on the SQL Server {t.Server} {what} (error {t.Number}).",
        "",
        $"{toDo} by a SQL Server administrator: ALTER LOGIN {t.Grantee()} {alter}.",
        "If the password changes, Octopus Server needs the new one too: Octopus.Server.exe database --connectionString=…");

    private static SqlAdvice DatabaseRefused(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"The database {t.Database} on the SQL Server {t.Server} can't be opened with the {t.Who()} (error 4060).",
        "It does not exist, it is not online, or the login has no user in it.",
        "Check the name of the database in the connection string.",
        $"See whether it is online: SELECT name, state_desc FROM sys.databases WHERE name = N'{t.Database.Replace("'", "''", StringComparison.Ordinal)}'.",
        $"Give the login a user in it: USE {SqlScript.Quote(t.Database)}; CREATE USER {t.Grantee()} FOR LOGIN {t.Grantee()}.",
        SqlAdviceWords.OwnWhatWasRestored(t, t.Database));

    private static SqlAdvice DefaultDatabaseGone(SqlTrouble t) => new(
        FailureCause.SqlConnection,
        $"The default database of the {t.Who()} on the SQL Server {t.Server} can't be opened (error 4064).",
        "It was dropped, renamed or taken offline.",
        $"Have a SQL Server administrator run ALTER LOGIN {t.Grantee()} WITH DEFAULT_DATABASE = [master].",
        "Or name a database in the connection string: Database=NAME.");
}
