using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q8. A database that has snapshots can't be restored over or dropped.</summary>
public sealed class Snapshots() : SqlCheck("Q8", SqlCheckWords.Snapshots, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["find-snapshots"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var names = await sql.AskAsync("find-snapshots", row => row.Text("name"), ("@db", sql.Database));
        if (names.Count == 0)
            return CheckResult.Pass(SqlCheckSentences.NoSnapshots);
        return sql.Side == Side.Old
            ? CheckResult.Warn(SqlCheckSentences.HasSnapshots(sql.Database, names), SqlCheckSentences.SnapshotsStay)
            : CheckResult.Fail(SqlCheckSentences.HasSnapshots(sql.Database, names), SqlCheckSentences.DropSnapshots(names)) with { Cause = FailureCause.InTheWay };
    }
}
