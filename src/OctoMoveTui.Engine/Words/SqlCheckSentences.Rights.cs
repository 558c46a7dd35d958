namespace OctoMoveTui.Engine.Words;

/// <summary>Sentences about encryption and rights. Statements are ready to paste.</summary>
internal static partial class SqlCheckSentences
{
    internal static string NotEncrypted(string database) => $"{database} is not encrypted.";

    internal static string IsEncrypted(string database, string? certificate) =>
        $"{database} is encrypted with {Certificate(certificate)}: the new SQL Server needs it with its private key (else error 33111).";

    internal static string EncryptionChanges(string database) =>
        $"SQL Server is encrypting or decrypting {database} just now: until that is done it can't be set read-only.";

    internal static readonly string[] WaitForEncryption = ["Wait until it is done, then check again: SELECT percent_complete FROM sys.dm_database_encryption_keys;"];

    internal static string HasCertificate(string name, string server) => $"{server} has the certificate {name} with its private key.";

    internal static string LacksCertificate(string? name, string thumbprint, string server) =>
        $"{server} does not have {Certificate(name)} ({thumbprint}): it could not read the backup (error 33111).";

    internal static string LacksPrivateKey(string name, string server) =>
        $"{server} has the certificate {name} without its private key: it could not read the backup (error 33111).";

    internal static string CertificateNotSeen(string? name, string server, string login) =>
        $"{login} sees no certificates on {server}, so whether it has {Certificate(name)} can't be told.";

    internal static string ExpressNoEncryption(string edition) => $"The database is encrypted (TDE), and {edition} has no such thing.";

    internal static readonly string[] DecryptFirst =
        ["Use Standard (2019 or later) or Enterprise; or decrypt the old database first: ALTER DATABASE … SET ENCRYPTION OFF;"];

    internal static string[] MoveCertificate(string? name, string oldFolder, string newFolder)
    {
        var (quoted, file) = (Q(name ?? "NAME OF THE CERTIFICATE"), name ?? "certificate");
        return
        [
            $"On the old SQL Server: USE master; BACKUP CERTIFICATE {quoted} TO FILE = N'{oldFolder}{file}.cer' "
                + $"WITH PRIVATE KEY (FILE = N'{oldFolder}{file}.pvk', ENCRYPTION BY PASSWORD = '…');",
            "Bring the two files to the new SQL Server's machine, readable for its service account.",
            "There, if master has no master key yet: USE master; CREATE MASTER KEY ENCRYPTION BY PASSWORD = '…';",
            $"Then: USE master; CREATE CERTIFICATE {quoted} FROM FILE = N'{newFolder}{file}.cer' "
                + $"WITH PRIVATE KEY (FILE = N'{newFolder}{file}.pvk', DECRYPTION BY PASSWORD = '…');",
            "Delete the two files afterwards.",
        ];
    }

    internal static string IsEncryptedByOuterKey(string database, string? key) =>
        $"{database} is encrypted with {OuterKey(key)} of a key store outside of SQL Server (EKM, such as Azure Key Vault): the new SQL Server has to reach the same "
            + "key (else error 33111).";

    internal static string HasOuterKey(string name, string server) => $"{server} knows the same asymmetric key, as {name}. Its key store has to answer when it restores.";

    internal static string LacksOuterKey(string? key, string server) =>
        $"{server} does not know {OuterKey(key)} of the key store that encrypts the database: it could not read the backup (error 33111).";

    internal static string OuterKeyNotSeen(string? key, string server, string login) =>
        $"{login} sees no asymmetric keys on {server}, so whether it knows {OuterKey(key)} can't be told.";

    internal static string[] OpenOuterKey(string? key) =>
    [
        "Set the new SQL Server up for the same key store: its provider (CREATE CRYPTOGRAPHIC PROVIDER … FROM FILE) and a credential that the store lets in.",
        $"There: USE master; CREATE ASYMMETRIC KEY {Q(key ?? "NAME OF THE KEY")} FROM PROVIDER [PROVIDER] "
            + "WITH PROVIDER_KEY_NAME = 'its name in the store', CREATION_DISPOSITION = OPEN_EXISTING;",
        "Then: CREATE LOGIN … FROM ASYMMETRIC KEY, and ALTER LOGIN … ADD CREDENTIAL, as on the old SQL Server.",
        "Or decrypt the old database before the move: ALTER DATABASE … SET ENCRYPTION OFF;",
    ];

    private static string OuterKey(string? name) => name is null ? "an asymmetric key" : $"the asymmetric key {name}";

    internal static string MayBackUp(string login, string database) => $"{login} may back up {database}.";

    internal static string MayNotBackUp(string login, string database) => $"{login} may not back up the database {database}.";

    internal static string MayFence(string login, string database) => $"{login} may set {database} read-only.";

    internal static string MayNotFence(string login, string database) =>
        $"{login} may not set the database {database} read-only, which octomove does so that nothing can be written after the backup.";

    internal static string[] GrantAlter(string login, string database) => [$"USE {Q(database)}; GRANT ALTER ON DATABASE::{Q(database)} TO {Q(login)};"];

    internal static string MayRead(string login, string database) => $"{login} may read {database}.";

    internal static string MayNotRead(string login, string database) =>
        $"{login} may not read the tables of {database}: octomove counts rows and proves the master key with them.";

    internal static string SeesAllSessions(string login) => $"{login} sees everybody's sessions.";

    internal static string SeesOwnSessionsOnly(string login) =>
        $"{login} sees its own sessions only: who else is connected can't be told, nor how long a backup will take.";

    internal static string MayRestore(string login, string server) => $"{login} may restore databases on {server}.";

    internal static string MayNotRestore(string login, string server) => $"{login} may not restore a database on {server}.";

    internal static string[] GrantRestore(string login) =>
        [$"USE master; GRANT CREATE ANY DATABASE TO {Q(login)};", "Or name a login that may in New:AdminConnectionString."];

    internal static string MayNotRestoreOver(string login, string database, string? owner, string server) =>
        $"{login} may create databases on {server}, but not overwrite the database {database} of {owner ?? "nobody known"} (error 3110).";

    internal static string[] GrantRestoreOver(string login, string database) =>
    [
        $"ALTER SERVER ROLE dbcreator ADD MEMBER {Q(login)};",
        $"Or make it the owner of the database that is to be overwritten: ALTER AUTHORIZATION ON DATABASE::{Q(database)} TO {Q(login)};",
        "Or name a login that may in New:AdminConnectionString, or another database in New:ConnectionString.",
    ];

    internal static string OwnAccountNotLetIn(string what) =>
        $"The new connection string logs in with a Windows account, and octomove's own is not let in, which need not matter: the service uses another. {what}";

    internal static string[] MakeServiceLogin(string account, string database) =>
    [
        $"The service will come as {account}. If it has no login there yet: USE master; CREATE LOGIN {Q(account)} FROM WINDOWS;",
        $"octomove makes it db_owner of {database} after the restore.",
        "If the service will run under another account, name that in New:ServiceAccount.",
    ];

    private static string Certificate(string? name) => name is null ? "a certificate" : $"the certificate {name}";
}
