using OctoMoveTui.Sandbox.SqlServer.Databases;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Logins and server roles. Without the right to see definitions a login sees itself, sa and the roles.</summary>
internal static class PrincipalViews
{
    private const int FirstRoleId = 3;

    public static readonly CatalogView[] All =
    [
        new("sys.server_principals", true, Define("""
            name sysname!, principal_id int!, sid varbinary85, type char1!, type_desc nvarchar60, is_disabled bit, create_date datetime!, modify_date datetime!,
            default_database_name sysname, default_language_name sysname, credential_id int, owning_principal_id int, is_fixed_role bit!
            """), context => Visible(context).Select(Login).Concat(FixedRoles.Server.Select((role, i) => new object?[]
            {
                role, FirstRoleId + i, new[] { (byte)(FirstRoleId + i) }, "R", "SERVER_ROLE", false, context.Server.Started, context.Server.Started, null, null, null, 1, true,
            }))),
        new("sys.sql_logins", true, Define("""
            name sysname!, principal_id int!, sid varbinary85, type char1!, type_desc nvarchar60, is_disabled bit, create_date datetime!, modify_date datetime!,
            default_database_name sysname, default_language_name sysname, credential_id int, is_policy_checked bit, is_expiration_checked bit, password_hash varbinary256
            """), context => Visible(context).Where(login => login.Kind == PrincipalKind.Sql).Select(login => (object?[])[.. Login(login)[..11], login.ChecksPolicy, false, HashOf(context, login)])),
        new("sys.server_role_members", true, Define("role_principal_id int!, member_principal_id int!"), context => context.Server.Logins.SelectMany(login =>
            login.ServerRoles.Select(role => new object?[] { FirstRoleId + Array.FindIndex(FixedRoles.Server, known => known.Equals(role, StringComparison.OrdinalIgnoreCase)), login.Id }))),
    ];

    private static object?[] Login(LoginState login) =>
    [
        login.Name, login.Id, login.Sid, login.Kind == PrincipalKind.Windows ? "U" : "S", login.Kind == PrincipalKind.Windows ? "WINDOWS_LOGIN" : "SQL_LOGIN",
        login.Disabled, login.Created, login.Created, login.DefaultDatabase, "us_english", null, null, false,
    ];

    private static byte[]? HashOf(CatalogContext context, LoginState login) =>
        login.Password is not null && Permissions.MayOnServer(context.Server, context.Login, "CONTROL SERVER") == true ? PasswordHash.Of(login) : null;

    private static IEnumerable<LoginState> Visible(CatalogContext context)
    {
        var all = Permissions.MayOnServer(context.Server, context.Login, "VIEW ANY DEFINITION") == true || Permissions.MayOnServer(context.Server, context.Login, "ALTER ANY LOGIN") == true;
        return context.Server.Logins.Where(login => all || login == context.Login || login.Id == 1);
    }
}
