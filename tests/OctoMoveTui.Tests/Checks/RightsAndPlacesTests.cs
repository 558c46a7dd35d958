using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>What the logins may do, what the servers see, and whether there is room.</summary>
public sealed class RightsAndPlacesTests
{
    [Fact]
    [Proves("Q9")]
    public async Task An_owner_of_the_old_database_may_do_all_that_the_move_needs()
    {
        await using var old = await ChecksOf.OldAsync();
        old.User = "octopus";
        (await old.MakeAsync<BackupRight>()).ShouldPass();
        (await old.MakeAsync<FenceRight>()).ShouldPass();
        (await old.MakeAsync<ReadRight>()).ShouldPass();
        (await old.MakeAsync<SessionsRight>()).ShouldNotKnow("own sessions only").ShouldAdvise("GRANT VIEW SERVER STATE TO [octopus];");
        old.User = "sa";
        (await old.MakeAsync<SessionsRight>()).ShouldPass();
    }

    [Fact]
    [Proves("Q9")]
    public async Task The_least_rights_of_docs_least_privilege_are_enough_and_each_one_less_is_told_with_its_statement()
    {
        await using var old = await ChecksOf.OldAsync();
        await using (var connection = await old.Server.OpenAsync("Octopus"))
            await connection.ExecuteAsync("CREATE USER stranger FOR LOGIN stranger");
        old.User = "stranger";
        (await old.MakeAsync<BackupRight>()).ShouldFail("may not back up").ShouldAdvise("ALTER ROLE db_backupoperator ADD MEMBER [stranger];");
        (await old.MakeAsync<FenceRight>()).ShouldFail("read-only").ShouldAdvise("GRANT ALTER ON DATABASE::[Octopus] TO [stranger];");
        (await old.MakeAsync<ReadRight>()).ShouldFail("may not read").ShouldAdvise("ALTER ROLE db_datareader ADD MEMBER [stranger];");

        await using (var connection = await old.Server.OpenAsync("Octopus"))
        {
            await connection.ExecuteAsync("ALTER ROLE db_backupoperator ADD MEMBER stranger");
            await connection.ExecuteAsync("ALTER ROLE db_datareader ADD MEMBER stranger");
            await connection.ExecuteAsync("GRANT ALTER ON DATABASE::Octopus TO stranger");
        }

        (await old.MakeAllAsync()).Where(each => each.Verdict == Verdict.Fail).Select(each => $"{each.Id}: {each.Finding}").ShouldBeEmpty();
    }

    [Fact]
    [Proves("Q9")]
    public async Task A_creator_of_databases_may_restore_and_nobody_else()
    {
        await using var now = await ChecksOf.NewAsync();
        now.User = "mover";
        (await now.MakeAsync<RestoreRight>()).ShouldPass();
        now.User = "stranger";
        (await now.MakeAsync<RestoreRight>()).ShouldFail("may not restore").ShouldAdvise("GRANT CREATE ANY DATABASE TO [stranger];");
    }

    [Fact]
    [Proves("Q9", "3110")]
    public async Task Over_a_database_of_the_name_it_takes_its_owner_or_a_dbcreator()
    {
        await using var now = await ChecksOf.NewAsync();
        await using var admin = await now.Server.OpenAsync();
        await admin.ExecuteAsync("GRANT CREATE ANY DATABASE TO stranger");
        now.User = "stranger";
        (await now.MakeAsync<RestoreRight>()).ShouldPass();

        await now.Server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        var refused = (await now.MakeAsync<RestoreRight>()).ShouldFail("3110");
        refused.ShouldAdvise("ALTER SERVER ROLE dbcreator ADD MEMBER [stranger];");
        refused.ShouldAdvise("ALTER AUTHORIZATION ON DATABASE::[Octopus] TO [stranger];");
        now.User = "mover";
        (await now.MakeAsync<RestoreRight>()).ShouldPass();

        await admin.ExecuteAsync("ALTER AUTHORIZATION ON DATABASE::Octopus TO stranger");
        now.User = "stranger";
        (await now.MakeAsync<RestoreRight>()).ShouldPass();
    }

