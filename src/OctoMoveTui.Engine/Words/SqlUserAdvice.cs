using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>Logins of the server, users of the database, its owner.</summary>
internal static class SqlUserAdvice
{
    public static readonly SqlAdviceFamily Family = new("Logins and users", new Dictionary<int, Func<SqlTrouble, SqlAdvice>>
    {
        [15023] = t => New(t, $"A user {t.NameOr(0, "of that name")} exists in the database {t.Database} on the SQL Server {t.Server} already (error 15023).",
            "It came along with the database, without its login.",
            $"Connect it with its login: USE {SqlScript.Quote(t.Database)}; ALTER USER {Named(t)} WITH LOGIN = {Named(t)}."),
        [15025] = t => New(t, $"A login {t.NameOr(0, "of that name")} exists on the SQL Server {t.Server} already (error 15025).",
            "It may be another one than on the old server: what counts is its SID.",
            "Use it as it is: octomove connects the user in the database with it.",
            "If Octopus Server can't log in with it: set the password that its connection string has, by ALTER LOGIN."),
        [15007] = t => New(t, $"The SQL Server {t.Server} has no login {t.NameOr(0, "of that name")}, or we may not see it (error 15007).", "",
            $"Have a SQL Server administrator make it: CREATE LOGIN {Named(t)} WITH PASSWORD = '…', or FROM WINDOWS for a Windows account."),
        [15151] = t => New(t, $"The SQL Server {t.Server} does not find {t.NameOr(0, "what was named")}, or we may not change it (error 15151): {t.Doing}", "",
            "Check that it exists, with exactly this name.",
            $"If it does: have a SQL Server administrator do this step's statement, or give the {t.Who()} the role db_owner in {t.Database}."),
        [15063] = t => New(t, $"The login is another user in the database {t.Database} on the SQL Server {t.Server} already (error 15063): {t.Doing}",
            "A login can be one user in a database only.",
            "See which: SELECT name FROM sys.database_principals WHERE sid = SUSER_SID(N'LOGIN').",
            "Keep that user if it has the rights, or DROP USER it and run again."),
        [15110] = t => New(t, $"The new owner is a user in the database {t.Database} on the SQL Server {t.Server} already (error 15110): {t.Doing}",
            "The owner of a database is its user dbo, and can't be a second one.",
            "Drop that user in the database (DROP USER), then run again. As the owner the login may do all it could before."),
        [15404] = t => New(t, $"The SQL Server {t.Server} can't look up the Windows account {t.NameOr(0, "that owns the database")} (error 15404).",
            "The account is gone, or no domain controller can be reached, or the service account may not ask it.",
            $"Give the database {t.Database} an owner that every SQL Server has: ALTER AUTHORIZATION ON DATABASE::{SqlScript.Quote(t.Database)} TO [sa].",
            "Or check that the machine of the SQL Server reaches a domain controller."),
        [33009] = t => New(t, $"The owner of the database {t.NameOr(0, t.Database)} on the SQL Server {t.Server} is not the one it has written in itself (error 33009).",
            "It was restored from another server.",
            $"Set it anew: ALTER AUTHORIZATION ON DATABASE::{SqlScript.Quote(t.NameOr(0, t.Database))} TO [sa]."),
    });

    private static string Named(SqlTrouble t) => SqlScript.Quote(t.NameOr(0, t.Login ?? "LOGIN"));

    private static SqlAdvice New(SqlTrouble t, string what, string why, params string[] toDo) => new(FailureCause.SqlStatement, what, why, toDo);
}
