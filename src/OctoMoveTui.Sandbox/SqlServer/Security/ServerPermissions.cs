using OctoMoveTui.Sandbox.SqlServer.Databases;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>Permissions of the whole server: a DENY anywhere above beats every GRANT, and nothing beats sysadmin.</summary>
internal static class ServerPermissions
{
    /// <summary>What everybody has until it is revoked from public or denied.</summary>
    public static readonly string[] OfPublic = ["CONNECT SQL", "VIEW ANY DATABASE"];

    private static readonly Dictionary<string, Permission> Known = new Permission[]
    {
        new("CONTROL SERVER", null, null),
        new("ALTER ANY DATABASE", "CONTROL SERVER", null, "dbcreator"),
        new("CREATE ANY DATABASE", "ALTER ANY DATABASE", null, "dbcreator"),
        new("VIEW ANY DEFINITION", "CONTROL SERVER", null),
        new("VIEW ANY DATABASE", "VIEW ANY DEFINITION", null),
        new("ALTER SERVER STATE", "CONTROL SERVER", null, "serveradmin", "processadmin"),
        new("VIEW SERVER STATE", "ALTER SERVER STATE", null),
        new("VIEW SERVER PERFORMANCE STATE", "VIEW SERVER STATE", null) { Since = 16 },
        new("VIEW SERVER SECURITY STATE", "VIEW SERVER STATE", null) { Since = 16 },
        new("ALTER SETTINGS", "CONTROL SERVER", null, "serveradmin"),
        new("ALTER ANY LOGIN", "CONTROL SERVER", null, "securityadmin"),
        new("ALTER ANY SERVER ROLE", "CONTROL SERVER", null),
        new("ALTER ANY CREDENTIAL", "CONTROL SERVER", null),
        new("ALTER ANY CONNECTION", "CONTROL SERVER", null, "processadmin"),
        new("ADMINISTER BULK OPERATIONS", "CONTROL SERVER", null, "bulkadmin"),
        new("CONNECT SQL", "CONTROL SERVER", null),
        new("SELECT ALL USER SECURABLES", "CONTROL SERVER", null),
        new("IMPERSONATE ANY LOGIN", "CONTROL SERVER", null),
    }.ToDictionary(permission => permission.Name, StringComparer.OrdinalIgnoreCase);

    public static bool Exists(string permission, int major) => Known.TryGetValue(permission, out var known) && major >= known.Since;

    /// <summary>Null: there is no such permission.</summary>
    public static bool? Has(SqlServerInstance server, LoginState login, string permission)
    {
        if (!Exists(permission, server.Options.Major))
        {
            return null;
        }
        if (server.Faults.IsDenied(login.Name, permission))
        {
            return false;
        }
        if (login.IsSysadmin)
        {
            return true;
        }
        var chain = Chain(permission).ToList();
        return !chain.Exists(each => login.Rights.IsDenied(each.Name) || server.Public.IsDenied(each.Name))
            && chain.Exists(each =>
                login.Rights.IsGranted(each.Name) || server.Public.IsGranted(each.Name) || each.Roles.Any(login.ServerRoles.Contains)
            );
    }

    /// <summary>The permission and all that imply it.</summary>
    private static IEnumerable<Permission> Chain(string permission)
    {
        for (var each = Known.GetValueOrDefault(permission); each is not null; each = each.ImpliedBy is { } above ? Known[above] : null)
        {
            yield return each;
        }
    }
}