    [Fact]
    [Proves("Q9")]
    public async Task The_login_of_the_new_Octopus_Server_is_really_tried()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<OctopusLogin>()).ShouldPass();
        await using (var connection = await now.Server.OpenAsync())
            await connection.ExecuteAsync("DROP LOGIN octopus");
        (await now.MakeAsync<OctopusLogin>()).ShouldFail("octopus").ShouldAdvise("CREATE LOGIN [octopus]");
    }

    [Fact]
    [Proves("Q9")]
    [Proves("P15")]
    public async Task With_Windows_authentication_our_own_account_may_be_refused_and_the_services_is_named()
    {
        await using var now = await ChecksOf.NewAsync(options => options with { Domain = "CORP" });
        // The double knows no Windows tokens: nobody gets in with one, as an operator without a login does not.
        now.AsOctopus = $"Server={now.Server.Double.DataSource};Database=Octopus;Integrated Security=True;TrustServerCertificate=True";
        var refused = await now.MakeAsync<OctopusLogin>();
        refused.Verdict.ShouldBe(Verdict.Fail, "Local System is nobody on another machine");
        refused.Finding.ShouldContain("The new service will run as Local System");
        now.Plan = now.Plan with { New = now.Plan.New with { ServiceAccount = @"CORP\octo-service" } };
        (await now.MakeAsync<OctopusLogin>()).ShouldWarn("octomove's own is not let in").ShouldAdvise(@"CREATE LOGIN [CORP\octo-service] FROM WINDOWS;");
        now.Plan = now.Plan with { New = now.Plan.New with { ServiceAccount = "", Machine = "NEW-SQL" } };
        (await now.MakeAsync<OctopusLogin>()).ShouldWarn("not let in").ShouldAdvise(@"CREATE LOGIN [NT AUTHORITY\SYSTEM] FROM WINDOWS;");
    }

    [Fact]
    [Proves("Q11")]
    public async Task Folders_are_looked_at_by_the_server_and_only_a_sysadmin_is_told_no()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<BackupFolder>()).ShouldPass();
        old.Plan = ChecksOf.PlanOf(Path.Combine(old.Server.Double.BackupFolder, "missing", "Octopus-42.bak"));
        (await old.MakeAsync<BackupFolder>()).ShouldFail("sees no folder").ShouldAdvise("Modify");
        old.User = "octopus";
        (await old.MakeAsync<BackupFolder>()).ShouldNotKnow("is not told");

        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<DataFolders>()).ShouldPass();
        now.User = "mover";
        (await now.MakeAsync<DataFolders>()).ShouldNotKnow("is not told");
    }

    [Fact]
    [Proves("Q11")]
    public async Task A_default_data_folder_that_is_gone_is_found_before_the_restore()
    {
        await using var now = await ChecksOf.NewAsync();
        Directory.Move(now.Server.Double.DataFolder, now.Server.Double.DataFolder + "-away");
        (await now.MakeAsync<DataFolders>()).ShouldFail("5133");
        Directory.Move(now.Server.Double.DataFolder + "-away", now.Server.Double.DataFolder);
    }

    [Fact]
    [Proves("Q11")]
    public async Task A_backup_to_a_URL_needs_a_credential_on_both_servers()
    {
        foreach (var side in new[] { Side.Old, Side.New })
        {
            await using var server = side == Side.Old ? await ChecksOf.OldAsync() : await ChecksOf.NewAsync();
            (await server.MakeAsync<UrlCredential>()).ShouldPass();
            server.Plan = ChecksOf.PlanOf("https://account.blob.core.windows.net/moves/tonight/Octopus-42.bak");
            (await server.MakeAsync<BackupFolder>()).ShouldPass();
            (await server.MakeAsync<UrlCredential>()).ShouldFail("no credential").ShouldAdvise("CREATE CREDENTIAL [https://account.blob.core.windows.net/moves] ");
            server.User = "mover";
            (await server.MakeAsync<UrlCredential>()).ShouldNotKnow("sees no credentials").ShouldAdvise("GRANT VIEW ANY DEFINITION TO [mover];");

            server.User = "sa";
            await using (var connection = await server.Server.OpenAsync())
                await connection.ExecuteAsync("CREATE CREDENTIAL [https://account.blob.core.windows.net/moves] WITH IDENTITY = N'SHARED ACCESS SIGNATURE', SECRET = N'sv=1'");
            (await server.MakeAsync<UrlCredential>()).ShouldPass();
        }
    }

    [Fact]
    [Proves("Q10")]
    public async Task The_service_account_is_told_by_a_version_without_the_newer_column()
    {
        await using var now = await ChecksOf.NewAsync(options => options with { ServiceAccount = @"CORP\sql" });
        now.Server.Faults.FailNext("instant_file_initialization_enabled", 207, "Invalid column name 'instant_file_initialization_enabled'.");
        (await now.MakeAsync<ServiceAccount>()).ShouldPass().Finding.ShouldBe(@"The service runs as CORP\sql.");
    }

    [Fact]
    [Proves("Q13")]
    public async Task Space_for_the_backup_is_held_against_what_is_used()
    {
        await using var roomy = await ChecksOf.OldAsync();
        (await roomy.MakeAsync<SpaceForBackup>()).ShouldPass();
        roomy.User = "octopus";
        (await roomy.MakeAsync<SpaceForBackup>()).ShouldNotKnow("300").ShouldAdvise("GRANT VIEW SERVER STATE");
        roomy.User = "sa";
        roomy.Plan = ChecksOf.PlanOf(@"\\nas\backup\Octopus-42.bak");
        (await roomy.MakeAsync<SpaceForBackup>()).ShouldNotKnow("can't be seen");

        await using var full = await ChecksOf.OldAsync(options => options with { FreeBytes = 1_000 });
        (await full.MakeAsync<SpaceForBackup>()).ShouldWarn("are free on");
        await using var express = await ChecksOf.OldAsync(options => options with { FreeBytes = 1_000, EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        (await express.MakeAsync<SpaceForBackup>()).ShouldFail("can't compress");
    }

    [Fact]
    [Proves("Q13", "3257")]
    [Proves("P28")]
    public async Task Space_for_the_restore_is_held_against_what_is_allocated()
    {
        await using var roomy = await ChecksOf.NewAsync();
        (await roomy.MakeAsync<SpaceForRestore>()).ShouldPass();
        roomy.User = "mover";
        (await roomy.MakeAsync<SpaceForRestore>()).ShouldNotKnow("300");
        roomy.Old = null;
        (await roomy.MakeAsync<SpaceForRestore>()).ShouldNotKnow("has not been checked");

        // 28 MB are allocated, 9 MB of it are used.
        await using var full = await ChecksOf.NewAsync(options => options with { FreeBytes = 15_000_000 });
        (await full.MakeAsync<SpaceForRestore>()).ShouldFail("3257");
        await full.Server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        (await full.MakeAsync<SpaceForRestore>()).ShouldWarn("makes room");
    }

    [Fact]
    [Proves("Q18", "1827")]
    public async Task Express_takes_ten_gigabytes_of_allocated_data_and_fifty_since_2025()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<ExpressLimit>()).ShouldPass();

        await using var express = await ChecksOf.NewAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        (await express.MakeAsync<ExpressLimit>()).ShouldPass();
        express.Old = WithData(12L << 30);
        (await express.MakeAsync<ExpressLimit>()).ShouldFail("1827").ShouldAdvise("DBCC SHRINKFILE");
        express.Old = WithData((10L << 30) - 1);
        (await express.MakeAsync<ExpressLimit>()).ShouldWarn("10 GB");

        await using var newest = await ChecksOf.NewAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)", ProductVersion = "17.0.4065.1" });
        newest.Old = WithData(12L << 30);
        (await newest.MakeAsync<ExpressLimit>()).ShouldPass();

        await using var local = await ChecksOf.NewAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)", IsLocalDb = true });
        (await local.MakeAsync<ExpressLimit>()).ShouldFail("LocalDB");
    }

    private static OldServerChecked WithData(long bytes) =>
        ChecksOf.OldIs(profile => profile with { Files = [new OldSqlFile("Octopus", @"D:\Octopus.mdf", "ROWS", bytes, bytes / 4)] });
}
