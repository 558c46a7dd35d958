using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The database half of whole moves: its ways of transport, what it finds in its way, what it leaves when it is stopped, what it writes down.</summary>
public sealed class DatabaseMoveTests
{
    [Fact]
    public async Task Striped_and_through_the_move_folder_alone_and_a_stripe_damaged_there_is_noticed()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Old.Machine = "OLD-SERVER";
        move.Settings.New.Machine = "NEW-SERVER";
        move.Settings.Backup = new BackupSettings
        {
            FolderOnOldSql = move.World.OldSql.BackupFolder, CarryFrom = move.World.OldSql.BackupFolder,
            FolderOnNewSql = move.World.NewSql.BackupFolder, CarryTo = move.World.NewSql.BackupFolder,
            ThroughMoveFolder = true, Stripes = 3,
        };
        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        var stripe = Directory.GetFiles(Path.Combine(move.World.MoveFolder, "files"), "*-2of3.bak").ShouldHaveSingleItem();
        Directory.GetFiles(move.World.NewSql.BackupFolder).ShouldBeEmpty();

        var right = File.ReadAllBytes(stripe);
        File.WriteAllBytes(stripe, [.. right[..100], (byte)~right[100], .. right[101..]]);
        var failure = (await RunOnAsync(move, "NEW-SERVER")).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.What.ShouldContain("-2of3.bak");
        move.World.NewSql.Databases.ShouldBeEmpty();

