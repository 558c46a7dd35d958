using System.Data;
using System.Diagnostics;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>What is left behind when a BACKUP or a RESTORE is cut short (reference 3.4).</summary>
public sealed class InterruptedBackupTests
{
    private const string BackUp = "BACKUP DATABASE Octopus TO DISK = @file WITH COPY_ONLY, CHECKSUM, FORMAT, STATS = 1";
    private const string Restore = "RESTORE DATABASE Other FROM DISK = @file WITH MOVE 'Octopus' TO @data, MOVE 'Octopus_log' TO @log, CHECKSUM, STATS = 1";

    private static (string, object?)[] Arguments(ASqlServer server) =>
        [("@file", server.Path("a.bak")), ("@data", server.Path("o.mdf")), ("@log", server.Path("o.ldf"))];

    /// <summary>The engine's way: a synchronous read on one thread, Cancel() from another, once it is known to run.</summary>
    private static async Task<(SqlException Failure, TimeSpan Took)> CancelAsync(ASqlServer server, SqlConnection connection, string sql, string command)
    {
        await using var watcher = await server.OpenAsync();
        await using var statement = connection.Command(sql, [.. Arguments(server).Where(each => sql.Contains(each.Item1, StringComparison.Ordinal))]);
        statement.CommandTimeout = 0;
        var running = Task.Factory.StartNew(statement.Drain, TaskCreationOptions.LongRunning);
        await Eventually.TrueAsync(async () => await watcher.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command = @c AND wait_type IS NOT NULL", ("@c", command)) is 1);
        var clock = Stopwatch.StartNew();

        statement.Cancel();

        return (await Should.ThrowAsync<SqlException>(running), clock.Elapsed);
    }

    [Fact]
    public async Task A_running_backup_is_cancelled_within_a_second_and_leaves_a_file_that_nobody_reads()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.HangNext("BACKUP DATABASE", atPercent: 70);

        var (failure, took) = await CancelAsync(server, connection, BackUp, "BACKUP DATABASE");

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        failure.Numbers()[..2].ShouldBe([3204, 3013]);
        connection.State.ShouldBe(ConnectionState.Open);
        new FileInfo(server.Path("a.bak")).Length.ShouldBeGreaterThan(0);
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", Arguments(server)[0])).Numbers().ShouldBe([3241, 3013]);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(0);
        // Nothing is locked any more.
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
    }

    /// <summary>SqlCommand.Cancel() does nothing before the statement is under way, and nobody says when that is.</summary>
    [Fact]
    public async Task A_cancel_right_after_the_start_reaches_the_server_too()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        var engine = new OctoMoveTui.Engine.Sql.SqlServer(server.ConnectionString(), _ => { }, () => { });
        for (var round = 0; round < 10; round++)
        {
            await using var session = await engine.OpenMasterAsync(CancellationToken.None);
            server.Faults.HangNext("BACKUP DATABASE");
            using var cancel = new CancellationTokenSource();
            var running = session.RunLongAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT, STATS = 1", _ => { }, cancel.Token);

            await cancel.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(TimeSpan.FromSeconds(10)));
            server.Faults.Clear();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task A_running_restore_is_cancelled_within_a_second_and_leaves_the_database_restoring(int percent)
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
        server.Faults.HangNext("RESTORE DATABASE", atPercent: percent);

        var (failure, took) = await CancelAsync(server, connection, Restore, "RESTORE DATABASE");

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        failure.Numbers()[..2].ShouldBe([3204, 3013]);
        (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Other'")).ShouldBe("RESTORING");
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.restorehistory")).ShouldBe(0);
        await connection.ExecuteAsync("DROP DATABASE Other");
        File.Exists(server.Path("o.mdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_restore_that_is_cancelled_before_its_files_exist_leaves_no_database()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
        server.Faults.HangNext("RESTORE DATABASE", atPercent: 0);

        await CancelAsync(server, connection, Restore, "RESTORE DATABASE");

        (await connection.ScalarAsync("SELECT COUNT(*) FROM sys.databases WHERE name = 'Other'")).ShouldBe(0);
        File.Exists(server.Path("o.mdf")).ShouldBeFalse();
        await connection.ExecuteAsync(Restore, Arguments(server));
    }

    [Fact]
    public async Task A_restore_over_a_database_that_is_cancelled_takes_its_old_content_away()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
        await connection.ExecuteAsync(Restore, Arguments(server));
        server.Faults.HangNext("RESTORE DATABASE", atPercent: 0);

        await CancelAsync(server, connection, Restore + ", REPLACE", "RESTORE DATABASE");

        (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Other'")).ShouldBe("RESTORING");
    }

    [Theory]
    [InlineData(false, "PREEMPTIVE_OS_WRITEFILEGATHER")]
    [InlineData(true, "ASYNC_IO_COMPLETION")]
    public async Task What_a_restore_waits_for_can_be_seen_before_its_first_percent(bool skipsZeros, string wait)
    {
        await using var server = await ASqlServer.WithRowsAsync(options => options with { InstantFileInitialization = skipsZeros });
        await using var connection = await server.OpenAsync();
        await using var watcher = await server.OpenAsync();
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
        server.Faults.HangNext("RESTORE DATABASE", atPercent: 0);
        await using var command = connection.Command(Restore, Arguments(server));
        var running = Task.Run(command.Drain);

        await Eventually.TrueAsync(async () =>
            await watcher.ScalarAsync("SELECT wait_type FROM sys.dm_exec_requests WHERE command = @c AND percent_complete = 0", ("@c", "RESTORE DATABASE")) is string seen && seen == wait);

        command.Cancel();
        await Should.ThrowAsync<SqlException>(running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_cut_in_the_middle_stops_the_restore(bool reset)
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using (var first = await server.OpenAsync())
        {
            await first.ExecuteAsync(BackUp, Arguments(server)[0]);
            server.Faults.DropConnectionDuring("RESTORE DATABASE", atPercent: 20, reset: reset);

            var failure = await first.FailureAsync(Restore, Arguments(server));

            failure.Class.ShouldBe((byte)20);
            first.State.ShouldBe(ConnectionState.Closed);
        }
        await using var again = await server.OpenAsync();
        (await again.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Other'")).ShouldBe("RESTORING");
        await Eventually.TrueAsync(async () => await again.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_sessions") is 1);
        await again.ExecuteAsync(Restore + ", REPLACE", Arguments(server));
    }

    [Fact]
    public async Task A_disk_that_fills_up_on_the_way_leaves_a_partial_file()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.FailNext("BACKUP DATABASE", 3202, "Write on \"a.bak\" failed: 112(There is not enough space on the disk.)", atPercent: 60);
        var said = 0;
        connection.InfoMessage += (_, told) => said += told.Errors.Cast<SqlError>().Count(error => error.Number == 3211);
        await using var command = connection.Command(BackUp, Arguments(server)[0]);

        Should.Throw<SqlException>(command.Drain).Numbers().ShouldBe([3202, 3013]);

        said.ShouldBe(59);
        File.Exists(server.Path("a.bak")).ShouldBeTrue();
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(0);
    }

    [Fact]
    public async Task A_backup_whose_history_row_is_lost_is_an_error_and_good_all_the_same()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        server.Faults.LoseNextHistory();

        (await connection.FailureAsync(BackUp, Arguments(server)[0])).Numbers().ShouldBe([3009]);

        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(0);
        await connection.ExecuteAsync("RESTORE VERIFYONLY FROM DISK = @file WITH CHECKSUM", Arguments(server)[0]);
        await connection.ExecuteAsync(BackUp, Arguments(server)[0]);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(1);
    }
}
