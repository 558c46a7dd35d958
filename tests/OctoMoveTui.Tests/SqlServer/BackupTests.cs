using System.Collections.Concurrent;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

public sealed class BackupTests
{
    private const string BackUp = """
        BACKUP DATABASE @db TO DISK = @file WITH COPY_ONLY, CHECKSUM, STOP_ON_ERROR, FORMAT, INIT, SKIP, COMPRESSION,
            STATS = 1, NAME = @name, DESCRIPTION = @description, MEDIANAME = @media
        """;

    private static (string, object?)[] Arguments(string file, string db = "Octopus") =>
        [("@db", db), ("@file", file), ("@name", "OctoMoveTui"), ("@description", "OctoMoveTui run=42"), ("@media", "42")];

    private static Task<ASqlServer> WithRowsAsync(Func<SqlServerOptions, SqlServerOptions>? with = null) => ASqlServer.WithRowsAsync(with);

    private static async Task<object?> FingerprintAsync(SqlConnection connection) =>
        await connection.ScalarAsync("SELECT CHECKSUM_AGG(BINARY_CHECKSUM(*)) FROM Machine");

    [Fact]
    public async Task A_backup_restored_on_another_server_under_another_name_has_the_same_rows()
    {
        await using var old = await WithRowsAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL" });
        var file = old.Path("octopus.bak");
        await using var source = await old.OpenAsync();
        await source.ExecuteAsync(BackUp, Arguments(file));

        await using var target = await @new.OpenAsync(user: "mover");
        var files = await target.RowsAsync("RESTORE FILELISTONLY FROM DISK = @file WITH FILE = 1", ("@file", file));
        await target.ExecuteAsync("""
            RESTORE DATABASE @db FROM DISK = @file WITH FILE = @position, MOVE @l1 TO @p1, MOVE @l2 TO @p2, RECOVERY, CHECKSUM, STOP_ON_ERROR, STATS = 1
            """, ("@db", "Moved"), ("@file", file), ("@position", 1),
            ("@l1", files[0]["LogicalName"]), ("@p1", Path.Combine(@new.Double.DataFolder, "moved.mdf")), ("@l2", files[1]["LogicalName"]), ("@p2", Path.Combine(@new.Double.DataFolder, "moved.ldf")));

        await using var before = await old.OpenAsync("Octopus");
        await using var after = await @new.OpenAsync("Moved", "mover");
        (await FingerprintAsync(after)).ShouldBe(await FingerprintAsync(before));
        (await after.ScalarAsync("INSERT Machine (Name) OUTPUT inserted.Id VALUES ('next')")).ShouldBe(4);
        (await after.ScalarAsync("SELECT SUSER_SNAME(owner_sid) FROM sys.databases WHERE name = 'Moved'")).ShouldBe("mover");

        var taken = old.Double.BackupsTaken.ShouldHaveSingleItem();
        await using var historian = await @new.OpenAsync();
        (await historian.ScalarAsync("""
            SELECT bs.backup_set_uuid FROM msdb.dbo.restorehistory rh JOIN msdb.dbo.backupset bs ON bs.backup_set_id = rh.backup_set_id
            WHERE rh.destination_database_name = N'moved' AND rh.restore_type = 'D' AND rh.[recovery] = 1
            """)).ShouldBe(taken.SetGuid);
        (await source.ScalarAsync("SELECT description FROM msdb.dbo.backupset WHERE type = 'D' AND description LIKE N'%run=' + @run + N'%'", ("@run", "42"))).ShouldBe("OctoMoveTui run=42");
    }

