using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>What kind of servers they are, and whether the new one can take what the old one has.</summary>
public sealed class ServerCheckTests
{
    [Fact]
    [Proves("Q1")]
    public async Task Version_edition_and_the_end_of_support_are_shown()
    {
        await using var old = await ChecksOf.OldAsync(options => options with { ProductVersion = "13.0.6300.2", Edition = "Standard Edition (64-bit)", EngineEdition = 2 });
        old.Time = At(2026, 11, 22);

        var made = (await old.MakeAsync<ServerVersion>()).ShouldPass();

        made.Finding.ShouldBe("SQL Server 2016 (13.0.6300.2), Standard Edition (64-bit): OLD-SQL; Microsoft's support ended on 2026-07-14.");
        made.Query.ShouldContain("SERVERPROPERTY('EngineEdition')");
    }

    [Theory]
    [InlineData("16.0.4236.2", Verdict.Pass)]
    [InlineData("14.0.3500.1", Verdict.Warn)]
    [InlineData("12.0.6449.1", Verdict.Fail)]
    [Proves("Q1")]
    public async Task The_new_server_has_to_be_2016_or_later_with_two_years_of_support(string version, Verdict verdict)
    {
        await using var now = await ChecksOf.NewAsync(options => options with { ProductVersion = version });
        now.Time = At(2026, 11, 22);

        (await now.MakeAsync<ServerVersion>()).Verdict.ShouldBe(verdict);
    }

