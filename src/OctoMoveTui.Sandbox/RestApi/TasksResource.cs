using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary><c>/api/tasks</c>. Without <c>spaces=all</c> only the default space is shown, without <c>includeSystem=true</c> no system task: a documented trap.</summary>
internal static class TasksResource
{
    private const string DefaultSpace = "Spaces-1";
    private const string Columns = "Id, Name, Description, QueueTime, StartTime, CompletedTime, ErrorMessage, State, HasPendingInterruptions, HasWarningsOrErrors, ServerNodeId, DurationSeconds, JSON, SpaceId";

    private static readonly string[] TaskTypes =
        ["AdHocScript", "Backup", "Deploy", "Health", "Retention", "RunbookRun", ServerTasks.Reindex, ServerTasks.IntegrityCheck, "UpdateCalamari", "Upgrade"];

    private static readonly string[] States = ["Queued", "Executing", "Cancelling", "Success", "Failed", "Canceled", "TimedOut"];
    private static readonly string[] Finished = ["Success", "Failed", "Canceled", "TimedOut"];

    public static void Map(ApiServer server)
    {
        server.Get("/api/tasks", Access.User, ListAsync);
        server.Map("POST", "/api/tasks", Access.User, CreateAsync);
        server.Get("/api/tasks/taskTypes", Access.User, request => request.WriteAsync(new JsonArray([.. TaskTypes.Select(JsonNode? (name) => new JsonObject { ["Id"] = name, ["Name"] = name })])));
        server.Get("/api/tasks/{id}", Access.User, async request => await request.WriteAsync(Show(await ReadAsync(request))));
        server.Get("/api/tasks/{id}/details", Access.User, DetailsAsync);
        server.Get("/api/tasks/{id}/raw", Access.User, async request =>
        {
            var row = await ReadAsync(request);
            await request.WriteTextAsync(await ReadLogAsync(request, row) ?? throw ApiError.NotFound($"log of {row.Text("Id")}"));
        });
        server.Map("POST", "/api/tasks/{id}/cancel", Access.Administrator, CancelAsync);
        server.Get("/api/interruptions", Access.User, async request =>
        {
            var waiting = await request.Database.QueryAsync("SELECT Id, SpaceId, Description FROM dbo.ServerTask WHERE HasPendingInterruptions = 1 ORDER BY Id;", request.Cancel);
            await request.WriteAsync(request.Page("Interruption", waiting, row => new JsonObject
            {
                ["Id"] = row.Text("Id").Replace("ServerTasks-", "Interruptions-", StringComparison.Ordinal),
                ["SpaceId"] = row.TextOrNull("SpaceId"),
                ["Title"] = row.Text("Description"),
                ["IsPending"] = true,
                ["TaskId"] = row.Text("Id"),
            }));
        });
    }

    private static async Task ListAsync(ApiRequest request)
    {
        var rows = await request.Database.QueryAsync($"SELECT {Columns} FROM dbo.ServerTask ORDER BY QueueTime DESC;", request.Cancel);
        var spaces = request.QueryList("spaces");
        bool InSpaces(Row row) => row.TextOrNull("SpaceId") is not { } space ? request.QueryFlag("includeSystem")
            : spaces.Count == 0 ? space == DefaultSpace
            : spaces.Contains("all", StringComparer.OrdinalIgnoreCase) || spaces.Contains(space);

        var states = new HashSet<string>(request.QueryList("states"), StringComparer.OrdinalIgnoreCase);
        if (request.QueryFlag("active"))
            states.UnionWith(["Queued", "Executing", "Cancelling"]);
        if (request.QueryFlag("running"))
            states.UnionWith(["Executing", "Cancelling"]);
        var asked = rows.Where(row =>
            (states.Count == 0 || states.Contains(row.Text("State")))
            && (request.Query("name") is not { } name || row.Text("Name") == name)
            && (request.Query("node") is not { } node || row.TextOrNull("ServerNodeId") == node)
            && (!request.QueryFlag("hasPendingInterruptions") || row.Flag("HasPendingInterruptions"))).ToArray();

        var page = request.Page("Task", [.. asked.Where(InSpaces)], Show);
        page["TotalCounts"] = Counts(rows.Where(InSpaces));
        page["TotalCountsInOtherSpaces"] = Counts(rows.Where(row => !InSpaces(row)));
        await request.WriteAsync(page);
    }

    private static JsonObject Counts(IEnumerable<Row> rows)
    {
        var byState = rows.CountBy(row => row.Text("State")).ToDictionary();
        return new JsonObject(States.Select(state => KeyValuePair.Create<string, JsonNode?>(state, byState.GetValueOrDefault(state))))
        {
            ["Interrupted"] = rows.Count(row => row.Flag("HasPendingInterruptions")),
        };
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        var body = await request.ReadBodyAsync();
        if ((string?)body["Name"] is not { } name || !TaskTypes.Contains(name))
            throw ApiError.Invalid($"There was a problem with your request: The task name '{(string?)body["Name"]}' is not known.");
        if (name == ServerTasks.Reindex && !request.User.IsAdministrator)
            throw new ApiError(StatusCodes.Status403Forbidden, "You do not have permission to perform this action. Missing permission: AdministerSystem");

        var space = (string?)body["SpaceId"];
        if (space is not null && await request.Database.CountAsync("Space", request.Cancel, "Id = @id", ("@id", space)) == 0)
            throw ApiError.NotFound(space);

        var id = await ServerTasks.QueueAsync(request.Api.Server, name, (string?)body["Description"] ?? name, space, body["Arguments"], request.Cancel);
        request.Api.Tasks.Poke();
        await request.WriteAsync(Show(await ReadAsync(request, id)), StatusCodes.Status201Created);
    }

