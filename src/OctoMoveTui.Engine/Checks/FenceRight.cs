using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q9. ALTER DATABASE … SET READ_ONLY: ALTER on the database is enough.</summary>
public sealed class FenceRight() : SqlCheck("Q9b", SqlCheckWords.FenceRight, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "describe-database"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => shape.FencesDatabase();

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var (rights, database) = (await sql.RightsAsync(), (await sql.DatabaseAsync()).Name);
        return rights.MayAlter
            ? CheckResult.Pass(SqlCheckSentences.MayFence(rights.Login, database))
            : CheckResult.Fail(
                SqlCheckSentences.MayNotFence(rights.Login, database), SqlCheckSentences.GrantAlter(rights.Login, database)) with { Cause = FailureCause.SqlRight };
    }
}