    [Fact]
    public async Task Users_keep_the_old_servers_SIDs_and_are_orphans_until_they_are_mapped()
    {
        await using var old = await WithRowsAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL" });
        await MoveAsync(old, @new);

        (await Should.ThrowAsync<SqlException>(() => @new.OpenAsync("Octopus", "octopus"))).Number.ShouldBe(4060);
        await using var target = await @new.OpenAsync();
        const string orphans = """
            EXEC [Octopus].sys.sp_executesql N'SELECT dp.name, ls.name AS by_sid, ln.name AS by_name FROM sys.database_principals dp
              LEFT JOIN sys.server_principals ls ON ls.sid = dp.sid LEFT JOIN sys.server_principals ln ON ln.name = dp.name COLLATE DATABASE_DEFAULT
              WHERE dp.type IN (''S'',''U'',''G'') AND dp.principal_id > 4 AND dp.sid IS NOT NULL AND dp.authentication_type IN (1, 3)'
            """;
        (await target.RowsAsync(orphans)).ShouldHaveSingleItem().Values.ShouldBe(["octopus", null, "octopus"]);

        await target.ExecuteAsync("EXEC [Octopus].sys.sp_executesql N'ALTER USER [octopus] WITH LOGIN = [octopus]'");

        (await target.RowsAsync(orphans)).ShouldHaveSingleItem().Values.ShouldBe(["octopus", "octopus", "octopus"]);
        await using var user = await @new.OpenAsync("Octopus", "octopus");
        (await user.ScalarAsync("SELECT IS_MEMBER('db_owner') + COUNT(*) FROM Machine")).ShouldBe(4);
        (await target.FailureAsync("ALTER AUTHORIZATION ON DATABASE::Octopus TO octopus")).Number.ShouldBe(15110);
        (await target.FailureAsync("EXEC [Octopus].sys.sp_executesql N'ALTER USER nobody WITH LOGIN = octopus'")).Number.ShouldBe(15151);
        (await target.FailureAsync("EXEC [Octopus].sys.sp_executesql N'CREATE USER twin FOR LOGIN octopus'")).Number.ShouldBe(15063);
        (await target.FailureAsync("EXEC [Octopus].sys.sp_executesql N'CREATE USER octopus FOR LOGIN stranger'")).Number.ShouldBe(15023);
    }

    [Fact]
    public async Task A_read_only_database_is_read_only_after_the_restore()
    {
        await using var old = await WithRowsAsync();
        await using var @new = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL" });
        await using (var source = await old.OpenAsync())
        {
            await source.ExecuteAsync("ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE");
        }
        await MoveAsync(old, @new);

        await using var target = await @new.OpenAsync();
        (await target.ScalarAsync("SELECT is_read_only FROM sys.databases WHERE name = 'Octopus'")).ShouldBe(true);
        (await target.FailureAsync("DELETE FROM Octopus.dbo.Machine")).Number.ShouldBe(3906);
        (await target.FailureAsync("EXEC [Octopus].sys.sp_executesql N'ALTER USER octopus WITH LOGIN = octopus'")).Number.ShouldBe(3906);
        await target.ExecuteAsync("ALTER DATABASE Octopus SET READ_WRITE WITH ROLLBACK IMMEDIATE");
        (await target.ExecuteAsync("DELETE FROM Octopus.dbo.Machine")).ShouldBe(3);
    }