    private static async Task CancelAsync(ApiRequest request)
    {
        var row = await ReadAsync(request);
        var (id, now) = (row.Text("Id"), request.Api.Server.Time.GetUtcNow());
        switch (row.Text("State"))
        {
            case "Queued":
                await ServerTasks.FinishAsync(request.Database, id, "Canceled", "The task was canceled by a person.", now, request.Cancel);
                break;
            case "Executing":
                await request.Database.ExecuteAsync("UPDATE dbo.ServerTask SET State = 'Cancelling' WHERE Id = @id AND State = 'Executing';", request.Cancel, ("@id", id));
                // A task of a node that is gone has nobody to stop it.
                if (!request.Api.Tasks.Cancel(id))
                    await ServerTasks.FinishAsync(request.Database, id, "Canceled", "The task was canceled by a person.", now, request.Cancel);
                break;
        }

        await request.WriteAsync(Show(await ReadAsync(request)));
    }

    private static async Task DetailsAsync(ApiRequest request)
    {
        var row = await ReadAsync(request);
        var lines = (await ReadLogAsync(request, row) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await request.WriteAsync(new JsonObject
        {
            ["Task"] = Show(row),
            ["ActivityLogs"] = new JsonArray(new JsonObject
            {
                ["Id"] = row.Text("Id") + "/0",
                ["Name"] = row.Text("Description"),
                ["Status"] = row.Text("State"),
                ["LogElements"] = new JsonArray([.. lines.Select(JsonNode? (line) => new JsonObject { ["Category"] = "Info", ["MessageText"] = line })]),
                ["Children"] = new JsonArray(),
            }),
            ["Progress"] = new JsonObject { ["ProgressPercentage"] = Finished.Contains(row.Text("State")) ? 100 : 50 },
        });
    }

    private static async Task<string?> ReadLogAsync(ApiRequest request, Row row)
    {
        var folders = await request.Api.Server.ReadFoldersAsync(request.Cancel);
        var file = ServerFolders.TaskLogFile(folders[ServerFolder.TaskLogs], row.TextOrNull("SpaceId"), row.Text("Id"));
        return request.Api.Server.Machine.Sees(file) && File.Exists(file) ? await File.ReadAllTextAsync(file, request.Cancel) : null;
    }

    private static Task<Row> ReadAsync(ApiRequest request) => ReadAsync(request, request.Route("id"));

    private static async Task<Row> ReadAsync(ApiRequest request, string id) =>
        await request.Database.FindAsync($"SELECT {Columns} FROM dbo.ServerTask WHERE Id = @id;", request.Cancel, ("@id", id)) ?? throw ApiError.NotFound(id);

    private static JsonObject Show(Row row)
    {
        var id = row.Text("Id");
        var state = row.Text("State");
        var document = JsonNode.Parse(row.Text("JSON"))!;
        return new JsonObject
        {
            ["Id"] = id,
            ["SpaceId"] = row.TextOrNull("SpaceId"),
            ["Name"] = row.Text("Name"),
            ["Description"] = row.Text("Description"),
            ["Arguments"] = document["Arguments"]?.DeepClone(),
            ["State"] = state,
            ["QueueTime"] = JsonInstant.Of(row.Instant("QueueTime")),
            ["QueueTimeExpiry"] = document["QueueTimeExpiry"]?.DeepClone(),
            ["StartTime"] = JsonInstant.Of(row.Instant("StartTime")),
            ["CompletedTime"] = JsonInstant.Of(row.Instant("CompletedTime")),
            ["Duration"] = string.Create(CultureInfo.InvariantCulture, $"{row.Number("DurationSeconds")} seconds"),
            ["HasPendingInterruptions"] = row.Flag("HasPendingInterruptions"),
            ["HasWarningsOrErrors"] = row.Flag("HasWarningsOrErrors"),
            ["ServerNode"] = row.TextOrNull("ServerNodeId"),
            ["IsCompleted"] = Finished.Contains(state),
            ["FinishedSuccessfully"] = state == "Success",
            ["ErrorMessage"] = row.TextOrNull("ErrorMessage") ?? "",
            ["Links"] = new JsonObject { ["Self"] = $"/api/tasks/{id}", ["Details"] = $"/api/tasks/{id}/details", ["Raw"] = $"/api/tasks/{id}/raw", ["Cancel"] = $"/api/tasks/{id}/cancel" },
        };
    }
}
