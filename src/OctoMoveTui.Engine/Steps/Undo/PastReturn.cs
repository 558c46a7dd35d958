using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>After the point of no return: counts what exists on the new server alone, for the words that refuse.</summary>
internal static class PastReturn
{
    /// <summary>The refusal, with what would be lost as far as the new database can be asked.</summary>
    internal static async Task<MoveFailure> RefuseAsync(MoveContext move, DateTimeOffset? left, CancellationToken cancel) =>
        PastReturnWords.NoWayBack(move.Plan, left, left is { } at && move.Plan.Shape.BringsDatabase() ? await CountAsync(move, at, cancel) : null);

    private static async Task<WorkSince?> CountAsync(MoveContext move, DateTimeOffset since, CancellationToken cancel)
    {
        // Nobody is asked for a password only to be refused.
        if (move.Secrets.Find(SecretKind.NewSqlPassword) is null && ConnectionStrings.LacksPassword(move.Plan.New.ConnectionString))
            return null;
        try
        {
            var sql = await move.NewSqlAsOctopusAsync(cancel);
            await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
            var (tasks, deployments) = (await session.QueryAsync(
                SqlScript.Text("count-tasks-since"), row => (row.Number("tasks"), row.Number("deployments")), cancel, ("@since", since))).Single();
            return new WorkSince(tasks, deployments, await CountEventsAsync(session, since, cancel));
        }
        catch (MoveFailure)
        {
            return null;
        }
    }

    private static async Task<long?> CountEventsAsync(SqlSession session, DateTimeOffset since, CancellationToken cancel)
    {
        try
        {
            return (await session.QueryAsync(SqlScript.Text("count-events-since"), row => row.Number("events"), cancel, ("@since", since))).Single();
        }
        catch (MoveFailure)
        {
            return null;
        }
    }
}
