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
    public override bool AcceptsWhatWasDoneBefore => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var login = SqlScript.Quote(ConnectionStrings.Read(move.Plan.New.ConnectionString).Login ?? "DOMAIN\\account");
        return
        [
            new(PreviewKind.Words, "Gives the database to sa, maps orphaned users to the logins of the same name, and makes sure that the login of the "
                + "new Octopus Server is db_owner."),
            new(PreviewKind.Sql, SqlScript.Readable(
                SqlScript.Text("set-owner", ("database", SqlScript.Quote(move.Plan.New.Database)), ("login", "[sa]")))),
            new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("map-user-to-login", ("user", login), ("login", login)))),
            new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("make-db-owner", ("user", login)))),
        ];
    }

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        try
        {
            var login = await ProveDbOwnerAsync(move, cancel);
            return new StepProbe.Done(new DatabaseUsersFixed(login, []));
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
        await GiveToSaAsync(move, session, cancel);

        var remapped = new List<string>();
        var users = await session.FindUsersAsync(cancel);
        foreach (var user in users.Where(each => each.IsOrphaned))
        {
            if (user.LoginByName is null)
            {
                move.Warn(Notes.OrphanLeft(user.Name));
                continue;
            }

            await session.ExecuteAsync(SqlScript.Text(
                "map-user-to-login", ("user", SqlScript.Quote(user.Name)), ("login", SqlScript.Quote(user.LoginByName))), cancel);
            remapped.Add(user.Name);
            move.Info(Notes.UserMapped(user.Name));
        }

        await MakeDbOwnerAsync(octopus.Login, users, session, cancel);
        return new DatabaseUsersFixed(await ProveDbOwnerAsync(move, cancel), remapped);
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, DatabaseUsersFixed fact, CancellationToken cancel) =>
        move.Proof(Notes.IsDbOwner(await ProveDbOwnerAsync(move, cancel)));

    // Without the right to it the restoring login stays the owner. That works, too: whether Octopus' login may do everything is proven last.
    private static async Task GiveToSaAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var sa = await session.FirstAsync(SqlScript.Text("find-sa"), row => row.Text("sa_name"), cancel);
        try
        {
            await session.ExecuteAsync(SqlScript.Text(
                "set-owner", ("database", SqlScript.Quote(move.Plan.New.Database)), ("login", SqlScript.Quote(sa is { Length: > 0 } ? sa : "sa"))), cancel);
            move.Info(Notes.OwnerSet(sa ?? "sa"));
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
        {
            move.Warn(Notes.KeepsOwner);
        }
    }

    private static async Task MakeDbOwnerAsync(string? login, IReadOnlyList<DatabaseUser> users, SqlSession session, CancellationToken cancel)
    {
        // With Windows authentication the account's own name decides, which the SQL administrator maps.
        if (login is null)
            return;

        var (quoted, user) = (SqlScript.Quote(login), users.FirstOrDefault(each => each.LoginBySid == login || each.Name == login));
        try
        {
            if (user is null)
                await session.ExecuteAsync(SqlScript.Text("create-user", ("user", quoted), ("login", quoted)), cancel);
            await session.ExecuteAsync(SqlScript.Text("make-db-owner", ("user", user is null ? quoted : SqlScript.Quote(user.Name))), cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is 15063 or 15007 or 15151 or 15023)
        {
            // The login owns the database, or is mapped already: whether it may do everything is asked next.
        }
    }

    private static async Task<string> ProveDbOwnerAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsOctopusAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var (login, isOwner) = (await session.QueryAsync(
            SqlScript.Text("who-am-i"), row => (row.Text("login_name"), row.Flag("db_owner")), cancel)).Single();
        return isOwner ? login : throw CheckFailures.NotDbOwner(login, move.Plan.New.Database);
    }
}
