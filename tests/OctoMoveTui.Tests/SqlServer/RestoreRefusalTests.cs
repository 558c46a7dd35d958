using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>The error chains of BACKUP and RESTORE: first the cause, with its state where it is known, 3013 last.</summary>
public sealed class RestoreRefusalTests
{
    private static async Task<string> BackedUpAsync(ASqlServer server, string with = "FORMAT, CHECKSUM", string name = "a.bak")
    {
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync($"BACKUP DATABASE Octopus TO DISK = @file WITH {with}", ("@file", server.Path(name)));
        return server.Path(name);
    }

    [Fact]
    public async Task Stripes_that_are_missing_twice_there_or_of_another_set_are_told_apart()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        (string, object?)[] files = [("@a", server.Path("a.bak")), ("@b", server.Path("b.bak")), ("@c", server.Path("c.bak"))];
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @a, DISK = @b WITH FORMAT, CHECKSUM", files[..2]);
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @c WITH FORMAT", files[2]);
        async Task<int[]> VerifyAsync(string devices) =>
            (await connection.FailureAsync($"RESTORE VERIFYONLY FROM {devices}", files)).Numbers();

        (await VerifyAsync("DISK = @a")).ShouldBe([3132, 3013]);
        (await VerifyAsync("DISK = @b, DISK = @b")).ShouldBe([3227, 3013]);
        (await VerifyAsync("DISK = @c, DISK = @a")).ShouldBe([3231, 3013]);
        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @a WITH INIT", files[0])).Numbers().ShouldBe([3132, 3013]);
        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @c, DISK = @d WITH INIT", files[2], ("@d", server.Path("d.bak")))).Numbers().ShouldBe([3231, 3013]);

