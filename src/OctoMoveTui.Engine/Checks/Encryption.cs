using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Checks;

/// <summary>Q6. The backup of an encrypted database can't even be looked at without the certificate and its private key (error 33111).</summary>
public sealed class Encryption() : SqlCheck("Q6", SqlCheckWords.Encryption, Side.Old, Side.New)
{
    private const string OuterKey = "ASYMMETRIC KEY";
    private const int NoLongerEncrypted = 1;
    private const int IsEncryptedState = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scripts { get; } =
        ["describe-database", "read-encryption", "find-certificate-name", "find-asymmetric-key", "describe-server", "read-rights", "find-certificate"];

    /// <inheritdoc/>
    public override Task<CheckResult> LookAsync(SqlInquiry sql) => sql.Side == Side.Old ? OldAsync(sql) : NewAsync(sql);

    private static async Task<CheckResult> OldAsync(SqlInquiry sql)
    {
        var row = await sql.DatabaseAsync();
        sql.Scene.Keep(found => found with { IsEncrypted = row.IsEncrypted });
        (int State, string? Thumbprint, string? Type) key;
        try
        {
            // is_encrypted is what was last set: while it is being carried out, either way, only the key's state tells.
            key = (await sql.AskAsync(
                "read-encryption", each => ((int)each.Number("encryption_state"), each.TextOrNull("thumbprint"), each.TextOrNull("encryptor_type")), ("@db", row.Name))).FirstRow();
        }
        catch (MoveFailure failure) when (LackOfRight.Is(failure))
        {
            return row.IsEncrypted
                ? CheckResult.Unknown(SqlCheckSentences.IsEncrypted(row.Name, null), SqlCheckSentences.Grant(SqlRight.ViewServerState, sql.Scene.Login, row.Name))
                : CheckResult.Pass(SqlCheckSentences.NotEncrypted(row.Name));
        }

        if (!row.IsEncrypted && (key.State is 0 or NoLongerEncrypted))
            return CheckResult.Pass(SqlCheckSentences.NotEncrypted(row.Name));
        var byOuterKey = key.Type == OuterKey;
        var name = (await sql.AskAsync(
            byOuterKey ? "find-asymmetric-key" : "find-certificate-name", each => each.Text("name"), ("@thumbprint", key.Thumbprint))).FirstRow();
        sql.Scene.Keep(found => found with
        {
            IsEncrypted = true, EncryptedByOuterKey = byOuterKey, EncryptorThumbprint = key.Thumbprint, EncryptorName = name,
        });
        if (key.State is not IsEncryptedState)
            return CheckResult.Fail(SqlCheckSentences.EncryptionChanges(row.Name), SqlCheckSentences.WaitForEncryption);
        return byOuterKey
            ? CheckResult.Warn(SqlCheckSentences.IsEncryptedByOuterKey(row.Name, name), SqlCheckSentences.OpenOuterKey(name))
            : CheckResult.Warn(SqlCheckSentences.IsEncrypted(row.Name, name), Recipe(sql, name));
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
        if (sql.Scene.Old?.Sql?.EncryptedByOuterKey == true)
            return await OuterKeyAsync(sql, server, name, thumbprint);

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

    // Not failed even where it is not found: whether the key that is there opens the database, only the key store can tell.
    private static async Task<CheckResult> OuterKeyAsync(SqlInquiry sql, CheckedServer server, string? name, string thumbprint)
    {
        if ((await sql.AskAsync("find-asymmetric-key", row => row.Text("name"), ("@thumbprint", thumbprint))).FirstRow() is { } here)
            return CheckResult.Pass(SqlCheckSentences.HasOuterKey(here, server.Facts.ServerName));
        return (await sql.RightsAsync()).IsSysadmin
            ? CheckResult.Warn(SqlCheckSentences.LacksOuterKey(name, server.Facts.ServerName), SqlCheckSentences.OpenOuterKey(name))
            : CheckResult.Unknown(
                SqlCheckSentences.OuterKeyNotSeen(name, server.Facts.ServerName, sql.Scene.Login),
                [SqlCheckSentences.Grant(SqlRight.ViewDefinitions, sql.Scene.Login, sql.Database), .. SqlCheckSentences.OpenOuterKey(name)]);
    }

    private static string[] Recipe(SqlInquiry sql, string? name) => SqlCheckSentences.MoveCertificate(
        name, ServerPath.FolderOf(sql.Plan.Backup.FileOnOldSql), ServerPath.FolderOf(sql.Plan.Backup.FileOnNewSql));
}
