using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What is proven of a restored database beyond its rows: its pages, and its settings.</summary>
internal static class DatabaseProofs
{
    // Above this a full CHECKDB takes longer than an outage can bear; the physical one finds what a copy can break.
    private const long FullCheckBytes = 100L << 30;

    /// <summary>DBCC CHECKDB; clean means that it says nothing.</summary>
    internal static async Task CheckDatabaseAsync(MoveContext move, SqlServer sql, SqlSession session, CancellationToken cancel)
    {
        var database = move.Plan.New.Database;
        try
        {
            var script = move.Facts.Find<BackupSet>() is { Bytes: > FullCheckBytes } ? "check-database-physically" : "check-database";
            await LongStatement.RunAsync(move, sql, "Checking the database", null, SqlScript.Text(script), cancel, ("@db", database));
            move.Proof(Notes.CheckDatabaseClean);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.SqlRight)
        {
            move.Warn(Notes.NoCheckDatabase);
        }
    }

    /// <summary>The settings now, against those of the old database when it was backed up.</summary>
    /// <exception cref="MoveFailure">One that a restore keeps is another.</exception>
    internal static async Task CompareOptionsAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        var database = move.Plan.New.Database;
        if (move.Facts.Require<BackupSet>().Options is not { } old || await session.ReadOptionsAsync(database, cancel) is not { } now)
            return;

        var kept = OptionComparison.Kept(old, now);
        if (kept.FirstOrDefault(each => !each.IsEqual) is { } wrong)
            throw BackupFailures.OptionChanged(wrong.Option, wrong.Before, wrong.Now, database);
        foreach (var each in OptionComparison.Reset(old, now).Where(each => !each.IsEqual))
            move.Info(BackupNotes.OptionDiffers(each.Option, each.Before, each.Now));
        move.Proof(BackupNotes.SameOptions(kept.Count));
    }

    /// <summary>Statistics of an older version's format are worth making anew; nothing fails without.</summary>
    internal static async Task UpdateStatisticsAsync(MoveContext move, SqlServer sql, SqlSession session, CancellationToken cancel)
    {
        var old = move.Facts.Require<BackupSet>().SqlVersion.Split('.')[0];
        if (old == (await session.DescribeServerAsync(cancel)).Version.Split('.')[0])
            return;
        try
        {
            await using var inside = await sql.OpenAsync(move.Plan.New.Database, cancel);
            await inside.RunLongAsync(SqlScript.Text("update-statistics"), _ => { }, cancel);
            move.Info(BackupNotes.StatisticsUpdated);
        }
        catch (MoveFailure)
        {
            move.Warn(BackupNotes.StatisticsLeft);
        }
    }
}
