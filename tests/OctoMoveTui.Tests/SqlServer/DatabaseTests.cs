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
        said.ShouldBe(["caught 2627", "sum is 9"]);
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
