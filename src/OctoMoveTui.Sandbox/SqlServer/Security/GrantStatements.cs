using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>GRANT, DENY and REVOKE: of the server's permissions in master, of a database's in that database, of SELECT and the like on one table, of IMPERSONATE on a login.</summary>
internal static class GrantStatements
{
    private const int OnServer = 0,
        OnDatabase = 1;

    public static Task RunAsync(Execution execution, SecurityStatement statement)
    {
        bool? granted = statement switch
        {
            GrantStatement { WithGrantOption: false } => true,
            DenyStatement => false,
            RevokeStatement { GrantOptionFor: false } => null,
            _ => throw SqlErrors.NotModelled("the GRANT OPTION"),
        };
        if (statement.AsClause is not null || statement.Permissions.Any(permission => permission.Columns.Count > 0))
        {
            throw SqlErrors.NotModelled("GRANT on columns, or AS another");
        }
        foreach (var permission in statement.Permissions)
        {
            var name = string.Join(' ', permission.Identifiers.Select(word => word.Value)).ToUpperInvariant();
            foreach (var principal in statement.Principals)
            {
                Say(execution, name, statement.SecurityTargetObject, principal, granted);
            }
        }
        execution.Done(CurrentCommand.None);
        return Task.CompletedTask;
    }

    private static void Say(Execution execution, string permission, SecurityTargetObject? on, SecurityPrincipal to, bool? granted)
    {
        var name = to.PrincipalType == PrincipalType.Public ? null : to.Identifier.Value;
        switch (ScopeOf(execution, permission, on))
        {
            case OnServer:
                if (execution.Database.Name != "master")
                {
                    throw new SqlServerException(
                        new SqlMessage(4621, 10, 16, "Permissions at the server scope can only be granted when the current database is master")
                    );
                }
                Permissions.DemandGrantor(
                    Permissions.MayOnServer(execution.Server, execution.Session.Login, "CONTROL SERVER") == true
                        || execution.Session.Login.ServerRoles.Contains("securityadmin")
                );
                var rights = name is null ? execution.Server.Public : LoginNamed(execution, name).Rights;
                if (granted is { } grants)
                {
                    rights.Set(Key(permission, on), grants);
                }
                else
                {
                    rights.Revoke(Key(permission, on));
                }
                break;
            default:
                var database = execution.Server.CheckOpen(execution.Database, execution.Session);
                Permissions.DemandGrantor(
                    Permissions.MayInDatabase(execution.Server, execution.Session.Login, database, "CONTROL") == true
                        || database.IsMember(execution.Session.Login, "db_securityadmin")
                );
                if (database.Settings.ReadOnly)
                {
                    throw SqlErrors.ReadOnlyDatabase(database.Name);
                }
                if (name is null)
                {
                    database.SaidToPublic = With(database.SaidToPublic, Key(permission, on), granted);
                    break;
                }
                var user = database.Users.GetValueOrDefault(name) ?? throw SqlErrors.UnknownPrincipal("user", name, "find");
                database.Users[user.Name] = user with { Said = With(user.Said, Key(permission, on), granted) };
                break;
        }
    }

    private static int ScopeOf(Execution execution, string permission, SecurityTargetObject? on)
    {
        switch (on?.ObjectKind)
        {
            case null when ServerPermissions.Exists(permission, execution.Server.Options.Major):
                return OnServer;
            case null or SecurityObjectKind.Database when DatabasePermissions.Exists(permission):
                return OnDatabase;
            case SecurityObjectKind.Login when permission == "IMPERSONATE":
                LoginNamed(execution, NameOf(on)[^1]);
                return OnServer;
            case SecurityObjectKind.NotSpecified or SecurityObjectKind.Object
                when permission is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "REFERENCES":
                return OnDatabase;
            default:
                throw SqlErrors.Syntax(permission);
        }
    }

    /// <summary>Under which name it is kept: "SELECT", "SELECT ON dbo.backupset", "IMPERSONATE ON octopus".</summary>
    private static string Key(string permission, SecurityTargetObject? on) =>
        on is null or { ObjectKind: SecurityObjectKind.Database } ? permission
        : on.ObjectKind == SecurityObjectKind.Login ? Impersonation.PermissionOn(NameOf(on)[^1])
        : $"{permission} ON {(NameOf(on) is { Length: > 1 } parts ? parts[^2] : "dbo")}.{NameOf(on)[^1]}";

    private static string[] NameOf(SecurityTargetObject on) =>
        [.. on.ObjectName.MultiPartIdentifier.Identifiers.Select(part => part.Value)];

    private static LoginState LoginNamed(Execution execution, string name) =>
        execution.Server.FindLogin(name) ?? throw SqlErrors.UnknownPrincipal("login", name, "find");

    private static Dictionary<string, bool> With(IReadOnlyDictionary<string, bool> said, string permission, bool? granted)
    {
        var now = new Dictionary<string, bool>(said, StringComparer.OrdinalIgnoreCase);
        if (granted is { } grants)
        {
            now[permission] = grants;
        }
        else
        {
            now.Remove(permission);
        }
        return now;
    }
}
