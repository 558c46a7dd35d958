using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Tds;
using OctoMoveTui.Sandbox.SqlServer.TSql;

namespace OctoMoveTui.Sandbox.SqlServer.Backups;

/// <summary>
/// CREATE MASTER KEY, CREATE and BACKUP CERTIFICATE, CREATE DATABASE ENCRYPTION KEY: how an encrypted database gets to another server. The
/// certificates and the files are real ones; the keys are elliptic instead of RSA, because those are made in no time.
/// </summary>
internal static class CertificateStatements
{
    private static readonly PbeParameters KeyEncryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);

    public static Task RunAsync(Execution execution, TSqlStatement statement)
    {
        if (!execution.Session.Login.IsSysadmin)
        {
            throw SqlErrors.NotAllowed();
        }
        if (statement is DatabaseEncryptionKeyStatement key)
        {
            CreateKey(execution, key);
        }
        else if (!execution.Database.Name.Equals("master", StringComparison.OrdinalIgnoreCase))
        {
            throw SqlErrors.NotModelled("a master key or certificate outside of master");
        }
        else
        {
            RunInMaster(execution.Server, statement);
        }
        execution.Done(CurrentCommand.None);
        return Task.CompletedTask;
    }

    private static void RunInMaster(SqlServerInstance server, TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateMasterKeyStatement when server.Secrets.HasMasterKey:
                throw Failure(15578, "There is already a master key in the database. Please drop it before performing this statement.");
            case CreateMasterKeyStatement:
                server.Secrets.HasMasterKey = true;
                break;
            case CreateCertificateStatement create:
                Create(server, create);
                break;
            case BackupCertificateStatement backup:
                Save(server, backup);
                break;
            case DropCertificateStatement drop:
                if (server.Secrets.Certificates.TryRemove(drop.Name.Value, out var dropped))
                {
                    dropped.Dispose();
                }
                else if (!drop.IsIfExists)
                {
                    throw SqlErrors.UnknownPrincipal("certificate", drop.Name.Value, "drop");
                }
                break;
            default:
                throw SqlErrors.NotModelled(statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal));
        }
    }

    private static void Create(SqlServerInstance server, CreateCertificateStatement create)
    {
        if (!server.Secrets.HasMasterKey)
        {
            throw Failure(15581, "Please create a master key in the database or open the master key in the session before performing this operation.", 7);
        }
        var name = create.Name.Value;
        var made = create.CertificateSource switch
        {
            null => Make(server, name, create),
            FileEncryptionSource { IsExecutable: false } source => Load(server, name, source.File.Value, create),
            _ => throw SqlErrors.NotModelled("CREATE CERTIFICATE from an assembly or an executable"),
        };
        var twin = server.Secrets.Certificates.Values.Any(each => each.Thumbprint.AsSpan().SequenceEqual(made.Thumbprint));
        if (twin || !server.Secrets.Certificates.TryAdd(name, made))
        {
            made.Dispose();
            throw Failure(15232, $"A certificate with name '{name}' already exists or this certificate already has been added to the database.");
        }
    }

    private static CertificateState Make(SqlServerInstance server, string name, CreateCertificateStatement create)
    {
        var subject = create.CertificateOptions.FirstOrDefault(option => option.Kind == CertificateOptionKinds.Subject)?.Value.Value ?? name;
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN=\"{subject.Replace("\"", "", StringComparison.Ordinal)}\""), key, HashAlgorithmName.SHA256);
        var now = server.Options.Time.GetUtcNow();
        return new CertificateState(server.Secrets.NextId(), name, request.CreateSelfSigned(now.AddMinutes(-1), now.AddYears(1)), key);
    }

    private static CertificateState Load(SqlServerInstance server, string name, string file, CreateCertificateStatement create)
    {
        DemandReadable(server, file);
        var certificate = Read(() => X509CertificateLoader.LoadCertificateFromFile(server.Disk.Real(file)));
        if (create.PrivateKeyPath is null)
        {
            return new CertificateState(server.Secrets.NextId(), name, certificate, null);
        }
        DemandReadable(server, create.PrivateKeyPath.Value);
        var key = ECDsa.Create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(create.DecryptionPassword?.Value, File.ReadAllBytes(server.Disk.Real(create.PrivateKeyPath.Value)), out _);
            return new CertificateState(server.Secrets.NextId(), name, certificate, key);
        }
        catch (CryptographicException)
        {
            certificate.Dispose();
            key.Dispose();
            throw Failure(15465, "The private key password is invalid.");
        }
    }

    private static void Save(SqlServerInstance server, BackupCertificateStatement backup)
    {
        var certificate = server.Secrets.Certificates.GetValueOrDefault(backup.Name.Value) ?? throw SqlErrors.UnknownPrincipal("certificate", backup.Name.Value, "find");
        Write(server, backup.File.Value, certificate.Certificate.Export(X509ContentType.Cert));
        if (backup.PrivateKeyPath is null)
        {
            return;
        }
        if (certificate.PrivateKey is null || backup.EncryptionPassword is null)
        {
            throw SqlErrors.NotModelled("BACKUP CERTIFICATE with a private key that isn't there, or without a password for it");
        }
        Write(server, backup.PrivateKeyPath.Value, certificate.PrivateKey.ExportEncryptedPkcs8PrivateKey(backup.EncryptionPassword.Value, KeyEncryption));
    }

    /// <summary>Transparent data encryption: Enterprise and Developer, since 2019 Standard as well; never Express and Web.</summary>
    private static void CreateKey(Execution execution, DatabaseEncryptionKeyStatement statement)
    {
        const int firstInStandard = 15;
        if (statement is not CreateDatabaseEncryptionKeyStatement || statement.Encryptor.CryptoMechanismType != CryptoMechanismType.Certificate)
        {
            throw SqlErrors.NotModelled("a database encryption key that is altered, or not protected by a certificate");
        }
        var (server, database) = (execution.Server, execution.Database);
        var isStandard = server.Options.Edition.StartsWith("Standard", StringComparison.Ordinal);
        if (server.Options.EngineEdition != 3 && !(isStandard && server.Options.Major >= firstInStandard))
        {
            throw BackupErrors.NoEncryptionHere();
        }
        var name = statement.Encryptor.Identifier.Value;
        var certificate = server.Secrets.Certificates.GetValueOrDefault(name) ?? throw SqlErrors.UnknownPrincipal("certificate", name, "find");
        if (database.EncryptionKey is not null)
        {
            throw Failure(33103, "A database encryption key already exists for this database.");
        }
        var algorithm = statement.Algorithm switch
        {
            DatabaseEncryptionKeyAlgorithm.Aes128 => "AES_128",
            DatabaseEncryptionKeyAlgorithm.Aes192 => "AES_192",
            DatabaseEncryptionKeyAlgorithm.Aes256 => "AES_256",
            _ => "TRIPLE_DES_3KEY",
        };
        database.EncryptionKey = new DatabaseEncryptionKey(algorithm, certificate.Thumbprint);
    }

    /// <summary>ALTER DATABASE … SET ENCRYPTION ON or OFF.</summary>
    public static void SetEncryption(DatabaseState database, bool on) =>
        database.EncryptionKey = database.EncryptionKey is { } key
            ? key with { State = on ? 3 : 1 }
            : throw Failure(33107, $"Cannot enable database encryption because it is not supported without a database encryption key in '{database.Name}'.");

    private static void DemandReadable(SqlServerInstance server, string file)
    {
        if (server.Disk.WhyNotReadable(file) is not null)
        {
            throw NoSuchFile();
        }
    }

    private static T Read<T>(Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw NoSuchFile();
        }
    }

    private static void Write(SqlServerInstance server, string file, byte[] content)
    {
        if (server.Disk.WhyNotWritable(file) is not null || File.Exists(server.Disk.Real(file)))
        {
            throw Failure(15240, $"Cannot write into file '{file}'. Verify that you have write permissions, that the file path is valid, and that the file does not already exist.");
        }
        File.WriteAllBytes(server.Disk.Real(file), content);
    }

    private static SqlServerException NoSuchFile() =>
        Failure(15208, "The certificate, asymmetric key, or private key file is not valid or does not exist; or you do not have permissions for it.");

    private static SqlServerException Failure(int number, string text, byte state = 1) => new(new SqlMessage(number, state, 16, text));
}