        File.WriteAllBytes(stripe, right);
        (await RunOnAsync(move, "NEW-SERVER")).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        var receipt = File.ReadAllText(Path.Combine(move.World.MoveFolder, "database-receipt.md"));
        receipt.ShouldContain("3of3.bak");
        receipt.ShouldNotContain("DIFFERS");
        (await RunOnAsync(move, "OLD-SERVER")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Theory]
    [InlineData("back-up-database", "Backing up")]
    [InlineData("restore-database", "Restoring")]
    public async Task Stopped_in_the_middle_of_a_backup_or_restore_it_takes_away_what_it_had_begun(string step, string work)
    {
        await using var move = await AMove.OnAsync(AMove.Small with { StatsPause = TimeSpan.FromMilliseconds(10) });
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is Progressed { Done: > 0 } progress && progress.Step.Word == step && progress.What == work)
                stop.Cancel();
        };

        (await move.RunAsync(cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        if (step == "back-up-database")
            Directory.GetFiles(move.World.Share, "*.bak").ShouldBeEmpty();
        else
            move.World.NewSql.Databases.ShouldBeEmpty();

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.BackupsTaken.Count.ShouldBe(1, "a finished backup is not taken twice");
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task What_would_be_lost_is_told_and_who_is_connected_is_cut_off_only_after_the_name_was_typed()
    {
        await using var move = await AMove.OnAsync();
        await move.World.NewSql.CreateDatabaseAsync("Octopus", "mover", []);
        await using var somebody = new SqlConnection(move.World.NewAdminConnectionString + ";Application Name=Reports;Pooling=false");
        await somebody.OpenAsync();
        await somebody.ExecuteAsync("CREATE TABLE dbo.Precious (Id int)");

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        var told = move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().Consequence;
        told.ShouldContain("not a database of Octopus Server: 1 table,");
        told.ShouldContain("Reports as mover");
        (await somebody.ScalarAsync("SELECT COUNT(*) FROM dbo.Precious")).ShouldBe(0);

        // Refused while it is planned, the restore leaves the other database as it was, for everybody.
        move.Person.Answers = question => question is TypeName { Destroys: true } name ? new Typed(name.Name) : null;
        move.World.NewSql.Faults.FailNext("RESTORE DATABASE @db", 3257, "There is insufficient free space on disk volume 'D:\\' to create the database.");
        (await move.RunAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Files);
        await using (var again = new SqlConnection(move.World.NewAdminConnectionString + ";Pooling=false"))
        {
            await again.OpenAsync();
            (await again.ScalarAsync("SELECT COUNT(*) FROM dbo.Precious")).ShouldBe(0);
        }

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_database_that_somebody_else_took_offline_stays_offline_when_the_restore_over_it_is_refused()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.World.NewSql.CreateDatabaseAsync("Octopus", "mover", []);
        await using var admin = new SqlConnection(
            new SqlConnectionStringBuilder(move.World.NewAdminConnectionString) { InitialCatalog = "master", Pooling = false }.ConnectionString);
        await admin.OpenAsync();
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET OFFLINE WITH ROLLBACK IMMEDIATE");

        move.Person.Answers = question => question is TypeName { Destroys: true } name ? new Typed(name.Name) : null;
        move.World.NewSql.Faults.FailNext("RESTORE DATABASE @db", 3257, "There is insufficient free space on disk volume 'D:\\' to create the database.");
        (await move.RunAsync(until: "restore-database")).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Files);

        (await admin.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Octopus'")).ShouldBe("OFFLINE");
    }

    [Fact]
    public async Task A_finished_backup_whose_file_is_gone_before_it_was_proven_is_taken_again()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.ConnectionString, move.Settings.Old.Password) = (move.World.OldAdminConnectionString, move.World.Secrets.OldAdminPassword);
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.OldSql.Faults.FailNext("VERIFYONLY", 3203, "Read on \"backup\" failed: 1117(The request could not be performed because of an I/O device error.)");
        (await move.RunAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Files);
        File.Delete(MovePlanOf(move).Backup.FileOnOldSql);

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.BackupsTaken.Count.ShouldBe(2);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_restore_that_msdb_could_not_write_down_is_recognised_by_the_database_itself()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.NewSql.Faults.LoseNextHistory();

        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Heard.ShouldContain("looked at instead");

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Questions.OfType<TypeName>().ShouldNotContain(each => each.Destroys);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_file_that_another_wrote_under_the_backups_name_is_not_destroyed()
    {
        // Octopus' login may not look into the file, the administrator's may.
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.ConnectionString, move.Settings.Old.Password) = (move.World.OldAdminConnectionString, move.World.Secrets.OldAdminPassword);
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var file = Path.Combine(move.World.Share, MovePlanOf(move).Backup.FileOnOldSql);
        await using (var dba = new SqlConnection(move.World.OldAdminConnectionString + ";Pooling=false"))
        {
            await dba.OpenAsync();
            await dba.ExecuteAsync("BACKUP DATABASE model TO DISK = @file WITH FORMAT, MEDIANAME = 'yearly'", ("@file", file));
        }

        var before = File.ReadAllBytes(file);
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.InTheWay);
        failure.What.ShouldContain(file);
        File.ReadAllBytes(file).ShouldBe(before);

        File.Delete(file);
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Fact]
    public async Task When_msdb_could_not_take_the_backups_row_the_files_own_header_says_that_it_is_finished()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.ConnectionString, move.Settings.Old.Password) = (move.World.OldAdminConnectionString, move.World.Secrets.OldAdminPassword);
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.OldSql.Faults.LoseNextHistory();

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Heard.ShouldContain("error 3009");
        move.World.OldSql.Statements.Count(each => each.Contains("BACKUP DATABASE @db", StringComparison.Ordinal) && each.Contains("STATS", StringComparison.Ordinal)).ShouldBe(1);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    [Proves("P19")]
    public async Task Two_logins_with_the_least_rights_are_enough()
    {
        const string password = "Least-of-all-1";
        await using var move = await AMove.OnAsync(AMove.Small with
        {
            OldSql = options => options with { Logins = [.. options.Logins, new SqlLogin("backupper", password)] },
            NewSql = options => options with { Logins = [.. options.Logins, new SqlLogin("restorer", password, DbCreator: true)] },
        });
        await using (var dba = new SqlConnection(move.World.OldAdminConnectionString + ";Pooling=false"))
        {
            await dba.OpenAsync();
            foreach (var statement in (string[])["CREATE USER backupper FOR LOGIN backupper", "ALTER ROLE db_backupoperator ADD MEMBER backupper",
                "ALTER ROLE db_datareader ADD MEMBER backupper", "GRANT ALTER TO backupper"])
                await dba.ExecuteAsync(statement);
        }

        move.Settings.Old.ConnectionString = As("backupper", move.World.OldAdminConnectionString);
        move.Settings.New.AdminConnectionString = As("restorer", move.World.NewAdminConnectionString);
        move.Settings.New.AdminPassword = password;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        await move.ShouldHaveMovedAsync();

        string As(string login, string text) => new SqlConnectionStringBuilder(text) { UserID = login, Password = password }.ConnectionString;
    }

    [Fact]
    [Proves("P16")]
    public async Task A_login_that_a_user_of_the_database_needs_is_made_as_it_was_with_its_password()
    {
        const string password = "Reports-are-1";
        await using var move = await AMove.OnAsync(AMove.Small with
        {
            OldSql = options => options with { Logins = [.. options.Logins, new SqlLogin("reports", password)] },
        });
        await using (var dba = new SqlConnection(move.World.OldAdminConnectionString + ";Pooling=false"))
        {
            await dba.OpenAsync();
            await dba.ExecuteAsync("CREATE USER reports FOR LOGIN reports");
            await dba.ExecuteAsync("ALTER ROLE db_datareader ADD MEMBER reports");
        }

        // Only an administrator may read the hash of a password.
        move.Settings.Old.ConnectionString = move.World.OldAdminConnectionString;
        (await move.RunAsync(until: "fix-database-users")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        await using var reports = new SqlConnection(
            new SqlConnectionStringBuilder(move.World.NewAdminConnectionString) { UserID = "reports", Password = password, Pooling = false }.ConnectionString);
        await reports.OpenAsync();
        ((int)(await reports.ScalarAsync("SELECT COUNT(*) FROM dbo.Space"))!).ShouldBeGreaterThan(0);
        move.Person.Heard.ShouldNotContain("0x0200", Case.Insensitive, "the hash of a password is a secret");
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task By_way_of_cloud_storage_that_both_servers_reach()
    {
        const string container = "https://company.blob.core.windows.net/moves";
        var blobs = Directory.CreateTempSubdirectory("octomove-blobs-").FullName;
        Directory.CreateDirectory(Path.Combine(blobs, "company.blob.core.windows.net", "moves"));
        try
        {
            await using var move = await AMove.OnAsync(AMove.Small with
            {
                OldSql = options => options with { BlobFolder = blobs }, NewSql = options => options with { BlobFolder = blobs },
            });
            move.Settings.Backup = new BackupSettings { FolderOnOldSql = container, FolderOnNewSql = container };
            foreach (var administrator in (string[])[move.World.OldAdminConnectionString, Master(move.World.NewAdminConnectionString)])
            {
                await using var dba = new SqlConnection(administrator + ";Pooling=false");
                await dba.OpenAsync();
                await dba.ExecuteAsync($"CREATE CREDENTIAL [{container}] WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'sv=2026&sig=abc'");
            }

            (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

            move.World.OldSql.Statements.ShouldContain(each => each.Contains("TO URL = @file0", StringComparison.Ordinal));
            await move.ShouldHaveMovedAsync();
        }
        finally
        {
            Directory.Delete(blobs, recursive: true);
        }

        static string Master(string text) => new SqlConnectionStringBuilder(text) { InitialCatalog = "master" }.ConnectionString;
    }

    private static MovePlan MovePlanOf(AMove move) => MovePlan.FromJson(File.ReadAllText(new MoveFolder(move.World.MoveFolder).PlanFile));

    private static async Task<MoveEnded> RunOnAsync(AMove move, string machine)
    {
        move.Settings.Machine = machine;
        move.Person = new APerson();
        return await move.RunAsync();
    }
}
