using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class BackupToUrlTests : IDisposable
{
    private const string Container = "https://octomove.blob.core.windows.net/move",
        Bucket = "s3://minio.local:9000/move";
    private const string BackUp = "BACKUP DATABASE Octopus TO URL = @url WITH COPY_ONLY, CHECKSUM, FORMAT";

    private readonly DirectoryInfo storage = Directory.CreateTempSubdirectory("octomove-blob-");

    public BackupToUrlTests()
    {
        storage.CreateSubdirectory("octomove.blob.core.windows.net/move");
        storage.CreateSubdirectory("minio.local_9000/move");
    }

    public void Dispose() => storage.Delete(recursive: true);

    private Task<ASqlServer> ServerAsync(Func<SqlServerOptions, SqlServerOptions>? with = null) =>
        ASqlServer.WithRowsAsync(options => (with ?? (same => same))(options with { BlobFolder = storage.FullName }));

    private static Task GrantAsync(SqlConnection connection, string url = Container, string identity = "SHARED ACCESS SIGNATURE", string secret = "sv=2024&sig=abc") =>
        connection.ExecuteAsync($"CREATE CREDENTIAL [{url}] WITH IDENTITY = N'{identity}', SECRET = N'{secret}'");

    [Theory]
    [InlineData(Container, "SHARED ACCESS SIGNATURE", "sv=2024&sig=abc")]
    [InlineData(Bucket, "S3 Access Key", "id:key")]
    public async Task A_backup_in_storage_is_restored_by_another_server_that_has_a_credential_of_its_own(string where, string identity, string secret)
    {
        await using var old = await ServerAsync();
        await using var @new = await ServerAsync(options => options with { Name = "NEW-SQL" });
        await using var source = await old.OpenAsync();
        await using var target = await @new.OpenAsync();
        (string, object?)[] url = [("@url", where + "/moves/42.bak")];
        await GrantAsync(source, where, identity, secret);
        await source.ExecuteAsync(BackUp, url);

        (await target.FailureAsync("RESTORE HEADERONLY FROM URL = @url", url)).Message.ShouldContain("86(The specified network password is not correct.)");
        await GrantAsync(target, where, identity, secret);
        var header = (await target.RowsAsync("RESTORE HEADERONLY FROM URL = @url", url)).ShouldHaveSingleItem();
        header["DatabaseName"].ShouldBe("Octopus");
        header["DeviceType"].ShouldBe((byte)9);
        await target.ExecuteAsync("RESTORE DATABASE Moved FROM URL = @url WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l, CHECKSUM",
            [.. url, ("@d", @new.Path("m.mdf")), ("@l", @new.Path("m.ldf"))]);
        (await target.ScalarAsync("SELECT COUNT(*) FROM Moved.dbo.Machine")).ShouldBe(3);
    }

    [Fact]
    public async Task A_missing_or_mistyped_credential_and_a_missing_container_are_3201()
    {
        await using var server = await ServerAsync();
        await using var connection = await server.OpenAsync();
        async Task<string> RefusedAsync(string url)
        {
            var failure = await connection.FailureAsync(BackUp, ("@url", url));
            failure.Numbers().ShouldBe([3201, 3013]);
            return failure.Errors[0].Message;
        }

        (await RefusedAsync(Container + "/a.bak")).ShouldContain("error 86(");
        await GrantAsync(connection, secret: "?sv=2024&sig=abc");
        (await RefusedAsync(Container + "/a.bak")).ShouldContain("error 86(");
        await connection.ExecuteAsync($"ALTER CREDENTIAL [{Container}] WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'sv=2024&sig=abc'");
        await connection.ExecuteAsync(BackUp, ("@url", Container + "/a.bak"));
        await GrantAsync(connection, "https://octomove.blob.core.windows.net/none");
        (await RefusedAsync("https://octomove.blob.core.windows.net/none/a.bak")).ShouldContain("error 50(");
        (await connection.FailureAsync("RESTORE LABELONLY FROM URL = @url", ("@url", Container + "/b.bak"))).Message.ShouldContain("error 2(");
    }

    [Fact]
    public async Task Credentials_are_made_once_dropped_by_name_and_only_by_those_who_may()
    {
        await using var server = await ServerAsync();
        await using var connection = await server.OpenAsync();
        await GrantAsync(connection);
        (await Should.ThrowAsync<SqlException>(() => GrantAsync(connection))).Number.ShouldBe(15530);
        await connection.ExecuteAsync($"DROP CREDENTIAL [{Container}]");
        (await connection.FailureAsync($"DROP CREDENTIAL [{Container}]")).Number.ShouldBe(15151);
        await using var other = await server.OpenAsync(user: "octopus");
        (await Should.ThrowAsync<SqlException>(() => GrantAsync(other))).Number.ShouldBe(15247);
    }

    [Fact]
    public async Task Storage_takes_whole_files_only_and_no_strange_addresses()
    {
        await using var server = await ServerAsync();
        await using var connection = await server.OpenAsync();
        await GrantAsync(connection);
        await connection.ExecuteAsync(BackUp, ("@url", Container + "/a.bak"));

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO URL = @url", ("@url", Container + "/a.bak"))).Numbers().ShouldBe([3271, 3013]);
        await connection.ExecuteAsync(BackUp, ("@url", Container + "/a.bak"));
        (await connection.FailureAsync(BackUp, ("@url", "https://example.org/a.bak"))).Numbers().ShouldBe([3078, 3013]);
        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak', URL = @url", ("@url", Container + "/b.bak"))).Numbers().ShouldBe([3011, 3013]);
        await GrantAsync(connection, Bucket, "SHARED ACCESS SIGNATURE", "id:key");
        (await connection.FailureAsync(BackUp, ("@url", Bucket + "/a.bak"))).Numbers().ShouldBe([3233, 3013]);
    }

    [Theory]
    [InlineData("15.0.4298.1", 3, "Developer Edition (64-bit)", 3078)]
    [InlineData("16.0.4236.2", 4, "Express Edition (64-bit)", 1844)]
    public async Task S3_needs_2022_and_more_than_Express(string version, int engine, string edition, int number)
    {
        await using var server = await ServerAsync(options => options with { ProductVersion = version, EngineEdition = engine, Edition = edition });
        await using var connection = await server.OpenAsync();

        (await connection.FailureAsync(BackUp, ("@url", Bucket + "/a.bak"))).Numbers().ShouldBe([number, 3013]);
    }
}
