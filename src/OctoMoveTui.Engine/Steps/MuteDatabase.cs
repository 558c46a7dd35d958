using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Only in a rehearsal: before any server is attached to the scratch database, it is made unable to act: as the guide "creating a test instance"
/// has it. It is written only where it was proven to be the database that this move restored.
/// </summary>
public sealed class MuteDatabase : MoveStep<DatabaseMuted>
{
    /// <inheritdoc/>
    public override StepId Id => new("mute-database");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.MuteDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => [UndoWords.GoesWithDatabase]);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, RehearsalWords.MutePreviewed(move.Plan.New.Database)),
        new(PreviewKind.Sql, SqlScript.Readable(MutingQueries.Shown)),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        // Afterwards verify-before-start asks, and says what to do.
        if (move.Journalled.Standing != Journal.JournalStanding.Started)
            return move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone();
        await using var session = await OpenAsync(move, cancel);
        return await session.FindAwakeAsync(OldInstallation(move), withNodes: true, cancel) is { Count: > 0 } awake
            ? new StepProbe.HalfDone(string.Join(" ", awake)) : new StepProbe.Done(await FactAsync(session, cancel));
    }

    /// <inheritdoc/>
    public override async Task<DatabaseMuted> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await using var session = await OpenAsync(move, cancel);
        await session.MuteAsync(OldInstallation(move), cancel);
        return await FactAsync(session, cancel);
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, DatabaseMuted fact, CancellationToken cancel)
    {
        await ProveAsync(move, withNodes: true, cancel);
        if (fact.InstallationId.Length == 0)
            move.Warn(RehearsalWords.NoInstallation);
    }

    /// <summary>Asked again before everything that lets the new server start; in moves that are none of a rehearsal there is nothing to ask.</summary>
    /// <exception cref="MoveFailure">The database could act.</exception>
    internal static Task ProveAsync(MoveContext move, CancellationToken cancel) =>
        move.Plan.Shape == MoveShape.Rehearsal ? ProveAsync(move, withNodes: false, cancel) : Task.CompletedTask;

    private static async Task ProveAsync(MoveContext move, bool withNodes, CancellationToken cancel)
    {
        await using var session = await OpenAsync(move, cancel);
        if (await session.FindAwakeAsync(OldInstallation(move), withNodes, cancel) is { Count: > 0 } awake)
            throw RehearsalWords.NotMute(move.Plan.New.Database, awake, SqlScript.Readable(MutingQueries.Shown));
        move.Proof(RehearsalWords.Mute(move.Plan.New.Database));
    }

    // Never any database but the one that this move restored, and never one of the old server's name.
    private static async Task<SqlSession> OpenAsync(MoveContext move, CancellationToken cancel)
    {
        var (database, sql) = (move.Plan.New.Database, await move.NewSqlAsync(cancel));
        await using (var master = await sql.OpenMasterAsync(cancel))
        {
            CheckNewServer.RefuseOldDatabase(move, await master.DescribeServerAsync(cancel));
            if (ShapePlanning.IsNameRefused(move.Plan.Shape, database, move.Plan.Old.Database)
                || await master.FindDatabaseAsync(database, cancel) is not { IsOnline: true } row || await OurRestore.FindAsync(move, master, row, cancel) is null)
                throw RehearsalWords.NotRestoredHere(database, sql.Name);
        }

        return await sql.OpenAsync(database, cancel);
    }

    private static async Task<DatabaseMuted> FactAsync(SqlSession session, CancellationToken cancel) =>
        new(await session.FindInstallationIdAsync(cancel) ?? "");

    private static string OldInstallation(MoveContext move) => move.Facts.Require<OldServerChecked>().InstallationId;
}
