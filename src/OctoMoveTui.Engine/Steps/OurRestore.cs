using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Tells whether a database on the new SQL Server, half restored or whole, is this move's own work. docs/adr/0010 has the rules.</summary>
internal static class OurRestore
{
    // Written right before our own RESTORE, with the server's clock: only what is no older can be ours.
    private const string Restoring = "restoring";

    /// <summary>Remembers, on disk, that a restore begins now.</summary>
    internal static async Task MarkAsync(MoveContext move, SqlSession session, CancellationToken cancel) =>
        move.Mark($"{Restoring} {(await session.ReadLocalTimeAsync(cancel)).ToString("O", CultureInfo.InvariantCulture)}");

    // We had begun a restore, and the database is not older than that. (Both times are the server's own; it writes them to three milliseconds.)
    private static bool IsSinceOurs(MoveContext move, DatabaseRow row) =>
        BegunAt(move) is { } began && (row.CreatedAt is not { } created || created >= began);

    // Earliest: what an earlier try began is ours, too.
    private static DateTime? BegunAt(MoveContext move) => move.Journalled.Marks
        .Where(each => each.StartsWith(Restoring, StringComparison.Ordinal))
        .Select(each => DateTime.TryParse(each[Restoring.Length..], CultureInfo.InvariantCulture, out var began) ? began.AddSeconds(-1) : (DateTime?)null)
        .Min();

    /// <summary>A database in state RESTORING: ours, unless somebody has restored another backup set into it since.</summary>
    internal static async Task<bool> IsOursAsync(MoveContext move, SqlSession session, DatabaseRow row, CancellationToken cancel)
    {
        if (!IsSinceOurs(move, row))
            return false;
        var last = await FindRestoreAsync(session, row.Name, cancel);
        return last is null || last.At < BegunAt(move) || last.SetId == move.Facts.Require<BackupSet>().SetId;
    }

    /// <summary>
    /// What a database that is online was restored from, when that is our backup set; else null. Complete is: msdb says that it came from our set,
    /// and the family is the header's. Where msdb lacks the row (error 3009, or cleaned since), or may not be read, that it is as young as our own
    /// restore has to do.
    /// </summary>
    internal static async Task<BackupIdentity?> FindAsync(MoveContext move, SqlSession session, DatabaseRow row, CancellationToken cancel)
    {
        var (ours, done) = (move.Facts.Require<BackupSet>(), move.Facts.Find<RestoredDatabase>());
        var from = (await FindRestoreAsync(session, row.Name, cancel))?.SetId;
        if (from is null ? done is null && !IsSinceOurs(move, row) : ours.SetId != Guid.Empty && from != ours.SetId)
            return null;

        var identity = done?.Identity ?? ours.Identity ?? await ReadIdentityAsync(move, session, cancel);
        if (identity is null || (from is { } set && set != identity.SetId))
            return null;
        return await session.ReadFamilyAsync(row.Name, cancel) is { } family && family != identity.Family ? null : identity;
    }

    /// <summary>
    /// Strict, for what is about to be dropped: as above, and also no older than the first restore that this move marked. Where that can't be told, it
    /// is not ours.
    /// </summary>
    internal static async Task<bool> IsSurelyOursAsync(MoveContext move, SqlSession session, DatabaseRow row, CancellationToken cancel) =>
        BegunAt(move) is not null && row.CreatedAt is not null && IsSinceOurs(move, row) && (row.IsRestoring
            ? await IsOursAsync(move, session, row, cancel)
            : row.IsOnline && await FindAsync(move, session, row, cancel) is not null);

    // Null: never restored, or the login may not know.
    private static async Task<RestoreRow?> FindRestoreAsync(SqlSession session, string database, CancellationToken cancel)
    {
        try
        {
            return await session.FindRestoreAsync(database, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            return null;
        }
    }

    private static async Task<BackupIdentity?> ReadIdentityAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        try
        {
            return (await BringBackupOver.FindSetAsync(move, session, cancel)).Identity;
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.Files or FailureCause.Differs or FailureCause.SqlRight)
        {
            return null;
        }
    }
}
