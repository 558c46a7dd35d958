using OctoMoveTui.Sandbox.SqlServer.Databases;
using static OctoMoveTui.Sandbox.SqlServer.Catalog.CatalogView;

namespace OctoMoveTui.Sandbox.SqlServer.Catalog;

/// <summary>Credentials, certificates and encryption keys: what a backup or a restore needs besides a file.</summary>
internal static class SecretViews
{
    public static readonly CatalogView[] All =
    [
        new("sys.credentials", true, Define("""
            credential_id int!, name sysname!, credential_identity nvarchar4000, create_date datetime!, modify_date datetime!, target_type nvarchar100, target_id int
            """), context => !Sees(context, "ALTER ANY CREDENTIAL") ? [] : context.Server.Secrets.Credentials.Values.OrderBy(each => each.Id).Select(each => new object?[]
            {
                each.Id, each.Name, each.Identity, each.Created, each.Created, null, null,
            })),
        // A view of each database; the certificates that matter to backups lie in master.
        new("sys.certificates", false, Define("""
            name sysname!, certificate_id int!, principal_id int, pvt_key_encryption_type char2!, pvt_key_encryption_type_desc nvarchar60, issuer_name nvarchar442, subject nvarchar4000,
            expiry_date datetime, start_date datetime, thumbprint varbinary32!
            """), context => context.Database.Name != "master" || !Sees(context, "VIEW ANY DEFINITION") ? [] : context.Server.Secrets.Certificates.Values.OrderBy(each => each.Id).Select(each => new object?[]
            {
                each.Name, each.Id, 1, each.PrivateKey is null ? "NA" : "MK", each.PrivateKeyEncryption, each.Certificate.Issuer, each.Certificate.Subject,
                each.Certificate.NotAfter, each.Certificate.NotBefore, each.Thumbprint,
            })),
        new("sys.asymmetric_keys", false, Define("name sysname!, asymmetric_key_id int!, principal_id int, thumbprint varbinary32!"), context =>
            context.Database.Name != "master" || !Sees(context, "VIEW ANY DEFINITION") ? []
                : context.Server.Options.OuterKeys.Select((each, i) => new object?[] { each.Key, 256 + i, 1, Convert.FromHexString(each.Value) })),
        new("sys.dm_database_encryption_keys", true, Define("""
            database_id int!, encryption_state int!, create_date datetime!, key_algorithm nvarchar32!, key_length int!, encryptor_thumbprint varbinary20!, encryptor_type nvarchar32!, percent_complete real!
            """), Keys),
    ];

    /// <summary>One encrypted database is enough to encrypt tempdb (documentation of transparent data encryption).</summary>
    private static IEnumerable<object?[]> Keys(CatalogContext context)
    {
        Permissions.DemandState(context.Statement.Session);
        var encrypted = context.Server.Databases.Where(database => database.EncryptionKey is not null).ToList();
        if (encrypted.Exists(database => database.EncryptionKey!.IsEncrypted))
        {
            yield return [2, 3, context.Server.Started, "AES", 256, Array.Empty<byte>(), "ASYMMETRIC KEY", 0f];
        }
        foreach (var database in encrypted)
        {
            var key = database.EncryptionKey!;
            var length = int.TryParse(key.Algorithm.Split('_')[^1], out var bits) ? bits : 168;
            yield return [database.Id, key.State, database.Created, key.Algorithm.Split('_')[0], length, key.Thumbprint, key.EncryptorType, 0f];
        }
    }

    private static bool Sees(CatalogContext context, string permission) =>
        Permissions.MayOnServer(context.Server, context.Login, permission) == true || Permissions.MayOnServer(context.Server, context.Login, "VIEW ANY DEFINITION") == true;
}
