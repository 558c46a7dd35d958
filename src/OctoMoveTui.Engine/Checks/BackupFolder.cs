using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q11. The folder of the backup as each server sees it: no drive that only a person has, no path of the other platform.</summary>
public sealed class BackupFolder() : SqlCheck("Q11a", SqlCheckWords.BackupFolder, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "look-at-path"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var file = sql.Side == Side.Old ? sql.Plan.Backup.FileOnOldSql : sql.Plan.Backup.FileOnNewSql;
        if (BackupDevices.IsUrl(file))
            return CheckResult.Pass(SqlCheckSentences.GoesToUrl(ServerPath.BareFolderOf(file)));

        var folder = ServerPath.BareFolderOf(file);
        if ((await sql.LookAtAsync(folder)).IsFolder)
            return CheckResult.Pass(SqlCheckSentences.SeesFolder(folder));
        return (await sql.RightsAsync()).IsSysadmin
            ? CheckResult.Fail(
                SqlCheckSentences.SeesNoFolder(folder, sql.Scene.Sql.Name), SqlCheckSentences.MakeFolder(folder, sql.Scene.Found.ServiceAccount)) with { Cause = FailureCause.Files }
            : CheckResult.Unknown(SqlCheckSentences.NotToldOfFolder(folder, sql.Scene.Login), SqlCheckSentences.ProbeTells);
    }
}
