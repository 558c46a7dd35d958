using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>Transparent data encryption, encrypted backups, and the recipe that takes the certificate to another server.</summary>
public sealed class EncryptedBackupTests
{
    private static async Task MakeCertificateAsync(SqlConnection connection)
    {
        await connection.ExecuteAsync("CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'Master-5'");
        await connection.ExecuteAsync("CREATE CERTIFICATE mover WITH SUBJECT = 'For the move'");
    }

    private static Task RestoreAsync(ASqlServer server, SqlConnection target, string file) =>
        target.ExecuteAsync("RESTORE DATABASE Octopus2 FROM DISK = @file WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l",
            ("@file", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_encrypted_backup_opens_only_where_the_certificate_and_its_private_key_are(bool wholeDatabase)
    {
        await using var old = await ASqlServer.WithRowsAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL" });
        await using var source = await old.OpenAsync();
        await using var target = await @new.OpenAsync();
        var file = old.Path("a.bak");
        await MakeCertificateAsync(source);
        if (wholeDatabase)
        {
            await source.ExecuteAsync("USE Octopus; CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER CERTIFICATE mover; USE master");
            await source.ExecuteAsync("ALTER DATABASE Octopus SET ENCRYPTION ON");
            await source.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT, CHECKSUM", ("@file", file));
        }
        else
        {
            await source.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT, CHECKSUM, ENCRYPTION (ALGORITHM = AES_256, SERVER CERTIFICATE = mover)", ("@file", file));
        }

        // Which parts are readable without it differs.
        if (wholeDatabase)
        {
            (await target.RowsAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Single()["EncryptorThumbprint"].ShouldBeNull();
        }
        else
        {
            (await target.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Numbers().ShouldBe([33111, 3013]);
        }
        var failure = await target.FailureAsync("RESTORE FILELISTONLY FROM DISK = @file", ("@file", file));
        failure.Numbers().ShouldBe([33111, 3013]);
        failure.State.ShouldBe((byte)3);
        (await Should.ThrowAsync<SqlException>(() => RestoreAsync(@new, target, file))).Numbers().ShouldBe([33111, 3013]);

        var (certificate, key) = (old.Path("mover.cer"), old.Path("mover.pvk"));
        await source.ExecuteAsync($"BACKUP CERTIFICATE mover TO FILE = '{certificate}' WITH PRIVATE KEY (FILE = '{key}', ENCRYPTION BY PASSWORD = 'Key-6')");
        (await target.FailureAsync($"CREATE CERTIFICATE mover FROM FILE = '{certificate}'")).Number.ShouldBe(15581);
        await target.ExecuteAsync("CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'Other-7'");
        (await target.FailureAsync($"CREATE CERTIFICATE mover FROM FILE = '{certificate}' WITH PRIVATE KEY (FILE = '{key}', DECRYPTION BY PASSWORD = 'wrong')")).Number.ShouldBe(15465);
        await target.ExecuteAsync($"CREATE CERTIFICATE half FROM FILE = '{certificate}'");
        (await Should.ThrowAsync<SqlException>(() => RestoreAsync(@new, target, file))).Number.ShouldBe(33111);
        await target.ExecuteAsync("DROP CERTIFICATE half");
        await target.ExecuteAsync($"CREATE CERTIFICATE mover FROM FILE = '{certificate}' WITH PRIVATE KEY (FILE = '{key}', DECRYPTION BY PASSWORD = 'Key-6')");

        await RestoreAsync(@new, target, file);
        (await target.ScalarAsync("SELECT COUNT(*) FROM Octopus2.dbo.Machine")).ShouldBe(3);
        var thumbprint = wholeDatabase
            ? (await target.RowsAsync("RESTORE FILELISTONLY FROM DISK = @file", ("@file", file)))[0]["TDEThumbprint"]
            : (await target.RowsAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Single()["EncryptorThumbprint"];
        thumbprint.ShouldBeOfType<byte[]>().Length.ShouldBe(20);
    }

    [Fact]
    public async Task Encryption_can_not_be_appended_and_not_be_made_on_Express()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await MakeCertificateAsync(connection);
        const string encrypted = "BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH ENCRYPTION (ALGORITHM = AES_256, SERVER CERTIFICATE = mover)";
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT");
        (await connection.FailureAsync(encrypted)).Numbers().ShouldBe([3095, 3013]);

        await using var express = await ASqlServer.WithRowsAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        await using var other = await express.OpenAsync();
        await MakeCertificateAsync(other);
        (await other.FailureAsync(encrypted)).Numbers().ShouldBe([1844, 3013]);
        (await other.FailureAsync("USE Octopus; CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER CERTIFICATE mover")).Number.ShouldBe(33117);
    }
}
