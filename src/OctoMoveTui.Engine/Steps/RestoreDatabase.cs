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
    // Written right before our own RESTORE: only then is a database of that name in state RESTORING ours to replace.
    private const string Restoring = "restoring";

    /// <inheritdoc/>
    public override StepId Id => new("restore-database");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.RestoreDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

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
            return IsOurs(move, row) ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.NotDone();
        if (!row.IsOnline || await FindOursAsync(move, session, cancel) is not { } identity)
            return new StepProbe.NotDone();
        return row.IsReadOnly ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.Done(new RestoredDatabase(row.Name, identity.SetId) { Identity = identity });
    }

    /// <inheritdoc/>
    public override async Task<RestoredDatabase> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var database = move.Plan.New.Database;
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        CheckNewServer.RefuseOldDatabase(move, await session.DescribeServerAsync(cancel));
        var header = await BringBackupOver.FindSetAsync(move, session, cancel);
        var row = await WaitForRecoveryAsync(move, session, cancel);
        if (row is not { IsOnline: true } || await FindOursAsync(move, session, cancel) is null)
        {
            await VerifyBackupAsync(move, sql, header.Position, cancel);
            if (row is { IsRestoring: true } && IsOurs(move, row) && await BackupLeftovers.DropAsync(move, sql))
                row = null;
            var (takesOver, cutsOff) = await AskBeforeReplacingAsync(move, sql, session, row, cancel);
            var moves = await PlaceFilesAsync(move, session, header, cancel);
            move.Mark($"{Restoring} {(await session.ReadLocalTimeAsync(cancel)).ToString("O", System.Globalization.CultureInfo.InvariantCulture)}");
            await RestoreAsync(move, sql, header, moves, takesOver, cutsOff, cancel);
        }

        // The fence of the old database is in the backup: most options are restored as of its end.
        if (await session.FindDatabaseAsync(database, cancel) is { IsReadOnly: true })
            await session.ExecuteAsync(ReadWrite(move), cancel);
        return new RestoredDatabase(database, header.Identity.SetId) { Identity = header.Identity };
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
            if (found.GetValueOrDefault(table, -1) != rows)
                throw CheckFailures.RowsDiffer(table, rows, found.GetValueOrDefault(table, 0));
        }

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

    // Ours: we had begun one, and the database is not older than that. (Both times are the server's own; it writes them to three milliseconds.)
    private static bool IsOurs(MoveContext move, DatabaseRow row) =>
        move.Journalled.Marks.Where(each => each.StartsWith(Restoring, StringComparison.Ordinal))
            .Any(each => DateTime.TryParse(each[Restoring.Length..], System.Globalization.CultureInfo.InvariantCulture, out var began)
                && (row.CreatedAt is not { } created || created >= began.AddSeconds(-1)));

    // Complete is: msdb says that it came from our set, and the family is the header's. A row of msdb alone proves nothing.
    private static async Task<BackupIdentity?> FindOursAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var (database, ours) = (move.Plan.New.Database, move.Facts.Require<BackupSet>());
        Guid? from = null;
        try
        {
            from = (await session.FindRestoreAsync(database, cancel))?.SetId;
            if (from is null || (ours.SetId != Guid.Empty && from != ours.SetId))
                return null;
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            // Without a look at msdb the family has to do, and that we had begun to restore.
            if (move.Journalled.Marks.All(each => !each.StartsWith(Restoring, StringComparison.Ordinal)))
                return null;
        }

        var identity = move.Facts.Find<RestoredDatabase>()?.Identity ?? ours.Identity ?? await ReadIdentityAsync(move, session, cancel);
        if (identity is null || (from is { } set && set != identity.SetId))
            return null;
        return await session.ReadFamilyAsync(database, cancel) is { } family && family != identity.Family ? null : identity;
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

    // After 100 % the connection may be lost while the server goes on by itself: redo, undo, upgrade.
    private static async Task<DatabaseRow?> WaitForRecoveryAsync(MoveContext move, SqlSession session, CancellationToken cancel)
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

    // A database we did not create may be somebody's production. One that our own restore left half-way is ours to replace.
    private static async Task<(bool TakesOver, bool CutsOff)> AskBeforeReplacingAsync(
        MoveContext move, SqlServer sql, SqlSession session, DatabaseRow? row, CancellationToken cancel)
    {
        if (row is null)
            return (false, false);
        if (row.IsRestoring && IsOurs(move, row))
            return (true, false);

        await move.AskNameAsync(row.Name, await DatabaseInTheWay.DescribeLossAsync(sql, session, row, cancel), destroys: true, cancel);
        return (true, row.IsOnline);
    }

    // Every file gets its place from the new server's own defaults, and a name that no other file has.
    private static async Task<IReadOnlyList<(string Logical, string Physical)>> PlaceFilesAsync(
        MoveContext move, SqlSession session, BackupHeader header, CancellationToken cancel)
    {
        var server = await session.DescribeServerAsync(cancel);
        var files = await session.ReadBackupFilesAsync(move.Plan.Backup.FilesOnNewSql, header.Position, cancel);
        var places = await FilePlaces.FindFreeAsync(server, move.Plan.New.Database, files, path => IsTakenAsync(move, session, path, cancel));
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
        MoveContext move, SqlServer sql, BackupHeader header, IReadOnlyList<(string Logical, string Physical)> moves, bool takesOver, bool cutsOff,
        CancellationToken cancel)
    {
        var clauses = moves.Select((_, number) => $"MOVE @logical{number} TO @physical{number}");
        var text = Text("restore-database", move, ("moves", string.Join(", ", clauses)), ("replace", takesOver ? ", REPLACE" : ""));

        // In one batch: between cutting sessions off and the restore nobody may slip in.
        if (cutsOff)
            text = SqlScript.Text("take-for-ourselves", ("database", SqlScript.Quote(move.Plan.New.Database))) + text;
        (string, object?)[] values =
        [
            ("@db", move.Plan.New.Database), .. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", header.Position),
            .. moves.SelectMany((each, number) => new (string, object?)[] { ($"@logical{number}", each.Logical), ($"@physical{number}", each.Physical) }),
        ];
        move.Detail(SqlScript.Readable(text, values));
        try
        {
            await LongStatement.RunAsync(move, sql, Notes.Restoring, header.Bytes > 0 ? header.Bytes : null, text, cancel, values);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoHistory)
        {
            move.Warn(BackupNotes.NoHistory);
        }
        catch (OperationCanceledException)
        {
            await BackupLeftovers.DropAsync(move, sql);
            throw;
        }
        catch (MoveFailure) when (cutsOff)
        {
            // A restore refused while it was planned left the other database as it was, but for ourselves alone.
            await DatabaseInTheWay.GiveBackAsync(move, sql);
            throw;
        }
    }
}
