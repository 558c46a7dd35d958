using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 4, what it leaves out: logins on the new SQL Server have other SIDs, so the users in the restored database are orphaned.
/// Proven by logging in with the connection string that Octopus Server will use, not by reading catalogue views.
/// </summary>
public sealed class FixDatabaseUsers : MoveStep<DatabaseUsersFixed>
{
    /// <inheritdoc/>
    public override StepId Id => new("fix-database-users");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.FixDatabaseUsers;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => [UndoWords.GoesWithDatabase]);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var login = SqlScript.Quote(ConnectionStrings.Read(move.Plan.New.ConnectionString).Login ?? "DOMAIN\\account");
        return
        [
            new(PreviewKind.Words, "Gives the database to the owner it had, or to sa; maps orphaned users to the logins of the same name, or makes such a login "
                + "with SID and password of the old SQL Server; makes sure that the login of the new Octopus Server is db_owner."),
            new(PreviewKind.Sql, SqlScript.Readable(
                SqlScript.Text("set-owner", ("database", SqlScript.Quote(move.Plan.New.Database)), ("login", "[sa]")))),
            new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("map-user-to-login", ("user", login), ("login", login)))),
            new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("make-db-owner", ("user", login)))),
        ];
    }

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        // That Octopus' login works says nothing of the owner and the other users: only the journal knows that all of it was done.
        if (move.Journalled.Standing != Journal.JournalStanding.Finished)
            return new StepProbe.NotDone();
        try
        {
            return new StepProbe.Done(new DatabaseUsersFixed(await ProveDbOwnerAsync(move, cancel), []));
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight || SqlFailures.NumberOf(failure) == SqlFailures.DatabaseRefused)
        {
            return new StepProbe.NotDone();
        }
    }

    /// <inheritdoc/>
    public override async Task<DatabaseUsersFixed> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var octopus = await move.NewSqlAsOctopusAsync(cancel);
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        await GiveBackAsync(move, session, cancel);

        var (remapped, copied) = (new List<string>(), new List<string>());
        var users = await session.FindUsersAsync(cancel);
        foreach (var user in users.Where(each => each.IsOrphaned))
        {
            if (await MapAsync(session, user, cancel))
            {
                remapped.Add(user.Name);
                move.Info(UserNotes.Mapped(user.Name));
            }
            else if (await BringLoginAsync(move, session, user, cancel))
            {
                copied.Add(user.Name);
            }
        }

        var known = octopus.Login ?? await DatabaseLogins.ServiceLoginAsync(move, session, cancel);
        if (octopus.Login is null)
            await DatabaseLogins.MakeWindowsLoginAsync(move, session, known, cancel);
        await MakeDbOwnerAsync(sql, known, users, session, cancel);
        return new DatabaseUsersFixed(await ProveDbOwnerAsync(move, cancel), remapped) { Copied = copied };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, DatabaseUsersFixed fact, CancellationToken cancel)
    {
        if ((await move.NewSqlAsOctopusAsync(cancel)).Login is not null)
            move.Proof(UserNotes.IsDbOwner(await ProveDbOwnerAsync(move, cancel)));
    }

    // Without the right to it the restoring login stays the owner. That works, too: whether Octopus' login may do everything is proven last.
    private static async Task GiveBackAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var sa = await session.FirstAsync(SqlScript.Text("find-sa"), row => row.Text("sa_name"), cancel) is { Length: > 0 } name ? name : "sa";
        foreach (var owner in new[] { move.Facts.Find<BackupSet>()?.Options?.Owner, sa }.OfType<string>().Distinct())
        {
            try
            {
                if (owner != sa && !await session.HasLoginAsync(owner, cancel))
                    continue;
                await session.ExecuteAsync(SqlScript.Text(
                    "set-owner", ("database", SqlScript.Quote(move.Plan.New.Database)), ("login", SqlScript.Quote(owner))), cancel);
                move.Info(UserNotes.OwnerSet(owner));
                return;
            }
            catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
            {
                // No right to it, or the owner is a user in the database as well (error 15110): the next one.
            }
        }

        move.Warn(UserNotes.KeepsOwner);
    }

    // A login without VIEW ANY DEFINITION sees hardly any other login: that none was seen doesn't mean that there is none.
    private static async Task<bool> MapAsync(SqlSession session, DatabaseUser user, CancellationToken cancel)
    {
        if (user.IsWindows && user.LoginByName is null)
            return false;
        var login = SqlScript.Quote(user.LoginByName ?? user.Name);
        try
        {
            await session.ExecuteAsync(SqlScript.Text("map-user-to-login", ("user", SqlScript.Quote(user.Name)), ("login", login)), cancel);
            return true;
        }
        catch (MoveFailure failure) when (user.LoginByName is null && SqlFailures.NumberOf(failure) is not null)
        {
            return false;
        }
    }

    private static async Task<bool> BringLoginAsync(MoveContext move, SqlSession session, DatabaseUser user, CancellationToken cancel)
    {
        if (user.IsWindows && DatabaseLogins.IsMachineBound(user.Name, move.Plan.Old.Machine, move.Facts.Find<OldServerChecked>()?.SqlServer))
        {
            move.Warn(UserNotes.MachineBound(user.Name));
            return false;
        }

        if (user.IsWindows && await DatabaseLogins.MakeWindowsLoginAsync(move, session, user.Name, cancel))
        {
            move.Info(UserNotes.WindowsLoginMade(user.Name));
            return true;
        }

        if (!user.IsWindows && await DatabaseLogins.CopyAsync(move, session, user, cancel))
        {
            move.Info(UserNotes.LoginCopied(user.Name));
            return true;
        }

        move.Warn(UserNotes.OrphanLeft(user.Name));
        return false;
    }

    private static async Task MakeDbOwnerAsync(
        SqlServer sql, string login, IReadOnlyList<DatabaseUser> users, SqlSession session, CancellationToken cancel)
    {
        var user = users.FirstOrDefault(each => IsSame(each.LoginBySid, login) || IsSame(each.Name, login))?.Name;
        try
        {
            if (user is null)
                await session.ExecuteAsync(SqlScript.Text("create-user", ("user", SqlScript.Quote(login)), ("login", SqlScript.Quote(login))), cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is 15007 or 15401 && login.Contains('\\', StringComparison.Ordinal))
        {
            throw UserNotes.WindowsLoginMissing(login, sql.Name, failure.Report.Raw);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is 15063 or 15007 or 15023)
        {
            // The login owns the database, or is mapped already: whether it may do everything is asked last.
        }

        try
        {
            await session.ExecuteAsync(SqlScript.Text("make-db-owner", ("user", SqlScript.Quote(user ?? login))), cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is 15151 or 15405)
        {
            // It is dbo itself, or has no user of that name: the same.
        }
    }

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ProveDbOwnerAsync(MoveContext move, CancellationToken cancel)
    {
        var octopus = await move.NewSqlAsOctopusAsync(cancel);
        if (octopus.Login is null)
            return await ProveForServiceAsync(move, cancel);
        await using var session = await octopus.OpenAsync(move.Plan.New.Database, cancel);
        var (login, isOwner) = await WhoAsync(session, cancel);
        return isOwner ? login : throw CheckFailures.NotDbOwner(login, move.Plan.New.Database);
    }

    // With Windows authentication it is the service's account that counts. If octomove runs under it, logging in is the proof; else SQL Server is asked.
    private static async Task<string> ProveForServiceAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var login = await DatabaseLogins.ServiceLoginAsync(move, session, cancel);
        try
        {
            var octopus = await move.NewSqlAsOctopusAsync(cancel);
            await using var ours = await octopus.OpenAsync(move.Plan.New.Database, cancel);
            var (me, mayAll) = await WhoAsync(ours, cancel);
            if (me.Equals(login, StringComparison.OrdinalIgnoreCase) && mayAll)
            {
                move.Proof(UserNotes.TriedAsOurselves);
                return login;
            }
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.SqlConnection)
        {
            // Our own account need not have a way in.
        }

        bool isOwner;
        try
        {
            var literal = "N'" + login.Replace("'", "''", StringComparison.Ordinal) + "'";
            isOwner = (await session.QueryAsync(SqlScript.Text("prove-as-login", ("login", literal)), row => row.Flag("db_owner"), cancel)).Single();
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
        {
            move.Warn(UserNotes.NotProven(login));
            return login;
        }

        if (!isOwner)
            throw CheckFailures.NotDbOwner(login, move.Plan.New.Database);
        move.Proof(UserNotes.IsDbOwnerAsFarAsAsked(login));
        return login;
    }

    private static async Task<(string Login, bool IsOwner)> WhoAsync(SqlSession session, CancellationToken cancel) => (await session.QueryAsync(
        SqlScript.Text("who-am-i"), row => (row.Text("login_name"), row.Flag("db_owner")), cancel)).Single();
}
