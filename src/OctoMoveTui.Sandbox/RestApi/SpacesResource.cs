using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api/spaces</c>, and the deployment targets and workers of a space.</summary>
internal static class SpacesResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api/spaces", Access.User, async request => await request.WriteAsync(request.Page("Space", await ReadAsync(request), Show)));
        server.Get("/api/spaces/all", Access.User, async request => await request.WriteAsync(new JsonArray([.. (await ReadAsync(request)).Select(JsonNode? (row) => Show(row))])));
        server.Get("/api/{space}/machines", Access.User, request => MachinesAsync(request, "Machine", "DeploymentTarget"));
        server.Get("/api/{space}/projecttriggers", Access.User, request => ListAsync(request, "ProjectTrigger", row => new JsonObject
        {
            ["Id"] = row.Text("Id"),
            ["Name"] = row.Text("Name"),
            ["IsDisabled"] = row.Flag("IsDisabled"),
            ["Filter"] = JsonNode.Parse(row.Text("JSON"))!["Filter"]?.DeepClone(),
        }));
        server.Get("/api/{space}/subscriptions", Access.User, request => ListAsync(request, "Subscription", row => new JsonObject
        {
            ["Id"] = row.Text("Id"),
            ["Name"] = row.Text("Name"),
            ["IsDisabled"] = row.Flag("IsDisabled"),
        }));
        server.Get("/api/{space}/machinepolicies", Access.User, request => ListAsync(request, "MachinePolicy", row => new JsonObject
        {
            ["Id"] = row.Text("Id"),
            ["Name"] = row.Text("Name"),
            ["IsDefault"] = row.Flag("IsDefault"),
            ["MachineCleanupPolicy"] = JsonNode.Parse(row.Text("JSON"))!["MachineCleanupPolicy"]?.DeepClone(),
        }));
        server.Get("/api/{space}/workers", Access.User, request => MachinesAsync(request, "Worker", "Worker"));
    }

    private static Task<IReadOnlyList<Row>> ReadAsync(ApiRequest request) => request.Database.QueryAsync("SELECT Id, Name, IsDefault, JSON FROM dbo.[Space] ORDER BY Id;", request.Cancel);

    private static JsonObject Show(Row row) => new()
    {
        ["Id"] = row.Text("Id"),
        ["Name"] = row.Text("Name"),
        ["IsDefault"] = row.Flag("IsDefault"),
        ["TaskQueueStopped"] = false,
        ["Links"] = new JsonObject { ["Self"] = $"/api/spaces/{row.Text("Id")}" },
    };

    private static async Task ListAsync(ApiRequest request, string table, Func<Row, JsonObject> show) => await request.WriteAsync(request.Page(
        table, await request.Database.QueryAsync($"SELECT * FROM dbo.[{table}] WHERE SpaceId = @space ORDER BY Id;", request.Cancel, ("@space", await request.SpaceAsync())), show));

    private static async Task MachinesAsync(ApiRequest request, string table, string itemType)
    {
        var rows = await request.Database.QueryAsync(
            $"SELECT Id, Name, CommunicationStyle, Thumbprint, IsDisabled, JSON FROM dbo.[{table}] WHERE SpaceId = @space ORDER BY Id;", request.Cancel, ("@space", await request.SpaceAsync()));
        var (styles, health) = (request.QueryList("commStyles"), request.QueryList("healthStatuses"));
        var asked = rows.Where(row =>
            (styles.Count == 0 || styles.Contains(row.Text("CommunicationStyle")))
            && (health.Count == 0 || health.Contains(Health(row)))
            && (request.Query("thumbprint") is not { } thumbprint || row.TextOrNull("Thumbprint") == thumbprint)
            && (request.Query("isDisabled") is null || row.Flag("IsDisabled") == request.QueryFlag("isDisabled")));
        await request.WriteAsync(request.Page(itemType, [.. asked], row => new JsonObject
        {
            ["Id"] = row.Text("Id"),
            ["Name"] = row.Text("Name"),
            ["IsDisabled"] = row.Flag("IsDisabled"),
            ["HealthStatus"] = Health(row),
            ["Thumbprint"] = row.TextOrNull("Thumbprint"),
            ["Endpoint"] = JsonNode.Parse(row.Text("JSON"))!["Endpoint"]?.DeepClone() ?? new JsonObject { ["CommunicationStyle"] = row.Text("CommunicationStyle") },
        }));
    }

    private static string Health(Row row) => (string?)JsonNode.Parse(row.Text("JSON"))!["HealthStatus"] ?? "Unknown";
}
