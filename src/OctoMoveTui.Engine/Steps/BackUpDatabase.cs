using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Guide step 3: back up the database. COPY_ONLY and CHECKSUM, recognised later by the move's id in its description, and verified.</summary>
public sealed class BackUpDatabase : MoveStep<BackupSet>
{
    /// <inheritdoc/>
    public override StepId Id => new("back-up-database");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.BackUpDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Backs up the old database, verifies the backup set, and counts the rows of every table."),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("back-up-database", ("devices", BackupDevices.Clause(move.Plan.Backup.FilesOnOldSql)), ("compression", "COMPRESSION")), Values(move))),
        new(PreviewKind.Sql, SqlScript.Readable(
            Verify(move), [.. BackupDevices.Values(move.Plan.Backup.FilesOnOldSql), ("@position", 1)])),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        // msdb gets its row only when a backup has finished: a row with our id is the proof, a file alone proves nothing.
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        if (await FindOursAsync(move, session, cancel) is { } set)
        {
            return new StepProbe.Done(move.Facts.Find<BackupSet>() is { } fact && fact.SetId == set.SetId
                ? fact
                : set with { Rows = await CountAsync(move, session, cancel) });
        }

        // After the restore the file and its history may rightly be gone.
        return move.Facts.Find<RestoredDatabase>() is not null ? new StepProbe.CannotTell() : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<BackupSet> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var server = await session.DescribeServerAsync(cancel);
        try
        {
            await BackUpAsync(move, session, server.CanCompressBackups, cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoCompression)
        {
            move.Warn(Notes.RetryWithoutCompression);
            await BackUpAsync(move, session, false, cancel);
        }

        await using var database = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var set = await FindOursAsync(move, database, cancel)
            ?? throw CheckFailures.ForeignBackup(move.Plan.Backup.FileOnOldSql, "msdb does not list it");
        move.Info(Notes.BackedUp(set.File, set.Bytes));
        return set with { Rows = await CountAsync(move, database, cancel) };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, BackupSet fact, CancellationToken cancel)
    {
        // A login that may back up need not have the right to restore, which verifying takes; the new SQL Server verifies again anyway.
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var meter = move.Meter("Verifying the backup", ProgressUnit.Percent);
        try
        {
            await session.RunLongAsync(
                Verify(move), percent => meter.Report(percent, 100), cancel,
                [.. BackupDevices.Values(move.Plan.Backup.FilesOnOldSql), ("@position", fact.Position)]);
            move.Proof(Notes.BackupVerified);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            move.Info(Notes.VerifiedLater);
        }
    }

    private static async Task BackUpAsync(MoveContext move, SqlSession session, bool isCompressed, CancellationToken cancel)
    {
        var meter = move.Meter("Backing up", ProgressUnit.Percent);
        var text = SqlScript.Text("back-up-database", ("devices", BackupDevices.Clause(move.Plan.Backup.FilesOnOldSql)), ("compression", isCompressed ? "COMPRESSION" : "NO_COMPRESSION"));
        await session.RunLongAsync(text, percent => meter.Report(percent, 100, move.Plan.Backup.FileOnOldSql), cancel, Values(move));
    }

    private static string Verify(MoveContext move) =>
        SqlScript.Text("verify-backup", ("devices", BackupDevices.Clause(move.Plan.Backup.FilesOnOldSql)));

    private static (string, object?)[] Values(MoveContext move) =>
    [
        ("@db", move.Plan.Old.Database),
        .. BackupDevices.Values(move.Plan.Backup.FilesOnOldSql),
        ("@name", $"OctoMoveTui {move.Plan.Old.Database}"),
        ("@description", $"OctoMoveTui run={move.Plan.MoveId}"),
        ("@media", move.Plan.MoveId),
    ];

    private static async Task<BackupSet?> FindOursAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var version = (await session.DescribeServerAsync(cancel)).Version;
        return await session.FirstAsync(
            SqlScript.Text("find-backup"),
            row => new BackupSet(row.UniqueId("backup_set_uuid"), move.Plan.Backup.FileOnOldSql, (int)row.Number("position"), row.Number("backup_size"),
                row.TimeOrNull("backup_finish_date") ?? default, version, []),
            cancel, ("@db", move.Plan.Old.Database), ("@run", move.Plan.MoveId));
    }

    // Exact, and repeatable: the database has been read-only since before the backup.
    private static Task<IReadOnlyList<TableCount>> CountAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var meter = move.Meter("Counting rows", ProgressUnit.Items);
        return session.CountRowsAsync((done, total) => meter.Report(done, total), cancel);
    }
}