    [Fact]
    public async Task Progress_arrives_while_the_backup_runs()
    {
        await using var server = await WithRowsAsync(options => options with { StatsPause = TimeSpan.FromMilliseconds(1) });
        server.Faults.HangNext("BACKUP DATABASE");
        await using var connection = await server.OpenAsync();
        await using var watcher = await server.OpenAsync();
        await using var command = connection.Command(BackUp, Arguments(server.Path("a.bak")));
        command.CommandTimeout = 0;
        var said = new ConcurrentQueue<int>();
        connection.InfoMessage += (_, told) => said.Enqueue(told.Errors[0].Number);
        var running = Task.Run(command.Drain);

        // It hangs half-way, on request; by then half of the messages must be here, and others can see how far it is.
        await Eventually.TrueAsync(() => said.Count >= 49);
        await Eventually.TrueAsync(async () => await watcher.ScalarAsync("SELECT percent_complete FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE'") is 49f);
        command.Cancel();

        (await Should.ThrowAsync<SqlException>(running)).Numbers()[..2].ShouldBe([3204, 3013]);
        connection.State.ShouldBe(System.Data.ConnectionState.Open);
        said.ShouldAllBe(number => number == 3211);
        File.Exists(server.Path("a.bak")).ShouldBeTrue();
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", server.Path("a.bak")))).Number.ShouldBe(3241);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM msdb.dbo.backupset")).ShouldBe(0);
    }

    [Fact]
    public async Task A_finished_backup_says_what_it_did_in_the_order_of_real_servers()
    {
        await using var server = await WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var said = new List<int>();
        connection.InfoMessage += (_, told) => said.AddRange(told.Errors.Cast<SqlError>().Select(error => error.Number));
        await using var command = connection.Command(BackUp, Arguments(server.Path("a.bak")));

        command.Drain();

        said.ShouldBe([.. Enumerable.Repeat(3211, 100), 4035, 4035, 3014]);
    }

    [Fact]
    public async Task The_header_has_the_columns_and_types_of_real_servers()
    {
        await using var server = await WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync(BackUp, Arguments(server.Path("a.bak")));

        await using (var command = connection.Command("RESTORE HEADERONLY FROM DISK = @file", ("@file", server.Path("a.bak"))))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            reader.FieldCount.ShouldBe(59);
            (await reader.ReadAsync()).ShouldBeTrue();
            reader["BackupType"].ShouldBe((byte)1);
            reader["Position"].ShouldBe((short)1);
            reader["DatabaseName"].ShouldBe("Octopus");
            reader["BackupSize"].ShouldBeOfType<long>().ShouldBeGreaterThan(0);
            reader["LastLSN"].ShouldBeOfType<decimal>();
            reader["IsCopyOnly"].ShouldBe(true);
            reader["HasBackupChecksums"].ShouldBe(true);
            reader["BackupSetGUID"].ShouldBe(server.Double.BackupsTaken[0].SetGuid);
            reader["BackupDescription"].ShouldBe("OctoMoveTui run=42");
            (await reader.ReadAsync()).ShouldBeFalse();
        }
        var files = await connection.RowsAsync("RESTORE FILELISTONLY FROM DISK = @file", ("@file", server.Path("a.bak")));
        files.Select(row => (row["LogicalName"], row["Type"], row.Count)).ShouldBe([("Octopus", "D", 22), ("Octopus_log", "L", 22)]);
        (await connection.RowsAsync("RESTORE LABELONLY FROM DISK = @file", ("@file", server.Path("a.bak")))).Single()["MediaName"].ShouldBe("42");

        await using var older = await ASqlServer.StartAsync(options => options with { ProductVersion = "15.0.4298.1" });
        await using var old = await older.OpenAsync();
        (await old.RowsAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", server.Path("a.bak")))).Single().Count.ShouldBe(56);
        var clash = await old.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @file", ("@file", server.Path("a.bak")));
        clash.Numbers().ShouldBe([3169, 3013]);
        clash.Message.ShouldContain("16.00.4236");
    }

    [Fact]
    public async Task Several_stripes_are_all_needed_and_a_second_set_is_appended()
    {
        await using var server = await WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var (one, two) = (server.Path("1.bak"), server.Path("2.bak"));
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @one, DISK = @two WITH FORMAT, CHECKSUM", ("@one", one), ("@two", two));
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @one, DISK = @two WITH NOINIT, CHECKSUM", ("@one", one), ("@two", two));

        (await connection.RowsAsync("RESTORE HEADERONLY FROM DISK = @one", ("@one", one))).Select(row => row["Position"]).ShouldBe([(short)1, (short)2]);
        await connection.ExecuteAsync("RESTORE VERIFYONLY FROM DISK = @two, DISK = @one WITH FILE = 2, CHECKSUM", ("@one", one), ("@two", two));
        (await connection.FailureAsync("RESTORE VERIFYONLY FROM DISK = @one", ("@one", one))).Number.ShouldBe(3132);
        (await connection.FailureAsync("RESTORE VERIFYONLY FROM DISK = @one, DISK = @two WITH FILE = 3", ("@one", one), ("@two", two))).Number.ShouldBe(3287);
    }

    [Fact]
    public async Task Damage_is_found_where_a_real_server_finds_it()
    {
        await using var server = await WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = server.Path("a.bak");
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT, CHECKSUM, NO_COMPRESSION", ("@file", file));
        var whole = await File.ReadAllBytesAsync(file);

        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Numbers().ShouldBe([3241, 3013]);

        var flipped = (byte[])whole.Clone();
        flipped[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, flipped);
        (await connection.FailureAsync("RESTORE VERIFYONLY FROM DISK = @file WITH CHECKSUM", ("@file", file))).Number.ShouldBe(3189);
        (await connection.FailureAsync("RESTORE DATABASE Other FROM DISK = @file WITH CHECKSUM, MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l",
            ("@file", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf")))).Number.ShouldBe(3183);

        await File.WriteAllTextAsync(file, "not a backup at all");
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Number.ShouldBe(3241);
    }

    [Fact]
    public async Task A_cancelled_restore_leaves_the_database_restoring_until_it_is_dropped_or_replaced()
    {
        await using var server = await WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT", ("@file", server.Path("a.bak")));
        server.Faults.HangNext("RESTORE DATABASE");
        const string restore = "RESTORE DATABASE Other FROM DISK = @file WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l, STATS = 1";
        (string, object?)[] arguments = [("@file", server.Path("a.bak")), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf"))];
        await using var command = connection.Command(restore, arguments);
        var seen = new TaskCompletionSource();
        connection.InfoMessage += (_, told) => _ = told.Message.StartsWith("49", StringComparison.Ordinal) && seen.TrySetResult();
        var running = Task.Run(command.Drain);
        await seen.Task;

        command.Cancel();

        (await Should.ThrowAsync<SqlException>(running)).Number.ShouldBe(3204);
        (await connection.ScalarAsync("SELECT state_desc FROM sys.databases WHERE name = 'Other'")).ShouldBe("RESTORING");
        (await connection.FailureAsync("USE Other")).Number.ShouldBe(927);
        (await connection.FailureAsync("RESTORE DATABASE Other WITH RECOVERY")).Number.ShouldBe(4333);
        await connection.ExecuteAsync(restore + ", REPLACE", arguments);
        (await connection.ScalarAsync("SELECT COUNT(*) FROM Other.dbo.Machine")).ShouldBe(3);
        await connection.ExecuteAsync("DROP DATABASE Other");
        File.Exists(server.Path("o.mdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Restores_that_would_hurt_are_refused_before_anything_changes()
    {
        await using var server = await WithRowsAsync();
        await server.Double.CreateDatabaseAsync("Other", "sa", []);
        await using var connection = await server.OpenAsync();
        var file = server.Path("a.bak");
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT", ("@file", file));
        async Task<int[]> NumbersAsync(string sql) => (await connection.FailureAsync(sql, ("@file", file), ("@x", server.Path("x")), ("@nowhere", "/no/such/folder/x"))).Numbers();

        (await NumbersAsync("RESTORE DATABASE Other FROM DISK = @file WITH MOVE 'Octopus' TO @x")).ShouldBe([3154, 3013]);
        (await NumbersAsync("RESTORE DATABASE Octopus FROM DISK = @file")).ShouldBe([3159, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @file")).ShouldBe([1834, 3156, 1834, 3156, 3119, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @file WITH MOVE 'Nothing' TO @x")).ShouldBe([3234, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @file WITH MOVE 'Octopus' TO @nowhere, MOVE 'Octopus_log' TO @x")).ShouldBe([5133, 3156, 3119, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @file WITH MOVE 'Octopus' TO @x, MOVE 'Octopus_log' TO @x")).ShouldBe([3176, 3119, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @file WITH CHECKSUM, MOVE 'Octopus' TO @x")).ShouldBe([3187, 3013]);
        (await NumbersAsync("RESTORE DATABASE Third FROM DISK = @x")).ShouldBe([3201, 3013]);
        (await NumbersAsync("USE Octopus; RESTORE DATABASE Octopus FROM DISK = @file WITH REPLACE")).ShouldBe([3102, 3013]);
        (await NumbersAsync("BACKUP DATABASE Nowhere TO DISK = @x")).ShouldBe([911, 3013]);
        (await NumbersAsync("BACKUP DATABASE Octopus TO DISK = @nowhere")).ShouldBe([3201, 3013]);
        (await NumbersAsync("BEGIN TRAN; BACKUP DATABASE Octopus TO DISK = @x; ROLLBACK")).ShouldBe([3021, 3013]);
        (await NumbersAsync("BACKUP LOG Octopus TO DISK = @x")).ShouldBe([40515]);

        (await connection.ScalarAsync("SELECT COUNT(*) FROM sys.databases WHERE name IN ('Octopus', 'Other', 'Third') AND state = 0")).ShouldBe(2);
        // The trap: in SIMPLE recovery the same family is overwritten without REPLACE.
        await connection.ExecuteAsync("ALTER DATABASE Octopus SET RECOVERY SIMPLE; DELETE Octopus.dbo.Machine");
        await connection.ExecuteAsync("USE master; RESTORE DATABASE Octopus FROM DISK = @file", ("@file", file));
        (await connection.ScalarAsync("SELECT COUNT(*) FROM Octopus.dbo.Machine")).ShouldBe(3);
    }

    [Fact]
    public async Task Rights_and_editions_decide_who_may_back_up_and_restore()
    {
        await using var server = await WithRowsAsync(options => options with { EngineEdition = 4, Edition = "Express Edition (64-bit)" });
        var file = server.Path("a.bak");
        await using var owner = await server.OpenAsync("master", "octopus");
        (await owner.FailureAsync(BackUp, Arguments(file))).Numbers().ShouldBe([1844, 3013]);
        await owner.ExecuteAsync(BackUp.Replace("COMPRESSION", "NO_COMPRESSION", StringComparison.Ordinal), Arguments(file));
        (await owner.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @file WITH REPLACE", ("@file", file))).Numbers().ShouldBe([3110, 3013]);
        (await owner.FailureAsync("RESTORE DATABASE Fresh FROM DISK = @file", ("@file", file))).Numbers().ShouldBe([262, 3013]);
        (await owner.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Number.ShouldBe(262);

        await using var stranger = await server.OpenAsync("master", "stranger");
        (await stranger.FailureAsync("BACKUP DATABASE Octopus TO DISK = @file", ("@file", file))).Numbers().ShouldBe([262, 3013]);
        server.Faults.DenyPermission("octopus", "BACKUP DATABASE");
        (await owner.ScalarAsync("SELECT HAS_PERMS_BY_NAME(QUOTENAME('Octopus'), 'DATABASE', 'BACKUP DATABASE')")).ShouldBe(0);
        (await owner.FailureAsync("BACKUP DATABASE Octopus TO DISK = @file", ("@file", file))).Number.ShouldBe(262);
    }

    [Fact]
    public async Task The_service_account_reads_and_writes_only_where_it_may()
    {
        var (shared, closed) = (Directory.CreateTempSubdirectory("octomove-w-"), Directory.CreateTempSubdirectory("octomove-c-"));
        await using var server = await WithRowsAsync(options => options with { WritableFolders = [shared.FullName], FreeBytes = 20_000 });
        await using var connection = await server.OpenAsync();
        var denied = await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @file", ("@file", Path.Combine(closed.FullName, "a.bak")));
        denied.Number.ShouldBe(3201);
        denied.Message.ShouldContain("error 5(");

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @file", ("@file", Path.Combine(shared.FullName, "a.bak")))).Numbers().ShouldBe([3202, 3013]);
        shared.Delete(recursive: true);
        closed.Delete(recursive: true);
    }

    private static async Task MoveAsync(ASqlServer old, ASqlServer @new)
    {
        await using var source = await old.OpenAsync();
        await source.ExecuteAsync(BackUp, Arguments(old.Path("octopus.bak")));
        await using var target = await @new.OpenAsync();
        await target.ExecuteAsync("RESTORE DATABASE Octopus FROM DISK = @file WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l, RECOVERY, CHECKSUM",
            ("@file", old.Path("octopus.bak")), ("@d", Path.Combine(@new.Double.DataFolder, "o.mdf")), ("@l", Path.Combine(@new.Double.DataFolder, "o.ldf")));
    }
}
