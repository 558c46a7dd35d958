using System.Data;
using System.Diagnostics;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Contract;

/// <summary>Cancelling in both phases, the engine's way: synchronous reading on one thread, Cancel() from another.</summary>
[Collection(ContractCollection.Name)]
public sealed class CancelContractTests(ContractServer server)
{
    /// <summary>Few and small buffers: a real server takes its time.</summary>
    private const string Slowly = "STATS = 1, BUFFERCOUNT = 1, MAXTRANSFERSIZE = 65536";

    [Fact]
    public async Task A_cancelled_backup_ends_within_a_second_and_leaves_no_history_and_no_readable_file()
    {
        var file = server.NewFile("cancelled.bak");
        await server.MakeSlowAsync("BACKUP DATABASE");
        await using var connection = await server.OpenAsync();

        var errors = await CancelAsync(connection, $"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH COPY_ONLY, FORMAT, NO_COMPRESSION, DESCRIPTION = N'octomove_test cancelled', {Slowly}", file);

        server.Record.Errors["cancel a backup"] = errors;
        ShouldTellOfTheCancel(errors);
        connection.State.ShouldBe(ConnectionState.Open);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE database_name = @db AND description = N'octomove_test cancelled'", ("@db", server.Database))).ShouldBe(0);
        // What it says of a half-written file is not agreed upon among versions; that it isn't taken for a whole one is.
        var refusal = await connection.FailureAsync("RESTORE VERIFYONLY FROM DISK = @f", ("@f", file));
        server.Record.Errors["verify what a cancelled backup left"] = ContractRecord.ErrorsOf(refusal);
        refusal.Numbers()[^1].ShouldBe(3013);
        await connection.ExecuteAsync($"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH COPY_ONLY, FORMAT", ("@f", file));
    }

    [Fact]
    public async Task A_cancelled_restore_ends_within_a_second_and_leaves_a_database_that_can_be_dropped()
    {
        var (file, name) = (server.NewFile("large.bak"), server.Prefix + "_half");
        await server.MakeSlowAsync("RESTORE DATABASE");
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync($"BACKUP DATABASE [{server.Database}] TO DISK = @f WITH COPY_ONLY, FORMAT, NO_COMPRESSION", ("@f", file));

        var errors = await CancelAsync(connection, $"RESTORE DATABASE [{name}] FROM DISK = @f WITH {server.MovesTo("half")}, {Slowly}", file);

        server.Record.Errors["cancel a restore"] = errors;
        ShouldTellOfTheCancel(errors);
        connection.State.ShouldBe(ConnectionState.Open);
        // Gone or RESTORING, depending on how far it was; never usable, and never in the way for good.
        (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = @db", ("@db", name)) ?? "gone").ShouldBeOneOf("gone", "RESTORING");
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.restorehistory WHERE destination_database_name = @db", ("@db", name))).ShouldBe(0);
        await ContractServer.DropAsync(connection, name);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM sys.databases WHERE name = @db", ("@db", name))).ShouldBe(0);
    }

    // Where the acknowledgement overtakes the messages, the client drops them and says only, as number 0, that it was cancelled.
    private static void ShouldTellOfTheCancel(IReadOnlyList<RecordedError> errors)
    {
        int[] numbers = [.. errors.Select(each => each.Number).Take(2)];
        if (numbers is not [0])
            numbers.ShouldBe([3204, 3013]);
    }

    /// <summary>Cancels when the first percent has been said; returns the errors, and fails when that took a second or more.</summary>
    private async Task<IReadOnlyList<RecordedError>> CancelAsync(SqlConnection connection, string sql, string file)
    {
        await using var command = connection.Command(sql, ("@f", file));
        command.CommandTimeout = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.InfoMessage += (_, told) => _ = told.Errors.Cast<SqlError>().Any(each => each.Number == 3211) && first.TrySetResult();
        var running = Task.Factory.StartNew(command.Drain, TaskCreationOptions.LongRunning);
        await Task.WhenAny(first.Task, running);
        var clock = Stopwatch.StartNew();

        command.Cancel();

        try
        {
            await running;
        }
        catch (SqlException failure)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
            return ContractRecord.ErrorsOf(failure);
        }
        Assert.SkipWhen(server.IsReal, "This server was done before it could be cancelled: give the test more rows to back up.");
        throw new InvalidOperationException("The double was done although it was told to wait.");
    }
}