        // FORMAT doesn't ask: one stripe is overwritten, and the other one is worth nothing any more.
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @a WITH FORMAT", files[0]);
        (await VerifyAsync("DISK = @b")).ShouldBe([3132, 3013]);
        (await VerifyAsync("DISK = @a, DISK = @b")).ShouldBe([3231, 3013]);
        var devices = string.Join(", ", Enumerable.Repeat("DISK = @a", 65));
        (await VerifyAsync(devices)).ShouldBe([3205, 3013]);
    }

    [Fact]
    public async Task States_are_the_ones_that_real_servers_were_seen_to_send()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await server.Double.CreateDatabaseAsync("Other", "sa", []);
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server);
        async Task<(int, byte)> FirstAsync(string sql)
        {
            var failure = await connection.FailureAsync(sql, ("@f", file), ("@x", server.Path("none/x.bak")));
            return (failure.Number, failure.State);
        }

        (await FirstAsync("BACKUP DATABASE Nowhere TO DISK = @f")).ShouldBe((911, (byte)11));
        (await FirstAsync("BACKUP DATABASE Octopus TO DISK = @x")).ShouldBe((3201, (byte)1));
        (await FirstAsync("RESTORE HEADERONLY FROM DISK = @x")).ShouldBe((3201, (byte)2));
        (await FirstAsync("RESTORE DATABASE Third FROM DISK = @f WITH MOVE 'Nothing' TO @x")).ShouldBe((3234, (byte)2));
        (await FirstAsync("RESTORE DATABASE Other FROM DISK = @f")).ShouldBe((3154, (byte)4));
        (await FirstAsync("RESTORE DATABASE Third FROM DISK = @f")).ShouldBe((1834, (byte)1));
    }

    [Fact]
    public async Task What_was_made_compressed_stays_compressed()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server, "FORMAT, COMPRESSION");

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @f WITH NO_COMPRESSION", ("@f", file))).Numbers().ShouldBe([3098, 3013]);
        await connection.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @f", ("@f", file));
        var sets = await connection.RowsAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", file));
        sets.Select(set => (set["Position"], set["Compressed"])).ShouldBe([((short)1, (byte)1), ((short)2, (byte)1)]);
        await connection.ExecuteAsync("RESTORE VERIFYONLY FROM DISK = @f WITH FILE = 2", ("@f", file));
    }

    [Theory]
    [InlineData("", 3254)]
    [InlineData("not a backup at all", 3241)]
    [InlineData("TAPE of another program", 3143)]
    public async Task Files_that_are_no_backups_are_refused_by_what_they_are(string content, int number)
    {
        await using var server = await ASqlServer.StartAsync();
        await using var connection = await server.OpenAsync();
        await File.WriteAllTextAsync(server.Path("a.bak"), content);

        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", server.Path("a.bak")))).Numbers().ShouldBe([number, 3013]);
    }

    [Fact]
    public async Task A_backup_that_is_continued_by_something_else_is_not_a_tape()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server);
        await File.AppendAllTextAsync(file, "something else that is long enough");

        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", file))).Numbers().ShouldBe([3242, 3013]);
    }

    [Theory]
    [InlineData("16.0.4236.2", 10_240)]
    [InlineData("17.0.1000.7", 51_200)]
    public async Task Express_refuses_a_database_that_is_too_large(string version, int megabytes)
    {
        await using var old = await ASqlServer.WithRowsAsync();
        SqlServerOptions Express(SqlServerOptions options) => options with { Name = "NEW-SQL", ProductVersion = version, EngineEdition = 4, Edition = "Express Edition (64-bit)" };
        var file = await BackedUpAsync(old);
        const string restore = "RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l";

        await using (var large = await ASqlServer.StartAsync(Express))
        {
            await using var connection = await large.OpenAsync();
            await connection.ExecuteAsync(restore, ("@f", file), ("@d", large.Path("o.mdf")), ("@l", large.Path("o.ldf")));
        }
        // The same limit, about a million times as small.
        await using var small = await ASqlServer.StartAsync(options => Express(options) with { ExpressLimitBytes = megabytes });
        await using var other = await small.OpenAsync();
        var failure = await other.FailureAsync(restore, ("@f", file), ("@d", small.Path("o.mdf")), ("@l", small.Path("o.ldf")));
        failure.Numbers().ShouldBe([1827, 3013]);
        (await other.ScalarAsync("SELECT COUNT(*) FROM sys.databases WHERE name = 'Other'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("Web Edition (64-bit)", 2, false)]
    [InlineData("Express Edition (64-bit)", 4, false)]
    [InlineData("Standard Edition (64-bit)", 2, true)]
    public async Task The_edition_decides_who_can_compress(string edition, int engine, bool can)
    {
        await using var server = await ASqlServer.WithRowsAsync(options => options with { Edition = edition, EngineEdition = engine });
        await using var connection = await server.OpenAsync();
        const string backUp = "BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT, COMPRESSION";

        if (can)
        {
            await connection.ExecuteAsync(backUp);
        }
        else
        {
            var failure = await connection.FailureAsync(backUp);
            failure.Numbers().ShouldBe([1844, 3013]);
            failure.Message.ShouldContain(edition);
        }
    }

    [Fact]
    public async Task Too_little_space_is_told_in_bytes_before_anything_is_made()
    {
        await using var old = await ASqlServer.WithRowsAsync();
        var file = await BackedUpAsync(old);
        await using var server = await ASqlServer.StartAsync(options => options with { Name = "NEW-SQL", FreeBytes = 4_096 });
        await using var connection = await server.OpenAsync();
        var needed = (await connection.RowsAsync("RESTORE FILELISTONLY FROM DISK = @f", ("@f", file))).Sum(row => (long)row["Size"]!);

        var failure = await connection.FailureAsync("RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l",
            ("@f", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf")));

        failure.Numbers().ShouldBe([3257, 3119, 3013]);
        failure.Message.ShouldContain($"requires {needed} additional free bytes, while only 4096 bytes");
        File.Exists(server.Path("o.mdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Damage_on_the_source_is_found_by_checksums_only_and_carried_along_without()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        server.Double.RotPage("Octopus", 42);
        var failure = await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'a.bak' WITH FORMAT, CHECKSUM");
        failure.Numbers().ShouldBe([3043, 3013]);
        failure.Message.ShouldContain("(1:42)");

        var damaged = await BackedUpAsync(server, "FORMAT, CHECKSUM, CONTINUE_AFTER_ERROR");
        (await connection.RowsAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", damaged))).Single()["IsDamaged"].ShouldBe(true);
        (string, object?)[] arguments = [("@f", damaged), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf"))];
        const string restore = "RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l";
        (await connection.FailureAsync(restore, arguments)).Numbers().ShouldBe([3182, 3013]);

        arguments[0] = ("@f", await BackedUpAsync(server, "FORMAT", "b.bak"));
        await connection.ExecuteAsync(restore, arguments);
        (await connection.FailureAsync("DBCC CHECKDB ('Other') WITH NO_INFOMSGS")).Number.ShouldBe(8939);
    }

    [Fact]
    public async Task Checksums_are_looked_at_without_being_asked_and_ignored_when_asked()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server, "FORMAT, CHECKSUM, NO_COMPRESSION");
        var bytes = await File.ReadAllBytesAsync(file);
        // In the long row: the letters are data, not structure.
        bytes[bytes.AsSpan().LastIndexOf("aaaaaaaaaaaaaaaa"u8)] = (byte)'b';
        await File.WriteAllBytesAsync(file, bytes);
        async Task<int[]> NumbersAsync(string sql) => (await connection.FailureAsync(sql, ("@f", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf")))).Numbers();
        const string restore = "RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l";

        (await NumbersAsync("RESTORE VERIFYONLY FROM DISK = @f")).ShouldBe([3189, 3013]);
        (await NumbersAsync(restore)).ShouldBe([3183, 3013]);
        await connection.ExecuteAsync("DROP DATABASE Other");
        await connection.ExecuteAsync(restore + ", NO_CHECKSUM", ("@f", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf")));
        (await connection.ScalarAsync("SELECT COUNT(*) FROM Other.dbo.Machine WHERE Name LIKE '%b%'")).ShouldNotBe(0);
    }

    [Fact]
    public async Task Files_that_are_in_use_or_in_the_way_are_not_touched()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server);
        await using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = @f WITH FORMAT", ("@f", file))).Message.ShouldContain("Operating system error 32(");
            (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", file))).Message.ShouldContain("Operating system error 32(");
        }
        await File.WriteAllTextAsync(server.Path("o.mdf"), "somebody's");
        (string, object?)[] arguments = [("@f", file), ("@d", server.Path("o.mdf")), ("@l", server.Path("o.ldf"))];
        const string restore = "RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l";

        (await connection.FailureAsync(restore, arguments)).Numbers().ShouldBe([3142, 3119, 3013]);
        (await File.ReadAllTextAsync(server.Path("o.mdf"))).ShouldBe("somebody's");
        await connection.ExecuteAsync(restore + ", REPLACE", arguments);
    }

    [Fact]
    public async Task A_share_that_nobody_answers_for_is_error_53_and_one_that_is_there_is_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Here shares are real.");
        var nas = Directory.CreateTempSubdirectory("octomove-nas-");
        await using var server = await ASqlServer.WithRowsAsync(options => options with
        {
            Platform = ServerPlatform.Windows, Shares = new Dictionary<string, string> { [@"\\nas\backups"] = nas.FullName },
        });
        await using var connection = await server.OpenAsync();

        (await connection.FailureAsync(@"BACKUP DATABASE Octopus TO DISK = '\\gone\backups\a.bak'")).Message.ShouldContain("Operating system error 53(");
        await connection.ExecuteAsync(@"BACKUP DATABASE Octopus TO DISK = '\\nas\backups\a.bak' WITH FORMAT");
        (await connection.RowsAsync(@"RESTORE FILELISTONLY FROM DISK = '\\nas\backups\a.bak'"))[0]["PhysicalName"].ShouldBe(@"C:\SqlData\data\Octopus.mdf");
        nas.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_backups_of_one_database_and_a_restore_over_one_that_is_backed_up_are_refused()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        var file = await BackedUpAsync(server);
        await using var first = await server.OpenAsync();
        await using var second = await server.OpenAsync();
        server.Faults.HangNext("b.bak");
        await using var command = first.Command("BACKUP DATABASE Octopus TO DISK = 'b.bak' WITH FORMAT");
        var running = Task.Run(command.Drain);
        await Eventually.TrueAsync(async () => await second.ScalarAsync("SELECT percent_complete FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE'") is 49f);

        (await second.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'c.bak' WITH FORMAT")).Numbers().ShouldBe([3023, 3013]);
        (await second.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @f WITH REPLACE", ("@f", file))).Numbers().ShouldBe([3101, 3013]);

        command.Cancel();
        await Should.ThrowAsync<SqlException>(running);
        await using var user = await server.OpenAsync("Octopus");
        (await second.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @f WITH REPLACE", ("@f", file))).Numbers().ShouldBe([3101, 3013]);
    }

    [Fact]
    public async Task A_database_in_an_availability_group_is_not_restored_over_and_a_secondary_backs_up_copies_only()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server);
        server.Double.JoinAvailabilityGroup("Octopus");
        (await connection.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @f WITH REPLACE", ("@f", file))).Numbers().ShouldBe([3104, 3013]);
        await BackedUpAsync(server);
        server.Double.JoinAvailabilityGroup("Octopus", asPrimary: false);

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'b.bak' WITH FORMAT")).Numbers().ShouldBe([3059, 3013]);
        await BackedUpAsync(server, "FORMAT, COPY_ONLY");
    }

    [Fact]
    public async Task System_databases_and_odd_options_are_refused()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        var file = await BackedUpAsync(server);
        async Task<int[]> NumbersAsync(string sql) => (await connection.FailureAsync(sql, ("@f", file))).Numbers();

        (await NumbersAsync("BACKUP DATABASE tempdb TO DISK = @f WITH FORMAT")).ShouldBe([3147, 3013]);
        (await NumbersAsync("RESTORE DATABASE tempdb FROM DISK = @f")).ShouldBe([3147, 3013]);
        (await NumbersAsync("RESTORE DATABASE master FROM DISK = @f WITH REPLACE")).ShouldBe([3108, 3013]);
        (await NumbersAsync("BACKUP DATABASE Octopus TO DISK = @f WITH FORMAT, MAXTRANSFERSIZE = 1000")).ShouldBe([3217, 3013]);
        (await NumbersAsync("BACKUP DATABASE Octopus TO DISK = ''")).ShouldBe([3044, 3013]);
        (await NumbersAsync("RESTORE DATABASE Octopus WITH RECOVERY")).ShouldBe([3153, 3013]);
    }

    [Fact]
    public async Task A_restore_on_a_newer_version_says_how_it_upgrades_and_an_older_version_names_what_it_supports()
    {
        await using var old = await ASqlServer.WithRowsAsync(options => options with { ProductVersion = "15.0.4298.1" });
        await using var @new = await ASqlServer.WithRowsAsync(options => options with { Name = "NEW-SQL", ProductVersion = "17.0.1000.7" });
        await using var middle = await ASqlServer.StartAsync(options => options with { Name = "MID-SQL" });
        var file = await BackedUpAsync(old);
        await using var connection = await @new.OpenAsync();
        var said = new List<string>();
        connection.InfoMessage += (_, told) => said.AddRange(told.Errors.Cast<SqlError>().Where(each => each.Number is 944 or 951).Select(each => each.Message));
        await connection.ExecuteAsync("RESTORE DATABASE Other FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l",
            ("@f", file), ("@d", @new.Path("o.mdf")), ("@l", @new.Path("o.ldf")));
        said[0].ShouldBe("Converting database 'Other' from version 904 to the current version 998.");
        said.Count.ShouldBe(1 + 998 - 904);

        await using var third = await middle.OpenAsync();
        var failure = await third.FailureAsync("RESTORE DATABASE Other FROM DISK = @f", ("@f", await BackedUpAsync(@new)));
        failure.Numbers().ShouldBe([3169, 3013]);
        failure.Message.ShouldContain("database version 998");
    }

    [Fact]
    public async Task Restricted_user_and_single_user_are_what_the_restore_makes_of_them()
    {
        await using var server = await ASqlServer.WithRowsAsync();
        await using var connection = await server.OpenAsync();
        await connection.ExecuteAsync("ALTER DATABASE Octopus SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        var file = await BackedUpAsync(server);
        (await connection.RowsAsync("RESTORE HEADERONLY FROM DISK = @f", ("@f", file))).Single()["IsSingleUser"].ShouldBe(true);
        async Task<object?> RestoredAsync(string name, string with)
        {
            await connection.ExecuteAsync($"RESTORE DATABASE {name} FROM DISK = @f WITH MOVE 'Octopus' TO @d, MOVE 'Octopus_log' TO @l {with}",
                ("@f", file), ("@d", server.Path(name + ".mdf")), ("@l", server.Path(name + ".ldf")));
            return await connection.ScalarAsync("SELECT user_access_desc FROM sys.databases WHERE name = @name", ("@name", name));
        }

        (await RestoredAsync("One", "")).ShouldBe("SINGLE_USER");
        (await RestoredAsync("Two", ", RESTRICTED_USER")).ShouldBe("RESTRICTED_USER");
    }
}
