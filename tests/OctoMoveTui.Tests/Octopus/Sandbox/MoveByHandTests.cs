using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Tests.SandboxOctopus;

/// <summary>The guide, followed by hand: proves that the pretend servers can be moved at all, and that the comparison notices what is missing.</summary>
public sealed class MoveByHandTests
{
    private static readonly string[] Directories = ["Artifacts", "TaskLogs", "Packages", "EventExports", "Imports"];

    [Fact]
    public async Task After_a_move_by_the_guide_everything_compares_equal_and_a_lost_file_is_noticed()
    {
        await using var world = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.Zero });
        await MoveAsync(world);
        var lines = await WorldComparison.CompareAsync(world);
        lines.Where(line => !line.Holds).ShouldBeEmpty();
        lines.Count.ShouldBeGreaterThan(30);

        File.Delete(Directory.EnumerateFiles(Path.Combine(world.New.Home, "Artifacts"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last());
        await ChangeAsync(world, "UPDATE dbo.Machine SET Name = N'renamed' WHERE Id = 'Machines-1';");
        (await WorldComparison.CompareAsync(world)).Where(line => !line.Holds).Select(line => line.What).ShouldBe(["Table Machine", "Directory Artifacts"]);
    }

    [Fact]
    public async Task Without_the_path_command_the_new_server_would_look_for_its_files_on_the_old_machine()
    {
        await using var world = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.Zero });
        await MoveAsync(world, setPaths: false);
        (await WorldComparison.CompareAsync(world)).Where(line => !line.Holds).Select(line => line.What).ShouldBe(["Directory Artifacts", "Directory TaskLogs"]);
    }

    [Fact]
    public async Task An_old_server_on_a_read_only_database_does_not_start()
    {
        await using var world = await AWorld.StartAsync(options => options with { Watchdog = false });
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        await ExecuteAsync(world.OldAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE;");
        var said = await world.Old.OctopusAsync("service", "--start");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("because the database is read-only");
        (await world.Old.OctopusAsync("path", "--imports", "/elsewhere")).ExitCode.ShouldBe(100);
        (await world.Old.OctopusAsync("show-configuration")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Two_live_servers_are_noticed()
    {
        await using var world = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.Zero });
        await MoveAsync(world);
        await ExecuteAsync(world.OldAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;");
        world.Watch.Seen.ShouldBeEmpty("it is disabled");
        (await world.Old.ScAsync("config", "OctopusDeploy", "start=", "auto")).ExitCode.ShouldBe(0);
        world.Watch.Seen.ShouldHaveSingleItem().ShouldContain("could be started");
        (await world.Old.OctopusAsync("service", "--start")).ExitCode.ShouldBe(0);
        world.Watch.Seen.ShouldContain(each => each.Contains("both run", StringComparison.Ordinal));
    }

    private static async Task MoveAsync(SandboxWorld world, bool setPaths = true)
    {
        (await world.Old.SchtasksAsync("/change", "/tn", "Octopus Watchdog OctopusServer", "/disable")).ExitCode.ShouldBe(0);
        using (var old = new AnApi(world.Old, world.Secrets.ApiKey))
        {
            await old.ChangeAsync("PUT", "/api/maintenanceconfiguration", new JsonObject { ["IsInMaintenanceMode"] = true });
            await old.UntilTaskIsAsync("ServerTasks-31", "Success");
        }

        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        (await world.Old.ScAsync("config", "OctopusDeploy", "start=", "disabled")).ExitCode.ShouldBe(0);

        var backup = Path.Combine(world.Share, "Octopus.bak");
        await ExecuteAsync(world.OldAdminConnectionString, $"ALTER DATABASE [Octopus] SET READ_ONLY WITH ROLLBACK IMMEDIATE; BACKUP DATABASE [Octopus] TO DISK = N'{backup}' WITH COPY_ONLY, CHECKSUM;");
        await ExecuteAsync(world.NewAdminConnectionString, $"""
            RESTORE DATABASE [Octopus] FROM DISK = N'{backup}' WITH MOVE N'Octopus' TO N'{Path.Combine(world.NewSql.DataFolder, "Octopus.mdf")}',
                MOVE N'Octopus_log' TO N'{Path.Combine(world.NewSql.DataFolder, "Octopus.ldf")}', RECOVERY, CHECKSUM;
            """, "master");
        await ExecuteAsync(world.NewAdminConnectionString, "ALTER DATABASE [Octopus] SET READ_WRITE WITH ROLLBACK IMMEDIATE;", "master");
        await ExecuteAsync(world.NewAdminConnectionString, "ALTER USER [octopus] WITH LOGIN = [octopus];");

        foreach (var directory in Directories)
            Copy(Path.Combine(world.Old.Home, directory), Path.Combine(world.New.Home, directory));
        string[][] commands =
        [
            ["create-instance", "--instance=OctopusServer", "--config", Path.Combine(world.New.Home, "OctopusServer.config"), "--home", world.New.Home],
            ["database", "--masterKey", world.Secrets.MasterKey, "--connectionString", $"Server={world.NewSql.DataSource};Database=Octopus;User ID=octopus;Password='{world.Secrets.NewSqlPassword}';Encrypt=True;TrustServerCertificate=True"],
            .. setPaths ? (string[][])[["path", "--artifacts", Path.Combine(world.New.Home, "Artifacts"), "--taskLogs", Path.Combine(world.New.Home, "TaskLogs")]] : [],
            ["service", "--install", "--start"],
        ];
        foreach (var words in commands)
            (await world.New.OctopusAsync(words)).ShouldSatisfyAllConditions(said => said.ExitCode.ShouldBe(0, said.Everything));

        using var api = new AnApi(world.New, world.Secrets.ApiKey);
        await api.ChangeAsync("PUT", "/api/maintenanceconfiguration", new JsonObject { ["IsInMaintenanceMode"] = false });
        ((string?)(await api.GetAsync("/api/configuration/certificates/certificate-global"))["Thumbprint"]).ShouldBe(ServerCertificate.Thumbprint);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, entry.FullName));
            Directory.CreateDirectory(entry is DirectoryInfo ? target : Path.GetDirectoryName(target)!);
            if (entry is not FileInfo file)
                continue;

            file.CopyTo(target);
            File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
        }
    }

    private static Task ChangeAsync(SandboxWorld world, string sql) => ExecuteAsync(world.NewAdminConnectionString, sql);

    private static Task ExecuteAsync(string connectionString, string sql, string? database = null) => AWorld.AskSqlAsync<object>(
        database is null ? connectionString : new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(connectionString) { InitialCatalog = database }.ConnectionString, sql);
}
