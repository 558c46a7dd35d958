using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>What must not happen: something foreign overwritten, something unproven believed, two servers alive.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task A_foreign_database_in_the_middle_of_a_restore_is_not_taken_for_ours()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await LeaveHalfRestoredAsync(move);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().Consequence.ShouldContain("RESTORING");

        // Stopped there and started again it is still not ours.
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.World.NewSql.Statements.ShouldNotContain(each => each.Contains("REPLACE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_failed_to_be_proven_is_proven_again_when_the_step_is_retried()
    {
        await using var move = await AMove.OnAsync();
        move.World.NewSql.Faults.FailNext("DBCC CHECKDB", 8928, "Object ID 1: Page (1:1) could not be processed.", times: 2);
        move.Person.Answers = question => question is RetryOrStop ? new Retry() : null;

        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.World.NewSql.Statements.Count(each => each.Contains("DBCC CHECKDB", StringComparison.Ordinal)).ShouldBe(3);
        move.World.NewSql.Statements.Count(each => each.Contains("RESTORE DATABASE @db", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_done_but_not_proven_before_a_stop_is_proven_after_it()
    {
        await using var move = await AMove.OnAsync();
        move.World.NewSql.Faults.FailNext("DBCC CHECKDB", 8928, "Object ID 1: Page (1:1) could not be processed.", times: 2);

        (await move.RunAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.SqlStatement);
        (await move.RunAsync()).Failure.ShouldNotBeNull("the restore is done, but still not proven").Cause.ShouldBe(FailureCause.SqlStatement);
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task The_old_database_is_never_the_target_whatever_the_connection_string_calls_its_server()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.New.ConnectionString = move.Settings.New.ConnectionString.Replace(
            move.World.NewSql.DataSource, move.World.OldSql.DataSource.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), StringComparison.Ordinal);
        move.Settings.New.Password = move.World.Secrets.OldSqlPassword;
        move.Settings.New.AdminConnectionString = "";

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.CheckFailed);
        failure.What.ShouldContain("same database");
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task A_restoring_login_on_another_SQL_Server_is_refused()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.New.AdminConnectionString = $"Server={move.World.OldSql.DataSource};User ID=dba;Encrypt=True;TrustServerCertificate=True";
        move.Settings.New.AdminPassword = move.World.Secrets.OldAdminPassword;
        move.Settings.New.ConnectionString = move.Settings.New.ConnectionString.Replace("Database=Octopus", "Database=Moved", StringComparison.Ordinal);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.What.ShouldContain("different SQL Servers");
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task The_new_server_waits_with_queued_tasks_until_somebody_said_yes()
    {
        await using var move = await AMove.OnAsync();

        (await move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await CountAsync(move, "SELECT COUNT(*) FROM dbo.OctopusServerNode WHERE Name = 'NEW-SERVER' AND IsInMaintenanceMode = 1")).ShouldBe(1);

        await move.RunAsync(until: "reindex-packages");
        move.Person.Questions.OfType<ConfirmStep>().Last().Lines.ShouldContain(each => each.Text.Contains("will start now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_the_old_database_was_writable_again_the_backup_is_not_trusted_any_more()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await SqlAsync(move.World.OldAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;");
        (await move.RunAsync()).Failure.ShouldNotBeNull().ToDo.ShouldContain(each => each.Contains("begin a new move", StringComparison.Ordinal));

        // Somebody wrote, somebody else put the fence up again: what was written is in no backup.
        await SqlAsync(move.World.OldAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE;");
        (await move.RunAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        move.World.NewSql.Databases.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_one_of_two_steps_stops_the_other_and_says_which_one_failed()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Packages = 400, TaskLogs = 400 });
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.OldSql.Faults.FailNext("STOP_ON_ERROR", 3201, "Cannot open backup device '/x/y.bak'. Operating system error 5(Access is denied.).");

        var ended = await move.RunAsync();
        ended.Sentence.ShouldContain("Back up the database");
        ended.Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Files);

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_refused_API_key_is_asked_for_again()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.ApiKey = null;
        var typed = new Queue<string>(["API-WRONGWRONGWRONGWRONGWRONGWRO", move.World.Secrets.ApiKey]);
        move.Person.Answers = question => question switch
        {
            GiveSecret { Kind: SecretKind.ApiKey } => new SecretGiven(new Secret(typed.Dequeue())),
            RetryOrStop => new Retry(),
            _ => null,
        };

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        typed.ShouldBeEmpty();
    }

    [Fact]
    [Proves("P7")]
    public async Task On_two_machines_an_old_server_that_answers_again_keeps_the_new_one_from_starting()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        move.Settings.Machine = "NEW-SERVER";
        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        await SqlAsync(move.World.OldAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;");
        var service = move.World.Old.Services.All.Single();
        service.StartType = OctoMoveTui.Sandbox.Machines.ServiceStartType.Auto;
        await service.StartAsync(default);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldContain("still answers");
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running, "the new server has not been started");
    }

    [Fact]
    public async Task Checks_of_another_day_are_made_again_before_the_outage()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "save-master-key")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.New.Version = "2026.3.1";

        (await move.RunAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.VersionMismatch);
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId("enter-maintenance-mode")).Standing.ShouldBe(JournalStanding.Nothing);
    }

    // A restore of somebody else's backup that was cancelled.
    private static async Task LeaveHalfRestoredAsync(AMove move)
    {
        var backup = Directory.EnumerateFiles(move.World.Share, "*.bak").Single();
        move.World.NewSql.Faults.HangNext("RESTORE DATABASE [Octopus]");
        await using var connection = new SqlConnection(Master(move.World.NewAdminConnectionString));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"RESTORE DATABASE [Octopus] FROM DISK = N'{backup}' WITH MOVE N'Octopus' TO N'{move.World.NewSql.DataFolder}/foreign.mdf', "
            + $"MOVE N'Octopus_log' TO N'{move.World.NewSql.DataFolder}/foreign.ldf';";
        var restore = Task.Run(() => Should.Throw<SqlException>(() => command.ExecuteNonQuery()));
        var began = TimeProvider.System.GetTimestamp();

        // Cancelled before its files are made, a restore leaves nothing at all.
        await using var watcher = new SqlConnection(Master(move.World.NewAdminConnectionString));
        await watcher.OpenAsync();
        while (await watcher.ScalarAsync("SELECT TOP (1) session_id FROM sys.dm_exec_requests WHERE command LIKE 'RESTORE%' AND percent_complete > 1") is null)
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30), "the restore never came half-way");
        command.Cancel();
        await restore;
    }

    private static async Task<int> CountAsync(AMove move, string text)
    {
        await using var connection = new SqlConnection(move.World.NewAdminConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task SqlAsync(string connectionString, string text)
    {
        await using var connection = new SqlConnection(Master(connectionString));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private static string Master(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master", Pooling = false }.ConnectionString;
}
