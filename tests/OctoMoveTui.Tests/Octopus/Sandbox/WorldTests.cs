using System.Text.Json.Nodes;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class WorldTests
{
    private const string Reindex = "SynchronizeBuiltInPackageRepositoryIndex";

    [Fact]
    public async Task A_worlds_SQL_Servers_can_be_of_any_kind()
    {
        await using var world = await AWorld.StartAsync(options => options with { OldSql = sql => sql.Express(), NewSql = sql => sql.Standard() with { Language = "Deutsch" } });
        (await AWorld.AskSqlAsync<string>(world.OldAdminConnectionString, "SELECT CAST(SERVERPROPERTY('Edition') AS nvarchar(128))")).ShouldBe("Express Edition (64-bit)");
        var @new = new SqlConnectionStringBuilder(world.NewAdminConnectionString) { InitialCatalog = "master" }.ConnectionString;
        (await AWorld.AskSqlAsync<string>(@new, "SELECT @@LANGUAGE")).ShouldBe("Deutsch");
    }

    [Fact]
    public async Task Two_worlds_of_one_seed_have_equal_files_and_rows()
    {
        await using var one = await AWorld.StartAsync(options => options with { Seed = 7 });
        await using var two = await AWorld.StartAsync(options => options with { Seed = 7 });
        foreach (var directory in (string[])["Artifacts", "TaskLogs", "Packages", "EventExports", "Imports"])
        {
            var files = await WorldComparison.ReadFilesAsync(Path.Combine(one.Old.Home, directory), default);
            files.ShouldNotBeEmpty();
            // The deployment that is at work may be writing its log.
            files.Where(file => !file.Key.EndsWith("ServerTasks-31.txt", StringComparison.Ordinal))
                .ShouldBe((await WorldComparison.ReadFilesAsync(Path.Combine(two.Old.Home, directory), default)).Where(file => !file.Key.EndsWith("ServerTasks-31.txt", StringComparison.Ordinal)));
        }

        // Targets name the port that a world's listening Tentacle got.
        foreach (var table in DatabaseSchema.Tables.Where(table => table is not ("OctopusServerNode" or "ServerTask" or "Machine" or "Worker")))
            (await RowsAsync(one, table)).ShouldBe(await RowsAsync(two, table), table);
        (await RowsAsync(one, "ServerTask", "StartTime < '2026-06-01'")).ShouldBe(await RowsAsync(two, "ServerTask", "StartTime < '2026-06-01'"));
        one.Secrets.MasterKey.ShouldBe(two.Secrets.MasterKey);
        AWorldSecretsOf(8).ShouldNotContain(one.Secrets.MasterKey);
    }

    [Fact]
    public async Task The_configuration_file_says_where_everything_is_and_holds_no_secret()
    {
        await using var world = await AWorld.StartAsync();
        var text = await File.ReadAllTextAsync(world.ConfigurationFile);
        world.AllSecrets.ShouldAllBe(secret => !text.Contains(secret));
        var settings = JsonNode.Parse(text)!;
        settings.AsObject().Select(pair => pair.Key).ShouldBe(["Move", "Shape", "Old", "New", "Folders", "Backup", "Copy", "Timing"]);
        File.Exists((string?)settings["Old"]!["OctopusServer"]).ShouldBeTrue();
        File.Exists((string?)settings["New"]!["Sc"]).ShouldBeTrue();
        Directory.Exists((string?)settings["Move"]).ShouldBeFalse();
        Directory.Exists((string?)settings["New"]!["Home"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_world_leaves_nothing_behind()
    {
        var world = await AWorld.StartAsync();
        Directory.Exists(world.Old.Home).ShouldBeTrue();
        await world.DisposeAsync();
        Directory.Exists(world.Root).ShouldBeFalse();
        (await world.Old.OctopusAsync("version").ShouldThrowAsync<Exception>()).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public async Task A_master_key_of_either_length_opens_the_certificate(int bytes)
    {
        await using var world = await AWorld.StartAsync(options => options with { KeyBytes = bytes });
        Convert.FromBase64String(world.Secrets.MasterKey).Length.ShouldBe(bytes);
        (await world.Old.OctopusAsync("show-master-key")).Output.Trim().ShouldBe(world.Secrets.MasterKey);
        (await world.Old.OctopusAsync("show-thumbprint")).Output.Trim().Length.ShouldBe(40);
    }

    [Fact]
    public async Task The_deployment_at_work_finishes_by_itself_even_on_a_drained_node()
    {
        await using var world = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.FromMilliseconds(900) });
        (await world.Old.OctopusAsync("node", "--drain=true", "--wait=30")).Output.ShouldContain("Node has been drained.");
        (await world.CountAsync("ServerTask", "State = 'Executing'")).ShouldBe(0);
        (await world.CountAsync("ServerTask", "Id = 'ServerTasks-31' AND State = 'Success'")).ShouldBe(1);
        File.ReadAllText(Path.Combine(world.Old.Home, "TaskLogs", "Spaces-2", "ServerTasks-31.txt")).ShouldContain("completed successfully");
    }

    [Fact]
    public async Task A_task_that_was_executing_when_the_server_stopped_is_cancelled_when_it_returns()
    {
        await using var world = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.FromHours(1), Watchdog = false });
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        (await world.CountAsync("ServerTask", "State = 'Executing'")).ShouldBe(1);
        (await world.Old.OctopusAsync("service", "--start")).ExitCode.ShouldBe(0);
        (await world.CountAsync("ServerTask", "Id = 'ServerTasks-31' AND State = 'Canceled'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_server_answers_nothing_and_leaves_no_session_in_sql_server()
    {
        await using var world = await AWorld.StartAsync(options => options with { Watchdog = false });
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        using var api = new AnApi(world.Old, null);
        await Should.ThrowAsync<HttpRequestException>(() => api.SendAsync("GET", "/api"));
        await AWorld.UntilAsync(async () => await AWorld.AskSqlAsync<int>(
            world.OldAdminConnectionString, "SELECT COUNT(*) FROM sys.dm_exec_sessions WHERE database_id = DB_ID('Octopus') AND is_user_process = 1 AND session_id <> @@SPID;") == 0);
    }

    [Fact]
    public async Task The_watchdog_starts_a_stopped_server_again_until_it_is_switched_off()
    {
        await using var world = await AWorld.StartAsync();
        var service = world.Old.Services.All[0];
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        await AWorld.UntilAsync(async () => { await Task.Yield(); return service.State == ServiceState.Running; });

        (await world.Old.SchtasksAsync("/change", "/tn", OctopusMachine.WatchdogTask, "/disable")).ExitCode.ShouldBe(0);
        (await world.Old.ScAsync("config", "OctopusDeploy", "start=", "disabled")).ExitCode.ShouldBe(0);
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        (await world.Old.OctopusAsync("service", "--start")).Errors.ShouldContain("1058");
        (await world.Old.OctopusAsync("checkservices", "--instances=*")).ExitCode.ShouldBe(0);
        service.State.ShouldBe(ServiceState.Stopped);
    }

    [Fact]
    public async Task A_reindex_forgets_packages_whose_file_is_gone_and_finds_new_ones_in_its_space_only()
    {
        await using var world = await AWorld.StartAsync();
        using var api = new AnApi(world.Old, world.Secrets.ApiKey);
        var before = await world.CountAsync("NuGetPackage");
        var packages = Path.Combine(world.Old.Home, "Packages", "Spaces-1", "feeds-builtin");
        var lost = Directory.EnumerateFiles(packages, "*.zip", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(3).ToArray();
        foreach (var file in lost)
            File.Delete(file);
        Directory.CreateDirectory(Path.Combine(packages, "Acme.New"));
        await File.WriteAllTextAsync(Path.Combine(packages, "Acme.New", "Acme.New.1.0.0.zip"), "new");
        await File.WriteAllTextAsync(Path.Combine(packages, "Acme.New", "readme.txt"), "no package");

        await api.UntilTaskIsAsync(await api.PostTaskAsync(Reindex, "Spaces-2"), "Success");
        (await world.CountAsync("NuGetPackage")).ShouldBe(before);
        await api.UntilTaskIsAsync(await api.PostTaskAsync(Reindex, "Spaces-1"), "Success");
        (await world.CountAsync("NuGetPackage")).ShouldBe(before - lost.Length + 1);
        (await world.CountAsync("NuGetPackage", "PackageId = 'Acme.New'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_queued_task_starts_only_when_its_node_is_not_drained()
    {
        await using var world = await AWorld.StartAsync();
        using var api = new AnApi(world.Old, world.Secrets.ApiKey);
        (await world.Old.OctopusAsync("node", "--drain=true")).ExitCode.ShouldBe(0);
        var task = await api.PostTaskAsync(Reindex, "Spaces-1");
        (await world.CountAsync("ServerTask", $"Id = '{task}' AND State = 'Queued'")).ShouldBe(1);
        (await world.Old.OctopusAsync("node", "--drain=false")).ExitCode.ShouldBe(0);
        await api.UntilTaskIsAsync(task, "Success");
    }

    [Fact]
    public async Task A_new_server_without_its_packages_forgets_them_all_when_it_indexes()
    {
        await using var world = await AWorld.StartAsync(options => options with { Watchdog = false });
        (await world.Old.OctopusAsync("service", "--stop")).ExitCode.ShouldBe(0);
        var connectionString = new Instance(world.Old, world.Old.Instances.All[0]).ConnectionString;
        string[][] commands =
        [
            ["create-instance", "--config", Path.Combine(world.New.Home, "OctopusServer.config")],
            ["database", "--masterKey", world.Secrets.MasterKey, "--connectionString", connectionString],
            ["service", "--install", "--start"],
        ];
        foreach (var words in commands)
            (await world.New.OctopusAsync(words)).ExitCode.ShouldBe(0);

        using var api = new AnApi(world.New, world.Secrets.ApiKey);
        await api.UntilTaskIsAsync(await api.PostTaskAsync(Reindex, "Spaces-1"), "Success");
        (await world.CountAsync("NuGetPackage", "SpaceId = 'Spaces-1'")).ShouldBe(0);
        (await api.StatusAsync("GET", "/api/tasks/ServerTasks-1/raw")).ShouldBe(404);
        (await api.StatusAsync("DELETE", "/api/octopusservernodes/OctopusServerNodes-OLD-SERVER")).ShouldBe(200);
        (await api.StatusAsync("DELETE", "/api/octopusservernodes/OctopusServerNodes-NEW-SERVER")).ShouldBe(400);
        world.Watch.Seen.ShouldNotBeEmpty("the old one is stopped, but not disabled, and its database is the same");
        world.Watch.Seen.ShouldAllBe(each => each.Contains("could be started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_has_moved_in_a_new_world_and_the_comparison_says_so()
    {
        await using var world = await AWorld.StartAsync();
        var lines = await WorldComparison.CompareAsync(world);
        lines.Where(line => line.Holds).Select(line => line.What).ShouldBe(["Other instances untouched", "Never both at once"]);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(SandboxWorld world, string table, string where = "1 = 1")
    {
        var rows = await OctopusDatabase.ForCommand(world.OldAdminConnectionString).QueryAsync($"SELECT * FROM dbo.[{table}] WHERE {where};", default);
        // Paths of the old machine differ by the world's own folder.
        return [.. rows.Select(row => row.Everything.Replace(world.Root, "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static string AWorldSecretsOf(int seed) => Convert.ToBase64String(new SeededRandom(seed).Bytes("master key", 16));
}
