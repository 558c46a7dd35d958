using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q12. Whether the new SQL Server can read what the old one writes is decided by its RESTORE HEADERONLY and by nothing else. Where it can't
/// and the plan has the file carried, the probe is carried the same way. Afterwards it is deleted.
/// </summary>
public sealed class ProbeRead() : SqlCheck("Q12b", SqlCheckWords.ProbeRead, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts => ProbeFiles.Scripts;

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.CreateDatabase;

    /// <inheritdoc/>
    public override TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (sql.Scene.Old?.Sql?.Probe is { } earlier && sql.Scene.WasDone(Read(earlier)))
            return CheckResult.Pass(SqlCheckSentences.ProbeReadBefore);
        if (await FindProbeAsync(sql) is not { } probe)
            throw new CannotBeTold(SqlCheckSentences.NoProbe);

        var isRead = false;
        try
        {
            var result = await TryAsync(sql, probe);
            isRead = result.Verdict is not Verdict.Fail;
            return result;
        }
        finally
        {
            if (!isRead)
                await GiveUpAsync(sql.Scene, probe, sql.Cancel);
        }
    }

    /// <summary>
    /// After checks that failed nobody waits for the probe, where this machine reaches both servers: the next attempt writes another. Elsewhere
    /// it has to stay for that attempt.
    /// </summary>
    internal static async Task GiveUpAsync(CheckScene scene, ProbeBackup? probe, CancellationToken cancel)
    {
        if (probe is null || scene.OldSql is not { } old || scene.WasDone(Read(probe)) || scene.WasDone(Gone(probe)))
            return;
        await ProbeFiles.DeleteAsync(old, probe.File, cancel);
        scene.IsDone(Gone(probe));
    }

    /// <summary>The same, for a step that fails before the new server is checked; <paramref name="check"/> is that check's.</summary>
    internal static async Task GiveUpAsync(MoveContext check, CancellationToken cancel)
    {
        if (!check.IsHere(Side.Old) || check.Facts.Find<OldServerChecked>()?.Sql?.Probe is not { } probe || check.HasMarked(Read(probe)) || check.HasMarked(Gone(probe)))
            return;
        await ProbeFiles.DeleteAsync(await check.OldSqlAsync(cancel), probe.File, cancel);
        check.Mark(Gone(probe));
    }

    private static async Task<CheckResult> TryAsync(SqlInquiry sql, ProbeBackup probe)
    {
        var file = ServerPath.ProbeBeside(sql.Plan.Backup.FileOnNewSql);
        bool isOurs, isCarried;
        try
        {
            (isOurs, isCarried) = await ReadAsync(sql, probe, file);
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.Files or FailureCause.Differs or FailureCause.SqlStatement)
        {
            return CheckResult.Failed(Carries(sql.Plan) ? failure : CheckFailures.CannotReachBackup(file, sql.Scene.Sql.Name, failure));
        }

        if (!isOurs)
            return CheckResult.Fail(SqlCheckSentences.AnotherFile(file), SqlCheckSentences.FixPaths) with { Cause = FailureCause.Files };

        sql.Scene.IsDone(Read(probe));
        return await CleanUpAsync(sql, probe, file, isCarried) is { } left
            ? CheckResult.Warn(SqlCheckSentences.ProbeLeft(left), SqlCheckSentences.DeleteProbe(left))
            : CheckResult.Pass(SqlCheckSentences.ProbeRead(file, isCarried));
    }

    private static string Read(ProbeBackup probe) => $"read probe {probe.Id:D}";

    private static string Gone(ProbeBackup probe) => $"deleted probe {probe.Id:D}";

    // The one that check-old-server left; or, where this machine reaches both servers, one that is written now.
    private static async Task<ProbeBackup?> FindProbeAsync(SqlInquiry sql)
    {
        if (sql.Scene.Old?.Sql?.Probe is { } waiting && !sql.Scene.WasDone(Gone(waiting)))
            return waiting;
        if (sql.Scene.OldSql is not { } old)
            return null;

        foreach (var database in new[] { "model", sql.Plan.Old.Database })
        {
            if (database != "model" && !(sql.Scene.Old?.Sql?.DataBytes < ProbeFiles.LargestDatabase))
                break;
            try
            {
                var probe = await ProbeFiles.WriteAsync(sql, old, database);
                await ProbeFiles.StageAsync(sql);
                return probe;
            }
            catch (MoveFailure)
            {
                // Without the right to model, with the database itself; that the server can't write there is Q12a's to say.
            }
        }

        return null;
    }

    private static async Task<(bool IsOurs, bool IsCarried)> ReadAsync(SqlInquiry sql, ProbeBackup probe, string file)
    {
        try
        {
            var isOurs = await HasHeaderAsync(sql, probe, file);
            if (isOurs || !Carries(sql.Plan))
                return (isOurs, false);
        }
        catch (MoveFailure failure) when (failure.Report.Cause is FailureCause.Files or FailureCause.Differs && Carries(sql.Plan))
        {
            // What the move itself does then, too.
        }

        await FileCarrier.CarryAsync(
            ProbeFiles.CarriedFrom(sql), ServerPath.ProbeBeside(sql.Plan.Backup.CarryTo), forServers: true, (_, _) => { }, sql.Cancel);
        return (await HasHeaderAsync(sql, probe, file), true);
    }

    private static async Task<bool> HasHeaderAsync(SqlInquiry sql, ProbeBackup probe, string file)
    {
        var shown = SqlScript.Readable(SqlScript.Text("read-backup-header", ("devices", BackupDevices.Clause([file]))), [.. BackupDevices.Values([file])]);
        var headers = await sql.AsAsync(sql.Scene.Sql, "read-backup-header", shown, session => session.ReadHeadersAsync([file], sql.Cancel));
        return headers.Any(each => each.Description == probe.Description);
    }

    /// <summary>The file that is still there, or null.</summary>
    private static async Task<string?> CleanUpAsync(SqlInquiry sql, ProbeBackup probe, string file, bool isCarried)
    {
        if (isCarried)
        {
            var carried = ServerPath.ProbeBeside(sql.Plan.Backup.CarryTo);
            if (!ProbeFiles.DeleteHere(carried))
                return carried;
            if (sql.Plan.Backup.ThroughMoveFolder && !ProbeFiles.DeleteHere(ProbeFiles.CarriedFrom(sql)))
                return ProbeFiles.CarriedFrom(sql);
            return ProbeFiles.DeleteHere(ServerPath.ProbeBeside(sql.Plan.Backup.CarryFrom)) || await DeleteOnOldAsync(sql, probe) ? null : probe.File;
        }

        return await ProbeFiles.DeleteAsync(sql.Scene.Sql, file, sql.Cancel) || await DeleteOnOldAsync(sql, probe) ? null : probe.File;
    }

    private static async Task<bool> DeleteOnOldAsync(SqlInquiry sql, ProbeBackup probe) =>
        sql.Scene.OldSql is { } old && await ProbeFiles.DeleteAsync(old, probe.File, sql.Cancel);

    private static bool Carries(MovePlan plan) => plan.Backup.CarryFrom.Length > 0 && plan.Backup.CarryTo.Length > 0;
}
