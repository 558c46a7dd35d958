using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>Who may call.</summary>
internal enum Access { Anybody, User, Administrator }

/// <summary>An answer that isn't 2xx: status and the text for <c>ErrorMessage</c>.</summary>
internal sealed class ApiError(int status, string message) : Exception(message)
{
    public int Status => status;

    public static ApiError NotFound(string what) => new(StatusCodes.Status404NotFound, $"The resource '{what}' was not found.");

    public static ApiError Invalid(string message) => new(StatusCodes.Status400BadRequest, message);
}

/// <summary>The owner of an API key.</summary>
internal sealed record ApiUser(string Id, string Username, string DisplayName, bool IsService, bool IsAdministrator);

/// <summary>What all resources of the REST API work with.</summary>
internal sealed record ApiContext(ServerContext Server, TaskRunner Tasks, string Thumbprint)
{
    public OctopusDatabase Database => Server.Database;
}

/// <summary>One request.</summary>
internal sealed class ApiRequest(HttpContext http, ApiContext api, ApiUser? user)
{
    public ApiContext Api => api;
    public OctopusDatabase Database => api.Database;
    public CancellationToken Cancel => http.RequestAborted;
    public ApiUser User => user!;
    public string Path => http.Request.Path.Value!;

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public bool QueryFlag(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> QueryList(string name) => Query(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public async Task<JsonObject> ReadBodyAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: Cancel) as JsonObject ?? throw ApiError.Invalid("The request body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw ApiError.Invalid($"The request body is not valid JSON: {e.Message}");
        }
    }

    /// <summary>The space in the path, known to exist.</summary>
    public async Task<string> SpaceAsync()
    {
        var space = Route("space");
        return await Database.CountAsync("Space", Cancel, "Id = @id", ("@id", space)) == 1 ? space : throw ApiError.NotFound(space);
    }

    /// <summary>The page of a list that was asked for, in the shape that all lists of the API have.</summary>
    public JsonObject Page(string itemType, IReadOnlyList<Row> all, Func<Row, JsonObject> show)
    {
        var (skip, take) = (QueryNumber("skip", 0), QueryNumber("take", 30));
        var pages = take == 0 ? 1 : Math.Max(1, (all.Count + take - 1) / take);
        var links = new JsonObject { ["Self"] = PageLink(skip, take) };
        if (take > 0 && skip + take < all.Count)
            links["Page.Next"] = PageLink(skip + take, take);
        if (take > 0 && skip > 0)
            links["Page.Previous"] = PageLink(Math.Max(0, skip - take), take);
        return new JsonObject
        {
            ["ItemType"] = itemType,
            ["IsStale"] = false,
            ["TotalResults"] = all.Count,
            ["ItemsPerPage"] = take,
            ["NumberOfPages"] = pages,
            ["LastPageNumber"] = pages - 1,
            ["Items"] = new JsonArray([.. all.Skip(skip).Take(take).Select(JsonNode? (row) => show(row))]),
            ["Links"] = links,
        };
    }

    public Task WriteAsync(JsonNode body, int status = StatusCodes.Status200OK) => WriteAsync(http, body, status);

    public static async Task WriteAsync(HttpContext http, JsonNode body, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    public async Task WriteTextAsync(string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(text, Cancel);
    }

    public async Task WriteFileAsync(string file)
    {
        http.Response.ContentType = "application/octet-stream";
        await http.Response.SendFileAsync(file, Cancel);
    }

    public void NoContent() => http.Response.StatusCode = StatusCodes.Status204NoContent;

    private int QueryNumber(string name, int otherwise) =>
        Query(name) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private string PageLink(int skip, int take)
    {
        var rest = http.Request.Query.Where(pair => pair.Key is not ("skip" or "take")).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}");
        return $"{Path}?{string.Join('&', [string.Create(CultureInfo.InvariantCulture, $"skip={skip}"), string.Create(CultureInfo.InvariantCulture, $"take={take}"), .. rest])}";
    }
}

/// <summary>How instants are written.</summary>
internal static class JsonInstant
{
    public static JsonNode? Of(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
