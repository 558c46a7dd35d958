using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 3: back up the database. COPY_ONLY and CHECKSUM, recognised later by the move's id in its description, and verified. A backup
/// that msdb or the file's own header knows as finished is never taken again; a file alone proves nothing.
/// </summary>
public sealed class BackUpDatabase : MoveStep<BackupSet>
{
    // Written right before our own BACKUP: only then is a file that is no whole media set a leftover of ours.
    private const string BackingUp = "backing-up";

    /// <summary>The step's id.</summary>
    internal static readonly StepId Word = new("back-up-database");

    /// <inheritdoc/>
    public override StepId Id => Word;

    /// <inheritdoc/>
    public override StepWords Words => StepWords.BackUpDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(UndoWords.BackupStays);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var backup = move.Plan.Backup;
        var lines = new List<PreviewLine>
        {
            new(PreviewKind.Words, "Backs up the old database, verifies the backup set, and counts the rows of every table."),
            new(PreviewKind.Sql, SqlScript.Readable(BackupText(backup, "COMPRESSION"), Values(move))),
            new(PreviewKind.Sql, SqlScript.Readable(VerifyText(backup), [.. BackupDevices.Values(backup.FilesOnOldSql), ("@position", 1)])),
        };
        if (backup.ThroughMoveFolder)
            lines.AddRange(backup.Striped(backup.CarryFrom).Select(each => new PreviewLine(PreviewKind.Path, $"{each}  →  {move.Folder.StagedBackup(each)}")));
        return lines;
    }

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        // After the restore the file and its history may rightly be gone, and the old database offline.
        if (move.Facts.Find<RestoredDatabase>() is not null)
            return new StepProbe.CannotTell();

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var (set, mayRead) = await FindOursAsync(move, session, cancel);
        var known = move.Facts.Find<BackupSet>();
        if (set is not null)
        {
            var isSame = known is not null && (known.SetId == set.SetId || known.SetId == Guid.Empty);
            if (move.Plan.Backup.ThroughMoveFolder && !(isSame && known!.Staged.Count == move.Plan.Backup.Stripes))
                return new StepProbe.HalfDone(BackupNotes.NotHandedOver);
            return new StepProbe.Done(isSame ? known! : await WithRowsAsync(move, set, session, cancel));
        }

        // A login may lack the right to look.
        return !mayRead && known is not null ? new StepProbe.CannotTell() : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<BackupSet> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);

        var sql = await move.OldSqlAsync(cancel);
        await using var database = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var (set, mayRead) = await FindOursAsync(move, database, cancel);
        if (set is null)
        {
            await TakeAsync(move, sql, database, cancel);
            (set, mayRead) = await FindOursAsync(move, database, cancel);
            if (set is null && mayRead)
                throw CheckFailures.ForeignBackup(move.Plan.Backup.FileOnOldSql, "neither msdb nor the file's own header lists it");

            // BACKUP ended without an error; what it wrote is known by the id of the move, once a server may be asked for it.
            set ??= new BackupSet(
                Guid.Empty, move.Plan.Backup.FileOnOldSql, 1, await database.ReadUsedBytesAsync(cancel), move.Time.GetLocalNow().DateTime,
                (await database.DescribeServerAsync(cancel)).Version, []);
        }

        move.Info(Notes.BackedUp(string.Join(", ", move.Plan.Backup.FilesOnOldSql), set.Bytes));
        return await WithRowsAsync(move, set, database, cancel) with { Staged = await StageAsync(move, cancel) };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, BackupSet fact, CancellationToken cancel)
    {
        // A login that may back up need not have the right to restore, which verifying takes; the new SQL Server verifies again anyway.
        try
        {
            await LongStatement.RunAsync(move, await move.OldSqlAsync(cancel), "Verifying the backup", null, VerifyText(move.Plan.Backup), cancel,
                [.. BackupDevices.Values(move.Plan.Backup.FilesOnOldSql), ("@position", fact.Position)]);
            move.Proof(Notes.BackupVerified);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            move.Info(Notes.VerifiedLater);
        }
    }

    /// <summary>
    /// What the backup set of this try is known by: the id of the move, and a number once the step was taken back. The set of the earlier try is of a
    /// database that was written to since, and must never be taken for this one.
    /// </summary>
    internal static string RunOf(MoveContext move) => move.As(Word).Journalled.TimesUndone switch
    {
        0 => move.Plan.MoveId,
        var times => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{move.Plan.MoveId}-{times}"),
    };

    private static async Task TakeAsync(MoveContext move, SqlServer sql, SqlSession database, CancellationToken cancel)
    {
        await RefuseForeignFilesAsync(move, database, cancel);
        var bytes = await database.ReadUsedBytesAsync(cancel);
        var server = await database.DescribeServerAsync(cancel);
        var row = await database.FindDatabaseAsync(move.Plan.Old.Database, cancel);
        move.Mark(BackingUp);
        try
        {
            await TakeAsync(move, sql, bytes, server.CanCompressBackups ? Compression(move.Plan.Backup, row is { IsEncrypted: true }) : "NO_COMPRESSION", cancel);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoCompression)
        {
            move.Warn(Notes.RetryWithoutCompression);
            await TakeAsync(move, sql, bytes, "NO_COMPRESSION", cancel);
        }
    }

    private static async Task TakeAsync(MoveContext move, SqlServer sql, long bytes, string compression, CancellationToken cancel)
    {
        var (text, values) = (BackupText(move.Plan.Backup, compression), Values(move));
        move.Detail(SqlScript.Readable(text, values));
        try
        {
            await LongStatement.RunAsync(move, sql, "Backing up", bytes, text, cancel, values);
        }
        catch (MoveFailure failure) when (SqlFailures.IsOnlyHistory(failure))
        {
            move.Warn(BackupNotes.NoHistory);
        }
        catch (OperationCanceledException)
        {
            await BackupLeftovers.CleanAsync(move, sql);
            throw;
        }
    }

    // The name holds the move's id, so whatever has it should be ours; FORMAT would destroy it if it were not.
    private static async Task RefuseForeignFilesAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        foreach (var file in move.Plan.Backup.FilesOnOldSql)
        {
            try
            {
                if (await session.ReadMediaNameAsync(file, cancel) != move.Plan.MoveId)
                    throw BackupFailures.ForeignFileInTheWay(file);
            }
            catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is { } number)
            {
                // Nothing there, or no right to look: BACKUP itself will tell. No media set: ours if we had begun to write one.
                if (failure.Report.Cause == FailureCause.Differs && !move.HasMarked(BackingUp))
                    throw BackupFailures.ForeignFileInTheWay(file);
                if (failure.Report.Cause is not (FailureCause.Differs or FailureCause.Files or FailureCause.SqlRight))
                    throw;
            }
        }
    }

    private static async Task<IReadOnlyList<CarriedFile>> StageAsync(MoveContext move, CancellationToken cancel)
    {
        var backup = move.Plan.Backup;
        if (!backup.ThroughMoveFolder)
            return [];
        var staged = await BackupCarrying.CarryAsync(
            move, "Putting the backup into the move folder", [.. backup.Striped(backup.CarryFrom).Select(each => (each, move.Folder.StagedBackup(each)))],
            forServers: false, cancel);
        move.Proof(BackupNotes.HandedOver(staged.Sum(each => each.Bytes)));
        return staged;
    }

    private static string Compression(BackupPlan backup, bool isEncrypted) => backup.FileOnOldSql switch
    {
        // Block blobs: 50,000 blocks of at most 4 MB, so small transfers would limit a file to 50 GB.
        var file when file.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => "COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536",

        // Before 15.0.4043 an encrypted (TDE) database really compresses only with transfers of more than 64 KB.
        _ when isEncrypted => "COMPRESSION, MAXTRANSFERSIZE = 131072",
        _ => "COMPRESSION",
    };

    private static string BackupText(BackupPlan backup, string compression) =>
        SqlScript.Text("back-up-database", ("devices", BackupDevices.Clause(backup.FilesOnOldSql)), ("compression", compression));

    private static string VerifyText(BackupPlan backup) =>
        SqlScript.Text("verify-backup", ("devices", BackupDevices.Clause(backup.FilesOnOldSql)));

    private static (string, object?)[] Values(MoveContext move) =>
    [
        ("@db", move.Plan.Old.Database),
        .. BackupDevices.Values(move.Plan.Backup.FilesOnOldSql),
        ("@name", $"OctoMoveTui {move.Plan.Old.Database}"),
        ("@description", $"OctoMoveTui run={RunOf(move)}"),
        ("@media", move.Plan.MoveId),
    ];

    // msdb gets its row only when a backup has finished; where it can't be read, or lacks the row (error 3009), the file's header decides. A login
    // that may neither is helped by the new SQL Server, if it is in reach. MayRead: somebody could look into the file.
    private static async Task<(BackupSet? Set, bool MayRead)> FindOursAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var (plan, version) = (move.Plan, (await session.DescribeServerAsync(cancel)).Version);
        var row = await FindRowAsync();
        if (row is not null && move.Journalled.Standing == Journal.JournalStanding.Finished)
            return (Set(row.Identity, row.Position, row.Bytes, row.FinishedAt), true);

        var (header, mayRead) = await FindHeaderAsync(session, plan.Backup.FilesOnOldSql, cancel);
        if (header is null && !mayRead && move.IsHere(Side.New) && plan.Backup.CarryTo.Length == 0)
        {
            var sql = await move.NewSqlAsync(cancel);
            await using var other = await sql.OpenMasterAsync(cancel);
            (header, mayRead) = await FindHeaderAsync(other, plan.Backup.FilesOnNewSql, cancel);
        }

        // A row whose file is gone is no backup any more: it is taken again.
        if (row is not null && (header is not null || !mayRead))
            return (Set(row.Identity, row.Position, row.Bytes, row.FinishedAt), mayRead);
        return (header is null ? null : Set(header.Identity, header.Position, header.Bytes, header.FinishedAt), mayRead);

        async Task<BackupRow?> FindRowAsync()
        {
            try
            {
                return await session.FindBackupAsync(plan.Old.Database, RunOf(move), cancel) is { IsDamaged: false } found ? found : null;
            }
            catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
            {
                return null;
            }
        }

        BackupSet Set(BackupIdentity identity, int position, long bytes, DateTime? at) =>
            new(identity.SetId, plan.Backup.FileOnOldSql, position, bytes, at ?? default, version, []) { Identity = identity };

        async Task<(BackupHeader? Header, bool MayRead)> FindHeaderAsync(SqlSession on, IReadOnlyList<string> files, CancellationToken stop)
        {
            try
            {
                var headers = await on.ReadHeadersAsync(files, stop);
                return (headers.FirstOrDefault(each => each.IsOf(RunOf(move)) && each.Database == plan.Old.Database && each is { IsDamaged: false, FinishedAt: not null }), true);
            }
            catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.SqlRight or FailureCause.Files or FailureCause.Differs)
            {
                return (null, failure.Report.Cause != FailureCause.SqlRight);
            }
        }
    }

    // Exact, and repeatable: the database has been read-only since before the backup.
    private static async Task<BackupSet> WithRowsAsync(MoveContext move, BackupSet set, SqlSession session, CancellationToken cancel)
    {
        var meter = move.Meter("Counting rows", ProgressUnit.Items);
        return set with
        {
            Options = await session.ReadOptionsAsync(move.Plan.Old.Database, cancel),
            Schema = await session.ReadSchemaAsync(cancel),
            Rows = await session.CountRowsAsync((done, total) => meter.Report(done, total), cancel),
        };
    }
}
