using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Asks both servers once more for what makes the new database the old one, and writes it down for the user to keep.</summary>
internal static class ReceiptWriting
{
    /// <summary>Writes database-receipt.md and .json into the move folder.</summary>
    /// <exception cref="MoveFailure">Something differs.</exception>
    internal static async Task WriteAsync(MoveContext move, IReadOnlyList<ReceiptTable> tables, CancellationToken cancel)
    {
        var (statements, lines) = (new List<string>(), new List<ReceiptLine>());
        await AddChainAsync(move, statements, lines, cancel);
        AddFiles(move, lines);
        var receipt = new DatabaseReceipt(move.Plan.MoveId, move.Time.GetUtcNow(), statements, lines, tables);
        WholeFile.Write(move.Folder.ReceiptFile, ReceiptWords.ToMarkdown(receipt));
        WholeFile.Write(Path.ChangeExtension(move.Folder.ReceiptFile, ".json"), receipt.ToJson());

        if (lines.Find(each => !each.Holds) is { } wrong)
            throw BackupFailures.ReceiptDiffers(wrong, move.Folder.ReceiptFile);
        move.Proof(ReceiptWords.Written(move.Folder.ReceiptFile, lines.Count(each => !each.IsOpen) + tables.Count, lines.Count(each => each.IsOpen)));
    }

    private static async Task AddChainAsync(
        MoveContext move, List<string> statements, List<ReceiptLine> lines, CancellationToken cancel)
    {
        var (set, restored) = (move.Facts.Require<BackupSet>(), move.Facts.Require<RestoredDatabase>());
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var server = await session.DescribeServerAsync(cancel);
        var restore = await AskAsync(() => session.FindRestoreAsync(restored.Database, cancel));
        var now = await session.ReadOptionsAsync(restored.Database, cancel);
        var (oldFamily, isFenced) = await AskOldAsync(move, cancel);
        var header = restored.Identity;

        // msdb is not asked again on the old side: what it said when the backup ended is in the journal.
        var msdb = set.Identity;
        lines.Add(new ReceiptLine(ReceiptWords.Set, Text(msdb?.SetId), Text(header?.SetId), Text(restore?.SetId)));
        lines.Add(new ReceiptLine(ReceiptWords.Family, oldFamily ?? Text(msdb?.Family), Text(header?.Family),
            Text(await session.ReadFamilyAsync(restored.Database, cancel))));
        lines.Add(new ReceiptLine(ReceiptWords.FirstLsn, msdb?.FirstLsn ?? "", header?.FirstLsn ?? "", ""));
        lines.Add(new ReceiptLine(ReceiptWords.LastLsn, msdb?.LastLsn ?? "", header?.LastLsn ?? "", ""));
        lines.Add(new ReceiptLine(ReceiptWords.CheckpointLsn, msdb?.CheckpointLsn ?? "", header?.CheckpointLsn ?? "", ""));
        lines.Add(new ReceiptLine(ReceiptWords.DatabaseBackupLsn, msdb?.DatabaseBackupLsn ?? "", header?.DatabaseBackupLsn ?? "", ""));
        if (set.Options is { } before && now is not null)
            lines.AddRange(OptionComparison.Kept(before, now).Select(each => new ReceiptLine(each.Option, each.Before, "", each.Now)));

        statements.Add(ReceiptWords.Servers(
            (move.Facts.Find<OldServerChecked>() is { SqlServer.Length: > 0 } old ? old.SqlServer : move.Plan.Old.Machine, set.SqlVersion, move.Plan.Old.Database),
            (server.ServerName, server.Version, restored.Database)));
        statements.Add(isFenced ? ReceiptWords.Fenced : ReceiptWords.FencedWhenStopped);
        statements.Add(ReceiptWords.Verified(server.ServerName));
        statements.Add(await LastCheckAsync(session, restored.Database, restore, cancel));
    }

    private static void AddFiles(MoveContext move, List<ReceiptLine> lines)
    {
        var (staged, carried) = (move.Facts.Require<BackupSet>().Staged, move.Facts.Find<BackupWithinReach>()?.Files ?? []);
        var files = move.Plan.Backup.FilesOnNewSql;
        for (var number = 0; number < carried.Count; number++)
            lines.Add(new ReceiptLine(ReceiptWords.Hash(files[number]), number < staged.Count ? staged[number].Hash : "", carried[number].Hash, carried[number].Hash));
    }

    // The old SQL Server is asked only where its login is at hand: on its own machine. That it is fenced was proven right before this.
    private static async Task<(string? Family, bool IsFenced)> AskOldAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.IsHere(Side.Old))
            return (null, false);
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var row = await session.FindDatabaseAsync(move.Plan.Old.Database, cancel);
        return ((await session.ReadFamilyAsync(move.Plan.Old.Database, cancel))?.ToString(), row is { IsReadOnly: true });
    }

    // The server keeps the time of the last CHECKDB that found nothing; one from before the restore came with the backup.
    private static async Task<string> LastCheckAsync(SqlSession session, string database, RestoreRow? restore, CancellationToken cancel)
    {
        var checks = await session.QueryAsync(SqlScript.Text("read-last-check"), row => row.TimeOrNull("last_good_check"), cancel, ("@db", database));
        return checks is [{ } last] && restore?.At is { } at && last >= at.AddSeconds(-1) ? ReceiptWords.Checked(last) : ReceiptWords.NotChecked(database);
    }

    private static async Task<T?> AskAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            return null;
        }
    }

    private static string Text(Guid? id) => id is { } known && known != Guid.Empty ? known.ToString() : "";
}
