using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Octopus Server switches it on itself; kept, so that the restored database can be held against it.</summary>
public sealed class ReadCommittedSnapshot() : SqlCheck("Q4g", SqlCheckWords.RowVersions, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        sql.Scene.Keep(found => found with { IsReadCommittedSnapshot = row.IsReadCommittedSnapshot });
        return row.IsReadCommittedSnapshot
            ? CheckResult.Pass(SqlCheckSentences.RowVersions(isOn: true))
            : CheckResult.Warn(SqlCheckSentences.RowVersions(isOn: false), SqlCheckSentences.SetRowVersions(row.Name));
    }
}
