using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What a cancelled BACKUP or RESTORE leaves behind, taken away again at once as far as rights reach. What stays is recognised by the next
/// run, so nothing here may hold a person up or hide why the step ended.
/// </summary>
internal static class BackupLeftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Deletes the file that a backup began. Its name holds the id of the move: no other file has it.</summary>
    internal static async Task CleanAsync(MoveContext move, SqlServer sql)
    {
        var (backup, isFinished) = (move.Plan.Backup, false);
        await TryAsync(async cancel =>
        {
            // The cancel may have come after SQL Server had finished, and before we heard of it.
            await using var session = await sql.OpenMasterAsync(cancel);
            isFinished = await session.FindBackupAsync(move.Plan.Old.Database, BackUpDatabase.RunOf(move), cancel) is not null;
        });
        if (isFinished)
            return;

        await TryAsync(async cancel =>
        {
            await using var session = await sql.OpenMasterAsync(cancel);
            foreach (var file in backup.FilesOnOldSql.Where(each => !BackupDevices.IsUrl(each)))
                await session.ExecuteAsync(SqlScript.Text("delete-backup-file"), cancel, ("@file", file));
        });
        await TryAsync(_ =>
        {
            foreach (var file in backup.FilesOnOldSql.Concat(backup.Striped(backup.CarryFrom)).Where(File.Exists))
                Disk.Delete(file);
            return Task.CompletedTask;
        });
        move.Info(BackupNotes.BackupTakenBack(backup.FilesOnOldSql));
    }

    /// <summary>Drops the database that a restore of ours left in state RESTORING; the caller has proven that it is ours.</summary>
    /// <returns>False: it is still there.</returns>
    internal static async Task<bool> DropAsync(MoveContext move, SqlServer sql, DatabaseRow ours)
    {
        var isGone = false;
        await TryAsync(async cancel =>
        {
            await using var session = await sql.OpenMasterAsync(cancel);
            if (await session.FindDatabaseAsync(move.Plan.New.Database, cancel) is { IsRestoring: true } row && row.CreatedAt == ours.CreatedAt)
                await session.ExecuteAsync(SqlScript.Text("drop-database", ("database", SqlScript.Quote(move.Plan.New.Database))), cancel);
            isGone = await session.FindDatabaseAsync(move.Plan.New.Database, cancel) is null;
        });
        if (isGone)
            move.Info(BackupNotes.RestoreTakenBack(move.Plan.New.Database));
        return isGone;
    }

    private static async Task TryAsync(Func<CancellationToken, Task> work)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await work(limit.Token);
        }
        catch (Exception error) when (error is MoveFailure or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
