using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>
/// The REST API of one Octopus Server. The only file that spells its paths. Lists are followed by their "Page.Next" link; resources are
/// changed by getting, modifying and putting the whole of them, for a missing property has renamed nodes in old versions.
/// </summary>
public partial class OctopusApi : IDisposable
{
    /// <summary>The task that re-indexes the built-in package repository of a space.</summary>
    protected const string ReindexTask = "SynchronizeBuiltInPackageRepositoryIndex";
    private const string Administration = "AdministerSystem";

    private readonly HttpClient http;
    private readonly string url;
    private readonly ApiPatience patience;
    private readonly Action<string> detail;
    private readonly Action keyRefused;

    /// <summary>Nothing is sent until a question is asked. A key that is refused is told, so that a mistyped one does not stay.</summary>
    public OctopusApi(string url, Secret? apiKey, ApiPatience patience, Action<string> detail, Action keyRefused)
    {
        this.url = url.TrimEnd('/');
        this.keyRefused = keyRefused;
        this.detail = detail;
        this.patience = patience;
        http = new HttpClient { Timeout = patience.PerRequest };
        if (apiKey is not null)
            http.DefaultRequestHeaders.Add("X-Octopus-ApiKey", apiKey.Reveal());
    }

    /// <summary>True when it can be asked for everything; false where nobody has an API key.</summary>
    public virtual bool HasKey => true;

    /// <summary>The requests that change something, for previews.</summary>
    public static class Shown
    {
        /// <summary>Maintenance mode on.</summary>
        public const string EnterMaintenanceMode = "PUT /api/maintenanceconfiguration  { \"IsInMaintenanceMode\": true }";

        /// <summary>Maintenance mode off.</summary>
        public const string LeaveMaintenanceMode = "PUT /api/maintenanceconfiguration  { \"IsInMaintenanceMode\": false }";

        /// <summary>The nodes.</summary>
        public const string Nodes = "GET /api/octopusservernodes/summary";

        /// <summary>What the licence allows.</summary>
        public const string LicenceStatus = "GET /api/licenses/licenses-current-status";

        /// <summary>Drain a node.</summary>
        public const string DrainNodes = "PUT /api/octopusservernodes/{id}  { \"IsInMaintenanceMode\": true }  (drain, each node)";

        /// <summary>Stop draining.</summary>
        public const string UndrainNodes = "PUT /api/octopusservernodes/{id}  { \"IsInMaintenanceMode\": false }  (stop draining)";

        /// <summary>Tasks at work.</summary>
        public const string ActiveTasks = "GET /api/tasks?active=true&spaces=all&includeSystem=true";

        /// <summary>Cancel a task.</summary>
        public const string CancelTask = "POST /api/tasks/{id}/cancel";

        /// <summary>Re-index.</summary>
        public const string Reindex = $"POST /api/tasks  {{ \"Name\": \"{ReindexTask}\", \"SpaceId\": … }}  (each space)";

        /// <summary>Change the address that mails and links begin with, where it is the old one.</summary>
        public static string SetServerUri(string old, string now) => $"PUT /api/serverconfiguration  {{ \"ServerUri\": \"{now}\" }}  (where it is {old})";

        /// <summary>Remove a node.</summary>
        public const string RemoveNode = "DELETE /api/octopusservernodes/{id}  (the old server's)";
    }

