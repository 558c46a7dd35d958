using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>What lies around a server: licence, address, targets, and what fires by itself.</summary>
public partial class OctopusApi
{
    private const string ServerConfiguration = "/api/serverconfiguration";

    /// <summary>Until when the licence has maintenance, and whether the server complies with it. What an old version doesn't say is null or empty.</summary>
    public async Task<LicenceStanding> GetLicenceAsync(CancellationToken cancel)
    {
        var status = await FindAsync("/api/serverstatus", cancel) ?? new JsonObject();
        var licence = await FindAsync("/api/licenses/licenses-current-status", cancel) ?? new JsonObject();
        return new LicenceStanding(
            Time(status, "MaintenanceExpires"), Text(licence, "IsCompliant").Length == 0 ? null : Flag(licence, "IsCompliant"), Text(licence, "ComplianceSummary"));
    }

    /// <summary>The address that mails and links of this server begin with; null when none is set, or this version has none.</summary>
    public async Task<string?> FindServerUriAsync(CancellationToken cancel) =>
        await FindAsync(ServerConfiguration, cancel) is { } resource && Text(resource, "ServerUri") is { Length: > 0 } uri ? uri : null;

    /// <summary>Sets it.</summary>
    public Task SetServerUriAsync(string uri, CancellationToken cancel) => ChangeAsync(ServerConfiguration, "ServerUri", uri, cancel);

    /// <summary>The deployment targets and workers of all spaces.</summary>
    public async Task<IReadOnlyList<OctopusTarget>> ListTargetsAsync(CancellationToken cancel)
    {
        var targets = new List<OctopusTarget>();
        foreach (var space in await ListSpacesAsync(cancel))
        {
            foreach (var (kind, isWorker) in new[] { ("machines", false), ("workers", true) })
            {
                targets.AddRange((await FindListAsync($"/api/{space.Id}/{kind}?take=100", cancel) ?? []).Select(each => new OctopusTarget(
                    Text(each, "Id"), Text(each, "Name"), space.Name, isWorker,
                    each["Endpoint"] is { } endpoint ? Text(endpoint, "CommunicationStyle") : "", each["Endpoint"] is { } own ? Text(own, "Uri") : "", Flag(each, "IsDisabled"))));
            }
        }

        return targets;
    }

    /// <summary>What fires by itself once the server runs again. Kinds that this version doesn't list are left out.</summary>
    public async Task<WakeUp> FindWakeUpAsync(CancellationToken cancel)
    {
        var (triggers, subscriptions, policies) = (new List<string>(), new List<string>(), new List<CleanUpPolicy>());
        foreach (var space in await ListSpacesAsync(cancel))
        {
            triggers.AddRange(await EnabledAsync($"/api/{space.Id}/projecttriggers?take=100", space.Name, cancel));
            subscriptions.AddRange(await EnabledAsync($"/api/{space.Id}/subscriptions?take=100", space.Name, cancel));
            policies.AddRange((await FindListAsync($"/api/{space.Id}/machinepolicies?take=100", cancel) ?? [])
                .Where(each => each["MachineCleanupPolicy"] is { } cleanUp && Text(cleanUp, "DeleteMachinesBehavior") == "DeleteUnavailableMachines")
                .Select(each => new CleanUpPolicy(Text(each, "Name"), space.Name, Span(each["MachineCleanupPolicy"]!, "DeleteMachinesElapsedTimeSpan"))));
        }

        return new WakeUp(triggers, subscriptions, policies);
    }

    private async Task<IEnumerable<string>> EnabledAsync(string path, string space, CancellationToken cancel) =>
        (await FindListAsync(path, cancel) ?? []).Where(each => !Flag(each, "IsDisabled")).Select(each => $"{Text(each, "Name")} ({space})");

    private static TimeSpan? Span(JsonNode node, string property) =>
        TimeSpan.TryParse(Text(node, property), System.Globalization.CultureInfo.InvariantCulture, out var span) ? span : null;

    private async Task<JsonNode?> FindAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(path, cancel);
        }
        catch (MoveFailure failure) when (IsNotFound(failure))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<JsonNode>?> FindListAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await ListAsync(path, cancel);
        }
        catch (MoveFailure failure) when (IsNotFound(failure))
        {
            return null;
        }
    }

    // An older version has no such resource.
    private static bool IsNotFound(MoveFailure failure) => failure.Report.What.Contains("(HTTP 404)", StringComparison.Ordinal);
}

/// <summary>How the licence of a server stands.</summary>
/// <param name="MaintenanceExpires">Until when newer versions may be installed; null when it isn't said.</param>
/// <param name="IsCompliant">Whether the server keeps to it; null when it isn't said.</param>
/// <param name="Summary">What the server says of it.</param>
public sealed record LicenceStanding(DateTimeOffset? MaintenanceExpires, bool? IsCompliant, string Summary);

/// <summary>A deployment target or worker.</summary>
/// <param name="Id">Machines-1, Workers-1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Space">The name of its space.</param>
/// <param name="IsWorker">A worker.</param>
/// <param name="Style">How it talks with the server: <c>TentaclePassive</c> listens, <c>TentacleActive</c> polls (the names are the server's own).</param>
/// <param name="Uri">Where it listens, or poll://…; empty where there is no such thing.</param>
/// <param name="IsDisabled">Not in use.</param>
public sealed record OctopusTarget(string Id, string Name, string Space, bool IsWorker, string Style, string Uri, bool IsDisabled)
{
    /// <summary>A Tentacle that calls the server at an address of its own configuration.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Polls => Style == "TentacleActive";

    /// <summary>A Kubernetes agent: it calls, too, and its address is a value of its Helm release.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsKubernetesAgent => Style == "KubernetesTentacle";

    /// <summary>A Tentacle that the server calls.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Listens => Style == "TentaclePassive";
}

/// <summary>A machine policy that deletes targets which look offline for long enough.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">The name of its space.</param>
/// <param name="After">How long a target has to be unavailable; null when it isn't said.</param>
public sealed record CleanUpPolicy(string Name, string Space, TimeSpan? After);

/// <summary>What fires by itself once a server runs again, each with the name of its space.</summary>
public sealed record WakeUp(IReadOnlyList<string> Triggers, IReadOnlyList<string> Subscriptions, IReadOnlyList<CleanUpPolicy> CleanUps);
