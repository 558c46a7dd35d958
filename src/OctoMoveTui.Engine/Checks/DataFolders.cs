using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q11. The new server's own default folders, where the restore puts the files (error 5133 when one is missing).</summary>
public sealed class DataFolders() : SqlCheck("Q11b", SqlCheckWords.DataFolders, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-server", "read-rights", "look-at-path"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var server = (await sql.ServerAsync()).Facts;
        string[] folders = [.. new[] { server.DataPath, server.LogPath }.OfType<string>().Distinct()];
        foreach (var folder in folders)
        {
            if ((await sql.LookAtAsync(ServerPath.BareFolderOf(folder))).IsFolder)
                continue;
            return (await sql.RightsAsync()).IsSysadmin
                ? CheckResult.Fail(
                    SqlCheckSentences.SeesNoFolder(folder, server.ServerName), SqlCheckSentences.MakeDataFolder(folder, sql.Scene.Found.ServiceAccount)) with { Cause = FailureCause.Files }
                : CheckResult.Unknown(SqlCheckSentences.NotToldOfFolder(folder, sql.Scene.Login), SqlCheckSentences.RestoreTells);
        }

        return CheckResult.Pass(SqlCheckSentences.SeesFolder(string.Join(" and ", folders)));
    }
}
