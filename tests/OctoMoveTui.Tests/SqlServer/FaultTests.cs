using System.Data;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class FaultTests
{
    [Fact]
    public async Task The_nth_statement_fails_once_with_the_error_asked_for()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.FailNext("SELECT 7", 1205, "deadlock", severity: 13, state: 51, nth: 2);

        (await connection.ScalarAsync("SELECT 7")).ShouldBe(7);
        var failure = await connection.FailureAsync("SELECT 7");
        (failure.Number, failure.Class, failure.State).ShouldBe((1205, (byte)13, (byte)51));
        (await connection.ScalarAsync("SELECT 7")).ShouldBe(7);

        server.Faults.FailNext("xp_fileexist", 229, "denied", severity: 14);
        (await connection.FailureAsync("EXEC master.dbo.xp_fileexist 'x'")).Number.ShouldBe(229);
    }

    [Fact]
    public async Task A_failed_backup_ends_with_3013()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.FailNext("BACKUP DATABASE", 3202, "Write on \"x\" failed: 112(There is not enough space on the disk.)");

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak'")).Numbers().ShouldBe([3202, 3013]);
    }

    [Fact]
    public async Task The_connection_drops_in_the_middle_of_a_backup()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.DropConnectionDuring("BACKUP DATABASE");

        var failure = await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH STATS = 10");

        failure.Class.ShouldBe((byte)20);
        connection.State.ShouldBe(ConnectionState.Closed);
        await using var again = await server.OpenAsync();
        (await again.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(0);
        await Eventually.TrueAsync(async () => await again.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_sessions") is 1);
        await again.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT");
    }

    [Fact]
    public async Task A_hanging_statement_ends_by_timeout_and_the_connection_lives()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.HangNext(text => text.Contains("@@VERSION", StringComparison.Ordinal));
        await using var command = connection.Command("SELECT @@VERSION");
        command.CommandTimeout = 1;

        (await Should.ThrowAsync<SqlException>(command.ExecuteScalarAsync)).Number.ShouldBe(-2);
        connection.State.ShouldBe(ConnectionState.Open);
        (await connection.ScalarAsync("SELECT @@VERSION")).ShouldBeOfType<string>().ShouldStartWith("Microsoft SQL Server 2022");
    }

    [Fact]
    public async Task A_denied_permission_is_missing_until_it_is_allowed_again()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.DenyPermission("sa", "CREATE DATABASE");
        (await connection.FailureAsync("CREATE DATABASE x")).Number.ShouldBe(262);
        server.Faults.AllowPermission("sa", "CREATE DATABASE");
        await connection.ExecuteAsync("CREATE DATABASE x");
    }

    [Fact]
    public async Task Statements_are_remembered_in_order()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync("PRINT 'one'");
        await connection.ExecuteAsync("PRINT @two", ("@two", "2"));

        server.Double.Statements.ShouldBe(["PRINT 'one'", "PRINT @two"]);
    }
}
