using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

/// <summary>The old database: its state, its options, its size, its encryption and whose company it is in.</summary>
public sealed class DatabaseCheckTests
{
    [Fact]
    [Proves("Q4")]
    public async Task A_database_has_to_be_there_and_online()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<DatabaseState>()).ShouldPass();
        old.Server.Double.Pose("Octopus", new() { State = 4 });
        (await old.MakeAsync<DatabaseState>()).ShouldFail("SUSPECT");
        old.Plan = old.Plan with { Old = old.Plan.Old with { Database = "Nowhere" } };
        (await old.MakeAsync<DatabaseState>()).ShouldFail("no database Nowhere").ShouldAdvise("VIEW ANY DATABASE");
    }

    [Theory]
    [InlineData("SET READ_ONLY", "READ_ONLY", "SET READ_WRITE")]
    [InlineData("SET RESTRICTED_USER", "RESTRICTED_USER", "SET MULTI_USER")]
    [Proves("Q4")]
    public async Task A_database_that_is_not_open_to_all_is_a_warning(string statement, string says, string advises)
    {
        await using var old = await ChecksOf.OldAsync();
        await AdministerAsync(old, $"ALTER DATABASE Octopus {statement}");
        (await old.MakeAsync<DatabaseState>()).ShouldWarn(says).ShouldAdvise(advises);
    }

    [Fact]
    [Proves("Q4")]
    [Proves("P17")]
    public async Task A_case_sensitive_database_fails()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<DatabaseCollation>()).ShouldPass();
        old.Found.DatabaseCollation.ShouldBe("SQL_Latin1_General_CP1_CI_AS");
        old.Server.Double.Pose("Octopus", new() { Collation = "Latin1_General_CS_AS" });
        (await old.MakeAsync<DatabaseCollation>()).ShouldFail("case-sensitive");
    }

    [Fact]
    [Proves("Q4")]
    [Proves("P17")]
    public async Task Columns_of_another_collation_are_named()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<ColumnCollations>()).ShouldPass();
        await using (var connection = await old.Server.OpenAsync("Octopus"))
            await connection.ExecuteAsync("CREATE TABLE dbo.Odd (Name nvarchar(20) COLLATE Latin1_General_CI_AS NOT NULL)");
        (await old.MakeAsync<ColumnCollations>()).ShouldWarn("dbo.Odd.Name (Latin1_General_CI_AS)");
    }

    [Fact]
    [Proves("Q4")]
    public async Task Options_that_travel_with_the_database_are_told_and_kept()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<PageVerify>()).ShouldPass();
        (await old.MakeAsync<AutoClose>()).ShouldPass();
        (await old.MakeAsync<ReadCommittedSnapshot>()).ShouldWarn("off");
        (await old.MakeAsync<DatabaseOwner>()).ShouldPass().Finding.ShouldContain("sa");

        await AdministerAsync(old, "ALTER DATABASE Octopus SET PAGE_VERIFY NONE");
        await AdministerAsync(old, "ALTER DATABASE Octopus SET AUTO_CLOSE ON");
        await AdministerAsync(old, "ALTER DATABASE Octopus SET READ_COMMITTED_SNAPSHOT ON");

        (await old.MakeAsync<PageVerify>()).ShouldWarn("NONE").ShouldAdvise("ALTER DATABASE [Octopus] SET PAGE_VERIFY CHECKSUM;");
        old.Found.PageVerify.ShouldBe("NONE");
        (await old.MakeAsync<AutoClose>()).ShouldWarn("on").ShouldAdvise("SET AUTO_CLOSE OFF");
        (await old.MakeAsync<ReadCommittedSnapshot>()).ShouldPass();
        old.Found.IsReadCommittedSnapshot.ShouldBe(true);
    }

    [Fact]
    [Proves("Q4")]
    public async Task An_owner_whose_login_is_gone_is_a_warning()
    {
        await using var old = await ChecksOf.OldAsync();
        await AdministerAsync(old, "ALTER AUTHORIZATION ON DATABASE::Octopus TO stranger");
        await AdministerAsync(old, "DROP LOGIN stranger");
        (await old.MakeAsync<DatabaseOwner>()).ShouldWarn("no longer there").ShouldAdvise("ALTER AUTHORIZATION");
    }

    [Fact]
    [Proves("Q4")]
    public async Task Replication_fails_and_change_capture_warns()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Replication>()).ShouldPass();
        old.Server.Double.Pose("Octopus", new() { ChangeDataCapture = true });
        (await old.MakeAsync<Replication>()).ShouldWarn("change data capture");
        old.Server.Double.Pose("Octopus", new() { Published = true });
        (await old.MakeAsync<Replication>()).ShouldFail("published").ShouldAdvise("sp_removedbreplication");
    }

    [Fact]
    [Proves("Q4", "12824")]
    public async Task A_contained_database_needs_a_server_that_allows_it()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Containment>()).ShouldPass();
        old.Server.Double.Pose("Octopus", new() { Contained = true });
        (await old.MakeAsync<Containment>()).ShouldWarn("contained");

        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<Containment>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with { IsContained = old.Found.IsContained });
        (await now.MakeAsync<Containment>()).ShouldFail("12824").ShouldAdvise("sp_configure 'contained database authentication', 1");

        await using var allows = await ChecksOf.NewAsync(options => options with { ContainedAuthentication = true });
        allows.Old = now.Old;
        (await allows.MakeAsync<Containment>()).ShouldPass();
    }

    [Fact]
    [Proves("Q5")]
    public async Task Sizes_are_told_as_allocated_and_used()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<DatabaseSize>()).ShouldPass().Finding.ShouldContain("A restore needs");
        old.Found.Files!.Count.ShouldBe(2);
        old.Found.DataBytes!.Value.ShouldBeGreaterThanOrEqualTo(8192);
    }

    [Fact]
    [Proves("Q6")]
    public async Task An_encrypted_database_needs_its_certificate_with_its_private_key_on_the_new_server()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Encryption>()).ShouldPass();
        await AdministerAsync(old, "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'Master-1'");
        await AdministerAsync(old, "CREATE CERTIFICATE OctoCert WITH SUBJECT = 'For the database'");
        await AdministerAsync(old, "USE Octopus; CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER CERTIFICATE OctoCert; USE master");
        await AdministerAsync(old, "ALTER DATABASE Octopus SET ENCRYPTION ON");
        (await old.MakeAsync<Encryption>()).ShouldWarn("OctoCert").ShouldAdvise("BACKUP CERTIFICATE [OctoCert] TO FILE");
        old.Found.EncryptorThumbprint.ShouldStartWith("0x");

        await using var now = await ChecksOf.NewAsync();
        (await now.MakeAsync<Encryption>()).ShouldPass();
        now.Old = ChecksOf.OldIs(profile => profile with
        {
            IsEncrypted = true, EncryptorThumbprint = old.Found.EncryptorThumbprint, EncryptorName = "OctoCert",
        });
        (await now.MakeAsync<Encryption>()).ShouldFail("33111").ShouldAdvise("CREATE CERTIFICATE [OctoCert] FROM FILE");
        now.User = "mover";
        (await now.MakeAsync<Encryption>()).ShouldNotKnow("sees no certificates").ShouldAdvise("GRANT VIEW ANY DEFINITION TO [mover];");

        var (file, key) = (old.Server.Path("o.cer"), old.Server.Path("o.pvk"));
        await AdministerAsync(old, $"BACKUP CERTIFICATE OctoCert TO FILE = '{file}' WITH PRIVATE KEY (FILE = '{key}', ENCRYPTION BY PASSWORD = 'Key-6')");
        await AdministerAsync(now, "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'Master-1'");
        await AdministerAsync(now, $"CREATE CERTIFICATE OctoCert FROM FILE = '{file}' WITH PRIVATE KEY (FILE = '{key}', DECRYPTION BY PASSWORD = 'Key-6')");
        now.User = "sa";
        (await now.MakeAsync<Encryption>()).ShouldPass().Finding.ShouldContain("OctoCert");
    }

    [Fact]
    [Proves("Q6")]
    public async Task A_key_of_a_key_store_is_told_as_such_and_never_with_the_recipe_for_certificates()
    {
        var thumbprint = new string('B', 40);
        Dictionary<string, string> keys = new() { ["VaultKey"] = thumbprint };
        await using var old = await ChecksOf.OldAsync(options => options with { OuterKeys = keys });
        old.Server.Double.Pose("Octopus", new() { EncryptionState = 3, EncryptedBy = thumbprint, ByOuterKey = true });
        Told((await old.MakeAsync<Encryption>()).ShouldWarn("the asymmetric key VaultKey"));

        await using var now = await ChecksOf.NewAsync();
        now.Old = ChecksOf.OldIs(_ => old.Found with { EngineEdition = 3 });
        Told((await now.MakeAsync<Encryption>()).ShouldWarn("does not know the asymmetric key VaultKey"));
        now.User = "mover";
        Told((await now.MakeAsync<Encryption>()).ShouldNotKnow("sees no asymmetric keys"));

        await using var ready = await ChecksOf.NewAsync(options => options with { OuterKeys = keys });
        ready.Old = now.Old;
        (await ready.MakeAsync<Encryption>()).ShouldPass().Finding.ShouldContain("VaultKey");

        static void Told(CheckMade made)
        {
            made.ShouldAdvise("CREATE ASYMMETRIC KEY [VaultKey] FROM PROVIDER");
            made.Advice.ShouldAllBe(each => !each.Contains("CERTIFICATE", StringComparison.Ordinal));
        }
    }

    [Fact]
    [Proves("Q6")]
    public async Task Encryption_that_goes_on_just_now_has_to_end_first_and_Express_has_none()
    {
        await using var old = await ChecksOf.OldAsync();
        old.Server.Double.Pose("Octopus", new() { EncryptionState = 2, EncryptedBy = new string('A', 40) });
        (await old.MakeAsync<Encryption>()).ShouldFail("just now");
        old.Server.Double.Pose("Octopus", new() { EncryptionState = 3 });
        old.User = "octopus";
        (await old.MakeAsync<Encryption>()).ShouldNotKnow("encrypted").ShouldAdvise("GRANT VIEW SERVER STATE");

        await using var express = await ChecksOf.NewAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        express.Old = ChecksOf.OldIs(profile => profile with { IsEncrypted = true });
        (await express.MakeAsync<Encryption>()).ShouldFail("Express");
    }

    [Fact]
    [Proves("Q7", "1468", "3104")]
    public async Task A_member_of_an_availability_group_or_a_mirror_has_to_leave_it_first()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Availability>()).ShouldPass();
        old.Server.Double.Pose("Octopus", new() { MirroringPartner = "TCP://other:5022" });
        (await old.MakeAsync<Availability>()).ShouldFail("mirrored").ShouldAdvise("SET PARTNER OFF");
        old.Server.Double.JoinAvailabilityGroup("Octopus");
        (await old.MakeAsync<Availability>()).ShouldFail("availability group").ShouldAdvise("REMOVE DATABASE [Octopus]");
    }

    [Fact]
    [Proves("Q8")]
    public async Task Snapshots_of_the_database_in_the_way_have_to_go()
    {
        await using var old = await ChecksOf.OldAsync();
        (await old.MakeAsync<Snapshots>()).ShouldPass();
        await SnapshotAsync(old);
        (await old.MakeAsync<Snapshots>()).ShouldWarn("Before");

        await using var now = await ChecksOf.NewAsync();
        await now.Server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await SnapshotAsync(now);
        (await now.MakeAsync<Snapshots>()).ShouldFail("Before").ShouldAdvise("DROP DATABASE [Before];");
    }

    private static Task SnapshotAsync(ChecksOf checks) =>
        AdministerAsync(checks, $"CREATE DATABASE Before ON (NAME = Octopus, FILENAME = '{checks.Server.Path("before.ss")}') AS SNAPSHOT OF Octopus");

    private static async Task AdministerAsync(ChecksOf checks, string statement)
    {
        await using var connection = await checks.Server.OpenAsync();
        await connection.ExecuteAsync(statement);
    }
}
