using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>The server's certificate, its folders, its licence.</summary>
internal static class ConfigurationResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api/configuration/certificates/certificate-global", Access.User, request => request.WriteAsync(new JsonObject
        {
            ["Id"] = "certificate-global",
            ["Name"] = "Octopus Server",
            ["Thumbprint"] = request.Api.Thumbprint,
            ["SignatureAlgorithm"] = "sha256RSA",
        }));

        server.Get("/api/configuration/server-folders/values", Access.Administrator, async request =>
        {
            var folders = await request.Api.Server.ReadFoldersAsync(request.Cancel);
            await request.WriteAsync(new JsonObject
            {
                ["Id"] = "server-folders",
                ["LogsDirectory"] = folders[ServerFolder.TaskLogs],
                ["ArtifactsDirectory"] = folders[ServerFolder.Artifacts],
                ["PackagesDirectory"] = folders[ServerFolder.Packages],
                ["EventExportsDirectory"] = folders[ServerFolder.EventExports],
                ["ImportsDirectory"] = folders[ServerFolder.Imports],
            });
        });

        server.Get("/api/licenses/licenses-current-status", Access.User, request => request.WriteAsync(new JsonObject
        {
            ["IsCompliant"] = true,
            ["ComplianceSummary"] = "You have a valid license",
            ["EffectiveNodeTaskLimit"] = 5,
            ["Limits"] = new JsonArray(new JsonObject { ["Name"] = "Nodes", ["EffectiveLimit"] = 2, ["CurrentUsage"] = 1 }),
        }));
    }
}
