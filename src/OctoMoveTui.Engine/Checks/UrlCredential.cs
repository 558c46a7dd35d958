using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q11. TO URL and FROM URL need a credential named like the container or bucket, on both servers.</summary>
public sealed class UrlCredential() : SqlCheck("Q11c", SqlCheckWords.Credential, Side.Old, Side.New)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } = ["find-credential", "read-rights"];

    /// <inheritdoc/>
    public override SqlRight Needs => SqlRight.ViewDefinitions;

    /// <inheritdoc/>
    public override async Task<CheckResult> LookAsync(SqlInquiry sql)
    {
        var url = sql.Side == Side.Old ? sql.Plan.Backup.FileOnOldSql : sql.Plan.Backup.FileOnNewSql;
        if (!BackupDevices.IsUrl(url))
            return CheckResult.Pass(SqlCheckSentences.NoUrl);
        var isS3 = url.StartsWith("s3:", StringComparison.OrdinalIgnoreCase);
        var container = BackupDevices.ContainerOf(url);
        var within = isS3 ? url : container + "/";
        if ((await sql.AskAsync("find-credential", row => row.Text("name"), ("@container", container), ("@within", within))) is [var name, ..])
            return CheckResult.Pass(SqlCheckSentences.HasCredential(name));

        // Whoever may not see definitions gets no row, and no error.
        var recipe = SqlCheckSentences.MakeCredential(container, isS3);
        return (await sql.RightsAsync()).IsSysadmin
            ? CheckResult.Fail(SqlCheckSentences.NoCredential(container, sql.Scene.Sql.Name), recipe) with { Cause = FailureCause.Files }
            : CheckResult.Unknown(
                SqlCheckSentences.CredentialNotSeen(container, sql.Scene.Login), [SqlCheckSentences.Grant(SqlRight.ViewDefinitions, sql.Scene.Login, sql.Database), .. recipe]);
    }
}
