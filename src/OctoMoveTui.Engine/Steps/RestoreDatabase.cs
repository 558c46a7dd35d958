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
        var row = await session.FindDatabaseAsync(move.Plan.New.Database, cancel);
        if (row is null)
            return new StepProbe.NotDone();
        if (row.IsRestoring)
            return move.HasMarked(Restoring) ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.NotDone();

        var ours = move.Facts.Require<BackupSet>();
        if (!row.IsOnline || await session.FindRestoreAsync(move.Plan.New.Database, cancel) != ours.SetId)
            return new StepProbe.NotDone();
        return row.IsReadOnly ? new StepProbe.HalfDone(Notes.RestoreCutShort) : new StepProbe.Done(new RestoredDatabase(row.Name, ours.SetId));
    }

    /// <inheritdoc/>
    public override async Task<RestoredDatabase> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var (database, file, ours) = (move.Plan.New.Database, move.Plan.Backup.FileOnNewSql, move.Facts.Require<BackupSet>());
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        CheckNewServer.RefuseOldDatabase(move, await session.DescribeServerAsync(cancel));
        var header = await BringBackupOver.FindSetAsync(move, session, cancel);
        var row = await session.FindDatabaseAsync(database, cancel);
        var isRestored = row is { IsOnline: true } && await session.FindRestoreAsync(database, cancel) == ours.SetId;
        if (!isRestored)
        {
            await VerifyBackupAsync(move, session, header.Position, cancel);
            var moves = await PlaceFilesAsync(move, session, header, cancel);
            var replaces = await AskBeforeReplacingAsync(move, sql, row, cancel);
            move.Mark(Restoring);
            await RestoreAsync(move, session, header.Position, moves, replaces, cancel);
        }

        // The fence of the old database is in the backup: most options are restored as of its end.
        if (await session.FindDatabaseAsync(database, cancel) is { IsReadOnly: true })
            await session.ExecuteAsync(ReadWrite(move), cancel);
        return new RestoredDatabase(database, ours.SetId);
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, RestoredDatabase fact, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var row = await session.FindDatabaseAsync(fact.Database, cancel) ?? throw CheckFailures.DatabaseMissing(fact.Database, sql.Name);
        if (!row.IsOnline || row.IsReadOnly)
            throw CheckFailures.DatabaseNotOnline(fact.Database, row.IsReadOnly ? "READ_ONLY" : row.StateText);
        if (row.RecoveryModel == "FULL")
            move.Warn(Notes.FullRecovery(fact.Database));

        try
        {
            await session.RunLongAsync(SqlScript.Text("check-database"), _ => { }, cancel, ("@db", fact.Database));
            move.Proof(Notes.CheckDatabaseClean);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            move.Warn(Notes.NoCheckDatabase);
        }

        await CompareRowsAsync(move, cancel);
    }

    /// <summary>The exact row counts of all tables, new against old.</summary>
    internal static async Task<int> CompareRowsAsync(MoveContext move, CancellationToken cancel)
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
        return old.Count;
    }

    // The old login may lack the right to verify, and the file may have travelled since.
    private static async Task VerifyBackupAsync(MoveContext move, SqlSession session, int position, CancellationToken cancel)
    {
        var meter = move.Meter("Verifying the backup", ProgressUnit.Percent);
        await session.RunLongAsync(Text("verify-backup", move), percent => meter.Report(percent, 100), cancel,
            [.. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", position)]);
        move.Proof(Notes.BackupVerified);
    }

    private static string Text(string script, MoveContext move, params ReadOnlySpan<(string, string)> fillings) =>
        SqlScript.Text(script, [("devices", BackupDevices.Clause(move.Plan.Backup.FilesOnNewSql)), .. fillings]);

    private static string ReadWrite(MoveContext move) =>
        SqlScript.Text("set-read-write", ("database", SqlScript.Quote(move.Plan.New.Database)));

    // A database we did not create may be somebody's production. One that our own restore left half-way is ours to replace.
    private static async Task<bool> AskBeforeReplacingAsync(MoveContext move, SqlServer sql, DatabaseRow? row, CancellationToken cancel)
    {
        if (row is null)
            return false;
        if (!(row.IsRestoring && move.HasMarked(Restoring)))
            await move.AskNameAsync(row.Name, Notes.OverwriteConsequence(row, sql.Name), destroys: true, cancel);
        return true;
    }

    // Every file gets its place from the new server's own defaults, in the way paths are written there.
    private static async Task<IReadOnlyList<(string Logical, string Physical)>> PlaceFilesAsync(
        MoveContext move, SqlSession session, BackupHeader header, CancellationToken cancel)
    {
        var server = await session.DescribeServerAsync(cancel);
        var files = await session.ReadBackupFilesAsync(move.Plan.Backup.FilesOnNewSql, header.Position, cancel);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var moves = new List<(string, string)>();
        foreach (var file in files)
        {
            var folder = (file.IsLog ? server.LogPath ?? server.DataPath : server.DataPath) ?? "";
            var extension = file.IsLog ? ".ldf" : moves.Count == 0 ? ".mdf" : ".ndf";
            var name = move.Plan.New.Database + (file.IsLog ? "_log" : "");
            for (var number = 2; !taken.Add(name + extension); number++)
                name = $"{move.Plan.New.Database}_{number}";

            var path = folder.TrimEnd(server.PathSeparator) + server.PathSeparator + name + extension;
            await RefuseForeignFileAsync(move, session, path, cancel);
            moves.Add((file.LogicalName, path));
        }

        return moves;
    }

    private static async Task RefuseForeignFileAsync(MoveContext move, SqlSession session, string path, CancellationToken cancel)
    {
        var owner = await session.FirstAsync(
            SqlScript.Text("find-clashing-files"), row => row.Text("database_name"), cancel, ("@path", path), ("@db", move.Plan.New.Database));
        if (owner is not null)
            throw CheckFailures.ClashingFile(path, owner);
    }

    private static async Task RestoreAsync(
        MoveContext move, SqlSession session, int position, IReadOnlyList<(string Logical, string Physical)> moves, bool replaces, CancellationToken cancel)
    {
        var clauses = moves.Select((_, number) => $"MOVE @logical{number} TO @physical{number}");
        var text = Text("restore-database", move, ("moves", string.Join(", ", clauses)), ("replace", replaces ? ", REPLACE" : ""));
        (string, object?)[] values =
        [
            ("@db", move.Plan.New.Database), .. BackupDevices.Values(move.Plan.Backup.FilesOnNewSql), ("@position", position),
            .. moves.SelectMany((each, number) => new (string, object?)[] { ($"@logical{number}", each.Logical), ($"@physical{number}", each.Physical) }),
        ];
        move.Detail(SqlScript.Readable(text, values));
        var meter = move.Meter("Restoring", ProgressUnit.Percent);
        await session.RunLongAsync(text, percent => meter.Report(percent, 100, move.Plan.New.Database), cancel, values);
    }
}
