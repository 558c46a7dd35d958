using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. An owner whose login is gone: nobody is dbo, and some statements fail with 15404.</summary>
public sealed class DatabaseOwner() : SqlCheck("Q4j", SqlCheckWords.Owner, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        sql.Scene.Keep(found => found with { Owner = row.Owner });
        return row.Owner is { Length: > 0 } owner
            ? CheckResult.Pass(SqlCheckSentences.Owner(owner))
            : CheckResult.Warn(SqlCheckSentences.NoOwner(row.Name), SqlCheckSentences.GiveToSa(row.Name));
    }
}
