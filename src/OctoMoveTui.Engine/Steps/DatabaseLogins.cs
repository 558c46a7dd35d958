using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Logins that the restored database needs on the new SQL Server: those of its users, and the Windows account of the new service.</summary>
internal static class DatabaseLogins
{
    /// <summary>Makes the SQL login that a user belonged to, with the SID and the password's hash of the old server: then nothing has to be mapped.</summary>
    /// <returns>False: it can't be read there (no right, or the old SQL Server isn't reached from here), or not be made here.</returns>
    internal static async Task<bool> CopyAsync(MoveContext move, SqlSession session, DatabaseUser user, CancellationToken cancel)
    {
        if (!move.IsHere(Side.Old))
            return false;
        try
        {
            var old = await move.OldSqlAsync(cancel);
            await using var there = await old.OpenMasterAsync(cancel);
            if (await there.FindSqlLoginAsync(user.Sid, cancel) is not { Hash: { } hash } found)
                return false;
            var login = SqlScript.Quote(found.Name);
            if (await session.HasLoginAsync(found.Name, cancel))
                return false;
            move.Hide(hash);
            MadeLogins.Keep(move, found.Name);
            await session.ExecuteAsync(SqlScript.Text(
                "create-login-like-old", ("login", login), ("hash", hash), ("sid", found.Sid)), cancel);
            if (found.IsDisabled)
                await session.ExecuteAsync(SqlScript.Text("disable-login", ("login", login)), cancel);
            return true;
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
        {
            return false;
        }
    }

    /// <summary>Makes a login of a Windows account; the SIDs match by themselves.</summary>
    internal static async Task<bool> MakeWindowsLoginAsync(MoveContext move, SqlSession session, string login, CancellationToken cancel)
    {
        try
        {
            if (await session.HasLoginAsync(login, cancel))
                return true;
            MadeLogins.Keep(move, login);
            await session.ExecuteAsync(SqlScript.Text("create-windows-login", ("login", SqlScript.Quote(login))), cancel);
            return true;
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
        {
            return false;
        }
    }

    /// <summary>The account by which the new service will be known to the new SQL Server.</summary>
    internal static async Task<string> ServiceLoginAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var (domain, machine) = (await session.QueryAsync(
            SqlScript.Text("default-domain"), row => (row.Text("domain_name"), row.Text("machine_name")), cancel)).Single();
        return ServiceLogin.Of(move.Plan.New, domain, machine);
    }

    /// <summary>True for accounts that exist on one machine only: its local users, its virtual accounts, and the machine itself.</summary>
    internal static bool IsMachineBound(string user, string oldMachine, string? oldSqlMachine)
    {
        var parts = user.Split('\\');
        if (parts.Length != 2)
            return false;
        return parts[0].Equals("NT SERVICE", StringComparison.OrdinalIgnoreCase) || parts[0].Equals("NT AUTHORITY", StringComparison.OrdinalIgnoreCase)
            || parts[0].Equals("BUILTIN", StringComparison.OrdinalIgnoreCase) || IsMachine(parts[0]) || (parts[1].EndsWith('$') && IsMachine(parts[1][..^1]));

        bool IsMachine(string name) =>
            name.Equals(oldMachine, StringComparison.OrdinalIgnoreCase) || name.Equals(oldSqlMachine?.Split('\\')[0], StringComparison.OrdinalIgnoreCase);
    }
}
