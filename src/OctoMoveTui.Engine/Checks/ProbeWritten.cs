using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q12. Whether the old SQL Server can write into the folder of the backup is shown by its writing there, before the outage.</summary>
public sealed class ProbeWritten() : SqlCheck("Q12a", SqlCheckWords.ProbeWrite, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts => ProbeFiles.Scripts;

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.BackUp;

    /// <inheritdoc/>
    public override TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (await FindSmallDatabaseAsync(sql) is not { } database)
        {
            return CheckResult.Unknown(
                SqlCheckSentences.CannotProbe(sql.Scene.Login, sql.Database, ProbeFiles.LargestDatabase), SqlCheckSentences.GrantProbe(sql.Scene.Login));
        }

        ProbeBackup probe;
        try
        {
            probe = await ProbeFiles.WriteAsync(sql, sql.Scene.Sql, database);
            if (sql.Scene.LeavesProbe)
                await ProbeFiles.StageAsync(sql);
        }
        catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) == SqlFailures.NoHistory)
        {
            return CheckResult.Warn(failure.Report.What, [.. failure.Report.ToDo]);
        }
        catch (MoveFailure failure) when (!LackOfRight.Is(failure) && failure.Report.Cause != FailureCause.SqlConnection)
        {
            return CheckResult.Failed(failure);
        }

        if (sql.Scene.LeavesProbe)
        {
            sql.Scene.Keep(found => found with { Probe = probe });
            return CheckResult.Pass(SqlCheckSentences.ProbeWaits(probe.File, database));
        }

        return await ProbeFiles.DeleteAsync(sql.Scene.Sql, probe.File, sql.Cancel)
            ? CheckResult.Pass(SqlCheckSentences.ProbeWrittenAndGone(probe.File, database))
            : CheckResult.Warn(SqlCheckSentences.ProbeLeftUnread(probe.File), SqlCheckSentences.DeleteProbe(probe.File));
    }

    /// <summary>model, which takes a second; else the database itself when it is small; null when neither may be backed up.</summary>
    private static async Task<string?> FindSmallDatabaseAsync(SqlInquiry sql)
    {
        if ((await sql.RightsAsync("model")).MayBackUp)
            return "model";
        if (!(await sql.RightsAsync()).MayBackUp)
            return null;
        var used = (await sql.FilesAsync()).Where(each => !each.IsLog).Sum(each => each.Used ?? each.Bytes);
        return used < ProbeFiles.LargestDatabase ? sql.Database : null;
    }
}
