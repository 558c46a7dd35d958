using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>sys.dm_exec_requests while BACKUP, RESTORE VERIFYONLY and CHECKDB run in another session. The server's time moves only when the test moves it.</summary>
public sealed class RunningRequestTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_slow_backup_shows_its_percent_its_wait_and_the_time_left()
    {
        await WatchAsync("BACKUP DATABASE Octopus TO DISK = 'o.bak' WITH FORMAT, CHECKSUM", "BACKUP DATABASE", row =>
        {
            row["wait_type"].ShouldBe("BACKUPIO");
            row["last_wait_type"].ShouldBe("BACKUPIO");
            row["status"].ShouldBe("suspended");
        });
    }

    [Fact]
    public async Task So_does_a_verification()
    {
        await WatchAsync("RESTORE VERIFYONLY FROM DISK = 'first.bak'", "RESTORE VERIFYON", row => row["wait_type"].ShouldBe("BACKUPIO"));
    }

    [Fact]
    public async Task So_does_a_check()
    {
        await WatchAsync("DBCC CHECKDB (N'Octopus') WITH NO_INFOMSGS", "DBCC CHECKDB", _ => { });
    }

    private static async Task WatchAsync(string statement, string command, Action<Dictionary<string, object?>> more)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };
        await using var server = await ASqlServer.StartAsync(options => options with { StatsPause = Pause, CheckPause = Pause, Time = time });
        await server.Double.CreateDatabaseAsync("Octopus", "sa", ["octopus"]);
        await using var worker = await server.OpenAsync();
        await using var watcher = await server.OpenAsync();
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        if (statement.Contains("first.bak", StringComparison.Ordinal))
        {
            await RunToEndAsync(worker.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = 'first.bak' WITH FORMAT, CHECKSUM"), time);
        }

        var work = worker.ExecuteAsync(statement);
        var spid = worker.ServerProcessId;
        var row = await UntilAsync(found => (float)found["percent_complete"]! is >= 20 and < 90);

        row["session_id"].ShouldBe((short)spid);
        row["command"].ShouldBe(command);
        ((long)row["estimated_completion_time"]!).ShouldBeGreaterThan(0);
        ((int)row["total_elapsed_time"]!).ShouldBeGreaterThan(0);
        row["start_time"].ShouldBeOfType<DateTime>();
        row["blocking_session_id"].ShouldBe((short)0);
        more(row);
        var running = await watcher.RowsAsync(SqlScript.Text("find-running-backups"));
        running.Select(found => found["session_id"]).ShouldBe(command.StartsWith("DBCC", StringComparison.Ordinal) ? [] : [(short)spid]);
        var progress = (await watcher.RowsAsync(SqlScript.Text("read-progress"), ("@session", spid))).Single();
        progress["percent_complete"].ShouldBeOfType<double>();
        progress["remaining"].ShouldBeOfType<long>();
        (await octopus.RowsAsync(SqlScript.Text("read-progress"), ("@session", spid))).ShouldBeEmpty("VIEW SERVER STATE is needed for others' requests");

        await RunToEndAsync(work, time);
        (await watcher.RowsAsync(SqlScript.Text("read-progress"), ("@session", spid))).ShouldBeEmpty();

        async Task<Dictionary<string, object?>> UntilAsync(Func<Dictionary<string, object?>, bool> enough)
        {
            while (true)
            {
                time.Advance(Pause);
                var rows = await watcher.RowsAsync("""
                    SELECT session_id, command, status, percent_complete, start_time, total_elapsed_time, estimated_completion_time, wait_type, last_wait_type, blocking_session_id
                    FROM sys.dm_exec_requests WHERE session_id = @spid
                    """, ("@spid", spid));
                work.IsCompleted.ShouldBeFalse("it ended before it was seen");
                if (rows.Count == 1 && enough(rows[0]))
                {
                    return rows[0];
                }
            }
        }
    }

    private static async Task RunToEndAsync(Task work, FakeTimeProvider time)
    {
        while (!work.IsCompleted)
        {
            time.Advance(Pause);
            await Task.Yield();
        }
        await work;
    }
}
