using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q6. The backup of an encrypted database can't even be looked at without the certificate and its private key (error 33111).</summary>
public sealed class Encryption() : SqlCheck("Q6", SqlCheckWords.Encryption, Side.Old, Side.New)
{
    private const int NoLongerEncrypted = 1;
    private const int IsEncryptedState = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } =
        ["describe-database", "read-encryption", "find-certificate-name", "describe-server", "read-rights", "find-certificate"];

    /// <inheritdoc/>
    public override Task<CheckResult> LookAsync(SqlInquiry sql) => sql.Side == Side.Old ? OldAsync(sql) : NewAsync(sql);

    private static async Task<CheckResult> OldAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        sql.Scene.Keep(found => found with { IsEncrypted = row.IsEncrypted });
        if (!row.IsEncrypted)
            return CheckResult.Pass(SqlCheckSentences.NotEncrypted(row.Name));

        var key = (await sql.AskAsync(
            "read-encryption", each => (State: (int)each.Number("encryption_state"), Thumbprint: each.TextOrNull("thumbprint")), ("@db", row.Name))).FirstRow();
        if (key.Thumbprint is null)
            return CheckResult.Unknown(SqlCheckSentences.IsEncrypted(row.Name, null), SqlCheckSentences.Grant(SqlRight.ViewServerState, sql.Scene.Login, row.Name));

        var name = (await sql.AskAsync("find-certificate-name", each => each.Text("name"), ("@thumbprint", key.Thumbprint))).FirstRow();
        sql.Scene.Keep(found => found with { EncryptorThumbprint = key.Thumbprint, EncryptorName = name });
        if (key.State is not (IsEncryptedState or NoLongerEncrypted))
            return CheckResult.Fail(SqlCheckSentences.EncryptionChanges(row.Name), SqlCheckSentences.WaitForEncryption);
        return CheckResult.Warn(SqlCheckSentences.IsEncrypted(row.Name, name), Recipe(sql, name));
    }

    private static async Task<CheckResult> NewAsync(SqlInquiry sql)
    {
        if (!sql.Old(old => old.IsEncrypted, "whether its database is encrypted"))
            return CheckResult.Pass(SqlCheckSentences.NotEncrypted(sql.Plan.Old.Database));

        var server = await sql.ServerAsync();
        if (server.IsExpress)
            return CheckResult.Fail(SqlCheckSentences.ExpressNoEncryption(server.Facts.Edition), SqlCheckSentences.DecryptFirst);

        var thumbprint = sql.Old(old => old.EncryptorThumbprint, "which certificate encrypts its database");
        var name = sql.Scene.Old?.Sql?.EncryptorName;
        var certificate = (await sql.AskAsync(
            "find-certificate", row => (Name: row.Text("name"), Key: row.Text("private_key")), ("@thumbprint", thumbprint))).FirstRow();
        if (certificate.Name is null)
        {
            // Whoever may not see definitions gets no row, and no error.
            return (await sql.RightsAsync()).IsSysadmin
                ? CheckResult.Fail(SqlCheckSentences.LacksCertificate(name, thumbprint, server.Facts.ServerName), Recipe(sql, name))
                : CheckResult.Unknown(
                    SqlCheckSentences.CertificateNotSeen(name, server.Facts.ServerName, sql.Scene.Login),
                    [SqlCheckSentences.Grant(SqlRight.ViewDefinitions, sql.Scene.Login, sql.Database), .. Recipe(sql, name)]);
        }

        return certificate.Key == "NO_PRIVATE_KEY"
            ? CheckResult.Fail(SqlCheckSentences.LacksPrivateKey(certificate.Name, server.Facts.ServerName), Recipe(sql, name ?? certificate.Name))
            : CheckResult.Pass(SqlCheckSentences.HasCertificate(certificate.Name, server.Facts.ServerName));
    }

    private static string[] Recipe(SqlInquiry sql, string? name) => SqlCheckSentences.MoveCertificate(
        name, ServerPath.FolderOf(sql.Plan.Backup.FileOnOldSql), ServerPath.FolderOf(sql.Plan.Backup.FileOnNewSql));
}
