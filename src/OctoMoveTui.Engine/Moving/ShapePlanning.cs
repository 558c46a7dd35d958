using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>What the new side is, by the shape of the move: a new machine, or the old one under another aspect.</summary>
internal static class ShapePlanning
{
    /// <summary>What doesn't move is on the new side what it is on the old one.</summary>
    internal static async Task<MovePlan> FitAsync(MovePlan plan, ServiceControl oldService, CancellationToken cancel)
    {
        if (!plan.Shape.BringsDatabase())
            plan = plan with { New = plan.New with { AdminConnectionString = plan.New.ConnectionString } };
        if (!plan.Shape.KeepsInstance())
            return plan;

        // The service stays as it is, so its account is the one that needs rights.
        var account = (await oldService.QueryAsync(cancel))?.Account ?? "";
        return plan with
        {
            New = plan.Old with
            {
                ConnectionString = plan.New.ConnectionString,
                AdminConnectionString = plan.New.AdminConnectionString,
                Database = plan.New.Database,
                ServiceAccount = account,
            },
            RePointed = null,
        };
    }

    /// <summary>
    /// How the new side reaches the database that stays: as the old server does, "(local)" replaced by the old machine's name; or as it is
    /// configured, where that leads to the same database.
    /// </summary>
    internal static async Task<string> StayingConnectionAsync(
        MoveSettings settings, string oldConnection, Action<string> warn, CancellationToken cancel)
    {
        var isElsewhere = !string.Equals(settings.New.Machine, settings.Old.Machine, StringComparison.OrdinalIgnoreCase);
        var derived = isElsewhere ? ConnectionStrings.FromElsewhere(oldConnection, settings.Old.Machine) : oldConnection;
        if (settings.New.ConnectionString.Length == 0)
            return derived;

        var configured = isElsewhere ? ConnectionStrings.FromElsewhere(settings.New.ConnectionString, settings.Old.Machine) : settings.New.ConnectionString;
        if (await FindIdentityAsync(WithKnownPassword(configured, settings.New.Password)) is { } its && its == await FindIdentityAsync(oldConnection))
            return configured;
        warn(ShapePlanWords.OtherDatabaseConfigured(ConnectionStrings.Read(configured).ToString(), ConnectionStrings.Read(derived).ToString()));
        return derived;

        async Task<(string Server, string Database)?> FindIdentityAsync(string connection)
        {
            try
            {
                var sql = new SqlServer(connection, _ => { }, () => { });
                await using var session = await sql.OpenMasterAsync(cancel);
                return ((await session.DescribeServerAsync(cancel)).ServerName.ToUpperInvariant(), sql.Database.ToUpperInvariant());
            }
            catch (MoveFailure)
            {
                return null;
            }
        }
    }

    /// <summary>A scratch database that is called like the real one is one slip away from being taken for it.</summary>
    internal static bool IsNameRefused(MoveShape shape, string scratch, string old) =>
        shape == MoveShape.Rehearsal && string.Equals(scratch, old, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a rehearsal in which both servers would use the same directory: retention of the new one would delete files of the old one.</summary>
    /// <exception cref="MoveFailure">A directory is shared.</exception>
    internal static void RefuseShared(MovePlan plan)
    {
        if (plan.Shape == MoveShape.Rehearsal && plan.Directories.Where(plan.IsShared).ToList() is { Count: > 0 } shared)
            throw RehearsalWords.Shared(shared);
    }

    private static string WithKnownPassword(string connection, string? password) =>
        ConnectionStrings.LacksPassword(connection) ? ConnectionStrings.WithPassword(connection, password) : connection;
}
