using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q16. When DBCC CHECKDB last found nothing: a damaged database backs up well and is found out after the restore.</summary>
public sealed class LastIntegrityCheck() : SqlCheck("Q16b", SqlCheckWords.LastIntegrityCheck, Side.Old)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    // What SQL Server says for never.
    private static readonly DateTime Never = new(1900, 1, 1);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-last-check"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var found = await sql.AskAsync("read-last-check", row => row.TimeOrNull("last_good_check"), ("@db", sql.Database));
        if (found.FirstRow() is not { } at)
            return CheckResult.Unknown(SqlCheckSentences.CheckNotTold, SqlCheckSentences.RunCheck(sql.Database));
        if (at <= Never)
            return CheckResult.Warn(SqlCheckSentences.NeverChecked, SqlCheckSentences.RunCheck(sql.Database));
        return sql.Scene.Time.GetUtcNow().UtcDateTime - at > Recent
            ? CheckResult.Warn(SqlCheckSentences.LastCheck(at), SqlCheckSentences.RunCheck(sql.Database))
            : CheckResult.Pass(SqlCheckSentences.LastCheck(at));
    }
}
