using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api</c>: who answers here, without a key; and <c>/api/users/me</c>: whose key this is.</summary>
internal static class RootResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api", Access.Anybody, async request => await request.WriteAsync(new JsonObject
        {
            ["Application"] = "Octopus Deploy",
            ["Version"] = request.Api.Server.Machine.Version,
            ["ApiVersion"] = "3.0.0",
            ["InstallationId"] = await InstallationIdAsync(request),
            ["IsEarlyAccessProgram"] = false,
            ["HasLongTermSupport"] = true,
            ["Links"] = new JsonObject { ["Self"] = "/api", ["Tasks"] = "/api/tasks{/id}{?skip,active,running,states,name,node,take,spaces,includeSystem}", ["Spaces"] = "/api/spaces{?skip,take}" },
        }));

        server.Get("/api/users/me", Access.User, request => request.WriteAsync(new JsonObject
        {
            ["Id"] = request.User.Id,
            ["Username"] = request.User.Username,
            ["DisplayName"] = request.User.DisplayName,
            ["IsActive"] = true,
            ["IsService"] = request.User.IsService,
            ["Links"] = new JsonObject { ["Self"] = $"/api/users/{request.User.Id}", ["Permissions"] = $"/api/users/{request.User.Id}/permissions{{?spaces,includeSystem}}" },
        }));
        server.Get("/api/users/{id}/permissions", Access.User, request =>
            request.Route("id") == request.User.Id ? request.WriteAsync(Permissions(request)) : throw ApiError.NotFound(request.Route("id")));
    }

    // Without includeSystem=true the system's permissions are left out.
    private static JsonObject Permissions(ApiRequest request) => new()
    {
        ["Id"] = request.User.Id,
        ["SpacePermissions"] = new JsonObject(),
        ["SystemPermissions"] = request.QueryFlag("includeSystem")
            ? new JsonArray([.. (request.User.IsAdministrator ? new[] { "AdministerSystem", "SpaceView", "UserView" } : ["SpaceView"]).Select(JsonNode? (name) => name)])
            : new JsonArray(),
    };

    private static async Task<JsonNode?> InstallationIdAsync(ApiRequest request) =>
        await request.Database.ReadDocumentAsync("upgradeavailability", request.Cancel) is { } json ? JsonNode.Parse(json)!["InstallationId"]?.DeepClone() : null;
}
