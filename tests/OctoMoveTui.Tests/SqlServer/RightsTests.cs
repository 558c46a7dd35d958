using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Sandbox.SqlServer;

namespace OctoMoveTui.Tests.SqlServer;

/// <summary>What a login may do depends on roles, ownership, GRANT and DENY, as in life.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task Rights_on_the_server_are_granted_denied_and_taken_back()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        (await octopus.FailureAsync(SqlScript.Text("read-service-account"))).Numbers().ShouldBe([300, 297]);

        await admin.ExecuteAsync("GRANT VIEW SERVER STATE TO octopus; GRANT CREATE ANY DATABASE, ALTER ANY LOGIN TO octopus");

        (await octopus.RowsAsync(SqlScript.Text("read-service-account"))).ShouldHaveSingleItem();
        var rights = (await octopus.RowsAsync(SqlScript.Text("read-rights"), ("@db", "Octopus"))).Single();
        (rights["create_any_database"], rights["alter_any_database"], rights["alter_any_login"], rights["view_server_state"]).ShouldBe((1, 0, 1, 1));
        (rights["backup_database"], rights["alter_database"], rights["sysadmin"]).ShouldBe((1, 1, 0));
        await octopus.ExecuteAsync("CREATE LOGIN other WITH PASSWORD = 'Other-1'");

        await admin.ExecuteAsync("DENY VIEW SERVER STATE TO octopus; REVOKE ALTER ANY LOGIN FROM octopus");

        (await octopus.FailureAsync(SqlScript.Text("read-service-account"))).Numbers().ShouldBe([300, 297]);
        (await octopus.FailureAsync("CREATE LOGIN another WITH PASSWORD = 'Other-1'")).Numbers().ShouldBe([15247]);
    }

    [Fact]
    public async Task Since_2022_a_part_of_VIEW_SERVER_STATE_is_enough_and_before_there_is_no_such_part()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await admin.ExecuteAsync("GRANT VIEW SERVER PERFORMANCE STATE TO octopus");
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        (await octopus.RowsAsync(SqlScript.Text("read-service-account"))).ShouldHaveSingleItem();

        await using var older = await ASqlServer.StartAsync(options => options with { ProductVersion = "15.0.4430.1" });
        await using var its = await older.OpenAsync();
        (await its.FailureAsync("GRANT VIEW SERVER PERFORMANCE STATE TO octopus")).Numbers().ShouldBe([102]);
    }

    [Fact]
    public async Task Only_who_may_grants_and_only_to_whom_there_is()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await using var mover = await server.OpenAsync("master", "mover");

        (await mover.FailureAsync("GRANT VIEW SERVER STATE TO octopus")).Numbers().ShouldBe([4613]);
        (await admin.FailureAsync("GRANT VIEW SERVER STATE TO nobody")).Numbers().ShouldBe([15151]);
        (await admin.FailureAsync("GRANT FLY TO octopus")).Numbers().ShouldBe([102]);
        await using var elsewhere = await server.OpenAsync("Octopus");
        (await elsewhere.FailureAsync("GRANT VIEW SERVER STATE TO octopus")).Numbers().ShouldBe([4621]);
    }

    [Theory]
    [InlineData("db_backupoperator", 1, 0, 0)]
    [InlineData("db_datareader", 0, 0, 1)]
    [InlineData("db_owner", 1, 1, 1)]
    [InlineData("db_ddladmin", 0, 0, 0)]
    public async Task A_role_of_the_database_gives_its_own_rights_only(string role, int backup, int alter, int select)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await admin.ExecuteAsync($"CREATE TABLE T (Id int NOT NULL); CREATE USER stranger; ALTER ROLE {role} ADD MEMBER stranger");
        await using var stranger = await server.OpenAsync("Octopus", "stranger");

        var rights = (await stranger.RowsAsync(SqlScript.Text("read-rights"), ("@db", "Octopus"))).Single();
        (rights["backup_database"], rights["alter_database"], rights["read_database"]).ShouldBe((backup, alter, select));

        (await NumbersAsync("BACKUP DATABASE Octopus TO DISK = 'x.bak' WITH FORMAT")).ShouldBe(backup == 1 ? [] : [262, 3013]);
        (await NumbersAsync("SELECT Id FROM T")).ShouldBe(select == 1 ? [] : [229]);
        (await NumbersAsync("ALTER DATABASE Octopus SET READ_ONLY WITH NO_WAIT")).Take(1).ShouldBe(alter == 1 ? [5070] : [5011]);

        async Task<int[]> NumbersAsync(string sql)
        {
            try
            {
                await stranger.ExecuteAsync(sql);
                return [];
            }
            catch (Microsoft.Data.SqlClient.SqlException failure)
            {
                return failure.Numbers();
            }
        }
    }

    [Fact]
    public async Task A_denial_beats_db_owner_but_not_the_owner()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await admin.ExecuteAsync("CREATE TABLE T (Id int NOT NULL); ALTER ROLE db_denydatawriter ADD MEMBER octopus");
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        (await octopus.FailureAsync("INSERT T VALUES (1)")).Numbers().ShouldBe([229]);
        await admin.ExecuteAsync("DENY SELECT TO octopus");
        (await octopus.FailureAsync("SELECT Id FROM T")).Numbers().ShouldBe([229]);

        await admin.ExecuteAsync("DROP USER octopus; ALTER AUTHORIZATION ON DATABASE::Octopus TO octopus");

        await using var owner = await server.OpenAsync("Octopus", "octopus");
        await owner.ExecuteAsync("INSERT T VALUES (1)");
        (await owner.ScalarAsync("SELECT Id FROM T")).ShouldBe(1);
    }

    [Fact]
    public async Task A_right_in_the_database_is_granted_there_and_travels_with_a_backup()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await admin.ExecuteAsync("CREATE USER stranger; GRANT ALTER TO stranger; GRANT BACKUP DATABASE TO stranger");
        var file = server.Path("rights.bak");
        await using (var stranger = await server.OpenAsync("Octopus", "stranger"))
        {
            await stranger.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT", ("@file", file));
            (await stranger.FailureAsync("RESTORE HEADERONLY FROM DISK = @file", ("@file", file))).Numbers().ShouldBe([262, 3013]);
        }

        await using var master = await server.OpenAsync();
        await master.ExecuteAsync($"""
            RESTORE DATABASE Copy FROM DISK = '{file}' WITH MOVE 'Octopus' TO '{server.Path("c.mdf")}', MOVE 'Octopus_log' TO '{server.Path("c.ldf")}'
            """);

        await using var there = await server.OpenAsync("Copy", "stranger");
        (await there.RowsAsync(SqlScript.Text("read-rights"), ("@db", "Copy"))).Single()["alter_database"].ShouldBe(1);
    }

    [Fact]
    public async Task A_db_owner_may_not_restore_over_and_a_dbcreator_may()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        var file = server.Path("o.bak");
        await admin.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT", ("@file", file));
        await using var octopus = await server.OpenAsync("master", "octopus");
        await using var mover = await server.OpenAsync("master", "mover");

        (await octopus.FailureAsync("RESTORE DATABASE Octopus FROM DISK = @file WITH REPLACE", ("@file", file))).Number.ShouldBe(3110);
        await mover.ExecuteAsync("ALTER DATABASE Octopus SET READ_ONLY WITH ROLLBACK IMMEDIATE");
        await mover.ExecuteAsync("RESTORE DATABASE Octopus FROM DISK = @file WITH REPLACE", ("@file", file));
        await mover.ExecuteAsync("DROP DATABASE Octopus");

        server.Double.Databases.ShouldBeEmpty();
    }

    [Fact]
    public async Task CREATE_DATABASE_in_master_is_enough_to_look_into_backups()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        var file = server.Path("o.bak");
        await admin.ExecuteAsync("BACKUP DATABASE Octopus TO DISK = @file WITH FORMAT", ("@file", file));
        await using var stranger = await server.OpenAsync("master", "stranger");
        foreach (var look in new[] { "HEADERONLY", "LABELONLY", "FILELISTONLY", "VERIFYONLY" })
        {
            (await stranger.FailureAsync($"RESTORE {look} FROM DISK = @file", ("@file", file))).Number.ShouldBe(262, look);
        }

        await admin.ExecuteAsync("CREATE USER stranger; GRANT CREATE DATABASE TO stranger");

        foreach (var look in new[] { "HEADERONLY", "LABELONLY", "FILELISTONLY" })
        {
            (await stranger.RowsAsync($"RESTORE {look} FROM DISK = @file", ("@file", file))).ShouldNotBeEmpty(look);
        }
    }

    [Fact]
    public async Task The_history_in_msdb_is_read_by_whom_it_was_granted()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("msdb");
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        (await octopus.FailureAsync(SqlScript.Text("find-last-backups"), ("@db", "Octopus"))).Numbers().ShouldBe([229]);

        await admin.ExecuteAsync("CREATE USER octopus; GRANT SELECT ON dbo.backupset TO octopus");

        (await octopus.RowsAsync("SELECT backup_set_id FROM msdb.dbo.backupset")).ShouldBeEmpty();
        (await octopus.FailureAsync("SELECT restore_history_id FROM msdb.dbo.restorehistory")).Numbers().ShouldBe([229]);
        await admin.ExecuteAsync("ALTER ROLE db_datareader ADD MEMBER octopus");
        (await octopus.RowsAsync("SELECT restore_history_id FROM msdb.dbo.restorehistory")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DENY VIEW ANY DATABASE TO stranger")]
    [InlineData("REVOKE VIEW ANY DATABASE FROM public")]
    public async Task Without_VIEW_ANY_DATABASE_others_databases_are_out_of_sight(string taken)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync();
        await using var stranger = await server.OpenAsync("master", "stranger");
        (await stranger.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).ShouldHaveSingleItem();

        await admin.ExecuteAsync(taken);

        (await stranger.RowsAsync("SELECT name FROM sys.databases ORDER BY name")).Select(row => row["name"]).ShouldBe(["master", "tempdb"]);
        (await stranger.ScalarAsync("SELECT DB_ID(N'Octopus')")).ShouldBeNull();
        await using var mover = await server.OpenAsync("master", "mover");
        (await mover.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).ShouldHaveSingleItem("who may create databases sees them");
    }

    [Fact]
    public async Task A_server_can_begin_without_VIEW_ANY_DATABASE()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { EverybodySeesDatabases = false });
        await server.Double.CreateDatabaseAsync("Octopus", "sa", ["octopus"]);
        await using var stranger = await server.OpenAsync("master", "stranger");
        (await stranger.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).ShouldBeEmpty();
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        (await octopus.RowsAsync(SqlScript.Text("describe-database"), ("@db", "Octopus"))).ShouldHaveSingleItem("one's current database is always in sight");
    }

    [Fact]
    public async Task Only_who_may_see_the_servers_state_sees_other_sessions()
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using var admin = await server.OpenAsync("Octopus");
        await using var octopus = await server.OpenAsync("Octopus", "octopus");
        await using var twin = await server.OpenAsync("Octopus", "octopus");

        (await octopus.RowsAsync("SELECT session_id FROM sys.dm_exec_sessions")).Single()["session_id"].ShouldBe((short)octopus.ServerProcessId);
        (await admin.RowsAsync("SELECT session_id FROM sys.dm_exec_sessions")).Count.ShouldBe(3);
    }
}
