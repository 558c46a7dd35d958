using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.RestApi;

/// <summary>The web portal's API of one running Octopus Server, on 127.0.0.1. Every answer comes out of the database.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ApiContext api;

    private ApiServer(WebApplication web, ApiContext api)
    {
        this.web = web;
        this.api = api;
    }

    public static async Task<ApiServer> StartAsync(ServerContext server, TaskRunner tasks, string thumbprint, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = server.Machine.Folder });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, server.Machine.Port.Number));
        // A stopping server must not wait for a client that keeps its connection open.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));

        var web = builder.Build();
        var started = new ApiServer(web, new ApiContext(server, tasks, thumbprint));
        web.Use(started.AnswerInsteadAsync);
        web.UseRouting();
        RootResource.Map(started);
        ServerStatusResource.Map(started);
        NodesResource.Map(started);
        MaintenanceResource.Map(started);
        TasksResource.Map(started);
        SpacesResource.Map(started);
        PackagesResource.Map(started);
        ArtifactsResource.Map(started);
        ConfigurationResource.Map(started);
        web.MapFallback(http => ErrorAsync(http, StatusCodes.Status404NotFound, "The resource you requested was not found."));
        await web.StartAsync(cancel);
        return started;
    }

    public void Get(string path, Access access, Func<ApiRequest, Task> answer) => Map("GET", path, access, answer);

    public void Map(string method, string path, Access access, Func<ApiRequest, Task> answer) =>
        web.MapMethods(path, [method], (RequestDelegate)(http => AnswerAsync(http, access, answer)));

    private async Task AnswerInsteadAsync(HttpContext http, RequestDelegate next)
    {
        if (api.Server.Machine.AnswerInstead is { } fault)
        {
            http.Request.EnableBuffering();
            using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
            var call = new ApiCall(http.Request.Method, http.Request.Path.Value!, await reader.ReadToEndAsync(http.RequestAborted));
            http.Request.Body.Position = 0;
            if (fault(call) is { } answer)
            {
                await AnswerInsteadAsync(http, next, answer);
                return;
            }
        }

        await next(http);
    }

    private async Task AnswerInsteadAsync(HttpContext http, RequestDelegate next, ApiAnswer answer)
    {
        switch (answer.Kind)
        {
            case ApiAnswerKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, api.Server.Machine.Options.Time, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case ApiAnswerKind.Cut:
                http.Abort();
                return;
            case ApiAnswerKind.CutAfterwards:
                http.Response.Body = Stream.Null;
                await next(http);
                http.Abort();
                return;
        }

        var node = answer.Node ?? api.Server.Instance.NodeName;
        if (node.Length > 0)
            http.Response.Headers["Octopus-Node"] = node;
        if (answer.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait;
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext http, Access access, Func<ApiRequest, Task> answer)
    {
        http.Response.Headers["Octopus-Node"] = api.Server.Instance.NodeName;
        try
        {
            var user = access == Access.Anybody ? null : await AuthenticateAsync(http, access);
            await answer(new ApiRequest(http, api, user));
        }
        catch (ApiError e)
        {
            await ErrorAsync(http, e.Status, e.Message);
        }
        catch (SqlException e)
        {
            await ErrorAsync(http, StatusCodes.Status500InternalServerError, e.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer to.
        }
        catch (Exception e)
        {
            api.Server.Log.Write($"ERROR {e}");
            await ErrorAsync(http, StatusCodes.Status500InternalServerError, $"Octopus Server of the sandbox has a defect: {e}");
        }
    }

    private async Task<ApiUser> AuthenticateAsync(HttpContext http, Access access)
    {
        if (http.Request.Headers["X-Octopus-ApiKey"] is not [{ Length: > 0 } key, ..])
            throw new ApiError(StatusCodes.Status401Unauthorized, "You must be logged in to request this resource. Please provide a valid API key or log in again.");

        var rows = await api.Database.QueryAsync(
            "SELECT u.Id, u.Username, u.DisplayName, u.IsService, u.IsActive, u.JSON FROM dbo.ApiKey AS k JOIN dbo.[User] AS u ON u.Id = k.UserId WHERE k.ApiKeyHashed = @hash;",
            http.RequestAborted, ("@hash", Hash(key)));
        if (rows.Count == 0 || !rows[0].Flag("IsActive"))
            throw new ApiError(StatusCodes.Status401Unauthorized, "The API key you provided was not valid. Please double-check your API key and try again. For instructions on finding your API key, please visit: https://oc.to/ApiKey");

        var row = rows[0];
        var user = new ApiUser(row.Text("Id"), row.Text("Username"), row.Text("DisplayName"), row.Flag("IsService"), (bool?)JsonNode.Parse(row.Text("JSON"))!["IsAdministrator"] == true);
        if (user.IsAdministrator)
            return user;
        if (access == Access.Administrator)
            throw new ApiError(StatusCodes.Status403Forbidden, "You do not have permission to perform this action. Please contact your Octopus administrator. Missing permission: AdministerSystem");
        if (http.Request.Method != "GET" && await MaintenanceResource.IsOnAsync(api.Database, http.RequestAborted))
            throw new ApiError(StatusCodes.Status403Forbidden, "The Octopus Server is in maintenance mode. Only administrators can make changes.");

        return user;
    }

    private static Task ErrorAsync(HttpContext http, int status, string message) => ApiRequest.WriteAsync(
        http, new JsonObject { ["ErrorMessage"] = message, ["Errors"] = new JsonArray(), ["Details"] = null, ["HelpText"] = null, ["FullException"] = null }, status);

    /// <summary>API keys are stored hashed, so they go along with the database.</summary>
    public static string Hash(string apiKey) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey))).ToLower(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