    /// <summary>Who answers; needs no key. Null when nothing answers (yet).</summary>
    public async Task<ServerIdentity?> FindIdentityAsync(CancellationToken cancel)
    {
        try
        {
            return await GetIdentityAsync(isPatient: false, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            return null;
        }
    }

    /// <summary>The name of the node that answers, whatever it answers: a server in trouble is a server. Null when none does, or doesn't say who it is.</summary>
    public async Task<string?> FindNodeAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await TransmitAsync(HttpMethod.Get, "/api", null, HttpCompletionOption.ResponseHeadersRead, cancel, isPatient: false);
            return NodeOf(answer);
        }
        catch (MoveFailure)
        {
            return null;
        }
    }

    /// <summary>Who answers.</summary>
    public Task<ServerIdentity> GetIdentityAsync(CancellationToken cancel) => GetIdentityAsync(isPatient: true, cancel);

    // Who only looks whether anybody answers looks again later, or wants to find nobody.
    private async Task<ServerIdentity> GetIdentityAsync(bool isPatient, CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/api", null, cancel, isPatient);
        var node = await ReadAsync(answer, "/api", cancel);
        return new ServerIdentity(Text(node, "Version"), Text(node, "InstallationId"), NodeOf(answer));
    }

    private static string? NodeOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Octopus-Node", out var names) ? names.FirstOrDefault() : null;

    /// <summary>
    /// Proves that the key belongs to somebody who may administer the system: by the permissions that the server lists where it does, and by reading
    /// what only an administrator may.
    /// </summary>
    /// <returns>The user.</returns>
    /// <exception cref="MoveFailure">The key is refused, or its user may not.</exception>
    public virtual async Task<string> ProveAdministratorAsync(CancellationToken cancel)
    {
        var user = await GetAsync("/api/users/me", cancel);
        var name = Text(user, "Username");
        if (await FindSystemPermissionsAsync(user, cancel) is { Count: > 0 } permissions && !permissions.Contains(Administration, StringComparer.OrdinalIgnoreCase))
            throw OctopusFailures.NotAdministrator(url, name);
        await IsInMaintenanceModeAsync(cancel);
        await ListNodesAsync(cancel);
        return name;
    }

    /// <summary>Whether maintenance mode is on.</summary>
    public virtual async Task<bool> IsInMaintenanceModeAsync(CancellationToken cancel) =>
        Flag(await GetAsync("/api/maintenanceconfiguration", cancel), "IsInMaintenanceMode");

    /// <summary>Turns maintenance mode on or off.</summary>
    /// <returns>False when it was decided to go on without.</returns>
    public virtual async Task<bool> SetMaintenanceModeAsync(bool isOn, CancellationToken cancel)
    {
        await ChangeAsync("/api/maintenanceconfiguration", "IsInMaintenanceMode", isOn, cancel);
        return true;
    }

    /// <summary>The server nodes.</summary>
    public virtual async Task<IReadOnlyList<ServerNode>> ListNodesAsync(CancellationToken cancel)
    {
        var summary = await GetAsync("/api/octopusservernodes/summary", cancel);
        return [.. Objects(summary, "Nodes").Select(each => new ServerNode(
            Text(each, "Id"), Text(each, "Name"), Flag(each, "IsOffline"), Flag(each, "IsInMaintenanceMode"))
        {
            LastSeen = Time(each, "LastSeen"),
            Version = Text(each, "Version"),
            TaskCap = Text(each, "MaxConcurrentTasks").Length > 0 ? Number(each, "MaxConcurrentTasks") : null,
        })];
    }

    /// <summary>Drains a node, or stops draining it. On a node "IsInMaintenanceMode" means drain (#7964).</summary>
    public virtual Task SetDrainAsync(string node, bool isDraining, CancellationToken cancel) =>
        ChangeAsync($"/api/octopusservernodes/{Uri.EscapeDataString(node)}", "IsInMaintenanceMode", isDraining, cancel, alsoWanted: "Name");

    /// <summary>
    /// How many nodes the licence allows (null inside: any number) and how many count; null when the server doesn't say. That the limit is
    /// called after nodes is inferred; so is that an unlimited one is missing, not positive, or enormous.
    /// </summary>
    public async Task<NodeLimit?> FindNodeLimitAsync(CancellationToken cancel)
    {
        var status = await GetAsync("/api/licenses/licenses-current-status", cancel);
        if (Objects(status, "Limits").FirstOrDefault(each => Text(each, "Name").Contains("node", StringComparison.OrdinalIgnoreCase)) is not { } found)
            return null;
        var limit = Number(found, "EffectiveLimit");
        return new NodeLimit(limit is > 0 and < int.MaxValue ? limit : null, Number(found, "CurrentUsage"));
    }

    /// <summary>Removes the row of a node that is gone for good.</summary>
    /// <returns>False when it was left for later.</returns>
    public virtual async Task<bool> RemoveNodeAsync(string node, CancellationToken cancel)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, $"/api/octopusservernodes/{Uri.EscapeDataString(node)}", null, cancel);
        }
        catch (MoveFailure failure) when (IsNotFound(failure))
        {
            // Gone already: by an earlier request whose answer was lost, or by somebody else.
        }

        return true;
    }

    /// <summary>Tasks that are queued, executing or cancelling, in all spaces, system tasks included.</summary>
    public virtual async Task<IReadOnlyList<RunningTask>> ListActiveTasksAsync(CancellationToken cancel)
    {
        var items = await ListAsync("/api/tasks?active=true&spaces=all&includeSystem=true&take=100", cancel);
        return [.. items.Select(each => new RunningTask(
            Text(each, "Id"), Text(each, "Description"), Text(each, "State"), Text(each, "SpaceId") is { Length: > 0 } space ? space : null,
            Time(each, "StartTime"),
            Flag(each, "HasPendingInterruptions") || Array(each, "PendingInterruptionTypes").Any())
        {
            Name = Text(each, "Name"),
            Node = Text(each, "ServerNode") is { Length: > 0 } node ? node : null,
            Queued = Time(each, "QueueTime"),
            Expires = Time(each, "QueueTimeExpiry"),
        })
            .Where(each => each.State is "Queued" or "Executing" or "Cancelling" or "New")];
    }

    /// <summary>Asks for a task to be cancelled. One that executes is Cancelling until it has noticed.</summary>
    public Task CancelTaskAsync(string id, CancellationToken cancel) => SendAsync(HttpMethod.Post, $"/api/tasks/{id}/cancel", null, cancel);

    /// <summary>The spaces.</summary>
    public virtual async Task<IReadOnlyList<OctopusSpace>> ListSpacesAsync(CancellationToken cancel) =>
        [.. (await ListAsync("/api/spaces?take=100", cancel)).Select(each => new OctopusSpace(Text(each, "Id"), Text(each, "Name")))];

    /// <summary>How many packages the built-in repository of a space lists.</summary>
    public virtual async Task<long> CountPackagesAsync(string space, CancellationToken cancel) =>
        Number(await GetAsync($"/api/{space}/packages?take=1", cancel), "TotalResults");

    /// <summary>Posts a task that re-indexes the built-in repository of a space; gives its id, or null when it was left for later.</summary>
    public virtual async Task<string?> ReindexAsync(string space, CancellationToken cancel)
    {
        var task = await SendAsync(HttpMethod.Post, "/api/tasks", new JsonObject
        {
            ["Name"] = ReindexTask,
            ["Description"] = "Re-index the built-in package repository after the server was moved",
            ["Arguments"] = new JsonObject(),
            ["SpaceId"] = space,
        }, cancel);
        return Text(task, "Id");
    }

    /// <summary>The newest re-index tasks of all spaces, newest first.</summary>
    public virtual async Task<IReadOnlyList<ReindexTaskSeen>> ListReindexTasksAsync(CancellationToken cancel)
    {
        var page = await GetAsync($"/api/tasks?name={ReindexTask}&spaces=all&includeSystem=true&take=100", cancel);
        return [.. Objects(page, "Items").Where(each => Text(each, "Name") is ReindexTask or "").Select(each => new ReindexTaskSeen(
            Text(each, "Id"), Text(each, "SpaceId") is { Length: > 0 } space ? space : null, Text(each, "State"), Time(each, "QueueTime")))];
    }

    /// <summary>State and error message of a task.</summary>
    public virtual async Task<(string State, string Error)> GetTaskAsync(string id, CancellationToken cancel)
    {
        var task = await GetAsync($"/api/tasks/{id}", cancel);
        return (Text(task, "State"), Text(task, "ErrorMessage"));
    }

    /// <summary>
    /// The newest task that had finished before <paramref name="moment"/>, or null: its log proves that the old server's task logs are where
    /// the new one looks. A task that the new server ran itself would prove nothing.
    /// </summary>
    public virtual async Task<string?> FindTaskFinishedBeforeAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        for (var next = "/api/tasks?states=Success,Failed&spaces=all&includeSystem=true&take=100"; next is { Length: > 0 };)
        {
            var page = await GetAsync(next, cancel);
            if (Objects(page, "Items").FirstOrDefault(each => Time(each, "CompletedTime") < moment) is { } found)
                return Text(found, "Id");
            next = NextPage(page);
        }

        return null;
    }

    /// <summary>The log of a task as plain text.</summary>
    public async Task<string> ReadTaskLogAsync(string id, CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, $"/api/tasks/{id}/raw", null, cancel);
        return await TextOfAsync(answer, cancel);
    }

    /// <summary>The thumbprint of the server certificate.</summary>
    public virtual async Task<string> GetThumbprintAsync(CancellationToken cancel) =>
        Text(await GetAsync("/api/configuration/certificates/certificate-global", cancel), "Thumbprint");

    /// <summary>How many deployment targets poll the server: these have its address in their own configuration.</summary>
    public virtual async Task<long> CountPollingTentaclesAsync(string space, CancellationToken cancel) =>
        Number(await GetAsync($"/api/{space}/machines?commStyles=TentacleActive&take=1", cancel), "TotalResults");

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    // Where the server lists none, or not in that form, reading tells.
    private async Task<IReadOnlyList<string>> FindSystemPermissionsAsync(JsonNode user, CancellationToken cancel)
    {
        try
        {
            return [.. Array(await GetAsync($"/api/users/{Text(user, "Id")}/permissions?spaces=all&includeSystem=true", cancel), "SystemPermissions").Select(each => each.ToString())];
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            return [];
        }
    }
}

