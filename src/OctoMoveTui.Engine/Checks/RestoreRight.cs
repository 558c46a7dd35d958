using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q9. A restore under a new name needs CREATE ANY DATABASE, and so do HEADERONLY and its kin.</summary>
public sealed class RestoreRight() : SqlCheck("Q9e", SqlCheckWords.RestoreRight, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var rights = await sql.RightsAsync();
        return rights.MayCreateDatabase || rights.IsSysadmin
            ? CheckResult.Pass(SqlCheckSentences.MayRestore(rights.Login, sql.Scene.Sql.Name))
            : CheckResult.Fail(
                SqlCheckSentences.MayNotRestore(rights.Login, sql.Scene.Sql.Name), SqlCheckSentences.GrantRestore(rights.Login)) with { Cause = FailureCause.SqlRight };
    }
}
