using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q4. Only an ONLINE database that is no snapshot can be backed up (errors 942, 3002 and others).</summary>
public sealed class DatabaseState() : SqlCheck("Q4a", SqlCheckWords.State, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["describe-database"];

    /// <inheritdoc/>
    public override bool IsFor(MoveShape shape) => true;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        if (await sql.FindDatabaseAsync() is not { } row)
            return CheckResult.Fail(SqlCheckSentences.Missing(sql.Database, sql.Scene.Sql.Name, sql.Scene.Login), SqlCheckSentences.CheckName(sql.Scene.Login));

        sql.Scene.Keep(found => found with { CompatibilityLevel = row.CompatibilityLevel, RecoveryModel = row.RecoveryModel });
        return row switch
        {
            { IsOnline: false } => CheckResult.Fail(SqlCheckSentences.NotOnline(row.Name, row.StateText), SqlCheckSentences.BringOnline),
            { IsSnapshot: true } => CheckResult.Fail(SqlCheckSentences.IsSnapshot(row.Name), SqlCheckSentences.NameTheDatabase),
            { IsReadOnly: true } or { UserAccess: not "MULTI_USER" } => CheckResult.Warn(SqlCheckSentences.NotOpenToAll(row), SqlCheckSentences.SetBack(row)),
            _ => CheckResult.Pass(SqlCheckSentences.Online(row)),
        };
    }
}