/// <summary>Who answers at an address.</summary>
/// <param name="Version">The version of Octopus Server.</param>
/// <param name="InstallationId">The installation, which stays the same through a move.</param>
/// <param name="Node">The name of the node that answered (header Octopus-Node), or null when it doesn't say.</param>
public sealed record ServerIdentity(string Version, string InstallationId, string? Node);

/// <summary>A server node.</summary>
/// <param name="Id">For instance <c>OctopusServerNodes-SRV01</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOffline">Not seen lately.</param>
/// <param name="IsDraining">Takes no new tasks.</param>
public sealed record ServerNode(string Id, string Name, bool IsOffline, bool IsDraining)
{
    /// <summary>When it last reported, or null when the server doesn't say.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Its version of Octopus Server; empty when the server doesn't say.</summary>
    public string Version { get; init; } = "";

    /// <summary>How many tasks it runs at the same time, or null when the server doesn't say.</summary>
    public long? TaskCap { get; init; }

    /// <summary>The same, without its id.</summary>
    public KnownNode Known => new(Name, LastSeen, !IsOffline, IsDraining) { Version = Version, TaskCap = TaskCap };
}

/// <summary>How many nodes the licence allows, null = any number, and how many count.</summary>
public sealed record NodeLimit(long? Limit, long Used);

/// <summary>A space.</summary>
public sealed record OctopusSpace(string Id, string Name);

/// <summary>A re-index task as the API lists it.</summary>
/// <param name="Id">For instance <c>ServerTasks-123</c>.</param>
/// <param name="Space">Its space; null when it names none.</param>
/// <param name="State">Octopus's own word.</param>
/// <param name="Queued">When it was queued.</param>
public sealed record ReindexTaskSeen(string Id, string? Space, string State, DateTimeOffset? Queued);
