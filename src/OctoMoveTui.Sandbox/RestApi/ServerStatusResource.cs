using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api/serverstatus</c> and what lies below it.</summary>
internal static class ServerStatusResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api/serverstatus", Access.User, async request => await request.WriteAsync(new JsonObject
        {
            ["IsInMaintenanceMode"] = await MaintenanceResource.IsOnAsync(request.Database, request.Cancel),
            ["IsDatabaseEncrypted"] = true,
            ["IsPotentialClone"] = false,
            ["MaintenanceExpires"] = await ConfigurationResource.ReadMaintenanceAsync(request),
            ["IsUpgradeAvailable"] = false,
            ["MaximumAvailableVersion"] = request.Api.Server.Machine.Version,
            ["Links"] = new JsonObject { ["Self"] = "/api/serverstatus" },
        }));

        server.Get("/api/serverstatus/health", Access.Anybody, async request =>
        {
            var draining = await NodesResource.AllDrainAsync(request);
            await request.WriteAsync(
                new JsonObject
                {
                    ["IsOperatingNormally"] = !draining,
                    ["Description"] = draining ? "All nodes are draining tasks" : "Octopus Server is operating normally",
                    ["IsEntireClusterReadOnly"] = false,
                    ["IsEntireClusterDrainingTasks"] = draining,
                    ["IsCompliantWithLicense"] = true,
                },
                draining ? StatusCodes.Status418ImATeapot : StatusCodes.Status200OK);
        });

        server.Get("/api/serverstatus/counts", Access.User, async request =>
        {
            Task<int> Count(string table) => request.Database.CountAsync(table, request.Cancel);
            await request.WriteAsync(new JsonObject
            {
                ["Global"] = new JsonObject { ["Spaces"] = await Count("Space"), ["Teams"] = 3, ["Users"] = await Count("User") },
                ["Infrastructure"] = new JsonObject
                {
                    ["DeploymentTargets"] = await Count("Machine"),
                    ["Environments"] = await Count("DeploymentEnvironment"),
                    ["Tenants"] = await Count("Tenant"),
                    ["Workers"] = await Count("Worker"),
                },
                ["Library"] = new JsonObject { ["Certificates"] = await Count("Certificate"), ["Packages"] = await Count("NuGetPackage"), ["VariableSets"] = await Count("VariableSet") },
                ["Project"] = new JsonObject { ["Deployments"] = await Count("Deployment"), ["Projects"] = await Count("Project"), ["Releases"] = await Count("Release") },
            });
        });

        server.Get("/api/serverstatus/system-info", Access.User, request => request.WriteAsync(new JsonObject
        {
            ["Version"] = request.Api.Server.Machine.Version,
            ["OSVersion"] = "Microsoft Windows Server 2022",
            ["ClrVersion"] = "10.0.0",
        }));
    }
}
