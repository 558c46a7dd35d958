using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>Permissions inside one database: dbo has all; members of db_owner have all that nobody denied them; others what roles and GRANT say.</summary>
internal static class DatabasePermissions
{
    private static readonly Dictionary<string, Permission> Known = new Permission[]
    {
        new("CONTROL", null, "CONTROL SERVER", "db_owner"),
        new("ALTER", "CONTROL", "ALTER ANY DATABASE"),
        new("CONNECT", "CONTROL", null),
        new("BACKUP DATABASE", "CONTROL", null, "db_backupoperator"),
        new("BACKUP LOG", "CONTROL", null, "db_backupoperator"),
        new("CREATE TABLE", "ALTER", null, "db_ddladmin"),
        new("CREATE DATABASE", null, "CREATE ANY DATABASE"),
        new("ALTER ANY USER", "ALTER", null, "db_accessadmin"),
        new("ALTER ANY ROLE", "ALTER", null, "db_securityadmin"),
        new("ALTER ANY SCHEMA", "ALTER", null, "db_ddladmin"),
        new("TAKE OWNERSHIP", "CONTROL", null),
        new("VIEW DEFINITION", "CONTROL", "VIEW ANY DEFINITION", "db_securityadmin"),
        new("VIEW DATABASE STATE", "CONTROL", "VIEW SERVER STATE"),
        new("SELECT", "CONTROL", "SELECT ALL USER SECURABLES", "db_datareader"),
        new("INSERT", "CONTROL", null, "db_datawriter"),
        new("UPDATE", "CONTROL", null, "db_datawriter"),
        new("DELETE", "CONTROL", null, "db_datawriter"),
        new("EXECUTE", "CONTROL", null),
        new("REFERENCES", "CONTROL", null),
    }.ToDictionary(permission => permission.Name, StringComparer.OrdinalIgnoreCase);

    public static bool Exists(string permission) => Known.ContainsKey(permission);

    /// <summary>Null: there is no such permission. A table: what was said about that table counts, too.</summary>
    public static bool? Has(SqlServerInstance server, LoginState login, DatabaseState database, string permission, string? table = null)
    {
        if (!Known.TryGetValue(permission, out _))
        {
            return null;
        }
        if (server.Faults.IsDenied(login.Name, permission))
        {
            return false;
        }
        if (database.UserNameFor(login) == "dbo")
        {
            return true;
        }
        var user = database.UserOf(login.Sid);
        var chain = Chain(permission).ToList();
        if (chain.Exists(each => each.ImpliedByServer is { } above && ServerPermissions.Has(server, login, above) == true))
        {
            return true;
        }
        var holders = (user is null ? [] : new[] { user.Said }).Append(database.SaidToPublic).ToList();
        var names = chain.Select(each => each.Name).Concat(table is null ? [] : [$"{permission} ON {table}"]).ToList();
        var denies = permission switch
        {
            "SELECT" => "db_denydatareader",
            "INSERT" or "UPDATE" or "DELETE" => "db_denydatawriter",
            _ => null,
        };
        return user?.IsMember(denies ?? "") != true
            && !names.Exists(name => holders.Exists(holder => holder.TryGetValue(name, out var granted) && !granted))
            && (
                names.Exists(name => holders.Exists(holder => holder.TryGetValue(name, out var granted) && granted))
                || (user is not null && (permission == "CONNECT" || chain.Exists(each => each.Roles.Any(user.IsMember))))
            );
    }

    private static IEnumerable<Permission> Chain(string permission)
    {
        for (var each = Known.GetValueOrDefault(permission); each is not null; each = each.ImpliedBy is { } above ? Known[above] : null)
        {
            yield return each;
        }
    }
}