    [Fact]
    [Proves("Q1")]
    public async Task A_server_for_Windows_logins_only_can_not_be_used_with_a_SQL_login()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<LoginMode>()).ShouldPass();

        await using var windows = await ChecksOf.NewAsync(options => options with
        {
            WindowsOnly = true, Logins = [new(@"SANDBOX\mover", "Strange-4", Sysadmin: true)],
        });
        windows.User = @"SANDBOX\mover";
        (await windows.MakeAsync<LoginMode>()).ShouldFail("allows Windows logins only").ShouldAdvise("SQL Server and Windows Authentication mode");
    }

    [Fact]
    [Proves("Q2")]
    public async Task The_platform_is_told_by_the_server_or_by_its_paths()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Platform>()).ShouldPass();

        old.User = "octopus";
        old.Server.Faults.FailNext("dm_os_host_info", 208, "Invalid object name 'sys.dm_os_host_info'.");
        (await old.MakeAsync<Platform>()).ShouldPass().Finding.ShouldContain("by the way it writes paths");
    }

    [Fact]
    [Proves("Q3")]
    public async Task A_newer_server_takes_the_database_and_an_older_one_does_not()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<VersionRule>()).ShouldPass().Finding.ShouldContain("957");
        old.Found.DatabaseVersion.ShouldBe(957);

        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<VersionRule>()).ShouldPass();
        now.Old = ChecksOf.OldIs(same => same) with { SqlVersion = "17.0.4065.1" };
        (await now.MakeAsync<VersionRule>()).ShouldFail("3169");
        now.Old = null;
        (await now.MakeAsync<VersionRule>()).ShouldNotKnow("has not been checked");
    }

    [Fact]
    [Proves("Q3")]
    public async Task Features_of_a_higher_edition_stop_a_move_to_a_lower_one()
    {
        await using var old = await ChecksOf.OldAsync();
        old.Server.Double.Pose("Octopus", new() { EditionFeatures = ["ChangeCapture"] });
        (await old.MakeAsync<EditionFeatures>()).ShouldPass().Finding.ShouldContain("ChangeCapture");
        await using (var connection = await old.Server.OpenAsync("Octopus"))
        {
            await connection.ExecuteAsync("CREATE USER stranger FOR LOGIN stranger; ALTER ROLE db_datareader ADD MEMBER stranger");
            old.User = "stranger";
            (await old.MakeAsync<EditionFeatures>()).ShouldNotKnow("262").ShouldAdvise("USE [Octopus]; GRANT VIEW DATABASE STATE TO [stranger];");
            await connection.ExecuteAsync("GRANT VIEW DATABASE STATE TO stranger");
            (await old.MakeAsync<EditionFeatures>()).ShouldPass();
        }


        await using var express = await ChecksOf.NewAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        express.Old = ChecksOf.OldIs(profile => profile with { EditionFeatures = old.Found.EditionFeatures });
        (await express.MakeAsync<EditionFeatures>()).ShouldFail("909");

        await using var standard = await ChecksOf.NewAsync(options => options with { EngineEdition = 2, Edition = "Standard Edition (64-bit)" });
        standard.Old = express.Old;
        (await standard.MakeAsync<EditionFeatures>()).ShouldWarn("see to it");
        standard.Old = ChecksOf.OldIs(same => same);
        (await standard.MakeAsync<EditionFeatures>()).ShouldPass();
    }

    [Fact]
    [Proves("Q4")]
    public async Task Servers_that_are_collated_differently_are_a_warning()
    {
        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<ServerCollation>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { ServerCollation = "German_PhoneBook_CI_AS" });
        (await now.MakeAsync<ServerCollation>()).ShouldWarn("468");
    }

    [Fact]
    [Proves("Q10")]
    public async Task The_service_account_is_named_and_unknown_without_the_right()
    {
        await using var old = await ChecksOf.OldAsync(options => options with { ServiceAccount = @"NT SERVICE\MSSQLSERVER" });
        (await old.MakeAsync<ServiceAccount>()).ShouldPass().Finding.ShouldContain(@"NT SERVICE\MSSQLSERVER");
        old.Found.ServiceAccount.ShouldBe(@"NT SERVICE\MSSQLSERVER");

        // Such an account is known on the network as the machine.
        old.Plan = ChecksOf.PlanOf(@"\\nas\backup\Octopus-42.bak");
        (await old.MakeAsync<ServiceAccount>()).ShouldWarn(@"DOMAIN\OLD-SQL$");

        old.User = "octopus";
        (await old.MakeAsync<ServiceAccount>()).ShouldNotKnow("300").ShouldAdvise("GRANT VIEW SERVER STATE TO [octopus];");
    }

    [Theory]
    [InlineData(5, "Azure SQL Database", ".bacpac")]
    [InlineData(8, "Managed Instance", "TO URL")]
    [InlineData(6, "Synapse", "Azure")]
    [InlineData(12, "engine edition 12", "Azure")]
    [Proves("Q19")]
    public async Task A_service_of_Azure_is_refused_with_the_alternative_and_nothing_else_is_asked(int engine, string name, string alternative)
    {
        await using var old = await ChecksOf.OldAsync(options => options with { EngineEdition = engine });

        var made = await old.MakeAllAsync();

        made[^1].ShouldFail(name).ShouldAdvise(alternative);
        made[^1].Id.ShouldBe("Q19");
    }

    [Fact]
    [Proves("Q19")]
    public async Task Amazon_RDS_is_recognised_by_its_own_database()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Cloud>()).ShouldPass();
        await old.Server.Double.CreateDatabaseAsync("rdsadmin", "sa", []);
        (await old.MakeAsync<Cloud>()).ShouldFail("Amazon RDS").ShouldAdvise("rds_backup_database");
    }

    [Fact]
    [Proves("Q20")]
    public async Task Clocks_are_held_against_this_machine_and_against_the_old_server()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Clock>()).ShouldPass();

        await using var now = await ChecksOf.NewAsync();
        now.Old = ChecksOf.OldIs(profile => profile with { SecondsAhead = -55 });
        (await now.MakeAsync<Clock>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { SecondsAhead = -90 });
        (await now.MakeAsync<Clock>()).ShouldWarn("ahead of the old server's");

        await using var wrong = await ChecksOf.OldAsync(options => options with { Time = At(2026, 1, 1) });
        (await wrong.MakeAsync<Clock>()).ShouldWarn("this machine's");
    }

    private static FakeTimeProvider At(int year, int month, int day) => new(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));
}
