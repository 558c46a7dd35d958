using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Without page checksums BACKUP WITH CHECKSUM has less to check.</summary>
public sealed class PageVerify() : SqlCheck("Q4e", SqlCheckWords.PageVerify, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        sql.Scene.Keep(found => found with { PageVerify = row.PageVerify });
        return row.PageVerify == "CHECKSUM"
            ? CheckResult.Pass(SqlCheckSentences.PageVerify(row.PageVerify))
            : CheckResult.Warn(SqlCheckSentences.PageVerify(row.PageVerify), SqlCheckSentences.SetPageVerify(row.Name));
    }
}
