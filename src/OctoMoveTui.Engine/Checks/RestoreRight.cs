using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>
/// Q9. A restore under a new name needs CREATE ANY DATABASE, and so do HEADERONLY and its kin. Over a database of that name only sysadmin,
/// dbcreator and its owner may restore (documentation of RESTORE; else error 3110).
/// </summary>
public sealed class RestoreRight() : SqlCheck("Q9e", SqlCheckWords.RestoreRight, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["read-rights", "describe-database"];

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var rights = await sql.RightsAsync();
        if (!rights.MayCreateDatabase && !rights.IsSysadmin)
        {
            return CheckResult.Fail(
                SqlCheckSentences.MayNotRestore(rights.Login, sql.Scene.Sql.Name), SqlCheckSentences.GrantRestore(rights.Login)) with { Cause = FailureCause.SqlRight };
        }

        return rights.IsSysadmin || rights.IsDbCreator || await sql.FindDatabaseAsync() is not { } existing
            || string.Equals(existing.Owner, rights.Login, StringComparison.OrdinalIgnoreCase)
            ? CheckResult.Pass(SqlCheckSentences.MayRestore(rights.Login, sql.Scene.Sql.Name))
            : CheckResult.Fail(
                SqlCheckSentences.MayNotRestoreOver(rights.Login, existing.Name, existing.Owner, sql.Scene.Sql.Name),
                SqlCheckSentences.GrantRestoreOver(rights.Login, existing.Name)) with { Cause = FailureCause.SqlRight };
    }
}
