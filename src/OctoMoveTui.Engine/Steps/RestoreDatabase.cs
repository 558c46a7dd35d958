using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 4: restore the backup set on the new SQL Server. Every file is moved to where that server keeps such files. RESTORE without
/// REPLACE silently overwrites an older copy of the same database, so the look for a clash comes right before it, every time.
/// </summary>
public sealed class RestoreDatabase : MoveStep<RestoredDatabase>
{
    // Written right before a database in the way is taken offline: should the restore not come about, it is brought back.
    internal const string TakenOffline = "taken-offline";

    /// <inheritdoc/>
    public override StepId Id => new("restore-database");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.RestoreDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoRestoreDatabase();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Reads header and file list, verifies the backup set, restores with every file moved to the new SQL Server's own folders, sets the database "
            + "read-write, checks it (CHECKDB) and compares the row counts of all tables."),
        new(PreviewKind.Sql, SqlScript.Readable(
            Text("verify-backup", move), [.. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", move.Facts.Find<BackupSet>()?.Position ?? 1)])),
        new(PreviewKind.Sql, SqlScript.Readable(
            Text("restore-database", move, ("moves", "MOVE … TO …  -- each file of the backup set"), ("replace", "")),
            [("@db", move.Plan.New.Database), .. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", move.Facts.Find<BackupSet>()?.Position ?? 1)])),
        new(PreviewKind.Sql, SqlScript.Readable(ReadWrite(move))),
        new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("check-database"), ("@db", move.Plan.New.Database))),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        if (await WaitForRecoveryAsync(move, session, cancel) is not { } row)
            return new StepProbe.NotDone();
        if (row.IsRestoring)
            return await OurRestore.IsOursAsync(move, session, row, cancel) ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.NotDone();
        if (!row.IsOnline || await OurRestore.FindAsync(move, session, row, cancel) is not { } identity)
            return new StepProbe.NotDone();
        return row.IsReadOnly ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.Done(
            new RestoredDatabase(row.Name, identity.SetId) { Identity = identity, CreatedAt = row.CreatedAt });
    }

    /// <inheritdoc/>
    public override async Task<RestoredDatabase> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var database = move.Plan.New.Database;
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        CheckNewServer.RefuseOldDatabase(move, await session.DescribeServerAsync(cancel));
        var header = await BringBackupOver.FindSetAsync(move, session, cancel);
        if (move.HasMarked(TakenOffline))
            await DatabaseInTheWay.GiveBackAsync(move, sql);
        var row = await WaitForRecoveryAsync(move, session, cancel);
        if (row is not { IsOnline: true } || await OurRestore.FindAsync(move, session, row, cancel) is null)
        {
            await VerifyBackupAsync(move, sql, header.Position, cancel);
            var inTheWay = await ClearTheWayAsync(move, sql, session, cancel);
            var moves = await PlaceFilesAsync(move, session, header, inTheWay is not null, cancel);

            // Typing a name takes its time.
            if (inTheWay is not null)
                await Drift.AskAsync(move, Id, cancel);
            await OurRestore.MarkAsync(move, session, cancel);
            await RestoreAsync(move, sql, session, header, moves, inTheWay, cancel);
        }

        // The fence of the old database is in the backup: most options are restored as of its end.
        if (await session.FindDatabaseAsync(database, cancel) is { IsReadOnly: true })
            await session.ExecuteAsync(ReadWrite(move), cancel);
        return new RestoredDatabase(database, header.Identity.SetId)
        {
            Identity = header.Identity,
            CreatedAt = (await session.FindDatabaseAsync(database, cancel))?.CreatedAt,
        };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, RestoredDatabase fact, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var row = await session.FindDatabaseAsync(fact.Database, cancel) ?? throw CheckFailures.DatabaseMissing(fact.Database, sql.Name);
        if (!row.IsOnline || row.IsReadOnly)
            throw CheckFailures.DatabaseNotOnline(fact.Database, row.IsReadOnly ? "READ_ONLY" : row.StateText);
        if (row.UserAccess != "MULTI_USER")
            await session.ExecuteAsync(SqlScript.Text("set-multi-user", ("database", SqlScript.Quote(fact.Database))), cancel);
        if (row.RecoveryModel == "FULL")
            move.Warn(Notes.FullRecovery(fact.Database));

        await DatabaseProofs.CheckDatabaseAsync(move, sql, session, cancel);
        await DatabaseProofs.CompareOptionsAsync(move, session, cancel);
        await DatabaseProofs.UpdateStatisticsAsync(move, sql, session, cancel);
        await CompareRowsAsync(move, cancel);
        await SameVersion.ProveSchemaAsync(move, isStarted: false, cancel);
    }

    /// <summary>The exact row counts of all tables, new against old.</summary>
    internal static async Task<IReadOnlyList<ReceiptTable>> CompareRowsAsync(MoveContext move, CancellationToken cancel)
    {
        var old = move.Facts.Require<BackupSet>().Rows;
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var meter = move.Meter("Counting rows", ProgressUnit.Items);
        var found = (await session.CountRowsAsync((done, total) => meter.Report(done, total), cancel)).ToDictionary(each => each.Table, each => each.Rows);
        foreach (var (table, rows) in old)
        {
            if (found.GetValueOrDefault(table, -1) != rows && !(found.ContainsKey(table) && !move.Plan.Shape.StopsOldServer()))
                throw CheckFailures.RowsDiffer(table, rows, found.GetValueOrDefault(table, 0));
        }

        // Counted while the old server went on writing: what differs is told, and proves nothing.
        if (old.Where(each => found[each.Table] != each.Rows).Select(each => RehearsalWords.Rows(each.Table, each.Rows, found[each.Table])).ToList() is { Count: > 0 } differ)
            move.Info(RehearsalWords.RowsDiffer(differ));
        else
            move.Proof(Notes.RowsEqual(old.Count, old.Sum(each => each.Rows)));
        return [.. old.Select(each => new ReceiptTable(each.Table, each.Rows, found[each.Table]))];
    }

    // The old login may lack the right to verify, and the file may have travelled since.
    private static async Task VerifyBackupAsync(MoveContext move, SqlServer sql, int position, CancellationToken cancel)
    {
        await LongStatement.RunAsync(move, sql, "Verifying the backup", null, Text("verify-backup", move), cancel,
            [.. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", position)]);
        move.Proof(Notes.BackupVerified);
    }

    private static string Text(string script, MoveContext move, params ReadOnlySpan<(string, string)> fillings) =>
        SqlScript.Text(script, [("devices", BackupDevices.Clause(move.Plan.Backup.FilesOnNewSql)), .. fillings]);

    private static string ReadWrite(MoveContext move) =>
        SqlScript.Text("set-read-write", ("database", SqlScript.Quote(move.Plan.New.Database)));

    // After 100 % the connection may be lost while the server goes on by itself: redo, undo, upgrade.
    internal static async Task<DatabaseRow?> WaitForRecoveryAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var began = move.Time.GetTimestamp();
        while (true)
        {
            var row = await session.FindDatabaseAsync(move.Plan.New.Database, cancel);
            if (row is not { IsRecovering: true } || move.Time.GetElapsedTime(began) > move.Timing.ServerStart)
                return row;
            move.Info(BackupNotes.WaitsForRecovery);
            await move.PauseAsync(cancel);
        }
    }

    // Right before the restore, every time, and again after the answer: an hour may have gone by. A database we did not create may be somebody's
    // production; one that our own restore left half-way is ours to drop, or to replace if it can't be dropped. Null: nothing is in the way.
    private static async Task<DatabaseRow?> ClearTheWayAsync(MoveContext move, SqlServer sql, SqlSession session, CancellationToken cancel)
    {
        DatabaseRow? agreed = null;
        while (await WaitForRecoveryAsync(move, session, cancel) is { } row)
        {
            if (row.IsRestoring && await OurRestore.IsOursAsync(move, session, row, cancel))
            {
                if (await BackupLeftovers.DropAsync(move, sql, row))
                    continue;
                return row;
            }

            if (agreed is not null && (row.CreatedAt, row.State) == (agreed.CreatedAt, agreed.State))
                return row;
            await move.AskNameAsync(row.Name, await DatabaseInTheWay.DescribeLossAsync(sql, session, row, cancel), destroys: true, cancel);
            agreed = row;
        }

        return null;
    }

    // Every file gets its place from the new server's own defaults, and a name that no other file has.
    private static async Task<IReadOnlyList<(string Logical, string Physical)>> PlaceFilesAsync(
        MoveContext move, SqlSession session, BackupHeader header, bool replaces, CancellationToken cancel)
    {
        var server = await session.DescribeServerAsync(cancel);

        // REPLACE overwrites whatever lies there, and only a sysadmin is told what does: others take names that nobody else can have.
        var mayLook = !replaces || (await session.ReadRightsAsync(move.Plan.New.Database, cancel)).IsSysadmin;
        var name = mayLook ? move.Plan.New.Database : $"{move.Plan.New.Database}_{move.Plan.MoveId}";
        var files = await session.ReadBackupFilesAsync(move.Plan.Backup.FilesOnNewSql, header.Position, cancel);
        var places = await FilePlaces.FindFreeAsync(server, name, files, path => IsTakenAsync(move, session, path, cancel));
        return [.. places.Select(each => (each.File.LogicalName, each.Path))];
    }

    // By another database, or by a file that a dropped one left: RESTORE refuses either (errors 1834 and 3142), and with REPLACE it overwrites the second.
    private static async Task<bool> IsTakenAsync(MoveContext move, SqlSession session, string path, CancellationToken cancel)
    {
        var owners = await session.QueryAsync(
            SqlScript.Text("find-clashing-files"), row => row.TextOrNull("database_name"), cancel, ("@path", path), ("@db", move.Plan.New.Database));
        if (owners.Count > 0)
            return true;
        var isOwn = (await session.QueryAsync(
            SqlScript.Text("find-clashing-files"), row => row.Text("database_name"), cancel, ("@path", path), ("@db", ""))).Count > 0;
        try
        {
            return !isOwn && (await session.QueryAsync(SqlScript.Text("look-at-path"), row => row.Flag("File Exists"), cancel, ("@path", path))).Any(each => each);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            return false;
        }
    }

    private static async Task RestoreAsync(
        MoveContext move, SqlServer sql, SqlSession session, BackupHeader header, IReadOnlyList<(string Logical, string Physical)> moves,
        DatabaseRow? inTheWay, CancellationToken cancel)
    {
        var clauses = moves.Select((_, number) => $"MOVE @logical{number} TO @physical{number}");
        var text = Text("restore-database", move, ("moves", string.Join(", ", clauses)), ("replace", inTheWay is null ? "" : ", REPLACE"));
        (string, object?)[] values =
        [
            ("@db", move.Plan.New.Database), .. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", header.Position),
            .. moves.SelectMany((each, number) => new (string, object?)[] { ($"@logical{number}", each.Logical), ($"@physical{number}", each.Physical) }),
        ];
        move.Detail(SqlScript.Readable(text, values));
        try
        {
            if (inTheWay is { IsOnline: true })
            {
                // Nobody slips in any more; between SINGLE_USER and the restore somebody could.
                move.Mark(TakenOffline);
                await session.ExecuteAsync(SqlScript.Text("set-offline", ("database", SqlScript.Quote(move.Plan.New.Database))), cancel);
            }

            await LongStatement.RunAsync(move, sql, Notes.Restoring, header.Bytes > 0 ? header.Bytes : null, text, cancel, values);
        }
        catch (MoveFailure failure) when (SqlFailures.IsOnlyHistory(failure))
        {
            move.Warn(BackupNotes.NoRestoreHistory);
        }
        catch (Exception error) when (error is MoveFailure or OperationCanceledException)
        {
            // Refused while it was planned, or cancelled before that: the other database is as it was, but offline, if we took it there. Cut short:
            // ours to drop.
            if (inTheWay is { IsOnline: true })
                await DatabaseInTheWay.GiveBackAsync(move, sql);
            if (error is OperationCanceledException)
                await DropOursAsync(move, sql);
            throw;
        }
    }

    private static async Task DropOursAsync(MoveContext move, SqlServer sql)
    {
        try
        {
            await using var session = await sql.OpenMasterAsync(default);
            if (await session.FindDatabaseAsync(move.Plan.New.Database, default) is { IsRestoring: true } row && await OurRestore.IsOursAsync(move, session, row, default))
                await BackupLeftovers.DropAsync(move, sql, row);
        }
        catch (MoveFailure)
        {
            // The next run finds it.
        }
    }
}
