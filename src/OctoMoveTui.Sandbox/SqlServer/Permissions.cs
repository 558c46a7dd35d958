using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Security;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer;

/// <summary>Who may do what: what functions like HAS_PERMS_BY_NAME answer, and the refusals that statements end with.</summary>
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

    /// <summary>NULL where the name is unknown or out of sight, as the real function answers.</summary>
    public static long? HasPermission(StatementContext context, string? securable, string? kind, string permission)
    {
        var login = context.Session.Login;
        permission = permission.ToUpperInvariant();
        if (kind is null || kind.Equals("SERVER", StringComparison.OrdinalIgnoreCase))
        {
            return AsNumber(MayOnServer(context.Server, login, permission));
        }
        if (!kind.Equals("DATABASE", StringComparison.OrdinalIgnoreCase))
        {
            throw SqlErrors.NotModelled($"HAS_PERMS_BY_NAME of {kind}");
        }
        var name =
            securable is null ? context.Database.Name
            : securable.StartsWith('[') && securable.EndsWith(']') ? securable[1..^1].Replace("]]", "]", StringComparison.Ordinal)
            : securable;
        return context.Server.Find(name) is { } database && Sees(context.Session, database)
            ? AsNumber(MayInDatabase(context.Server, login, database, permission))
            : null;

        static long? AsNumber(bool? may) => may is null ? null : may.Value ? 1 : 0;
    }

    public static bool? MayOnServer(SqlServerInstance server, LoginState login, string permission) =>
        ServerPermissions.Has(server, login, permission);

    public static bool? MayInDatabase(SqlServerInstance server, LoginState login, DatabaseState database, string permission) =>
        DatabasePermissions.Has(server, login, database, permission);

    /// <summary>CREATE DATABASE, RESTORE to a new name, and looking into backups: by the server's permission, or by one in master.</summary>
    public static bool MayCreateDatabases(SqlSession session) =>
        !session.Server.Faults.IsDenied(session.Login.Name, "CREATE DATABASE")
        && (
            MayOnServer(session.Server, session.Login, "CREATE ANY DATABASE") == true
            || MayInDatabase(session.Server, session.Login, session.Server.Find("master")!, "CREATE DATABASE") == true
        );

    /// <summary>Whether sys.databases, DB_ID and DB_NAME show the database: master, tempdb, the current and one's own to everybody, the others by right.</summary>
    public static bool Sees(SqlSession session, DatabaseState database) =>
        database.Name is "master" or "tempdb"
        || session.Database == database
        || database.OwnerSid.AsSpan().SequenceEqual(session.Login.Sid)
        || MayOnServer(session.Server, session.Login, "VIEW ANY DATABASE") == true
        || MayCreateDatabases(session);

    public static void Demand(SqlSession session, DatabaseState database, string permission)
    {
        if (MayInDatabase(session.Server, session.Login, database, permission) != true)
        {
            throw SqlErrors.Denied(permission, database.Name);
        }
    }

    /// <summary>Who may say GRANT, DENY, REVOKE.</summary>
    public static void DemandGrantor(bool may)
    {
        if (!may)
        {
            throw new SqlServerException(new SqlMessage(4613, 1, 16, "Grantor does not have GRANT permission."));
        }
    }

    public static void DemandServer(SqlSession session, string permission)
    {
        if (MayOnServer(session.Server, session.Login, permission) != true)
        {
            throw permission == "VIEW SERVER STATE" ? SqlErrors.ViewServerStateDenied(session.Server.Options.Major) : SqlErrors.NotAllowed();
        }
    }

    /// <summary>For the views of what goes on: VIEW SERVER STATE, of which a part is enough since 2022.</summary>
    public static bool MayViewState(SqlServerInstance server, LoginState login) =>
        MayOnServer(server, login, "VIEW SERVER STATE") == true
        || (MayOnServer(server, login, "VIEW SERVER PERFORMANCE STATE") == true && !server.Faults.IsDenied(login.Name, "VIEW SERVER STATE"));

    public static void DemandState(SqlSession session)
    {
        if (!MayViewState(session.Server, session.Login))
        {
            throw SqlErrors.ViewServerStateDenied(session.Server.Options.Major);
        }
    }

    public static void DemandRead(SqlSession session, DatabaseState database, TableSchema table) =>
        DemandObject(session, database, table.Schema, table.Name, "SELECT");

    public static void DemandWrite(SqlSession session, DatabaseState database, TableSchema table, string verb) =>
        DemandObject(session, database, table.Schema, table.Name, verb);

    public static void DemandObject(SqlSession session, DatabaseState database, string schema, string name, string verb)
    {
        if (DatabasePermissions.Has(session.Server, session.Login, database, verb, $"{schema}.{name}") != true)
        {
            throw SqlErrors.ObjectDenied(verb, name, database.Name, schema);
        }
    }
}
