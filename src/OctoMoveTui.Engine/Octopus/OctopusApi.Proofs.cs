using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>What is asked of a server to prove that it is what another one was.</summary>
public partial class OctopusApi
{
    private const string IntegrityTask = "SystemIntegrityCheck";
    private static readonly TimeSpan ContentTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The requests of the proofs, for previews.</summary>
    public static class ShownProofs
    {
        /// <summary>What is counted and read on the old server.</summary>
        public const string Stock = "GET /api/serverstatus/counts, /api/tasks/{id}/raw, /api/{space}/artifacts/{id}/content, /api/{space}/packages/{id}/raw";

        /// <summary>What is asked about the server itself.</summary>
        public const string Server = "GET /api, /api/configuration/certificates/certificate-global, /api/serverstatus, /api/serverstatus/health, /api/octopusservernodes/summary";

        /// <summary>The one thing that is asked for.</summary>
        public const string Integrity = $"POST /api/tasks  {{ \"Name\": \"{IntegrityTask}\" }}";
    }

    /// <summary>How many documents of each kind the server has, by kind ("Project.Releases"); null where the version doesn't know the question.</summary>
    public virtual async Task<IReadOnlyList<KindCount>?> FindCountsAsync(CancellationToken cancel)
    {
        const string Path = "/api/serverstatus/counts";
        using var answer = await TransmitAsync(HttpMethod.Get, Path, null, HttpCompletionOption.ResponseContentRead, cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw await RefusedAsync(answer, HttpMethod.Get, Path, cancel);
        return [.. CountsIn("", await ReadAsync(answer, Path, cancel)).OrderBy(each => each.Kind, StringComparer.Ordinal)];
    }

    /// <summary>How the server itself finds that it is; null where the version doesn't know the question. Not normal is HTTP 418, and no refusal.</summary>
    public async Task<ServerHealth?> FindHealthAsync(CancellationToken cancel)
    {
        const string Path = "/api/serverstatus/health";
        using var answer = await TransmitAsync(HttpMethod.Get, Path, null, HttpCompletionOption.ResponseContentRead, cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        var isTeapot = (int)answer.StatusCode == 418;
        if (!answer.IsSuccessStatusCode && !isTeapot)
            throw await RefusedAsync(answer, HttpMethod.Get, Path, cancel);
        var node = await ReadAsync(answer, Path, cancel);
        return new ServerHealth(
            !isTeapot && Text(node, "IsOperatingNormally") is var normal && (normal.Length == 0 || Flag(node, "IsOperatingNormally")), Text(node, "Description"))
        {
            IsReadOnly = Flag(node, "IsEntireClusterReadOnly"),
            IsDraining = Flag(node, "IsEntireClusterDrainingTasks"),
            IsBeyondLicence = Text(node, "IsCompliantWithLicense") is { Length: > 0 } && !Flag(node, "IsCompliantWithLicense"),
        };
    }

    /// <summary>
    /// Whether the server takes itself for a copy of another; null where the version doesn't say. What makes it think so is not documented, nor
    /// whether a move under a new host name does.
    /// </summary>
    public virtual async Task<bool?> FindPotentialCloneAsync(CancellationToken cancel) =>
        Text(await GetAsync("/api/serverstatus", cancel), "IsPotentialClone") is { Length: > 0 } said ? said.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>The ids of the spaces; one empty id where the version has none (before 2019.1).</summary>
    public virtual async Task<IReadOnlyList<string>> ListSpaceIdsAsync(CancellationToken cancel)
    {
        using var answer = await TransmitAsync(HttpMethod.Get, "/api/spaces?take=1", null, HttpCompletionOption.ResponseContentRead, cancel);
        return answer.StatusCode == HttpStatusCode.NotFound ? [""] : [.. (await ListSpacesAsync(cancel)).Select(each => each.Id)];
    }

    /// <summary>The first few artifacts of a space, as the server orders them.</summary>
    public async Task<IReadOnlyList<StoredContent>> ListFirstArtifactsAsync(string space, CancellationToken cancel) =>
        [.. Array(await GetAsync($"{Root(space)}/artifacts?take=30", cancel), "Items")
            .Select(each => new StoredContent(ContentKind.Artifact, space, Text(each, "Id"), Text(each, "Filename")))];

    /// <summary>The first few packages of the built-in repository of a space, without those that are empty or larger than <paramref name="limit"/> bytes.</summary>
    public async Task<IReadOnlyList<StoredContent>> ListFirstPackagesAsync(string space, long limit, CancellationToken cancel) =>
        [.. Array(await GetAsync($"{Root(space)}/packages?take=30", cancel), "Items")
            .Where(each => Text(each, "PackageSizeBytes").Length == 0 || Number(each, "PackageSizeBytes") is > 0 and var size && size <= limit)
            .Select(each => new StoredContent(ContentKind.Package, space, Text(each, "Id"), $"{Text(each, "PackageId")} {Text(each, "Version")}"))];

    /// <summary>Up to a hundred finished tasks, the newest first.</summary>
    public virtual async Task<IReadOnlyList<StoredContent>> ListFinishedTasksAsync(CancellationToken cancel) =>
        [.. Objects(await GetAsync("/api/tasks?states=Success,Failed&spaces=all&includeSystem=true&take=100", cancel), "Items")
            .Select(each => new StoredContent(ContentKind.TaskLog, Text(each, "SpaceId"), Text(each, "Id"), Text(each, "Description")))];

    /// <summary>Reads a file of the server through its API, no further than <paramref name="limit"/> bytes, and keeps nothing of it but its hash.</summary>
    /// <returns>Size and SHA-256; null when it is larger than that, or when the server doesn't have it.</returns>
    public async Task<ContentDigest> DigestAsync(StoredContent content, long limit, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(ContentTimeout);
        var path = content.Kind switch
        {
            ContentKind.Artifact => $"{Root(content.Space)}/artifacts/{Uri.EscapeDataString(content.Id)}/content",
            ContentKind.Package => $"{Root(content.Space)}/packages/{Uri.EscapeDataString(content.Id)}/raw",
            _ => $"/api/tasks/{Uri.EscapeDataString(content.Id)}/raw",
        };
        try
        {
            using var answer = await TransmitAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseHeadersRead, limited.Token);

            // What a server says when the row is there and the file is not, isn't documented: not found, or an error of its own.
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.InternalServerError)
                return new ContentDigest(ContentState.Missing, 0, "");
            if (!answer.IsSuccessStatusCode)
                throw await RefusedAsync(answer, HttpMethod.Get, path, limited.Token);
            return await DigestAsync(answer, limit, limited.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw error is OperationCanceledException
                ? ApiFailures.Silent(url, $"GET {path}", ContentTimeout, error) : ApiFailures.Broken(url, $"GET {path}", false, error);
        }
    }

    /// <summary>Posts the server's own check of its database.</summary>
    /// <returns>The task's id; or null where the version knows no such task, and what it said.</returns>
    public virtual async Task<(string? Task, string Refusal)> CheckIntegrityAsync(CancellationToken cancel)
    {
        const string Path = "/api/tasks";
        var body = new JsonObject
        {
            ["Name"] = IntegrityTask,
            ["Description"] = "Check the database after the server was moved",
            ["Arguments"] = new JsonObject(),
        };
        using var answer = await TransmitAsync(HttpMethod.Post, Path, body, HttpCompletionOption.ResponseContentRead, cancel);

        // An unknown task is no valid request; since which version this one is known is not documented.
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            return (null, ErrorIn(await TextOfAsync(answer, cancel)));
        if (!answer.IsSuccessStatusCode)
            throw await RefusedAsync(answer, HttpMethod.Post, Path, cancel);
        return (Text(await ReadAsync(answer, Path, cancel), "Id"), "");
    }

    private static async Task<ContentDigest> DigestAsync(HttpResponseMessage answer, long limit, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentLength > limit)
            return new ContentDigest(ContentState.TooLarge, answer.Content.Headers.ContentLength.Value, "");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var (buffer, bytes) = (ArrayPool<byte>.Shared.Rent(81_920), 0L);
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
            {
                if ((bytes += count) > limit)
                    return new ContentDigest(ContentState.TooLarge, bytes, "");
                hash.AppendData(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new ContentDigest(ContentState.Read, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Before 2019.1 there are no spaces in paths.
    private static string Root(string space) => space.Length > 0 ? $"/api/{space}" : "/api";

    private static IEnumerable<KindCount> CountsIn(string prefix, JsonNode node)
    {
        if (node is not JsonObject owner)
            yield break;
        foreach (var (name, value) in owner.Where(each => each.Key != "Links"))
        {
            var kind = prefix.Length > 0 ? $"{prefix}.{name}" : name;
            if (value is JsonObject inner)
            {
                foreach (var each in CountsIn(kind, inner))
                    yield return each;
            }
            else if (long.TryParse(Text(owner, name), System.Globalization.CultureInfo.InvariantCulture, out var count))
            {
                yield return new KindCount(kind, count);
            }
        }
    }
}
