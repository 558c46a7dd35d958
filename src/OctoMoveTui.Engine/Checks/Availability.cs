using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q7. A member of an availability group or a mirroring can be neither fenced (1468) nor restored over (3104).</summary>
public sealed class Availability() : SqlCheck("Q7", SqlCheckWords.Availability, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-availability"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var found = (await sql.AskAsync(
            "read-availability", row => (Replica: row.TextOrNull("replica_id"), Mirroring: row.TextOrNull("mirroring_state_desc")), ("@db", sql.Database))).FirstRow();
        return found switch
        {
            { Replica: not null } => CheckResult.Fail(SqlCheckSentences.InGroup(sql.Database), SqlCheckSentences.LeaveGroup(sql.Database)),
            { Mirroring: { } state } => CheckResult.Fail(SqlCheckSentences.IsMirrored(sql.Database, state), SqlCheckSentences.EndMirroring(sql.Database)),
            _ => CheckResult.Pass(SqlCheckSentences.InNoGroup(sql.Database)),
        };
    }
}
