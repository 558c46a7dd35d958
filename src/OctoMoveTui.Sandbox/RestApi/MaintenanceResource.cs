using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api/maintenanceconfiguration</c>: a document of the database, so a backup taken in maintenance mode wakes up in it.</summary>
internal static class MaintenanceResource
{
    private const string Document = "maintenance";

    public static void Map(ApiServer server)
    {
        server.Get("/api/maintenanceconfiguration", Access.Administrator, ShowAsync);
        server.Map("PUT", "/api/maintenanceconfiguration", Access.Administrator, async request =>
        {
            var body = await request.ReadBodyAsync();
            if (body["IsInMaintenanceMode"]?.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False))
                throw ApiError.Invalid("There was a problem with your request: IsInMaintenanceMode is required.");

            var document = new JsonObject { ["Id"] = Document, ["IsInMaintenanceMode"] = (bool)body["IsInMaintenanceMode"]! };
            await request.Database.WriteDocumentAsync(Document, document.ToJsonString(), request.Cancel);
            await ShowAsync(request);
        });
    }

    public static async Task<bool> IsOnAsync(OctopusDatabase database, CancellationToken cancel) =>
        await database.ReadDocumentAsync(Document, cancel) is { } json && (bool?)JsonNode.Parse(json)!["IsInMaintenanceMode"] == true;

    private static async Task ShowAsync(ApiRequest request) => await request.WriteAsync(new JsonObject
    {
        ["Id"] = Document,
        ["IsInMaintenanceMode"] = await IsOnAsync(request.Database, request.Cancel),
        ["Links"] = new JsonObject { ["Self"] = "/api/maintenanceconfiguration" },
    });
}
