using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>What is there already on the new server, who is connected, what runs, and what was done before.</summary>
public sealed class ClashAndHistoryTests
{
    [Fact]
    [Proves("Q14")]
    public async Task The_old_database_itself_is_never_a_target_and_nothing_else_is_asked()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<NotTheOldDatabase>()).ShouldPass();
        now.Old = ChecksOf.OldIs(same => same) with { SqlServer = "new-sql" };
        var made = await now.MakeAllAsync();
        made[^1].ShouldFail("same database");
        made[^1].Id.ShouldBe("Q14");
    }

    [Fact]
    [Proves("Q14")]
    public async Task A_database_in_the_way_is_described_by_owner_age_content_and_sessions()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<DatabaseClash>()).ShouldPass();

        await now.Server.Double.CreateDatabaseAsync("Octopus", "mover", ["octopus"]);
        (await now.MakeAsync<DatabaseClash>()).ShouldWarn("ONLINE, owner mover, created ").Finding.ShouldContain("empty, nobody connected");

        await using var connection = await now.Server.OpenAsync("Octopus", "octopus");
        await connection.ExecuteAsync("CREATE TABLE dbo.OctopusServerInstallationHistory ([Version] nvarchar(50) NOT NULL, Node nvarchar(200) NOT NULL, Installed datetimeoffset NOT NULL)");
        await connection.ExecuteAsync("INSERT OctopusServerInstallationHistory VALUES ('2026.1.1', 'OTHER', SYSDATETIMEOFFSET())");
        (await now.MakeAsync<DatabaseClash>()).ShouldWarn("an Octopus database (1 tables, last run by 2026.1.1), 1 session");
    }

    [Fact]
    [Proves("Q14")]
    public async Task A_database_that_was_restored_says_from_where()
    {
        await using var now = await ChecksOf.NewAsync();
        await now.Server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await using (var connection = await now.Server.OpenAsync())
        {
            var file = now.Server.Path("earlier.bak");
            await connection.ExecuteAsync($"BACKUP DATABASE Octopus TO DISK = '{file}' WITH FORMAT, DESCRIPTION = 'OctoMoveTui run=41'");
            await connection.ExecuteAsync($"RESTORE DATABASE Octopus FROM DISK = '{file}' WITH REPLACE");
        }

        (await now.MakeAsync<DatabaseClash>()).ShouldWarn("from a backup of NEW-SQL (OctoMoveTui run=41)");
    }

    [Fact]
    [Proves("Q14", "1834", "3142")]
    public async Task Files_of_other_databases_and_leftover_files_are_left_alone_and_ours_get_other_names()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<FileClash>()).ShouldPass();
        now.User = "mover";
        (await now.MakeAsync<FileClash>()).ShouldNotKnow("is not told of leftover");

        now.User = "sa";
        var leftover = Path.Combine(now.Server.Double.DataFolder, "Octopus.mdf");
        File.WriteAllText(leftover, "");
        (await now.MakeAsync<FileClash>()).ShouldWarn("3142").Finding.ShouldContain("Octopus_2.mdf");
        File.Delete(leftover);

        await using (var connection = await now.Server.OpenAsync())
        {
            await now.Server.Double.CreateDatabaseAsync("Small", "sa", []);
            var file = now.Server.Path("small.bak");
            await connection.ExecuteAsync($"BACKUP DATABASE Small TO DISK = '{file}' WITH FORMAT");
            await connection.ExecuteAsync($"RESTORE DATABASE Another FROM DISK = '{file}' WITH MOVE 'Small' TO '{leftover}', MOVE 'Small_log' TO '{now.Server.Path("a.ldf")}'");
        }

        (await now.MakeAsync<FileClash>()).ShouldWarn("belongs to the database Another").Finding.ShouldContain("Octopus_2.mdf");
    }

    [Fact]
    [Proves("Q15", "3023")]
    public async Task A_backup_that_runs_now_is_told()
    {
        await using var old = await ChecksOf.OldAsync(options => options with { StatsPause = TimeSpan.FromSeconds(1) });
        (await old.MakeAsync<RunningBackup>()).ShouldPass();
        old.User = "octopus";
        (await old.MakeAsync<RunningBackup>()).ShouldNotKnow("own sessions only");

        old.User = "sa";
        await using var connection = await old.Server.OpenAsync();
        await using var command = connection.Command($"BACKUP DATABASE Octopus TO DISK = '{old.Server.Path("own.bak")}' WITH STATS = 1");
        var running = Task.Run(command.ExecuteNonQuery);
        await Eventually.TrueAsync(async () => (await old.MakeAsync<RunningBackup>()).Verdict == Verdict.Warn);
        command.Cancel();
        await Should.ThrowAsync<Microsoft.Data.SqlClient.SqlException>(running);
    }

    [Fact]
    [Proves("Q16")]
    public async Task The_last_backup_of_one_s_own_is_told_and_ours_do_not_count()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<ProbeWritten>()).ShouldPass();
        (await old.MakeAsync<LastBackups>()).ShouldWarn("no full backup of your own");

        await using (var connection = await old.Server.OpenAsync())
            await connection.ExecuteAsync($"BACKUP DATABASE Octopus TO DISK = '{old.Server.Path("own.bak")}' WITH FORMAT");
        (await old.MakeAsync<LastBackups>()).ShouldPass();

        old.Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(9));
        (await old.MakeAsync<LastBackups>()).ShouldWarn("The last full backup");
        old.Server.Faults.FailNext("msdb.dbo.backupset", 229, "The SELECT permission was denied on the object 'backupset'.", severity: 14);
        (await old.MakeAsync<LastBackups>()).ShouldNotKnow("229").ShouldAdvise("USE msdb;");
    }

    [Fact]
    [Proves("Q16")]
    public async Task The_last_clean_CHECKDB_is_told()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<LastIntegrityCheck>()).ShouldWarn("No DBCC CHECKDB").ShouldAdvise("DBCC CHECKDB ([Octopus])");
        old.Server.Double.Pose("Octopus", new() { LastGoodCheck = TimeProvider.System.GetUtcNow().DateTime.AddDays(-3) });
        (await old.MakeAsync<LastIntegrityCheck>()).ShouldPass();
        old.Server.Double.Pose("Octopus", new() { LastGoodCheck = TimeProvider.System.GetUtcNow().DateTime.AddDays(-40) });
        (await old.MakeAsync<LastIntegrityCheck>()).ShouldWarn("The last clean");
    }

    [Fact]
    [Proves("Q17")]
    public async Task Sessions_show_the_nodes_of_Octopus_Server_by_their_hosts()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Sessions>()).ShouldPass().Finding.ShouldContain("Nobody");

        await using var node = await old.Server.OpenAsync("Octopus", "octopus", builder => (builder.ApplicationName, builder.WorkstationID) = ("Octopus Server", Environment.MachineName));
        (await old.MakeAsync<Sessions>()).ShouldPass().Finding.ShouldContain("Octopus Server as octopus (1 session)");
        await using var other = await old.Server.OpenAsync("Octopus", "octopus", builder => (builder.ApplicationName, builder.WorkstationID) = ("Octopus Server", "NODE-2"));
        (await old.MakeAsync<Sessions>()).ShouldWarn("NODE-2");

        old.User = "mover";
        (await old.MakeAsync<Sessions>()).ShouldNotKnow("own sessions only").ShouldAdvise("GRANT VIEW SERVER STATE TO [mover];");
    }

    [Fact]
    [Proves("Q17", "3101")]
    public async Task Whoever_works_in_the_database_in_the_way_is_named()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<Sessions>()).ShouldPass();
        await now.Server.Double.CreateDatabaseAsync("Octopus", "sa", ["octopus"]);
        (await now.MakeAsync<Sessions>()).ShouldPass();
        await using var someone = await now.Server.OpenAsync("Octopus", "octopus", builder => builder.ApplicationName = "Report");
        (await now.MakeAsync<Sessions>()).ShouldWarn("cut off").Finding.ShouldContain("Report");
    }
}
