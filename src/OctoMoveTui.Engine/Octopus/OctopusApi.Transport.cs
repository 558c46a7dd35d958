using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Octopus;

/// <summary>How requests are sent and answers read. Whatever comes back, what is thrown is a failure with advice.</summary>
public partial class OctopusApi
{
    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancel)
    {
        var (items, seen) = (new List<JsonNode>(), new HashSet<string>(StringComparer.Ordinal));
        for (var next = path; next is { Length: > 0 };)
        {
            var page = await GetAsync(next, cancel);
            items.AddRange(Objects(page, "Items"));
            seen.Add(next);
            next = NextPage(page);

            // A server that hands out the same page for ever would be followed for ever.
            if (next is not null && seen.Contains(next))
                throw OctopusFailures.ApiUnreadable(url, next, page.ToJsonString(), null);
        }

        return items;
    }

    private Task<JsonNode> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, cancel);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        using var answer = await AskAsync(method, path, body, cancel);
        return await ReadAsync(answer, path, cancel);
    }

    // What was got may be the answer of something that only looks like the server: put back without its other properties it would empty a resource.
    private async Task ChangeAsync(string path, string property, JsonNode value, CancellationToken cancel, string? alsoWanted = null)
    {
        var resource = (JsonObject)await GetAsync(path, cancel);
        if (!resource.ContainsKey(property) || (alsoWanted is not null && !resource.ContainsKey(alsoWanted)))
            throw OctopusFailures.ApiUnreadable(url, path, resource.ToJsonString(), null);
        resource[property] = value;
        await SendAsync(HttpMethod.Put, path, resource, cancel);
    }

    // All that is asked for is an object. Only a change may be answered by nothing.
    private async Task<JsonNode> ReadAsync(HttpResponseMessage answer, string path, CancellationToken cancel)
    {
        var text = await TextOfAsync(answer, cancel);
        if (string.IsNullOrWhiteSpace(text) && answer.RequestMessage?.Method != HttpMethod.Get)
            return new JsonObject();
        try
        {
            var node = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("It is no JSON object.");

            // A variant of the API in 2026 wraps the resource.
            return node.Count == 1 && node["Resource"] is JsonObject inner ? inner.DeepClone() : node;
        }
        catch (JsonException error)
        {
            throw OctopusFailures.ApiUnreadable(url, path, text, error);
        }
    }

    // A proxy may name a character set that there is not.
    private static async Task<string> TextOfAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadAsStringAsync(cancel);
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancel));
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel, bool isPatient = true)
    {
        var answer = await TransmitAsync(method, path, body, HttpCompletionOption.ResponseContentRead, cancel, isPatient);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await RefusedAsync(answer, method, path, cancel);
    }

    private async Task<MoveFailure> RefusedAsync(HttpResponseMessage answer, HttpMethod method, string path, CancellationToken cancel)
    {
        var text = await TextOfAsync(answer, cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            keyRefused();
        return ApiFailures.Refused(url, $"{method} {path}", (int)answer.StatusCode, ErrorIn(text), patience.AskedFor(answer));
    }

    // Whatever is answered, refusals too.
    private async Task<HttpResponseMessage> TransmitAsync(
        HttpMethod method, string path, JsonNode? body, HttpCompletionOption whole, CancellationToken cancel, bool isPatient = true)
    {
        var shown = $"{method} {url}{path}";
        try
        {
            return isPatient ? await patience.SendAsync(method, shown, SendOnceAsync, cancel) : await SendOnceAsync(cancel);
        }
        catch (HttpRequestException error) when (ApiPatience.IsBroken(error))
        {
            throw ApiFailures.Broken(url, $"{method} {path}", method != HttpMethod.Get, error);
        }
        catch (HttpRequestException error)
        {
            throw OctopusFailures.ApiUnreachable(url, error);
        }
        catch (TaskCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw ApiFailures.Silent(url, $"{method} {path}", patience.PerRequest, error);
        }

        async Task<HttpResponseMessage> SendOnceAsync(CancellationToken stop)
        {
            if (method != HttpMethod.Get)
                detail($"> {shown}");
            using var request = new HttpRequestMessage(method, Absolute(path));
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var effect = Effect.Of(EffectKind.Request, $"{method} {path}", url);
            return await http.SendAsync(request, whole, stop);
        }
    }

    // A link in an answer may already carry the virtual directory that our own paths lack.
    private Uri Absolute(string path)
    {
        var own = new Uri(url);
        var directory = own.AbsolutePath.TrimEnd('/');
        return directory.Length > 0 && path.StartsWith(directory + "/", StringComparison.OrdinalIgnoreCase) ? new Uri(own, path) : new Uri(url + path);
    }

    // The body may be an error of Octopus, or the page of a proxy.
    private static string ErrorIn(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject node && Text(node, "ErrorMessage") is { Length: > 0 } message ? message : Shortened(text);
        }
        catch (JsonException)
        {
            return Shortened(text);
        }
    }

    private static string Shortened(string text) => text.Length <= 500 ? text : text[..500];

    private static string Text(JsonNode node, string property) =>
        node is JsonObject owner && owner[property] is JsonValue value ? value.ToString() : "";

    // A link that is no path of this server would take the key to another one.
    private string? NextPage(JsonNode page)
    {
        if (page["Links"] is not JsonObject links || Text(links, "Page.Next") is not { Length: > 0 } next)
            return null;
        return next.StartsWith('/') ? next : throw OctopusFailures.ApiUnreadable(url, "/api", page.ToJsonString(), null);
    }

    private static DateTimeOffset? Time(JsonNode node, string property) =>
        DateTimeOffset.TryParse(Text(node, property), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : null;

    private static bool Flag(JsonNode node, string property) => Text(node, property).Equals("true", StringComparison.OrdinalIgnoreCase);

    private static long Number(JsonNode node, string property) =>
        long.TryParse(Text(node, property), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IEnumerable<JsonObject> Objects(JsonNode node, string property) => Array(node, property).OfType<JsonObject>();

    private static IEnumerable<JsonNode> Array(JsonNode node, string property) =>
        node is JsonObject owner && owner[property] is JsonArray items ? items.OfType<JsonNode>() : [];
}
