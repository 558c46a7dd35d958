using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Between guide steps 3 and 4: the new SQL Server has to be able to read the backup set. Whether it can is decided by its own
/// RESTORE HEADERONLY and by nothing else; only if it can't does octomove carry the file.
/// </summary>
public sealed class BringBackupOver : MoveStep<BackupWithinReach>
{
    /// <inheritdoc/>
    public override StepId Id => new("bring-backup-over");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.BringBackupOver;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoBringBackupOver();

    /// <inheritdoc/>
    public override bool AcceptsWhatWasDoneBefore => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var backup = move.Plan.Backup;
        return
        [
            new(PreviewKind.Words, "Asks the new SQL Server whether it can read the backup set where it lies. Only if it can't is the file carried over."),
            new(PreviewKind.Sql, SqlScript.Readable(
                SqlScript.Text("read-backup-header", ("devices", BackupDevices.Clause(backup.FilesOnNewSql))), [.. BackupDevices.Values(backup.FilesOnNewSql)])),
            .. Ways(move).Select(each => new PreviewLine(PreviewKind.Path, $"{each.From}  →  {each.To}")),
        ];
    }

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Facts.Find<RestoredDatabase>() is not null)
            return new StepProbe.CannotTell();

        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        try
        {
            await FindSetAsync(move, session, cancel);
            return new StepProbe.Done(new BackupWithinReach(move.Plan.Backup.FileOnNewSql, Carried: false));
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.Files or FailureCause.Differs)
        {
            return new StepProbe.NotDone();
        }
    }

    /// <inheritdoc/>
    public override async Task<BackupWithinReach> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var backup = move.Plan.Backup;
        var ways = Ways(move);
        if (ways.Count == 0)
        {
            var sql = await move.NewSqlAsync(cancel);
            await using var session = await sql.OpenMasterAsync(cancel);
            try
            {
                await FindSetAsync(move, session, cancel);
                return new BackupWithinReach(backup.FileOnNewSql, Carried: false);
            }
            catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.Files)
            {
                throw CheckFailures.CannotReachBackup(backup.FileOnNewSql, sql.Name, failure);
            }
        }

        var carried = await BackupCarrying.CarryAsync(move, "Carrying the backup over", ways, forServers: true, cancel);
        var staged = move.Facts.Require<BackupSet>().Staged;
        for (var number = 0; number < staged.Count; number++)
        {
            if (staged[number] != carried[number])
                throw BackupFailures.DamagedInMoveFolder(ways[number].From);
        }

        move.Proof(Notes.BackupCarried(carried.Sum(each => each.Bytes), string.Join(", ", carried.Select(each => each.Hash))));
        return new BackupWithinReach(backup.FileOnNewSql, Carried: true) { Files = carried };
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, BackupWithinReach fact, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        await FindSetAsync(move, session, cancel);
        move.Proof(Notes.BackupReadable(sql.Name, fact.FileOnNewSql));
    }

    /// <summary>Our backup set in the file, as the new SQL Server reads it.</summary>
    /// <exception cref="MoveFailure">It can't read the file, or the file holds another backup set.</exception>
    internal static async Task<BackupHeader> FindSetAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var (backup, ours) = (move.Plan.Backup, move.Facts.Require<BackupSet>());
        var headers = await session.ReadHeadersAsync(backup.FilesOnNewSql, cancel);

        // A login that could not look its own backup up knows it by the id of the move only.
        var header = headers.FirstOrDefault(each => ours.SetId == Guid.Empty ? each.IsOf(BackUpDatabase.RunOf(move)) : each.Identity.SetId == ours.SetId)
            ?? throw CheckFailures.ForeignBackup(backup, "its backup set has another id");
        if (header.Database != move.Plan.Old.Database)
            throw CheckFailures.ForeignBackup(backup, $"it holds the database {header.Database}");
        if (header is not { BackupType: 1, FinishedAt: not null } || header.IsForceOffline)
            throw CheckFailures.ForeignBackup(backup, "it is no finished full backup");
        if (header.IsDamaged)
            throw CheckFailures.ForeignBackup(backup, "it is marked as damaged");
        if (!header.HasChecksums)
            throw CheckFailures.ForeignBackup(backup, "it has no checksums");
        return header;
    }

    /// <summary>From where to where the files are carried; none when the new SQL Server reads them where they lie.</summary>
    internal static IReadOnlyList<(string From, string To)> Ways(MoveContext move)
    {
        var backup = move.Plan.Backup;
        if (backup.CarryFrom.Length == 0 || backup.CarryTo.Length == 0)
            return [];
        var from = backup.Striped(backup.CarryFrom);
        return [.. from.Select(each => backup.ThroughMoveFolder ? move.Folder.StagedBackup(each) : each).Zip(backup.Striped(backup.CarryTo))];
    }
}
