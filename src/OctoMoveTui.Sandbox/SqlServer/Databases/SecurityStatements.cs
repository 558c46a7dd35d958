using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Security;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Databases;

/// <summary>Logins, users, roles, ownership: what is repaired after a restore.</summary>
internal static class SecurityStatements
{
    public static Task RunAsync(Execution execution, TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateUserStatement create:
                CreateUser(execution, create);
                break;
            case AlterUserStatement alter:
                AlterUser(execution, alter);
                break;
            case DropUserStatement drop:
                var from = Writable(execution);
                if (!from.Users.TryRemove(drop.Name.Value, out _) && !drop.IsIfExists)
                {
                    throw SqlErrors.UnknownPrincipal("user", drop.Name.Value, "drop");
                }
                break;
            case AlterServerRoleStatement serverRole:
                AlterServerRole(execution, serverRole);
                break;
            case AlterRoleStatement role:
                AlterRole(execution, role);
                break;
            case CreateLoginStatement create:
                CreateLogin(execution, create);
                break;
            case AlterLoginEnableDisableStatement alter:
                Login(execution, alter.Name.Value).Disabled = !alter.IsEnable;
                break;
            case AlterLoginOptionsStatement alter:
                SetOptions(Login(execution, alter.Name.Value), alter.Options);
                break;
            case DropLoginStatement drop:
                Login(execution, drop.Name.Value);
                execution.Server.RemoveLogin(drop.Name.Value);
                break;
            case AlterAuthorizationStatement alter:
                ChangeOwner(execution, alter);
                break;
            default:
                throw SqlErrors.NotModelled(statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal));
        }
        execution.Done(CurrentCommand.None);
        return Task.CompletedTask;
    }

    /// <summary>The context's database, if this login may change its users and the database may be changed at all.</summary>
    private static DatabaseState Writable(Execution execution)
    {
        var database = execution.Server.CheckOpen(execution.Database, execution.Session);
        if (
            Permissions.MayInDatabase(execution.Server, execution.Session.Login, database, "ALTER ANY USER") != true
            && Permissions.MayInDatabase(execution.Server, execution.Session.Login, database, "ALTER ANY ROLE") != true
        )
        {
            throw SqlErrors.NotAllowed();
        }
        return database.Settings.ReadOnly ? throw SqlErrors.ReadOnlyDatabase(database.Name) : database;
    }

    private static void CreateUser(Execution execution, CreateUserStatement create)
    {
        var database = Writable(execution);
        if (create.UserLoginOption is { UserLoginOptionType: not UserLoginOptionType.Login } || create.UserOptions.Count > 0)
        {
            throw SqlErrors.NotModelled("CREATE USER with options");
        }
        var loginName = create.UserLoginOption?.Identifier.Value ?? create.Name.Value;
        var login = execution.Server.FindLogin(loginName) ?? throw SqlErrors.UnknownLogin(loginName);
        if (create.Name.Value is "dbo" or "guest" or "sys" || database.Users.ContainsKey(create.Name.Value))
        {
            throw SqlErrors.UserExists(create.Name.Value);
        }
        DemandFree(database, login);
        database.Users[create.Name.Value] = new UserState(create.Name.Value, database.NextUserId(), login.Sid, execution.Server.LocalNow)
        {
            Kind = login.Kind,
        };
    }

    private static void AlterUser(Execution execution, AlterUserStatement alter)
    {
        var database = Writable(execution);
        var user = database.Users.GetValueOrDefault(alter.Name.Value) ?? throw SqlErrors.UnknownPrincipal("user", alter.Name.Value);
        foreach (var option in alter.UserOptions)
        {
            switch (option)
            {
                case IdentifierPrincipalOption { OptionKind: PrincipalOptionKind.Login } to:
                    var login =
                        execution.Server.FindLogin(to.Identifier.Value)
                        ?? throw SqlErrors.UnknownPrincipal("login", to.Identifier.Value, "find");
                    if (user.Kind != login.Kind)
                    {
                        throw new SqlServerException(
                            new SqlMessage(33016, 1, 16, "The user cannot be remapped to a login. Remapping can only be done for users that were mapped to Windows or SQL logins.")
                        );
                    }
                    if (!user.Sid.AsSpan().SequenceEqual(login.Sid))
                    {
                        DemandFree(database, login);
                    }
                    user = user with { Sid = login.Sid };
                    break;
                case IdentifierPrincipalOption { OptionKind: PrincipalOptionKind.DefaultSchema } schema:
                    user = user with { DefaultSchema = schema.Identifier.Value };
                    break;
                default:
                    throw SqlErrors.NotModelled($"ALTER USER WITH {option.OptionKind}");
            }
        }
        database.Users[user.Name] = user;
    }

    /// <summary>A login is one user of a database, and the owner already is dbo.</summary>
    private static void DemandFree(DatabaseState database, LoginState login)
    {
        if (database.UserOf(login.Sid) is not null || database.OwnerSid.AsSpan().SequenceEqual(login.Sid))
        {
            throw SqlErrors.LoginHasUser();
        }
    }

    private static void AlterRole(Execution execution, AlterRoleStatement alter)
    {
        var database = Writable(execution);
        var role =
            FixedRoles.Database.FirstOrDefault(known => known.Equals(alter.Name.Value, StringComparison.OrdinalIgnoreCase))
            ?? throw SqlErrors.UnknownPrincipal("role", alter.Name.Value);
        var (name, adds) = alter.Action switch
        {
            AddMemberAlterRoleAction add => (add.Member.Value, true),
            DropMemberAlterRoleAction drop => (drop.Member.Value, false),
            _ => throw SqlErrors.NotModelled("ALTER ROLE WITH NAME"),
        };
        var user = database.Users.GetValueOrDefault(name) ?? throw SqlErrors.UnknownPrincipal("principal", name, adds ? "add" : "drop");
        var others = user.Roles.Where(known => !known.Equals(role, StringComparison.OrdinalIgnoreCase));
        database.Users[user.Name] = user with { Roles = [.. adds ? others.Append(role) : others] };
    }

    private static LoginState Login(Execution execution, string name)
    {
        Permissions.DemandServer(execution.Session, "ALTER ANY LOGIN");
        return execution.Server.FindLogin(name) ?? throw SqlErrors.UnknownPrincipal("login", name);
    }

    private static void CreateLogin(Execution execution, CreateLoginStatement create)
    {
        Permissions.DemandServer(execution.Session, "ALTER ANY LOGIN");
        var name = create.Name.Value;
        if (create.Source is WindowsCreateLoginSource windows)
        {
            CreateWindowsLogin(execution, name, windows.Options);
            return;
        }
        if (create.Source is not PasswordCreateLoginSource source)
        {
            throw SqlErrors.NotModelled("CREATE LOGIN FROM a certificate or key");
        }
        if (WindowsAccounts.IsWindowsName(name))
        {
            throw new SqlServerException(new SqlMessage(15006, 1, 16, $"'{name}' is not a valid name because it contains invalid characters."));
        }
        if (execution.Server.FindLogin(name) is not null)
        {
            throw SqlErrors.LoginExists(name);
        }
        var sid = source.Options.OfType<LiteralPrincipalOption>().FirstOrDefault(option => option.OptionKind == PrincipalOptionKind.Sid)
            is { } given
            ? Hex(given.Value.Value)
            : null;
        if (sid is not null && execution.Server.LoginOf(sid) is not null)
        {
            throw new SqlServerException(new SqlMessage(15433, 1, 16, "Supplied parameter sid is in use."));
        }
        var password = source.Hashed ? PasswordHash.HashedMark + Convert.ToHexString(Hex(source.Password.Value)) : source.Password.Value;
        SetOptions(execution.Server.AddLogin(name, password, sid), source.Options);
    }

    private static void CreateWindowsLogin(Execution execution, string name, IList<PrincipalOption> options)
    {
        if (!WindowsAccounts.IsWindowsName(name))
        {
            throw new SqlServerException(
                new SqlMessage(15407, 1, 16, $"'{name}' is not a valid Windows NT name. Give the complete name: <domain\\username>.")
            );
        }
        if (!WindowsAccounts.Exists(execution.Server.Options, name))
        {
            throw new SqlServerException(new SqlMessage(15401, 1, 16, $"Windows NT user or group '{name}' not found. Check the name again."));
        }
        SetOptions(execution.Server.AddLogin(name, null), options);
    }

    private static void SetOptions(LoginState login, IList<PrincipalOption> options)
    {
        foreach (var option in options)
        {
            switch (option)
            {
                case IdentifierPrincipalOption { OptionKind: PrincipalOptionKind.DefaultDatabase } database:
                    login.DefaultDatabase = database.Identifier.Value;
                    break;
                case PasswordAlterPrincipalOption password:
                    login.Password = password.Hashed
                        ? PasswordHash.HashedMark + Convert.ToHexString(Hex(password.Password.Value))
                        : password.Password.Value;
                    break;
                case {
                    OptionKind: PrincipalOptionKind.Sid
                        or PrincipalOptionKind.CheckPolicy
                        or PrincipalOptionKind.CheckExpiration
                        or PrincipalOptionKind.DefaultLanguage
                }:
                    break;
                default:
                    throw SqlErrors.NotModelled($"login option {option.OptionKind}");
            }
        }
    }

    private static void AlterServerRole(Execution execution, AlterServerRoleStatement alter)
    {
        if (!execution.Session.Login.IsSysadmin)
        {
            throw SqlErrors.UnknownPrincipal("server role", alter.Name.Value);
        }
        var role =
            FixedRoles.Server.FirstOrDefault(known => known.Equals(alter.Name.Value, StringComparison.OrdinalIgnoreCase))
            ?? throw SqlErrors.UnknownPrincipal("server role", alter.Name.Value);
        switch (alter.Action)
        {
            case AddMemberAlterRoleAction add:
                Login(execution, add.Member.Value).ServerRoles.Add(role);
                break;
            case DropMemberAlterRoleAction drop:
                Login(execution, drop.Member.Value).ServerRoles.Remove(role);
                break;
            default:
                throw SqlErrors.NotModelled("ALTER SERVER ROLE WITH NAME");
        }
    }

    private static void ChangeOwner(Execution execution, AlterAuthorizationStatement alter)
    {
        if (
            alter.SecurityTargetObject is not { ObjectKind: SecurityObjectKind.Database, ObjectName.MultiPartIdentifier: { Count: 1 } name }
            || alter.ToSchemaOwner
        )
        {
            throw SqlErrors.NotModelled("ALTER AUTHORIZATION on anything but a database");
        }
        var server = execution.Server;
        var database = server.Find(name[0].Value) ?? throw SqlErrors.UnknownPrincipal("database", name[0].Value, "find");
        var login =
            server.FindLogin(alter.PrincipalName.Value) ?? throw SqlErrors.UnknownPrincipal("principal", alter.PrincipalName.Value, "find");
        var me = execution.Session.Login;
        if (!me.IsSysadmin && !(database.OwnerSid.AsSpan().SequenceEqual(me.Sid) && login == me))
        {
            throw SqlErrors.UnknownPrincipal("principal", alter.PrincipalName.Value, "find");
        }
        server.CheckOpen(database, execution.Session);
        if (database.Settings.ReadOnly)
        {
            throw SqlErrors.ReadOnlyDatabase(database.Name);
        }
        if (database.UserOf(login.Sid) is not null)
        {
            throw SqlErrors.OwnerIsUser();
        }
        database.OwnerSid = login.Sid;
    }

    private static byte[] Hex(string literal) =>
        Convert.FromHexString(literal.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? literal[2..] : literal);
}
