using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Tests.SandboxOctopus;

/// <summary>Small worlds, which are there at once, and the questions that tests ask of them.</summary>
internal static class AWorld
{
    public static readonly WorldOptions Small = new() { Packages = 40, TaskLogs = 30, Artifacts = 12, ReindexLasts = TimeSpan.Zero };

    public static Task<SandboxWorld> StartAsync(Func<WorldOptions, WorldOptions>? change = null) => SandboxWorld.StartAsync(change?.Invoke(Small) ?? Small);

    public static async Task<T?> AskSqlAsync<T>(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    public static Task<int> CountAsync(this SandboxWorld world, string table, string where = "1 = 1") =>
        AskSqlAsync<int>(world.OldAdminConnectionString, $"SELECT COUNT(*) FROM dbo.[{table}] WHERE {where};");

    /// <summary>What the old server's database says for all nodes of where the portal listens.</summary>
    public static Task ListenAtAsync(this SandboxWorld world, string prefixes) =>
        AskSqlAsync<string>(world.OldAdminConnectionString, $"INSERT INTO dbo.Configuration (Id, JSON) VALUES (N'webportal', N'{{\"ListenPrefixes\": \"{prefixes}\"}}');");

    /// <summary>Asks again and again, as fast as answers come, until it holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }
}

/// <summary>The REST API of one machine, with one key.</summary>
internal sealed class AnApi(OctopusMachine machine, string? key) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(machine.Url) };

    public Task<HttpResponseMessage> SendAsync(string method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Add("X-Octopus-ApiKey", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return http.SendAsync(request);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await SendAsync("GET", path);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task<JsonNode> ChangeAsync(string method, string path, JsonNode body)
    {
        using var answer = await SendAsync(method, path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task<int> StatusAsync(string method, string path, JsonNode? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        return (int)answer.StatusCode;
    }

    public async Task<string> PostTaskAsync(string name, string? space)
    {
        var task = await ChangeAsync("POST", "/api/tasks", new JsonObject { ["Name"] = name, ["Description"] = name, ["Arguments"] = new JsonObject(), ["SpaceId"] = space });
        return (string)task["Id"]!;
    }

    public Task UntilTaskIsAsync(string id, string state) => AWorld.UntilAsync(async () => (string?)(await GetAsync($"/api/tasks/{id}"))["State"] == state);

    public void Dispose() => http.Dispose();
}

/// <summary>One world for all tests of a class that leave it as they found it.</summary>
public sealed class SharedWorld : IAsyncLifetime
{
    public SandboxWorld World { get; private set; } = null!;

    internal AnApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await AWorld.StartAsync(options => options with { ExecutingTaskLasts = TimeSpan.FromHours(1), Watchdog = false });
        Api = new AnApi(World.Old, World.Secrets.ApiKey);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await World.DisposeAsync();
    }
}
