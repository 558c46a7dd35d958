using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>The artifacts of a space; their content comes out of the Artifacts directory.</summary>
internal static class ArtifactsResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api/{space}/artifacts", Access.User, async request =>
        {
            var space = await request.SpaceAsync();
            var rows = await request.Database.QueryAsync("SELECT Id, Filename, ServerTaskId, Created, JSON FROM dbo.Artifact WHERE SpaceId = @space ORDER BY Id;", request.Cancel, ("@space", space));
            await request.WriteAsync(request.Page("Artifact", rows, row => new JsonObject
            {
                ["Id"] = row.Text("Id"),
                ["SpaceId"] = space,
                ["Filename"] = row.Text("Filename"),
                ["ServerTaskId"] = row.Text("ServerTaskId"),
                ["Created"] = JsonInstant.Of(row.Instant("Created")),
                ["Links"] = new JsonObject { ["Self"] = $"/api/{space}/artifacts/{row.Text("Id")}", ["Content"] = $"/api/{space}/artifacts/{row.Text("Id")}/content" },
            }));
        });

        server.Get("/api/{space}/artifacts/{id}/content", Access.User, async request =>
        {
            var rows = await request.Database.QueryAsync(
                "SELECT JSON FROM dbo.Artifact WHERE Id = @id AND SpaceId = @space;", request.Cancel, ("@id", request.Route("id")), ("@space", await request.SpaceAsync()));
            if (rows.Count == 0)
                throw ApiError.NotFound(request.Route("id"));

            var folders = await request.Api.Server.ReadFoldersAsync(request.Cancel);
            var file = Path.Combine(folders[ServerFolder.Artifacts], (string)JsonNode.Parse(rows[0].Text("JSON"))!["RelativePath"]!);
            if (!request.Api.Server.Machine.Sees(file) || !File.Exists(file))
                throw ApiError.NotFound($"content of {request.Route("id")}");

            await request.WriteFileAsync(file);
        });
    }
}
