using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>Where the web portal of an instance listens: as its node was configured, else as the database says for all, else at the machine's own address.</summary>
internal static class WebPortal
{
    public const string Document = "webportal";
    public const string Key = "Octopus.WebPortal.ListenPrefixes";

    public static async Task<string> ReadListenPrefixesAsync(Instance instance, OctopusDatabase database, CancellationToken cancel) =>
        instance.Config[Key]
        ?? (await database.ReadDocumentAsync(Document, cancel) is { } json ? (string?)JsonNode.Parse(json)!["ListenPrefixes"] : null)
        ?? instance.Machine.Url + "/";

    /// <summary>Listening takes an administrator, or a reservation for each address, with its port and its slash.</summary>
    public static void RefuseUnreserved(Instance instance, string account, string prefixes)
    {
        foreach (var prefix in prefixes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var scheme = prefix[..prefix.IndexOf("://", StringComparison.Ordinal)];
            var rest = prefix[(scheme.Length + 3)..];
            var host = rest.Split('/')[0];
            var directory = rest[host.Length..].Trim('/');
            var reserved = $"{scheme}://{(host.Contains(':', StringComparison.Ordinal) ? host : host + (scheme == "https" ? ":443" : ":80"))}/{(directory.Length > 0 ? directory + "/" : "")}";
            if (!instance.Machine.HttpSys.IsReserved(reserved, account))
                throw new ControlledFailure($"An Access Denied error was received trying to start the HttpListener. The account {account} may not listen at {reserved}.");
        }
    }
}
