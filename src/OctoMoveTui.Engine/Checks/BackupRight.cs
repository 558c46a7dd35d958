using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q9. BACKUP DATABASE: sysadmin, db_owner or db_backupoperator.</summary>
public sealed class BackupRight() : SqlCheck("Q9a", SqlCheckWords.BackupRight, Side.Old)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var (rights, database) = (await sql.RightsAsync(), (await sql.DatabaseAsync()).Name);
        return rights.MayBackUp
            ? CheckResult.Pass(SqlCheckSentences.MayBackUp(rights.Login, database))
            : CheckResult.Fail(
                SqlCheckSentences.MayNotBackUp(rights.Login, database), SqlCheckSentences.Grant(SqlRight.BackUp, rights.Login, database)) with { Cause = FailureCause.SqlRight };
    }
}
