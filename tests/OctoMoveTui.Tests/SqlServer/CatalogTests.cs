using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>The catalog views have the columns, the types and the rows that the documentation and captures of real servers tell.</summary>
public sealed class CatalogTests
{
    public static TheoryData<string, string> Types => new()
    {
        { "sys.databases", "name nvarchar, database_id int, source_database_id int, owner_sid varbinary, create_date datetime, compatibility_level tinyint, state tinyint, is_read_only bit, replica_id uniqueidentifier, containment tinyint" },
        { "sys.database_mirroring", "database_id int, mirroring_guid uniqueidentifier, mirroring_state tinyint, mirroring_state_desc nvarchar" },
        { "sys.credentials", "credential_id int, name nvarchar, credential_identity nvarchar, create_date datetime" },
        { "master.sys.certificates", "name nvarchar, certificate_id int, pvt_key_encryption_type char, pvt_key_encryption_type_desc nvarchar, thumbprint varbinary" },
        { "sys.dm_database_encryption_keys", "database_id int, encryption_state int, key_algorithm nvarchar, encryptor_thumbprint varbinary, encryptor_type nvarchar, percent_complete real" },
        { "sys.server_principals", "name nvarchar, principal_id int, sid varbinary, type char, type_desc nvarchar, is_disabled bit" },
        { "sys.sql_logins", "name nvarchar, sid varbinary, is_disabled bit, is_policy_checked bit, password_hash varbinary" },
        { "sys.dm_exec_requests", "session_id smallint, start_time datetime, status nvarchar, command nvarchar, database_id smallint, blocking_session_id smallint, wait_type nvarchar, last_wait_type nvarchar, percent_complete real, estimated_completion_time bigint, total_elapsed_time int" },
        { "sys.dm_exec_sessions", "session_id smallint, host_name nvarchar, program_name nvarchar, login_name nvarchar, status nvarchar, last_request_end_time datetime, open_transaction_count int" },
        { "sys.dm_server_services", "servicename nvarchar, status_desc nvarchar, last_startup_time datetimeoffset, service_account nvarchar, instant_file_initialization_enabled nvarchar" },
        { "sys.dm_os_enumerate_fixed_drives", "fixed_drive_path nvarchar, drive_type int, free_space_in_bytes bigint" },
        { "sys.database_recovery_status", "database_id int, database_guid uniqueidentifier, family_guid uniqueidentifier, last_log_backup_lsn decimal" },
        { "msdb.dbo.backupset", "backup_set_uuid uniqueidentifier, position int, type char, backup_size decimal, first_lsn decimal, is_copy_only bit" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_view_has_the_types_of_real_servers(string view, string expected)
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        var wanted = expected.Split(", ").Select(column => column.Split(' ')).ToList();

        await using var command = connection.Command($"SELECT {string.Join(", ", wanted.Select(column => column[0]))} FROM {view}");
        await using var reader = await command.ExecuteReaderAsync();

        Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName).ShouldBe(wanted.Select(column => column[1]));
    }

