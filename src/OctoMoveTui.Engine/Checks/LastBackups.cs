using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q16. Whether there is a backup to fall back on besides the move's own.</summary>
public sealed class LastBackups() : SqlCheck("Q16a", SqlCheckWords.LastBackups, Side.Old)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["find-last-backups"];

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.ReadHistory;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var last = (await sql.AskAsync(
            "find-last-backups", row => (At: row.TimeOrNull("backup_finish_date") ?? default, IsFull: row.Text("type") == "D", IsDamaged: row.Flag("is_damaged")),
            ("@db", sql.Database))).FirstOrDefault(each => each.IsFull);
        if (last.At == default)
            return CheckResult.Warn(SqlCheckSentences.NoFullBackup, SqlCheckSentences.TakeBackup);
        if (last.IsDamaged)
            return CheckResult.Warn(SqlCheckSentences.LastFullBackupDamaged(last.At), SqlCheckSentences.TakeBackup);

        var there = sql.Scene.Time.GetUtcNow().UtcDateTime.AddMinutes(sql.Scene.Found.UtcOffsetMinutes ?? 0);
        return there - last.At > Recent
            ? CheckResult.Warn(SqlCheckSentences.LastFullBackup(last.At), SqlCheckSentences.TakeBackup)
            : CheckResult.Pass(SqlCheckSentences.LastFullBackup(last.At));
    }
}
