using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Security;

/// <summary>EXECUTE AS LOGIN … REVERT: what another login could do, asked by somebody who may be anybody.</summary>
internal static class Impersonation
{
    public static string PermissionOn(string login) => $"IMPERSONATE ON {login}";

    public static async Task ExecuteAsAsync(Execution execution, ExecuteAsStatement statement)
    {
        if (statement.WithNoRevert || statement.Cookie is not null || statement.ExecuteContext.Principal is null)
        {
            throw SqlErrors.NotModelled("EXECUTE AS with options");
        }
        var name = await SessionStatements.TextAsync(execution, statement.ExecuteContext.Principal);
        switch (statement.ExecuteContext.Kind)
        {
            case ExecuteAsOption.Login:
                var login = execution.Server.FindLogin(name);
                if (login is null || !May(execution, login))
                {
                    throw new SqlServerException(
                        new SqlMessage(
                            15406,
                            1,
                            16,
                            $"Cannot execute as the server principal because the principal \"{name}\" does not exist, this type of principal cannot be impersonated, or you do not have permission."
                        )
                    );
                }
                execution.Session.Impersonate(login);
                execution.Done(CurrentCommand.None);
                break;
            case ExecuteAsOption.User
                when !execution.Database.Users.ContainsKey(name)
                    || Permissions.MayInDatabase(execution.Server, execution.Session.Login, execution.Database, "CONTROL") != true:
                throw new SqlServerException(
                    new SqlMessage(
                        15517,
                        1,
                        16,
                        $"Cannot execute as the database principal because the principal \"{name}\" does not exist, this type of principal cannot be impersonated, or you do not have permission."
                    )
                );
            default:
                throw SqlErrors.NotModelled($"EXECUTE AS {statement.ExecuteContext.Kind}");
        }
    }

    public static void Revert(Execution execution, RevertStatement statement)
    {
        if (statement.Cookie is not null)
        {
            throw SqlErrors.NotModelled("REVERT WITH COOKIE");
        }
        // Where nobody is impersonated it does nothing, without a word.
        execution.Session.Revert();
        execution.Done(CurrentCommand.None);
    }

    private static bool May(Execution execution, LoginState login)
    {
        var me = execution.Session.Login;
        return me == login
            || Permissions.MayOnServer(execution.Server, me, "IMPERSONATE ANY LOGIN") == true
            || me.Rights.IsGranted(PermissionOn(login.Name));
    }
}
