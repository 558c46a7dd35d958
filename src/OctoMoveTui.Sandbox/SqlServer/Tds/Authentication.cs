using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>Whether a login may come in, and into which database. Every reason to refuse looks the same from outside, as on the real one.</summary>
internal static class Authentication
{
    public static (LoginState? Login, DatabaseState? Database, IReadOnlyList<SqlMessage> Refusal) Check(
        SqlServerInstance server,
        Login7 login
    )
    {
        if (login.Integrated)
        {
            return (
                null,
                null,
                [
                    new SqlMessage(
                        18452,
                        1,
                        14,
                        "Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication."
                    ),
                ]
            );
        }
        var known = server.FindLogin(login.User);
        if (known is { Disabled: true })
        {
            return (null, null, [new SqlMessage(18470, 1, 14, $"Login failed for user '{login.User}'. Reason: The account is disabled.")]);
        }
        if (
            known is not null
            && (
                (server.Options.WindowsOnly && known.Kind == PrincipalKind.Sql)
                || Permissions.MayOnServer(server, known, "CONNECT SQL") != true
            )
        )
        {
            return (null, null, [SqlErrors.LoginFailed(login.User)]);
        }
        if (known?.Password is not { } password || !PasswordHash.Matches(password, login.Password))
        {
            return (null, null, [SqlErrors.LoginFailed(login.User)]);
        }
        var name = login.Database.Length > 0 ? login.Database : known.DefaultDatabase;
        try
        {
            var database = server.Find(name) ?? throw SqlErrors.UnknownDatabase(name);
            server.CheckOpen(database, known);
            if (database.Settings.Access == UserAccess.SingleUser && server.Sessions.Any(other => other.Database == database))
            {
                throw SqlErrors.SingleUserTaken(name);
            }
            return (known, database, []);
        }
        catch (SqlServerException)
        {
            // Nobody asked for this database: it is the one that the login was given once.
            var refusal = login.Database.Length > 0 ? SqlErrors.CannotOpenDatabase(name) : new SqlMessage(4064, 1, 11, "Cannot open user default database. Login failed.");
            return (null, null, [refusal, SqlErrors.LoginFailed(login.User)]);
        }
    }
}
