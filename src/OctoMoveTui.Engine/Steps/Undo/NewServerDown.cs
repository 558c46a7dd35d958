using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Asked before anything of the old server wakes up: the new one is stopped, will not start by itself, and nobody is connected to its database. Two
/// live servers on one identity is the failure that must not happen, on the way back as on the way there.
/// </summary>
internal static class NewServerDown
{
    /// <summary>By all that can be asked from here.</summary>
    /// <exception cref="MoveFailure">It is not down.</exception>
    internal static async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.Shape.KeepsInstance())
            return;
        if (!move.IsHere(Side.New))
        {
            await ProveSilentAsync(move, cancel);
            return;
        }

        var service = move.NewService;
        if (await service.QueryAsync(cancel) is { } standing && (!standing.IsStopped || standing.StartsByItself))
            throw UndoFailures.NewServerNotDown(service.Service, !standing.IsStopped);
        await WaitUntilNobodyIsConnectedAsync(move, cancel);
        move.Proof(UndoNotes.NewServerDown(service.Service));
    }

    // The address may lead to the old server itself, which is down as well, or to a proxy: only an Octopus Server of this move counts.
    private static async Task ProveSilentAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.Old.Url != move.Plan.New.Url)
        {
            using var api = new Octopus.KeylessOctopus(move, Side.New);
            if (await api.FindIdentityAsync(cancel) is { } identity && identity.InstallationId == move.Facts.Find<OldServerChecked>()?.InstallationId)
                throw UndoFailures.NewServerAnswers(move.Plan.New.Url, move.Plan.New.Machine);
        }

        if (!move.Plan.Shape.BringsDatabase())
            await WaitUntilNobodyIsConnectedAsync(move, cancel);
        move.Warn(UndoNotes.NewServerSilent(move.Plan.New.Url, move.Plan.New.Machine));
    }

    private static async Task WaitUntilNobodyIsConnectedAsync(MoveContext move, CancellationToken cancel)
    {
        var (began, database) = (move.Time.GetTimestamp(), move.Plan.New.Database);
        var sql = move.Plan.Shape.BringsDatabase() ? await move.NewSqlAsync(cancel) : await move.OldSqlAsync(cancel);
        while (true)
        {
            await using (var session = await sql.OpenMasterAsync(cancel))
            {
                var others = await session.FindDatabaseAsync(database, cancel) is null ? [] : await session.FindSessionsAsync(database, cancel);
                if (others.Count == 0)
                    return;

                // The old server is on its way up already, by an undo that was cut short: where both use one database it is the one that is connected.
                if (!move.Plan.Shape.BringsDatabase() && await move.OldService.QueryAsync(cancel) is { IsStopped: false })
                    return;
                if (move.Time.GetElapsedTime(began) > move.Timing.SessionsGone)
                    throw OctopusFailures.StillConnected(database, string.Join(", ", others.Select(each => $"{each.Program} as {each.Login} from {each.Host}").Distinct()));
            }

            await move.PauseAsync(cancel);
        }
    }
}
