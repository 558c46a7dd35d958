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
    public override bool AcceptsWhatWasDoneBefore => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var backup = move.Plan.Backup;
        var lines = new List<PreviewLine>
        {
            new(PreviewKind.Words, "Asks the new SQL Server whether it can read the backup set where it lies. Only if it can't is the file carried over."),
            new(PreviewKind.Sql, SqlScript.Readable(
                SqlScript.Text("read-backup-header", ("devices", BackupDevices.Clause(backup.FilesOnNewSql))), [.. BackupDevices.Values(backup.FilesOnNewSql)])),
        };
        if (backup.CarryFrom.Length > 0 && backup.CarryTo.Length > 0)
            lines.Add(new PreviewLine(PreviewKind.Path, $"{backup.CarryFrom}  →  {backup.CarryTo}"));
        return lines;
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
            move.Proof(Notes.BackupReadable(sql.Name, move.Plan.Backup.FileOnNewSql));
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
        var sql = await move.NewSqlAsync(cancel);
        if (backup.CarryFrom.Length == 0 || backup.CarryTo.Length == 0)
        {
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

        var meter = move.Meter("Carrying the backup over", ProgressUnit.Bytes);
        var carried = await FileCarrier.CarryAsync(
            backup.CarryFrom, backup.CarryTo, (done, total) => meter.Report(done, total, backup.CarryTo), cancel);
        move.Proof(Notes.BackupCarried(carried.Bytes, carried.Hash));
        return new BackupWithinReach(backup.FileOnNewSql, Carried: true);
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
        var header = headers.FirstOrDefault(each => each.SetId == ours.SetId)
            ?? throw CheckFailures.ForeignBackup(backup, "its backup set has another id");
        if (header.IsDamaged)
            throw CheckFailures.ForeignBackup(backup, "it is marked as damaged");
        if (!header.HasChecksums)
            throw CheckFailures.ForeignBackup(backup, "it has no checksums");
        return header;
    }
}
