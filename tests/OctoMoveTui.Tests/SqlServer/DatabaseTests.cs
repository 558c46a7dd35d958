using System.Data;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Fencing_a_database_throws_out_other_sessions_and_their_transactions()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        await octopus.ExecuteAsync("CREATE TABLE t (id int); BEGIN TRAN; INSERT t VALUES (1)");
        await using var admin = await server.OpenAsync();
        (await admin.FailureAsync("ALTER DATABASE Octopus SET READ_ONLY WITH NO_WAIT")).Numbers().ShouldBe([5070, 5069]);

        await admin.ExecuteAsync("ALTER DATABASE Octopus SET READ_ONLY WITH ROLLBACK IMMEDIATE");

        (await octopus.FailureAsync("COMMIT")).Class.ShouldBe((byte)20);
        octopus.State.ShouldBe(ConnectionState.Closed);
        await using var again = await server.OpenAsync("Octopus", "octopus");
        (await again.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(0);
        (await again.FailureAsync("INSERT t VALUES (2)")).Number.ShouldBe(3906);
        (await again.FailureAsync("CREATE TABLE u (id int)")).Number.ShouldBe(3906);
    }

    [Fact]
    public async Task Without_a_clause_ALTER_DATABASE_waits_until_the_others_have_gone()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        var octopus = await server.OpenAsync("Octopus", "octopus");
        await using var admin = await server.OpenAsync();
        var fencing = admin.ExecuteAsync("ALTER DATABASE Octopus SET READ_ONLY");
        await using var watcher = await server.OpenAsync();
        await Eventually.TrueAsync(async () => await watcher.ScalarAsync("SELECT wait_type FROM sys.dm_exec_requests WHERE session_id <> @@SPID") is "LCK_M_X");
        fencing.IsCompleted.ShouldBeFalse();

        await octopus.DisposeAsync();

        await fencing;
    }

    [Fact]
    public async Task A_database_goes_offline_and_comes_back()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET OFFLINE WITH ROLLBACK IMMEDIATE");

        (await admin.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Octopus'")).ShouldBe("OFFLINE");
        (await admin.FailureAsync("SELECT * FROM Octopus.sys.tables")).Number.ShouldBe(942);
        (await Should.ThrowAsync<SqlException>(() => server.OpenAsync("Octopus"))).Number.ShouldBe(4060);
        (await admin.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'x.bak'")).Numbers().ShouldBe([942, 3013]);
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET ONLINE");
        await using var back = await server.OpenAsync("Octopus");
    }

    [Fact]
    public async Task Single_user_means_one_and_restricted_means_owners()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        (await Should.ThrowAsync<SqlException>(() => server.OpenAsync("Octopus", "octopus"))).Number.ShouldBe(4060);

        await admin.ExecuteAsync("ALTER DATABASE Octopus SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; CREATE USER stranger FOR LOGIN stranger");
        // The trap: Octopus is db_owner, whom this mode lets in.
        await using (await server.OpenAsync("Octopus", "octopus"))
        {
            (await Should.ThrowAsync<SqlException>(() => server.OpenAsync("Octopus", "stranger"))).Number.ShouldBe(4060);
        }
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET MULTI_USER");
        await using var stranger = await server.OpenAsync("Octopus", "stranger");
        await admin.ExecuteAsync("CREATE TABLE t (id int)");
        (await stranger.FailureAsync("SELECT * FROM t")).Number.ShouldBe(229);
        (await stranger.FailureAsync("CREATE TABLE u (id int)")).Number.ShouldBe(262);
        await admin.ExecuteAsync("ALTER ROLE db_datareader ADD MEMBER stranger");
        (await stranger.ScalarAsync("SELECT COUNT(*) FROM t")).ShouldBe(0);
        (await stranger.FailureAsync("INSERT t VALUES (1)")).Number.ShouldBe(229);
        (await stranger.FailureAsync("ALTER DATABASE Octopus SET READ_ONLY")).Numbers().ShouldBe([5011, 5069]);
    }

    [Fact]
    public async Task Only_KILL_frees_the_one_slot_of_a_single_user_database()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var holder = await server.OpenAsync("Octopus");
        await holder.ExecuteAsync("ALTER DATABASE Octopus SET SINGLE_USER");
        await using var admin = await server.OpenAsync();

        (await admin.FailureAsync("ALTER DATABASE Octopus SET MULTI_USER")).Numbers().ShouldBe([5064, 5069]);
        (await admin.FailureAsync("ALTER DATABASE Octopus SET MULTI_USER WITH ROLLBACK IMMEDIATE")).Numbers().ShouldBe([5064, 5069]);
        (await admin.FailureAsync("ALTER DATABASE Octopus SET READ_ONLY WITH ROLLBACK IMMEDIATE")).Numbers().ShouldBe([5064, 5069]);

        var session = await admin.ScalarAsync("SELECT session_id FROM sys.dm_exec_sessions WHERE database_id = DB_ID('Octopus')");
        await admin.ExecuteAsync($"KILL {session}");
        await Eventually.TrueAsync(async () => await admin.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_sessions WHERE database_id = DB_ID('Octopus')") is 0);
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET MULTI_USER");
        await using var back = await server.OpenAsync("Octopus", "octopus");
    }

    [Fact]
    public async Task Databases_are_created_and_dropped_by_those_who_may()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var mover = await server.OpenAsync(user: "mover");
        await using var stranger = await server.OpenAsync(user: "stranger");
        (await stranger.FailureAsync("CREATE DATABASE Mine")).Number.ShouldBe(262);
        await mover.ExecuteAsync("CREATE DATABASE [My Own]");
        (await mover.FailureAsync("CREATE DATABASE [My Own]")).Number.ShouldBe(1801);
        (await mover.ScalarAsync("SELECT SUSER_SNAME(owner_sid) FROM sys.databases WHERE name = 'My Own'")).ShouldBe("mover");
        await using (await server.OpenAsync("My Own", "mover"))
        {
            (await mover.FailureAsync("DROP DATABASE [My Own]")).Number.ShouldBe(3702);
        }
        await Eventually.TrueAsync(async () => await mover.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_sessions WHERE database_id = DB_ID('My Own')") is 0);
        await mover.ExecuteAsync("DROP DATABASE [My Own]; DROP DATABASE IF EXISTS [My Own]");
        (await mover.FailureAsync("DROP DATABASE [My Own]")).Number.ShouldBe(3701);
        (await stranger.FailureAsync("DROP DATABASE Octopus")).Number.ShouldBe(3701);
    }

    [Fact]
    public async Task CHECKDB_is_silent_on_a_sound_file_and_not_on_a_broken_one()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("CREATE TABLE Octopus.dbo.t (id int PRIMARY KEY, text nvarchar(200))");
        for (var i = 0; i < 3; i++)
        {
            await admin.ExecuteAsync("INSERT Octopus.dbo.t VALUES (@i, @text), (@i + 100, @text)", ("@i", i), ("@text", new string('x', 200)));
        }
        var said = new List<string>();
        admin.InfoMessage += (_, told) => said.Add(told.Message);
        await admin.ExecuteAsync("DBCC CHECKDB (@db) WITH NO_INFOMSGS, ALL_ERRORMSGS", ("@db", "Octopus"));
        said.ShouldBeEmpty();

        await admin.ExecuteAsync("ALTER DATABASE Octopus SET OFFLINE WITH ROLLBACK IMMEDIATE");
        var file = Path.Combine(server.Double.DataFolder, "Octopus.mdf");
        var bytes = await File.ReadAllBytesAsync(file);
        Array.Fill(bytes, (byte)0xAA, bytes.Length - 4096, 4096);
        await File.WriteAllBytesAsync(file, bytes);
        await admin.ExecuteAsync("ALTER DATABASE Octopus SET ONLINE");
        (await admin.FailureAsync("DBCC CHECKDB ('Octopus') WITH NO_INFOMSGS, ALL_ERRORMSGS")).Number.ShouldBe(8939);
    }

    [Fact]
    public async Task Logins_can_be_copied_with_their_SID_and_password_so_that_nothing_is_orphaned()
    {
        await using var old = await ASqlServer.WithDatabaseAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL", Logins = [new("sa", "Sandbox-1", Sysadmin: true)] });
        await using var source = await old.OpenAsync();
        var login = (await source.RowsAsync("SELECT name, CONVERT(varchar(170), sid, 1) sid, CONVERT(varchar(514), CAST(LOGINPROPERTY(name, 'PasswordHash') AS varbinary(256)), 1) hash FROM sys.sql_logins WHERE name = 'octopus'")).Single();
        await using var target = await @new.OpenAsync();

        await target.ExecuteAsync($"CREATE LOGIN [octopus] WITH PASSWORD = {login["hash"]} HASHED, SID = {login["sid"]}, DEFAULT_DATABASE = [master], CHECK_POLICY = OFF");

        (await target.ScalarAsync("SELECT CONVERT(varchar(170), SUSER_SID('octopus'), 1)")).ShouldBe(login["sid"]);
        await using var octopus = await @new.OpenAsync(user: "octopus");
        (await octopus.FailureAsync("CREATE LOGIN x WITH PASSWORD = 'y'")).Number.ShouldBe(15247);
        (await target.FailureAsync("CREATE LOGIN octopus WITH PASSWORD = 'y'")).Number.ShouldBe(15025);
        (await target.FailureAsync("CREATE LOGIN [DOM\\user] FROM WINDOWS")).Number.ShouldBe(15401);
        await target.ExecuteAsync("ALTER LOGIN octopus DISABLE");
        (await Should.ThrowAsync<SqlException>(() => @new.OpenAsync(user: "octopus"))).Number.ShouldBe(18470);
    }

    [Fact]
    public async Task The_catalogue_answers_the_questions_of_a_move()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus", with: each => each.ApplicationName = "check");
        await admin.ExecuteAsync("CREATE TABLE Machine (Id int IDENTITY PRIMARY KEY, Name nvarchar(50) NOT NULL, Price decimal(10,2)); INSERT Machine (Name) VALUES ('a'), ('b')");

        (await admin.ScalarAsync("""
            SELECT SUM(p.row_count) FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
            JOIN sys.dm_db_partition_stats p ON p.object_id = t.object_id AND p.index_id IN (0, 1) WHERE s.name + N'.' + t.name = 'dbo.Machine'
            """)).ShouldBe(2L);
        var columns = await admin.RowsAsync("SELECT c.name, y.name AS type, c.max_length, c.is_nullable, c.is_identity FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id WHERE c.object_id = OBJECT_ID('dbo.Machine') ORDER BY c.column_id");
        columns.Select(row => string.Join(' ', row.Values)).ShouldBe(["Id int 4 False True", "Name nvarchar 100 False False", "Price decimal 9 True False"]);
        (await admin.ScalarAsync("SELECT COL_LENGTH('Machine', 'Name')")).ShouldBe((short)100);
        (await admin.ScalarAsync("IF OBJECT_ID(N'[Octopus].[dbo].[Machine]', 'U') IS NOT NULL SELECT 'yes' ELSE SELECT 'no'")).ShouldBe("yes");
        (await admin.RowsAsync("SELECT DISTINCT vs.volume_mount_point, vs.available_bytes FROM sys.master_files f CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) vs")).Count.ShouldBe(1);
        (await admin.RowsAsync("EXEC master.dbo.xp_fileexist @p", ("@p", server.Double.BackupFolder))).Single().Values.ShouldBe([0, 1, 1]);
        (await admin.RowsAsync("SELECT * FROM sys.dm_os_file_exists(@p)", ("@p", server.Double.CertificateFile))).Single().Values.ShouldBe([true, false, true]);
        (await admin.ScalarAsync("SELECT program_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID AND is_user_process = 1 AND database_id = DB_ID()")).ShouldBe("check");
        (await admin.ScalarAsync("SELECT CAST(DATABASEPROPERTYEX('Octopus', 'Version') AS int)")).ShouldBe(957);
        (await admin.ScalarAsync("SELECT host_platform FROM sys.dm_os_host_info")).ShouldBe(OperatingSystem.IsWindows() ? "Windows" : "Linux");
        (await admin.ScalarAsync("SELECT SERVERPROPERTY('IsClustered')")).ShouldBe(0);
        (await admin.ScalarAsync("SELECT SERVERPROPERTY('Nonsense')")).ShouldBeNull();
        (await admin.ScalarAsync("SELECT COLLATIONPROPERTY(collation_name, 'ComparisonStyle') FROM sys.databases WHERE name = 'master'")).ShouldBe(196609);

        await using var octopus = await server.OpenAsync("master", "octopus");
        (await octopus.RowsAsync("EXEC xp_fileexist @p", ("@p", server.Double.BackupFolder))).Single().Values.ShouldBe([0, 0, 0]);
        (await octopus.FailureAsync("SELECT * FROM sys.dm_server_services")).Numbers().ShouldBe([300, 297]);
        (await octopus.ScalarAsync("SELECT COUNT(*) FROM sys.dm_exec_sessions")).ShouldBe(1);
        (await octopus.ScalarAsync("SELECT COUNT(*) FROM sys.master_files")).ShouldBe(0);
    }

    [Theory]
    [InlineData("SELECT name, database_id, state, state_desc, user_access_desc, is_read_only, recovery_model_desc, compatibility_level, collation_name, is_read_committed_snapshot_on, snapshot_isolation_state_desc, is_encrypted, is_published, is_subscribed, is_merge_published, is_distributor, is_cdc_enabled, is_auto_close_on, is_auto_shrink_on, page_verify_option_desc, containment, containment_desc, is_broker_enabled, is_trustworthy_on, is_db_chaining_on, source_database_id, CAST(replica_id AS nvarchar(36)) replica_id, SUSER_SNAME(owner_sid) owner, create_date FROM sys.databases WHERE name = @db", 1)]
    [InlineData("SELECT type, type_desc, name, physical_name, CAST(size AS bigint)*8192 size_bytes, CAST(FILEPROPERTY(name,'SpaceUsed') AS bigint)*8192 used_bytes, state_desc, is_read_only FROM sys.database_files", 2)]
    [InlineData("SELECT encryption_state, encryptor_type, CONVERT(varchar(60), encryptor_thumbprint, 1) tp FROM sys.dm_database_encryption_keys WHERE database_id=DB_ID(@db)", 0)]
    [InlineData("SELECT name, pvt_key_encryption_type_desc FROM master.sys.certificates WHERE thumbprint = 0x01", 0)]
    [InlineData("SELECT role_desc FROM sys.dm_hadr_availability_replica_states WHERE is_local=1", 0)]
    [InlineData("SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id=DB_ID(@db) AND mirroring_guid IS NOT NULL", 0)]
    [InlineData("SELECT name FROM sys.databases WHERE source_database_id = DB_ID(@db)", 0)]
    [InlineData("SELECT feature_name FROM [Octopus].sys.dm_db_persisted_sku_features", 0)]
    [InlineData("SELECT SUSER_SNAME() login_name, IS_SRVROLEMEMBER('sysadmin') sysadmin, IS_SRVROLEMEMBER('dbcreator') dbcreator, HAS_PERMS_BY_NAME(NULL,NULL,'CREATE ANY DATABASE') create_any_db, HAS_PERMS_BY_NAME(NULL,NULL,'ALTER ANY LOGIN') l, HAS_PERMS_BY_NAME(NULL,NULL,'VIEW SERVER STATE') v, HAS_PERMS_BY_NAME(QUOTENAME(@db),'DATABASE','ALTER') a", 1)]
    [InlineData("SELECT servicename, service_account, status_desc, instant_file_initialization_enabled FROM sys.dm_server_services", 2)]
    [InlineData("SELECT fixed_drive_path, free_space_in_bytes FROM sys.dm_os_enumerate_fixed_drives", 1)]
    [InlineData("EXEC master.dbo.xp_fixeddrives", 1)]
    [InlineData("SELECT session_id, command, percent_complete FROM sys.dm_exec_requests WHERE command LIKE N'BACKUP%' OR command LIKE N'RESTORE%'", 0)]
    [InlineData("SELECT session_id, command, status, percent_complete, start_time, total_elapsed_time, estimated_completion_time, wait_type, last_wait_type, blocking_session_id FROM sys.dm_exec_requests WHERE session_id = @@SPID", 1)]
    [InlineData("SELECT TOP 5 backup_finish_date,type,is_copy_only,is_damaged FROM msdb.dbo.backupset WHERE database_name=@db ORDER BY backup_set_id DESC", 0)]
    [InlineData("SELECT session_id, login_name, host_name, program_name, status, last_request_end_time, open_transaction_count FROM sys.dm_exec_sessions WHERE database_id=DB_ID(@db) AND is_user_process=1 AND session_id<>@@SPID", 0)]
    [InlineData("SELECT SYSUTCDATETIME() a, SYSDATETIMEOFFSET() b", 1)]
    [InlineData("SELECT family_guid FROM sys.database_recovery_status WHERE database_id = DB_ID(@db)", 1)]
    [InlineData("SELECT name, sid, LOGINPROPERTY(name,'PasswordHash') h, default_database_name, is_policy_checked, is_expiration_checked, is_disabled FROM sys.sql_logins WHERE name='octopus'", 1)]
    [InlineData("SELECT COUNT_BIG(*) n, CHECKSUM_AGG(BINARY_CHECKSUM(*)) c FROM t", 1)]
    [InlineData("SELECT r.name FROM sys.database_role_members m JOIN sys.database_principals r ON r.principal_id = m.role_principal_id JOIN sys.database_principals u ON u.principal_id = m.member_principal_id WHERE u.name = 'octopus'", 1)]
    public async Task Every_question_of_the_checks_has_an_answer(string sql, int rows)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        await connection.ExecuteAsync("CREATE TABLE t (id int)");

        (await connection.RowsAsync(sql, ("@db", "Octopus"))).Count.ShouldBe(rows);
    }

    [Fact]
    public async Task Batches_flow_as_T_SQL_does()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync("Octopus");
        var said = new List<string>();
        connection.InfoMessage += (_, told) => said.Add(told.Message);
        (await connection.ScalarAsync("""
            SET NOCOUNT ON; SET XACT_ABORT OFF; SET LANGUAGE us_english; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            CREATE TABLE t (id int NOT NULL PRIMARY KEY);
            DECLARE @i int = 0, @sum bigint;
            WHILE @i < 5 BEGIN SET @i = @i + 1; IF @i % 2 = 0 CONTINUE; INSERT t VALUES (@i); END
            BEGIN TRY INSERT t VALUES (1); END TRY BEGIN CATCH PRINT 'caught ' + CAST(ERROR_NUMBER() AS nvarchar(10)); END CATCH
            SELECT @sum = SUM(id) FROM t;
            RAISERROR('sum is %d', 0, 1, @sum) WITH NOWAIT;
            DECLARE @got int; EXEC sp_executesql N'SELECT @out = COUNT(*) FROM t WHERE id > @least', N'@least int, @out int OUTPUT', @least = 1, @out = @got OUTPUT;
            SELECT CONCAT(@sum, '/', @got, '/', QUOTENAME('a]b'), '/', CONVERT(nvarchar(19), CAST('2026-02-28T01:02:03' AS datetime2(0)), 120));
            """)).ShouldBe("9/2/[a]]b]/2026-02-28 01:02:03");
        said.ShouldBe(["Changed language setting to us_english.", "caught 2627", "sum is 9"]);
        (await connection.FailureAsync("THROW 50001, 'own', 1")).Number.ShouldBe(50001);
        (await connection.FailureAsync("SELECT @x", ("@y", 1))).Number.ShouldBe(137);
    }

    [Fact]
    public async Task KILL_ends_another_session()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await using var victim = await server.OpenAsync("Octopus", "octopus");
        (await admin.FailureAsync("KILL 9999")).Number.ShouldBe(6106);

        await admin.ExecuteAsync($"KILL {victim.ServerProcessId}");

        (await victim.FailureAsync("SELECT 1")).Class.ShouldBe((byte)20);
        (await Should.ThrowAsync<SqlException>(async () => await (await server.OpenAsync(user: "octopus")).ExecuteAsync($"KILL {admin.ServerProcessId}"))).Number.ShouldBe(15247);
    }
}
