using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>Who may do what: server roles, ownership and database roles; and what the tests have denied on top.</summary>
internal static class Permissions
{
    public static long? IsServerRoleMember(LoginState? login, string role)
    {
        var isPublic = role.Equals("public", StringComparison.OrdinalIgnoreCase);
        if (login is null || (!isPublic && !FixedRoles.Server.Contains(role, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }
        return isPublic || login.IsSysadmin || login.ServerRoles.Contains(role) ? 1 : 0;
    }

    public static long? IsMember(DatabaseState database, LoginState login, string role)
    {
        if (role.Equals("public", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }
        return FixedRoles.Database.Contains(role, StringComparer.OrdinalIgnoreCase)
            ? database.IsMember(login, role)
                ? 1
                : 0
            : null;
    }

    /// <summary>NULL where the name is unknown, as the real function answers.</summary>
    public static long? HasPermission(StatementContext context, string? securable, string? kind, string permission)
    {
        var login = context.Session.Login;
        permission = permission.ToUpperInvariant();
        if (kind is null || kind.Equals("SERVER", StringComparison.OrdinalIgnoreCase))
        {
            return MayOnServer(context.Server, login, permission) is { } may
                ? may
                    ? 1
                    : 0
                : null;
        }
        if (!kind.Equals("DATABASE", StringComparison.OrdinalIgnoreCase))
        {
            throw SqlErrors.NotModelled($"HAS_PERMS_BY_NAME of {kind}");
        }
        var name =
            securable is null ? context.Database.Name
            : securable.StartsWith('[') && securable.EndsWith(']') ? securable[1..^1].Replace("]]", "]", StringComparison.Ordinal)
            : securable;
        return context.Server.Find(name) is { } database
            ? MayInDatabase(context.Server, login, database, permission) is { } allowed
                ? allowed
                    ? 1
                    : 0
                : null
            : null;
    }

    public static bool? MayOnServer(SqlServerInstance server, LoginState login, string permission)
    {
        if (server.Faults.IsDenied(login.Name, permission))
        {
            return false;
        }
        return permission switch
        {
            "CREATE ANY DATABASE" or "ALTER ANY DATABASE" => login.MayCreateDatabases,
            "ALTER ANY LOGIN" => login.IsSysadmin || login.ServerRoles.Contains("securityadmin"),
            "VIEW SERVER STATE"
            or "VIEW SERVER PERFORMANCE STATE"
            or "VIEW SERVER SECURITY STATE"
            or "ALTER ANY CONNECTION"
            or "CONTROL SERVER"
            or "VIEW ANY DEFINITION"
            or "ALTER SERVER STATE"
            or "ALTER SETTINGS"
            or "ADMINISTER BULK OPERATIONS" => login.IsSysadmin,
            "CONNECT SQL" or "VIEW ANY DATABASE" => true,
            _ => null,
        };
    }

    public static bool? MayInDatabase(SqlServerInstance server, LoginState login, DatabaseState database, string permission)
    {
        if (server.Faults.IsDenied(login.Name, permission))
        {
            return false;
        }
        return permission switch
        {
            "BACKUP DATABASE" or "BACKUP LOG" => database.IsMember(login, "db_owner") || database.IsMember(login, "db_backupoperator"),
            "ALTER" or "CONTROL" or "ALTER ANY USER" or "TAKE OWNERSHIP" => database.IsMember(login, "db_owner"),
            "CREATE TABLE" => database.IsMember(login, "db_owner") || database.IsMember(login, "db_ddladmin"),
            "SELECT" => MayRead(database, login),
            "INSERT" or "UPDATE" or "DELETE" => MayWrite(database, login),
            "CONNECT" => database.UserNameFor(login) is not null,
            _ => null,
        };
    }

    public static void Demand(SqlSession session, DatabaseState database, string permission)
    {
        if (MayInDatabase(session.Server, session.Login, database, permission) != true)
        {
            throw SqlErrors.Denied(permission, database.Name);
        }
    }

    public static void DemandServer(SqlSession session, string permission)
    {
        if (MayOnServer(session.Server, session.Login, permission) != true)
        {
            throw permission == "VIEW SERVER STATE"
                ? SqlErrors.ViewServerStateDenied(session.Server.Options.Major)
                : SqlErrors.NotAllowed();
        }
    }

    public static void DemandRead(SqlSession session, DatabaseState database, TableSchema table)
    {
        if (!MayRead(database, session.Login) || session.Server.Faults.IsDenied(session.Login.Name, "SELECT"))
        {
            throw SqlErrors.ObjectDenied("SELECT", table.Name, database.Name, table.Schema);
        }
    }

    public static void DemandWrite(SqlSession session, DatabaseState database, TableSchema table, string verb)
    {
        if (!MayWrite(database, session.Login) || session.Server.Faults.IsDenied(session.Login.Name, verb))
        {
            throw SqlErrors.ObjectDenied(verb, table.Name, database.Name, table.Schema);
        }
    }

    private static bool MayRead(DatabaseState database, LoginState login) =>
        database.IsMember(login, "db_owner") || database.IsMember(login, "db_datareader");

    private static bool MayWrite(DatabaseState database, LoginState login) =>
        database.IsMember(login, "db_owner") || database.IsMember(login, "db_datawriter");
}
