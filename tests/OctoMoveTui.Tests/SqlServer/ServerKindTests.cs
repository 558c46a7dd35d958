using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>Every kind of SQL Server that a move can meet, as the checks' own scripts see it.</summary>
public sealed class ServerKindTests
{
    public static TheoryData<string, int, long> Kinds => new()
    {
        { "Enterprise", 3, 1872460670 },
        { "Standard", 2, -1534726760 },
        { "Web", 2, 1293598313 },
        { "Express", 4, -1592396055 },
        { "SQL Azure", 8, 1674378470 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_edition_is_told_by_name_engine_and_id(string name, int engine, long id)
    {
        await using var server = await ASqlServer.StartAsync(options => (name, engine) switch
        {
            ("Enterprise", _) => options.Enterprise(),
            ("Standard", _) => options.Standard(),
            ("Web", _) => options.Web(),
            ("Express", _) => options.Express(),
            _ => options.ManagedInstance(),
        });
        await using var connection = await server.OpenAsync();

        var facts = (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single();

        ((string)facts["edition"]!).ShouldStartWith(name);
        (facts["engine_edition"], facts["edition_id"]).ShouldBe((engine, id));
    }

    [Fact]
    public async Task Local_DB_and_windows_only_are_properties_too()
    {
        await using var server = await ASqlServer.StartAsync(options => options.LocalDb() with
        {
            WindowsOnly = true,
            Logins = [new SqlLogin(@"SANDBOX\dba", "Windows-1", Sysadmin: true), new SqlLogin("octopus", "Ärger-2")],
        });
        await using var connection = await server.OpenAsync(user: @"SANDBOX\dba", with: builder => builder.Password = "Windows-1");

        var facts = (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single();
        (facts["windows_only"], facts["is_local_db"], facts["engine_edition"]).ShouldBe((1, 1, 4));
        (await Should.ThrowAsync<SqlException>(() => server.OpenAsync(user: "octopus"))).Number.ShouldBe(18456);
    }

    [Fact]
    public async Task Azure_SQL_Database_has_neither_backups_nor_other_databases()
    {
        await using var server = await ASqlServer.StartAsync(options => options.AzureSqlDatabase());
        await server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await using var connection = await server.OpenAsync("Octopus");

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'x.bak'")).Numbers().ShouldBe([40510]);
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = 'x.bak'")).Numbers().ShouldBe([40510]);
        (await connection.FailureAsync("SELECT name FROM msdb.dbo.backupset")).Numbers().ShouldBe([40515]);
        (await connection.FailureAsync("EXEC master.dbo.xp_fileexist 'x'")).Numbers().ShouldBe([40515]);
        (await connection.FailureAsync("USE master")).Numbers().ShouldBe([40508]);
        (await connection.FailureAsync("SELECT name FROM sys.master_files")).Numbers().ShouldBe([208]);
        (await connection.ScalarAsync("SELECT host_platform FROM sys.dm_os_host_info")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_managed_instance_backs_up_to_URLs_only()
    {
        await using var server = await ASqlServer.StartAsync(options => options.ManagedInstance());
        await server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await using var connection = await server.OpenAsync();

        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'x.bak' WITH COPY_ONLY")).Numbers().ShouldBe([41902]);
        (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = 'x.bak'")).Numbers().ShouldBe([41904]);
        (await connection.FailureAsync("RESTORE HEADERONLY FROM DISK = 'x.bak'")).Numbers().ShouldBe([41902]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Amazon_RDS_is_recognised_by_its_database_and_its_sa(bool isRds)
    {
        await using var server = await ASqlServer.StartAsync(options => (isRds ? options.AmazonRds() : options) with
        {
            Logins = [new SqlLogin("admin", "Admin-1", Sysadmin: true)],
        });
        await using var connection = await server.OpenAsync(user: "admin", with: builder => builder.Password = "Admin-1");

        (await connection.ScalarAsync(SqlScript.Text("recognise-cloud"))).ShouldBe(isRds ? 1 : 0);
        (await connection.ScalarAsync(SqlScript.Text("find-sa"))).ShouldBe(isRds ? "rdsa" : "sa");
    }

    [Theory]
    [InlineData("13.0.4001.0", 852, false, false, false)]
    [InlineData("13.0.5026.0", 852, false, false, true)]
    [InlineData("14.0.3456.2", 869, true, false, true)]
    [InlineData("15.0.4430.1", 904, true, true, true)]
    [InlineData("17.0.1000.7", 998, true, true, true)]
    public async Task A_version_lacks_what_came_later(string version, int format, bool knowsPlatform, bool knowsBackupFolder, bool knowsLastCheck)
    {
        await using var server = await ASqlServer.StartAsync(options => options with { ProductVersion = version });
        await server.Double.CreateDatabaseAsync("Octopus", "sa", []);
        await using var connection = await server.OpenAsync();

        (await connection.ScalarAsync(SqlScript.Text("read-database-version"), ("@db", "Octopus"))).ShouldBe(format);
        (await connection.RowsAsync(SqlScript.Text("describe-server"))).Single()["backup_path"].ShouldBe(knowsBackupFolder ? server.Double.BackupFolder : null);
        (await connection.ScalarAsync(SqlScript.Text("read-last-check"), ("@db", "Octopus"))).ShouldBe(knowsLastCheck ? new DateTime(1900, 1, 1) : null);
        foreach (var script in new[] { "describe-platform", "read-drives" })
        {
            if (knowsPlatform)
            {
                (await connection.RowsAsync(SqlScript.Text(script))).ShouldHaveSingleItem();
            }
            else
            {
                (await connection.FailureAsync(SqlScript.Text(script))).Numbers().ShouldBe([208]);
            }
        }
        // What helps where the property is missing.
        (await connection.RowsAsync(SqlScript.Text("read-backup-folder"))).Single()["Data"].ShouldBe(server.Double.BackupFolder);
    }

    [Fact]
    public async Task A_check_that_finds_nothing_is_remembered()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var connection = await server.OpenAsync();

        await connection.ExecuteAsync(SqlScript.Text("check-database"), ("@db", "Octopus"));

        ((DateTime)(await connection.ScalarAsync(SqlScript.Text("read-last-check"), ("@db", "Octopus")))!).Year.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public async Task A_servers_clock_can_be_wrong_and_its_zone_another()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { UtcOffset = TimeSpan.FromHours(-9.5), ClockAhead = TimeSpan.FromMinutes(7) });
        await using var connection = await server.OpenAsync();

        var clock = (await connection.RowsAsync(SqlScript.Text("read-clock"))).Single();

        clock["offset_minutes"].ShouldBe(-570);
        ((DateTime)clock["utc"]! - TimeProvider.System.GetUtcNow().UtcDateTime).ShouldBeInRange(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(7.1));
        var difference = (int)(await connection.ScalarAsync("SELECT DATEDIFF(minute, GETUTCDATE(), GETDATE())"))!;
        difference.ShouldBe(-570);
    }

    [Fact]
    public async Task A_Windows_server_keeps_Windows_paths_wherever_it_runs()
    {
        var share = Directory.CreateTempSubdirectory("octomove-share-").FullName;
        try
        {
            await using var server = await ASqlServer.StartAsync(options => options with
            {
                Platform = ServerPlatform.Windows, Shares = new Dictionary<string, string> { [@"\\nas\backups"] = share }, ServiceAccount = @"NT SERVICE\MSSQLSERVER",
            });
            await server.Double.CreateDatabaseAsync("Octopus", "sa", []);
            await using var connection = await server.OpenAsync();
            await connection.ExecuteAsync("CREATE TABLE Octopus.dbo.T (Id int NOT NULL); INSERT Octopus.dbo.T VALUES (7)");

            (await connection.ScalarAsync("SELECT host_platform FROM sys.dm_os_host_info")).ShouldBe("Windows");
            ((string)(await connection.ScalarAsync("SELECT physical_name FROM Octopus.sys.database_files WHERE type = 0"))!).ShouldEndWith(@"\data\Octopus.mdf");
            await connection.ExecuteAsync(@"BACKUP DATABASE Octopus TO DISK = '\\nas\backups\o.bak' WITH FORMAT, CHECKSUM");
            File.Exists(Path.Combine(share, "o.bak")).ShouldBeTrue();
            (await connection.RowsAsync(SqlScript.Text("look-at-path"), ("@path", @"\\NAS\backups\o.bak"))).Single()["File Exists"].ShouldBe(1);
            var data = server.Double.DataFolder;
            await connection.ExecuteAsync($@"RESTORE DATABASE Copy FROM DISK = '\\nas\backups\o.bak' WITH MOVE 'Octopus' TO '{data}\copy.mdf', MOVE 'Octopus_log' TO '{data}\copy.ldf'");
            (await connection.ScalarAsync("SELECT Id FROM Copy.dbo.T")).ShouldBe(7);
            File.Exists(server.Double.RealPath($@"{data}\copy.mdf")).ShouldBeTrue();
            (await connection.FailureAsync(@"BACKUP DATABASE Octopus TO DISK = 'Z:\nowhere\o.bak'")).Message.ShouldContain("3(The system cannot find the path specified.)");
            (await connection.FailureAsync("BACKUP DATABASE Octopus TO DISK = '/mnt/share/o.bak'")).Numbers().ShouldBe([3201, 3013]);
            if (!OperatingSystem.IsWindows())
            {
                data.ShouldBe(@"C:\SqlData\data");
                (await connection.FailureAsync(@"BACKUP DATABASE Octopus TO DISK = '\\other\share\o.bak'")).Message.ShouldContain("53(The network path was not found.)");
            }
        }
        finally
        {
            Directory.Delete(share, recursive: true);
        }
    }
}
