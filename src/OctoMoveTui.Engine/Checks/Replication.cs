using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Octopus supports no replication (its documentation); a restore on another server leaves its settings behind.</summary>
public sealed class Replication() : SqlCheck("Q4h", SqlCheckWords.Replication, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        if (row.IsPublished)
            return CheckResult.Fail(SqlCheckSentences.IsPublished(row.Name), SqlCheckSentences.RemoveReplication(row.Name));
        return row.HasChangeCapture || row.IsSubscribed
            ? CheckResult.Warn(SqlCheckSentences.CapturedOrSubscribed(row.Name, row.HasChangeCapture), SqlCheckSentences.SetUpAgain)
            : CheckResult.Pass(SqlCheckSentences.NotReplicated);
    }
}
