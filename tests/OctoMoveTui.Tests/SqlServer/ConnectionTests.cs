using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class ConnectionTests
{
    private static async Task<SqlException> RefusedAsync(ASqlServer server, Action<SqlConnectionStringBuilder> with, string database = "master", string user = "sa") =>
        await Should.ThrowAsync<SqlException>(async () => await (await server.OpenAsync(database, user, with)).DisposeAsync());

    [Fact]
    public async Task A_self_signed_certificate_is_not_trusted_unless_the_client_says_so()
    {
        await using var server = await ASqlServer.StartAsync();

        (await RefusedAsync(server, each => each.TrustServerCertificate = false)).Number.ShouldBe(-2146893019);
        await using var trusting = await server.OpenAsync(with: each => each.TrustServerCertificate = true);
        (await trusting.ScalarAsync("SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task The_exported_certificate_can_be_pinned()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var other = await ASqlServer.StartAsync();

        await using var pinned = await server.OpenAsync(with: each => { each.TrustServerCertificate = false; each.ServerCertificate = server.Double.CertificateFile; });
        (await pinned.ScalarAsync("SELECT 1")).ShouldBe(1);
        (await RefusedAsync(server, each => { each.TrustServerCertificate = false; each.ServerCertificate = other.Double.CertificateFile; })).Number.ShouldBe(-2146893019);
    }

    [Theory]
    [InlineData(EncryptionMode.NotSupported, "Optional", 0)]
    [InlineData(EncryptionMode.NotSupported, "Mandatory", 20)]
    [InlineData(EncryptionMode.Off, "Optional", 0)]
    [InlineData(EncryptionMode.Off, "Mandatory", -2146893019)]
    [InlineData(EncryptionMode.On, "Optional", 0)]
    [InlineData(EncryptionMode.Required, "Optional", -2146893019)]
    public async Task Encryption_is_negotiated_as_with_a_real_server(EncryptionMode offered, string wanted, int number)
    {
        await using var server = await ASqlServer.StartAsync(options => options with { Encryption = offered });
        void With(SqlConnectionStringBuilder each) => (each.TrustServerCertificate, each.Encrypt) = (false, SqlConnectionEncryptOption.Parse(wanted));

        if (number == 0)
        {
            await using var connection = await server.OpenAsync(with: With);
            (await connection.ScalarAsync("SELECT @a + N'!'", ("@a", "Ü"))).ShouldBe("Ü!");
        }
        else
        {
            (await RefusedAsync(server, With)).Number.ShouldBe(number);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_login_are_both_18456()
    {
        await using var server = await ASqlServer.StartAsync();

        (await RefusedAsync(server, each => each.Password = "wrong")).Number.ShouldBe(18456);
        (await RefusedAsync(server, each => each.UserID = "nobody")).Number.ShouldBe(18456);
    }

    [Fact]
    public async Task A_missing_database_and_one_without_a_user_for_the_login_are_both_4060()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();

        (await RefusedAsync(server, _ => { }, "Nowhere")).Numbers().ShouldBe([4060, 18456]);
        (await RefusedAsync(server, _ => { }, "Octopus", "stranger")).Numbers().ShouldBe([4060, 18456]);
        await using var stranger = await server.OpenAsync("master", "stranger");
        (await stranger.FailureAsync("USE Octopus")).Number.ShouldBe(916);
    }

    [Fact]
    public async Task A_default_database_that_is_gone_is_4064_unless_another_one_is_asked_for()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("ALTER LOGIN octopus WITH DEFAULT_DATABASE = Octopus; ALTER DATABASE Octopus SET OFFLINE");

        (await RefusedAsync(server, each => each.InitialCatalog = "", user: "octopus")).Numbers().ShouldBe([4064, 18456]);
        await using var asked = await server.OpenAsync("master", "octopus");
    }

    [Fact]
    public async Task A_server_for_Windows_logins_refuses_all_others()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { WindowsOnly = true });

        (await RefusedAsync(server, _ => { })).Number.ShouldBe(18456);
    }

    [Fact]
    public async Task A_backup_tells_its_progress_to_the_engine_in_whatever_language()
    {
        await using var server = await ASqlServer.WithRowsAsync(options => options with { Language = "Deutsch" });
        var (said, percents) = (new List<string>(), new List<int>());
        var engine = new OctoMoveTui.Engine.Sql.SqlServer(server.ConnectionString(), said.Add, () => { });
        await using var session = await engine.OpenMasterAsync(CancellationToken.None);

        await session.RunLongAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT, STATS = 1", percents.Add, CancellationToken.None);

        percents.ShouldBe(Enumerable.Range(1, 100));
        said[^1].ShouldStartWith("BACKUP DATABASE hat erfolgreich");
        await using var connection = await server.OpenAsync();
        (await connection.FailureAsync("BACKUP DATABASE Nowhere TO DISK = 'b.bak'")).Message.ShouldContain("ist nicht vorhanden");
        (await connection.FailureAsync("SET LANGUAGE us_english; BACKUP DATABASE Nowhere TO DISK = 'b.bak'")).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task The_session_knows_who_and_where_it_is()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus", "octopus", each => each.ApplicationName = "OctoMoveTui");

        connection.ServerVersion.ShouldBe("16.00.4236");
        connection.Database.ShouldBe("Octopus");
        (await connection.ScalarAsync("SELECT CAST(@@SPID AS int)")).ShouldBe(connection.ServerProcessId);
        var me = (await connection.RowsAsync("SELECT SUSER_SNAME() a, USER_NAME() b, DB_NAME() c, APP_NAME() d, IS_MEMBER('db_owner') e, IS_SRVROLEMEMBER('sysadmin') f")).Single();
        me.Values.ShouldBe(["octopus", "octopus", "Octopus", "OctoMoveTui", 1, 0]);
        await connection.ChangeDatabaseAsync("master");
        connection.Database.ShouldBe("master");
    }

    [Fact]
    public async Task A_pooled_connection_starts_anew()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        var pooled = server.ConnectionString("Octopus", with: each => { each.Pooling = true; each.MaxPoolSize = 1; });
        int id;
        await using (var first = new SqlConnection(pooled))
        {
            await first.OpenAsync();
            id = first.ServerProcessId;
            await first.ExecuteAsync("CREATE TABLE t (id int); USE master; BEGIN TRAN; INSERT Octopus.dbo.t VALUES (1)");
        }
        await using var second = new SqlConnection(pooled);
        await second.OpenAsync();
        second.ServerProcessId.ShouldBe(id);
        (await second.ScalarAsync("SELECT DB_NAME()")).ShouldBe("Octopus");
        (await second.ScalarAsync("SELECT COUNT(*) + @@TRANCOUNT FROM t")).ShouldBe(0);
        SqlConnection.ClearPool(second);
    }

    [Fact]
    public async Task Cancel_really_stops_a_waiting_statement_and_leaves_the_connection_usable()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        await using var command = connection.Command("WAITFOR DELAY '01:00:00'");
        var running = Task.Run(command.ExecuteNonQuery);
        await Eventually.TrueAsync(() => server.Double.Statements.Any(text => text.StartsWith("WAITFOR", StringComparison.Ordinal)));

        command.Cancel();

        var failure = await Should.ThrowAsync<SqlException>(running);
        failure.Message.ShouldContain("Operation cancelled by user");
        (await connection.ScalarAsync("SELECT 2")).ShouldBe(2);
    }
}
