using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api/octopusservernodes</c>. On a node, <c>IsInMaintenanceMode</c> means that it drains.</summary>
internal static class NodesResource
{
    /// <summary>So many reports a node may miss before it counts as offline.</summary>
    private const int MissedReports = 5;

    private const string Columns = "Id, Name, MaxConcurrentTasks, IsInMaintenanceMode, LastSeen, JSON";

    public static void Map(ApiServer server)
    {
        server.Get("/api/octopusservernodes", Access.Administrator, async request => await request.WriteAsync(request.Page("OctopusServerNode", await ReadAllAsync(request), Show)));
        server.Get("/api/octopusservernodes/all", Access.Administrator, async request => await request.WriteAsync(new JsonArray([.. (await ReadAllAsync(request)).Select(JsonNode? (row) => Show(row))])));
        server.Get("/api/octopusservernodes/summary", Access.Administrator, SummaryAsync);
        server.Get("/api/octopusservernodes/ping", Access.Anybody, PingAsync);
        server.Get("/api/octopusservernodes/{id}", Access.Administrator, async request => await request.WriteAsync(Show(await ReadAsync(request))));
        server.Map("PUT", "/api/octopusservernodes/{id}", Access.Administrator, UpdateAsync);
        server.Map("DELETE", "/api/octopusservernodes/{id}", Access.Administrator, DeleteAsync);
    }

    /// <summary>Whether no node at all takes tasks.</summary>
    public static async Task<bool> AllDrainAsync(ApiRequest request) => (await ReadAllAsync(request)).Where(row => !IsOffline(request, row)).All(row => row.Flag("IsInMaintenanceMode"));

    private static async Task SummaryAsync(ApiRequest request)
    {
        var running = await request.Database.QueryAsync("SELECT ServerNodeId FROM dbo.ServerTask WHERE State IN ('Executing', 'Cancelling');", request.Cancel);
        var nodes = (await ReadAllAsync(request)).Select(JsonNode? (row) =>
        {
            var node = Show(row);
            node["IsOffline"] = IsOffline(request, row);
            node["RunningTaskCount"] = running.Count(task => task.TextOrNull("ServerNodeId") == row.Text("Id"));
            node["Version"] = JsonNode.Parse(row.Text("JSON"))?["Version"]?.DeepClone();
            return node;
        });
        await request.WriteAsync(new JsonObject { ["Nodes"] = new JsonArray([.. nodes]), ["Links"] = new JsonObject { ["Self"] = request.Path } });
    }

    private static async Task PingAsync(ApiRequest request)
    {
        var own = (await ReadAllAsync(request)).FirstOrDefault(row => row.Text("Id") == request.Api.Server.Instance.NodeId);
        var draining = own?.Flag("IsInMaintenanceMode") ?? true;
        await request.WriteAsync(new JsonObject { ["Node"] = request.Api.Server.Instance.NodeName }, draining ? StatusCodes.Status418ImATeapot : StatusCodes.Status200OK);
    }

    private static async Task UpdateAsync(ApiRequest request)
    {
        var row = await ReadAsync(request);
        var body = await request.ReadBodyAsync();
        if ((string?)body["Name"] is not { Length: > 0 } name)
            throw ApiError.Invalid("There was a problem with your request: Name must not be blank.");

        await request.Database.ExecuteAsync(
            "UPDATE dbo.OctopusServerNode SET Name = @name, IsInMaintenanceMode = @drain, MaxConcurrentTasks = @cap WHERE Id = @id;",
            request.Cancel,
            ("@name", name), ("@drain", (bool?)body["IsInMaintenanceMode"] ?? false), ("@cap", (int?)body["MaxConcurrentTasks"] ?? row.Number("MaxConcurrentTasks")), ("@id", row.Text("Id")));
        request.Api.Tasks.Poke();
        await request.WriteAsync(Show(await ReadAsync(request)));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var id = (await ReadAsync(request)).Text("Id");
        if (id == request.Api.Server.Instance.NodeId)
            throw ApiError.Invalid("A node cannot delete itself while it is online.");

        await request.Database.ExecuteAsync(
            "UPDATE dbo.ServerTask SET State = 'Failed', CompletedTime = @now, ErrorMessage = 'The node that was executing this task was deleted.' WHERE ServerNodeId = @id AND State IN ('Executing', 'Cancelling');",
            request.Cancel, ("@now", request.Api.Server.Time.GetUtcNow()), ("@id", id));
        await request.Database.ExecuteAsync("DELETE FROM dbo.OctopusServerNode WHERE Id = @id;", request.Cancel, ("@id", id));
        await request.WriteAsync(new JsonObject());
    }

    private static Task<IReadOnlyList<Row>> ReadAllAsync(ApiRequest request) => request.Database.QueryAsync($"SELECT {Columns} FROM dbo.OctopusServerNode ORDER BY Id;", request.Cancel);

    private static async Task<Row> ReadAsync(ApiRequest request)
    {
        var id = request.Route("id");
        return await request.Database.FindAsync($"SELECT {Columns} FROM dbo.OctopusServerNode WHERE Id = @id;", request.Cancel, ("@id", id)) ?? throw ApiError.NotFound(id);
    }

    private static bool IsOffline(ApiRequest request, Row row) =>
        row.Text("Id") != request.Api.Server.Instance.NodeId && (row.Instant("LastSeen") is not { } seen || request.Api.Server.Time.GetUtcNow() - seen > MissedReports * request.Api.Server.Machine.Options.Heartbeat);

    private static JsonObject Show(Row row) => new()
    {
        ["Id"] = row.Text("Id"),
        ["Name"] = row.Text("Name"),
        ["LastSeen"] = JsonInstant.Of(row.Instant("LastSeen")),
        ["IsInMaintenanceMode"] = row.Flag("IsInMaintenanceMode"),
        ["MaxConcurrentTasks"] = row.Number("MaxConcurrentTasks"),
        ["Links"] = new JsonObject { ["Self"] = $"/api/octopusservernodes/{row.Text("Id")}" },
    };
}
