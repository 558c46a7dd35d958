using System.Globalization;
using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>The built-in package repository of a space: its numbers and its list.</summary>
internal static class PackagesResource
{
    public static void Map(ApiServer server)
    {
        server.Get("/api/{space}/feeds/stats", Access.User, async request =>
        {
            var space = await request.SpaceAsync();
            await request.WriteAsync(new JsonObject { ["TotalPackages"] = await request.Database.CountAsync("NuGetPackage", request.Cancel, "SpaceId = @space", ("@space", space)) });
        });

        server.Get("/api/{space}/packages", Access.User, async request =>
        {
            var rows = await request.Database.QueryAsync(
                "SELECT Id, PackageId, Version, Hash, Size, Published FROM dbo.NuGetPackage WHERE SpaceId = @space ORDER BY Id;", request.Cancel, ("@space", await request.SpaceAsync()));
            await request.WriteAsync(request.Page("PackageFromBuiltInFeed", rows, row => new JsonObject
            {
                ["Id"] = row.Text("Id"),
                ["PackageId"] = row.Text("PackageId"),
                ["Version"] = row.Text("Version"),
                ["Hash"] = row.Text("Hash"),
                ["PackageSizeBytes"] = long.Parse(row.Text("Size"), CultureInfo.InvariantCulture),
                ["Published"] = JsonInstant.Of(row.Instant("Published")),
            }));
        });

        server.Get("/api/{space}/packages/{id}/raw", Access.User, async request =>
        {
            var (space, id) = (await request.SpaceAsync(), request.Route("id"));
            var row = await request.Database.FindAsync(
                "SELECT PackageId, Version FROM dbo.NuGetPackage WHERE Id = @id AND SpaceId = @space;", request.Cancel, ("@id", id), ("@space", space)) ?? throw ApiError.NotFound(id);
            var packages = (await request.Api.Server.ReadFoldersAsync(request.Cancel))[ServerFolder.Packages];
            var file = request.Api.Server.Machine.Sees(packages)
                ? PackageFile.Find(packages, space).FirstOrDefault(each => each.PackageId.Equals(row.Text("PackageId"), StringComparison.OrdinalIgnoreCase) && each.Version == row.Text("Version"))
                : null;
            await request.WriteFileAsync(file?.File ?? throw ApiError.NotFound($"file of {id}"));
        });
    }
}