    [Theory]
    [InlineData("SELECT colour FROM sys.databases", 207)]
    [InlineData("SELECT name FROM sys.certificates_of_honour", 208)]
    [InlineData("SELECT FILEPROPERTY('Octopus')", 174)]
    [InlineData("SELECT DEFAULT_MOOD()", 195)]
    [InlineData("EXEC master.sys.xp_cmdshell 'dir'", 2812)]
    [InlineData("SELECT DATEPART(eon, GETDATE())", 155)]
    public async Task What_is_not_modelled_is_refused(string sql, int number)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        (await connection.FailureAsync(sql)).Numbers().ShouldBe([number]);
    }

    [Fact]
    public async Task A_database_shows_what_it_was_posed_as()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        server.Double.Pose("Octopus", new DatabasePose
        {
            Published = true, ChangeDataCapture = true, Subscribed = true, Collation = "Latin1_General_CS_AS", Contained = true, EditionFeatures = ["Compression", "InMemoryOLTP"],
        });
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync("ALTER DATABASE Octopus SET AUTO_CLOSE ON; ALTER DATABASE Octopus SET PAGE_VERIFY NONE; ALTER DATABASE Octopus SET TRUSTWORTHY ON");

        var row = (await connection.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).Single();

        foreach (var flag in new[] { "is_published", "is_cdc_enabled", "is_subscribed", "is_auto_close_on", "is_trustworthy_on" })
        {
            row[flag].ShouldBe(true, flag);
        }
        foreach (var flag in new[] { "is_merge_published", "is_distributor", "is_encrypted", "is_auto_shrink_on" })
        {
            row[flag].ShouldBe(false, flag);
        }
        (row["collation_name"], row["containment"], row["page_verify_option_desc"]).ShouldBe(("Latin1_General_CS_AS", (byte)1, "NONE"));
        (await connection.RowsAsync(SqlScript.Text("list-edition-features"))).Select(feature => feature["feature_name"]).ShouldBe(["Compression", "InMemoryOLTP"]);
    }

    [Theory]
    [InlineData(2, "RECOVERING")]
    [InlineData(3, "RECOVERY_PENDING")]
    [InlineData(4, "SUSPECT")]
    [InlineData(5, "EMERGENCY")]
    public async Task A_database_can_be_in_any_state(byte state, string name)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        server.Double.Pose("Octopus", new DatabasePose { State = state });
        await using var connection = await server.OpenAsync();

        var row = (await connection.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).Single();
        (row["state"], row["state_desc"], row["collation_name"]).ShouldBe((state, name, null));
    }

    [Fact]
    public async Task Columns_with_a_collation_of_their_own_are_found()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { Collation = "Latin1_General_CI_AS" });
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("CREATE DATABASE Other COLLATE SQL_Latin1_General_CP1_CI_AS");
        (await admin.FailureAsync("CREATE DATABASE Third COLLATE Klingon")).Numbers().ShouldBe([448]);
        await using var connection = await server.OpenAsync("Other");
        await connection.ExecuteAsync("CREATE TABLE T (Id int NOT NULL, Plain nvarchar(10) NULL, Strange nvarchar(10) COLLATE Latin1_General_BIN2 NULL)");

        (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single()["collation"].ShouldBe("Latin1_General_CI_AS");
        var row = (await connection.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Other"))).Single();
        row["collation_name"].ShouldBe("SQL_Latin1_General_CP1_CI_AS");
        var odd = (await connection.RowsAsync(SqlScript.Text("find-other-collations"), ("@collation", row["collation_name"]))).ShouldHaveSingleItem();
        (odd["table_name"], odd["column_name"], odd["collation_name"]).ShouldBe(("T", "Strange", "Latin1_General_BIN2"));
    }

    [Fact]
    public async Task Names_of_server_and_database_are_compared_only_where_their_collations_agree()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { Collation = "Latin1_General_CI_AS" });
        await server.Double.CreateDatabaseAsync("Octopus", "sa", ["octopus"]);
        server.Double.Pose("Octopus", new DatabasePose { Collation = "SQL_Latin1_General_CP1_CI_AS" });
        await using var connection = await server.OpenAsync("Octopus");
        const string join = "SELECT dp.name FROM sys.database_principals AS dp JOIN sys.server_principals AS sp ON sp.name = dp.name";

        (await connection.FailureAsync(join)).Numbers().ShouldBe([468]);
        (await connection.RowsAsync(join + " COLLATE DATABASE_DEFAULT")).Select(row => row["name"]).ShouldContain("octopus");
        (await connection.RowsAsync(SqlScript.Text("find-users"))).Single()["login_by_name"].ShouldBe("octopus");
        (await connection.FailureAsync(join + " COLLATE Klingon")).Numbers().ShouldBe([448]);
    }

    [Fact]
    public async Task Encryption_shows_its_state_and_its_certificate()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync("CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'Master-1'; CREATE CERTIFICATE TdeCert WITH SUBJECT = 'TDE'");
        await using var inside = await server.OpenAsync("Octopus");
        await inside.ExecuteAsync("CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER CERTIFICATE TdeCert; ALTER DATABASE Octopus SET ENCRYPTION ON");

        var key = (await connection.RowsAsync(SqlScript.Text("read-encryption"), ("@db", "Octopus"))).Single();
        (key["encryption_state"], key["encryptor_type"]).ShouldBe((3, "CERTIFICATE"));
        var certificate = (await connection.RowsAsync(SqlScript.Text("find-certificate"), ("@thumbprint", key["thumbprint"]))).ShouldHaveSingleItem();
        (certificate["name"], certificate["private_key"]).ShouldBe(("TdeCert", "ENCRYPTED_BY_MASTER_KEY"));
        (await inside.RowsAsync("SELECT name FROM sys.certificates")).ShouldBeEmpty("the certificate is in master");
        server.Double.Pose("Octopus", new DatabasePose { EncryptionState = 2 });
        (await connection.RowsAsync(SqlScript.Text("read-encryption"), ("@db", "Octopus"))).Single()["encryption_state"].ShouldBe(2);
        await using var stranger = await server.OpenAsync("master", "stranger");
        (await stranger.FailureAsync(SqlScript.Text("read-encryption"), ("@db", "Octopus"))).Numbers().ShouldBe([300, 297]);
        (await stranger.RowsAsync(SqlScript.Text("find-certificate"), ("@thumbprint", key["thumbprint"]))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snapshot_keeps_its_rows_and_protects_its_source()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("CREATE TABLE Octopus.dbo.T (Id int NOT NULL); INSERT Octopus.dbo.T VALUES (1); BACKUP DATABASE Octopus TO DISK = 'o.bak' WITH FORMAT");
        await admin.ExecuteAsync($"CREATE DATABASE Before ON (NAME = Octopus, FILENAME = '{server.Path("before.ss")}') AS SNAPSHOT OF Octopus");
        await admin.ExecuteAsync("INSERT Octopus.dbo.T VALUES (2)");

        (await admin.ScalarAsync("SELECT COUNT(*) FROM Before.dbo.T")).ShouldBe(1);
        (await admin.FailureAsync("INSERT Before.dbo.T VALUES (3)")).Numbers().ShouldBe([3906]);
        (await admin.RowsAsync(SqlScript.Text("find-snapshots"), ("@db", "Octopus"))).Single()["name"].ShouldBe("Before");
        (await admin.FailureAsync("DROP DATABASE Octopus")).Numbers().ShouldBe([3709]);
        (await admin.FailureAsync("RESTORE DATABASE Octopus FROM DISK = 'o.bak' WITH REPLACE")).Numbers().ShouldBe([5094, 3013]);
        await admin.ExecuteAsync("DROP DATABASE Before; DROP DATABASE Octopus");
        File.Exists(server.Path("before.ss")).ShouldBeFalse();
    }

    [Fact]
    public async Task Databases_that_are_mirrored_or_in_a_group_stay_as_they_are()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await server.Double.CreateDatabaseAsync("Mirrored", "sa", []);
        await server.Double.CreateDatabaseAsync("Free", "sa", []);
        server.Double.JoinAvailabilityGroup("Octopus");
        server.Double.Pose("Mirrored", new DatabasePose { MirroringPartner = "TCP://other:5022" });
        await using var connection = await server.OpenAsync();

        (await StateAsync("Octopus")).Group.ShouldNotBeNull();
        (await StateAsync("Mirrored")).ShouldBe((null, "SYNCHRONIZED"));
        (await StateAsync("Free")).ShouldBe((null, null));
        foreach (var database in new[] { "Octopus", "Mirrored" })
        {
            (await connection.FailureAsync(SqlScript.Text("set-read-only", ("database", database)))).Numbers().ShouldBe([1468, 5069]);
        }
        await connection.ExecuteAsync(SqlScript.Text("set-read-only", ("database", "Free")));

        async Task<(object? Group, object? Mirroring)> StateAsync(string database)
        {
            var row = (await connection.RowsAsync(SqlScript.Text("read-availability"), ("@db", database))).Single();
            return (row["replica_id"], row["mirroring_state_desc"]);
        }
    }

    [Fact]
    public async Task A_credential_is_found_by_the_exact_name_of_its_container_or_a_folder_of_its_bucket()
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync("CREATE CREDENTIAL [https://account.blob.core.windows.net/backups] WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'sv=1'");

        await connection.ExecuteAsync("CREATE CREDENTIAL [s3://host:9000/bucket/moves] WITH IDENTITY = 'S3 Access Key', SECRET = 'id:key'");
        const string account = "https://account.blob.core.windows.net";

        (await FindAsync($"{account}/backups", $"{account}/backups/")).ShouldBe("SHARED ACCESS SIGNATURE");
        (await FindAsync($"{account}/others", $"{account}/others/")).ShouldBeNull();
        (await FindAsync($"{account}/backups2", $"{account}/backups2/")).ShouldBeNull();
        (await FindAsync($"{account}/backup_", $"{account}/backup_/")).ShouldBeNull();
        (await FindAsync("s3://host:9000/bucket", "s3://host:9000/bucket/moves/o.bak")).ShouldBe("S3 Access Key");
        (await FindAsync("s3://host:9000/bucket", "s3://host:9000/bucket/moves2/o.bak")).ShouldBeNull();
        await connection.ExecuteAsync($"DROP CREDENTIAL [{account}/backups]; CREATE CREDENTIAL [{account}/backups/] WITH IDENTITY = 'Managed Identity'");
        (await FindAsync($"{account}/backups", $"{account}/backups/")).ShouldBe("Managed Identity");
        await connection.ExecuteAsync($"DROP CREDENTIAL [{account}/backups/]; CREATE CREDENTIAL [{account}] WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = 'sv=1'");
        (await FindAsync($"{account}/backups", $"{account}/backups/")).ShouldBeNull();

        async Task<object?> FindAsync(string container, string within) =>
            (await connection.RowsAsync(SqlScript.Text("find-credential"), ("@container", container), ("@within", within))).SingleOrDefault()?["credential_identity"];
    }

    [Fact]
    public async Task Directories_are_listed_to_sysadmins_only()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = 'o.bak' WITH FORMAT");
        await admin.ExecuteAsync("EXEC master.sys.xp_create_subdir @dir", ("@dir", server.Path("deeper")));

        (await admin.RowsAsync("EXEC master.sys.xp_dirtree @dir, 1, 1", ("@dir", server.Double.BackupFolder))).Select(row => (row["subdirectory"], row["depth"], row["file"]))
            .ShouldBe([("deeper", 1, 0), ("o.bak", 1, 1)]);
        (await admin.RowsAsync("EXEC master.sys.xp_dirtree @dir, 1", ("@dir", server.Double.BackupFolder))).Single().Keys.ShouldBe(["subdirectory", "depth"]);
        await using var mover = await server.OpenAsync("master", "mover");
        (await mover.RowsAsync("EXEC master.sys.xp_dirtree @dir, 1, 1", ("@dir", server.Double.BackupFolder))).ShouldBeEmpty();
        (await mover.FailureAsync(SqlScript.Text("read-backup-folder"))).Numbers().ShouldBe([229]);
    }
}
