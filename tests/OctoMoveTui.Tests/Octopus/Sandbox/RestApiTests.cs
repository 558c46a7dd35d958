using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class RestApiTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    private SandboxWorld World => shared.World;

    private AnApi Api => shared.Api;

    [Fact]
    public async Task Without_a_key_only_the_root_health_and_ping_answer()
    {
        using var stranger = new AnApi(World.Old, null);
        ((string?)(await stranger.GetAsync("/api"))["Version"]).ShouldBe(World.Old.Version);
        (await stranger.StatusAsync("GET", "/api/octopusservernodes/ping")).ShouldBe(200);
        (await stranger.StatusAsync("GET", "/api/serverstatus/health")).ShouldBe(200);

        using var refused = await stranger.SendAsync("GET", "/api/serverstatus");
        ((int)refused.StatusCode).ShouldBe(401);
        refused.Headers.GetValues("Octopus-Node").ShouldBe(["OLD-SERVER"]);
        ((string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["ErrorMessage"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Who_is_no_administrator_is_refused_what_only_administrators_may()
    {
        using var deployer = new AnApi(World.Old, World.Secrets.DeployerApiKey);
        ((string?)(await deployer.GetAsync("/api/users/me"))["Username"]).ShouldBe("deployer");
        (await deployer.StatusAsync("GET", "/api/maintenanceconfiguration")).ShouldBe(403);
        (await deployer.StatusAsync("GET", "/api/octopusservernodes/summary")).ShouldBe(403);
        (await deployer.StatusAsync("POST", "/api/tasks", new JsonObject { ["Name"] = "SynchronizeBuiltInPackageRepositoryIndex", ["SpaceId"] = "Spaces-1" })).ShouldBe(403);
    }

    [Fact]
    public async Task Maintenance_mode_is_a_row_of_the_database_and_shuts_out_everybody_but_administrators()
    {
        using var deployer = new AnApi(World.Old, World.Secrets.DeployerApiKey);
        var health = new JsonObject { ["Name"] = "Health", ["SpaceId"] = "Spaces-1" };
        (await deployer.StatusAsync("POST", "/api/tasks", health.DeepClone())).ShouldBe(201);

        var configuration = await Api.GetAsync("/api/maintenanceconfiguration");
        configuration["IsInMaintenanceMode"] = true;
        await Api.ChangeAsync("PUT", "/api/maintenanceconfiguration", configuration);
        (await AWorld.AskSqlAsync<string>(World.OldAdminConnectionString, "SELECT JSON FROM dbo.Configuration WHERE Id = 'maintenance';"))!.ShouldContain("\"IsInMaintenanceMode\":true");
        ((bool?)(await Api.GetAsync("/api/serverstatus"))["IsInMaintenanceMode"]).ShouldBe(true);
        (await World.Old.OctopusAsync("show-configuration", "--format=json")).Output.ShouldContain("\"Octopus.Server.MaintenanceMode\": \"True\"");
        (await deployer.StatusAsync("POST", "/api/tasks", health.DeepClone())).ShouldBe(403);
        (await Api.StatusAsync("POST", "/api/tasks", health.DeepClone())).ShouldBe(201);

        configuration["IsInMaintenanceMode"] = false;
        await Api.ChangeAsync("PUT", "/api/maintenanceconfiguration", configuration);
        (await Api.StatusAsync("PUT", "/api/maintenanceconfiguration", new JsonObject())).ShouldBe(400);
    }

    [Fact]
    public async Task Who_does_not_ask_for_all_spaces_overlooks_the_deployment_that_is_executing()
    {
        Total(await Api.GetAsync("/api/tasks?running=true&take=1")).ShouldBe(0);
        var running = await Api.GetAsync("/api/tasks?running=true&spaces=all&includeSystem=true&take=100");
        var task = running["Items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)task["State"]).ShouldBe("Executing");
        ((string?)task["SpaceId"]).ShouldBe("Spaces-2");
        ((int?)running["TotalCounts"]!["Executing"]).ShouldBe(1);
    }

    [Fact]
    public async Task System_tasks_are_left_out_unless_they_are_asked_for()
    {
        var without = Total(await Api.GetAsync("/api/tasks?spaces=all&states=Success,Failed,Canceled,TimedOut&take=0"));
        var with = Total(await Api.GetAsync("/api/tasks?spaces=all&includeSystem=true&states=Success,Failed,Canceled,TimedOut&take=0"));
        with.ShouldBeGreaterThan(without);
    }

    [Fact]
    public async Task A_list_is_followed_page_by_page()
    {
        var seen = new HashSet<string>();
        for (var next = "/api/Spaces-1/packages?take=7"; next is not null;)
        {
            var page = await Api.GetAsync(next);
            seen.UnionWith(page["Items"]!.AsArray().Select(item => (string)item!["Id"]!));
            next = (string?)page["Links"]!["Page.Next"];
        }

        seen.Count.ShouldBe(await World.CountAsync("NuGetPackage", "SpaceId = 'Spaces-1'"));
        ((int?)(await Api.GetAsync("/api/Spaces-1/feeds/stats"))["TotalPackages"]).ShouldBe(seen.Count);
        (await Api.StatusAsync("GET", "/api/Spaces-99/packages")).ShouldBe(404);
    }

    [Fact]
    public async Task On_a_node_maintenance_mode_means_drain()
    {
        var node = (await Api.GetAsync("/api/octopusservernodes/OctopusServerNodes-OLD-SERVER"))!;
        node["IsInMaintenanceMode"] = true;
        await Api.ChangeAsync("PUT", "/api/octopusservernodes/OctopusServerNodes-OLD-SERVER", node);
        (await Api.StatusAsync("GET", "/api/octopusservernodes/ping")).ShouldBe(418);
        (await Api.StatusAsync("GET", "/api/serverstatus/health")).ShouldBe(418);
        ((bool?)(await Api.GetAsync("/api/serverstatus"))["IsInMaintenanceMode"]).ShouldBe(false);
        ((bool?)(await Api.GetAsync("/api/octopusservernodes/summary"))["Nodes"]![0]!["IsInMaintenanceMode"]).ShouldBe(true);

        (await World.Old.OctopusAsync("node", "--drain=false")).ExitCode.ShouldBe(0);
        (await Api.StatusAsync("GET", "/api/octopusservernodes/ping")).ShouldBe(200);
        (await Api.StatusAsync("PUT", "/api/octopusservernodes/OctopusServerNodes-OLD-SERVER", new JsonObject { ["IsInMaintenanceMode"] = true })).ShouldBe(400);
    }

    [Fact]
    public async Task A_task_s_log_and_an_artifact_s_content_come_out_of_the_directories()
    {
        using var log = await Api.SendAsync("GET", "/api/tasks/ServerTasks-1/raw");
        (await log.Content.ReadAsStringAsync()).ShouldContain("The task");

        var artifact = (await Api.GetAsync("/api/Spaces-1/artifacts?take=1"))["Items"]![0]!;
        using var content = await Api.SendAsync("GET", (string)artifact["Links"]!["Content"]!);
        var file = Path.Combine(World.Old.Home, "Artifacts", "Spaces-1", $"{artifact["Id"]}~{artifact["Filename"]}");
        (await content.Content.ReadAsByteArrayAsync()).ShouldBe(await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task The_certificate_and_the_folders_are_told_to_who_may_know()
    {
        var thumbprint = (string?)(await Api.GetAsync("/api/configuration/certificates/certificate-global"))["Thumbprint"];
        (await World.Old.OctopusAsync("show-thumbprint")).Output.Trim().ShouldBe(thumbprint);
        ((string?)(await Api.GetAsync("/api/configuration/server-folders/values"))["PackagesDirectory"]).ShouldBe(Path.Combine(World.Old.Home, "Packages"));
    }

    [Fact]
    public async Task Polling_targets_are_counted_by_their_communication_style() =>
        Total(await Api.GetAsync("/api/Spaces-1/machines?commStyles=TentacleActive&take=1")).ShouldBe(await World.CountAsync("Machine", "SpaceId = 'Spaces-1' AND CommunicationStyle = 'TentacleActive'"));

    private static int Total(JsonNode page) => (int)page["TotalResults"]!;
}
