using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q15. A backup or restore of the same database that runs now (error 3023 when two meet).</summary>
public sealed class RunningBackup() : SqlCheck("Q15", SqlCheckWords.RunningBackup, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "find-running-backups"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var running = (await sql.AskAsync(
                "find-running-backups", row => (Command: row.Text("command"), Percent: row.Number("percent_complete"), Database: row.TextOrNull("database_name"))))
            .Where(each => each.Database is null || string.Equals(each.Database, sql.Database, StringComparison.OrdinalIgnoreCase)).ToList();
        if (running is [var first, ..])
            return CheckResult.Warn(SqlCheckSentences.BackupRuns(first.Command, first.Database ?? "a database", first.Percent), SqlCheckSentences.WaitForBackup);
        return (await sql.RightsAsync()).SeesServerState
            ? CheckResult.Pass(SqlCheckSentences.NoBackupRuns)
            : CheckResult.Unknown(
                SqlCheckSentences.SeesOnlyItsOwn(sql.Scene.Login), SqlCheckSentences.Grant(SqlRight.ViewServerState, sql.Scene.Login, sql.Database));
    }
}
