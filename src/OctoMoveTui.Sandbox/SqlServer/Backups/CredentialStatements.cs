using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>CREATE, ALTER and DROP CREDENTIAL: what TO URL and FROM URL need. What was given as a secret comes out nowhere.</summary>
internal static class CredentialStatements
{
    public static Task RunAsync(Execution execution, TSqlStatement statement)
    {
        // ALTER ANY CREDENTIAL, which only sysadmin has here.
        if (!execution.Session.Login.IsSysadmin || execution.Server.Faults.IsDenied(execution.Session.Login.Name, "ALTER ANY CREDENTIAL"))
        {
            throw SqlErrors.NotAllowed();
        }
        var secrets = execution.Server.Secrets;
        switch (statement)
        {
            case CreateCredentialStatement { IsDatabaseScoped: false, CryptographicProviderName: null } create:
                var made = Read(create, secrets.NextId(), execution.Server.LocalNow);
                if (!secrets.Credentials.TryAdd(made.Name, made))
                {
                    throw new SqlServerException(new SqlMessage(15530, 1, 16, $"The credential with name \"{made.Name}\" already exists."));
                }
                break;
            case AlterCredentialStatement { IsDatabaseScoped: false } alter:
                var before = Existing(secrets, alter.Name.Value, "alter");
                secrets.Credentials[before.Name] = Read(alter, before.Id, before.Created);
                break;
            case DropCredentialStatement { IsDatabaseScoped: false } drop:
                if (!drop.IsIfExists || secrets.Credentials.ContainsKey(drop.Name.Value))
                {
                    secrets.Credentials.TryRemove(Existing(secrets, drop.Name.Value, "drop").Name, out _);
                }
                break;
            default:
                throw SqlErrors.NotModelled("a credential of a database or of a cryptographic provider");
        }
        execution.Done(CurrentCommand.None);
        return Task.CompletedTask;
    }

    private static CredentialState Read(CredentialStatement statement, int id, DateTime created) =>
        new(id, statement.Name.Value, ((Literal)statement.Identity).Value, (statement.Secret as Literal)?.Value, created);

    private static CredentialState Existing(ServerSecrets secrets, string name, string verb) =>
        secrets.Credentials.GetValueOrDefault(name) ?? throw SqlErrors.UnknownPrincipal("credential", name, verb);
}
