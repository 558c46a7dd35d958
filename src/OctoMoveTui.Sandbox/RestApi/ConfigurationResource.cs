using System.Text.Json.Nodes;
using System.Xml.Linq;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>The server's certificate, its folders, its licence.</summary>
internal static class ConfigurationResource
{
    private const string Server = "serverconfiguration";

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

        server.Get("/api/serverconfiguration", Access.Administrator, async request => await request.WriteAsync(await ReadServerAsync(request)));
        server.Map("PUT", "/api/serverconfiguration", Access.Administrator, async request =>
        {
            var body = await request.ReadBodyAsync();
            var document = await ReadServerAsync(request);
            document["ServerUri"] = (string?)body["ServerUri"];
            await request.Database.WriteDocumentAsync(Server, document.ToJsonString(), request.Cancel);
            await request.WriteAsync(document);
        });

        server.Get("/api/licenses/licenses-current-status", Access.User, async request =>
        {
            var (limit, nodes) = (await ReadNodeLimitAsync(request), await request.Database.CountAsync("OctopusServerNode", request.Cancel));
            await request.WriteAsync(new JsonObject
            {
                ["IsCompliant"] = nodes <= limit,
                ["ComplianceSummary"] = nodes <= limit
                    ? "You have a valid license"
                    : FormattableString.Invariant($"Your Octopus Deploy license only allows {limit} active nodes. You currently have {nodes} active nodes."),
                ["EffectiveNodeTaskLimit"] = 5,
                ["Limits"] = new JsonArray(new JsonObject { ["Name"] = "Nodes", ["EffectiveLimit"] = limit, ["CurrentUsage"] = nodes }),
            });
        });
    }

    private static async Task<JsonObject> ReadServerAsync(ApiRequest request) =>
        await request.Database.ReadDocumentAsync(Server, request.Cancel) is { } json ? JsonNode.Parse(json)!.AsObject() : new JsonObject { ["Id"] = Server, ["ServerUri"] = null };

    /// <summary>Until when the licence of a document has maintenance; far away where it doesn't say.</summary>
    internal static async Task<string> ReadMaintenanceAsync(ApiRequest request) =>
        await request.Database.ReadDocumentAsync("licenses-current", request.Cancel) is { } json && (string?)JsonNode.Parse(json)!["MaintenanceExpires"] is { } until
            ? until : "2099-12-31T00:00:00.000+00:00";

    /// <summary>The licence names it; one that does not allows one node.</summary>
    private static async Task<int> ReadNodeLimitAsync(ApiRequest request)
    {
        var text = await request.Database.ReadDocumentAsync("licenses-current", request.Cancel) is { } json ? (string?)JsonNode.Parse(json)!["LicenseText"] : null;
        return text is not null && (int?)XElement.Parse(text).Element("NodeLimit") is { } limit ? limit : 1;
    }
}
