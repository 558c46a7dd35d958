using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q9. SELECT on every table: rows are counted and the master key is proven against values.</summary>
public sealed class ReadRight() : SqlCheck("Q9c", SqlCheckWords.ReadRight, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "describe-database"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var (rights, database) = (await sql.RightsAsync(), (await sql.DatabaseAsync()).Name);
        return rights.MayRead
            ? CheckResult.Pass(SqlCheckSentences.MayRead(rights.Login, database))
            : CheckResult.Fail(
                SqlCheckSentences.MayNotRead(rights.Login, database), SqlCheckSentences.Grant(SqlRight.ReadDatabase, rights.Login, database)) with { Cause = FailureCause.SqlRight };
    }
}
