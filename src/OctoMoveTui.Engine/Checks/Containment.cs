using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. A contained database restores only where contained database authentication is on (error 12824).</summary>
public sealed class Containment() : SqlCheck("Q4i", SqlCheckWords.Containment, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database", "read-contained-authentication"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (sql.Side == Side.Old)
        {
            var row = await sql.DatabaseAsync();
            sql.Scene.Keep(found => found with { IsContained = row.IsContained });
            return row.IsContained
                ? CheckResult.Warn(SqlCheckSentences.IsContained(row.Name), SqlCheckSentences.AllowContained)
                : CheckResult.Pass(SqlCheckSentences.NotContained(row.Name));
        }

        if (!sql.Old(old => old.IsContained, "whether its database is contained"))
            return CheckResult.Pass(SqlCheckSentences.NotContained(sql.Plan.Old.Database));
        var isAllowed = (await sql.AskAsync("read-contained-authentication", row => row.Flag("is_allowed"))).FirstRow();
        return isAllowed
            ? CheckResult.Pass(SqlCheckSentences.ContainedAllowed(sql.Scene.Sql.Name))
            : CheckResult.Fail(SqlCheckSentences.ContainedForbidden(sql.Plan.Old.Database, sql.Scene.Sql.Name), SqlCheckSentences.AllowContained);
    }
}
