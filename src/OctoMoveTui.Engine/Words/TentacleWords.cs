using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of Tentacles: those that call the server, and those that it calls.</summary>
internal static class TentacleWords
{
    internal const string NobodyPolls = "No Tentacle polls this server.";

    internal const string OldTargetsUnknown = "The listening Tentacles are not known here: check the old server first.";

    internal static string PollingStays(IReadOnlyList<OctopusTarget> polling, string host, string webSocket) =>
        $"{Counted(polling)} poll this server. The name {host} stays: once it leads to the new machine, they come back by themselves. {WebSocket(webSocket)}".Trim();

    internal static string PollingMoves(IReadOnlyList<OctopusTarget> polling) =>
        $"{Counted(polling)} poll this server at an address that changes: {string.Join(", ", polling.Take(10).Select(each => each.Name))}{(polling.Count > 10 ? ", …" : "")}.";

    internal static string[] PollingToDo(MovePlan plan, string? file, string webSocket, IReadOnlyList<OctopusTarget> polling) =>
    [
        file is null
            ? "When the move runs, a command for each machine is written to polling-tentacles.txt in the move folder."
            : $"After the move run on each machine what {file} says, with an API key of yours in place of API-YOUR-KEY.",
        $"Or have the name {new Uri(plan.Old.Url).Host} lead to the new machine: then nothing has to be done on any of them.",
        .. WebSocket(webSocket) is { Length: > 0 } text ? [text] : Array.Empty<string>(),
        .. polling.Any(each => each.IsKubernetesAgent) ? ["Kubernetes agents have the address among the values of their Helm release."] : Array.Empty<string>(),
    ];

    internal static string PollingHead(string oldUrl, string newUrl) =>
        $"# Tentacles that poll {oldUrl} and have to be told {newUrl}.\n"
        + "# Run on each machine as an administrator, after the move; put an API key of yours in place of API-YOUR-KEY.\n"
        + "# The Tentacle keeps its name, roles and trust. With an instance of its own name: add --instance=\"NAME\" to both commands.\n";

    internal static string PollingMachine(OctopusTarget target) =>
        $"# {target.Name} ({target.Id}, {(target.IsWorker ? "worker" : "deployment target")} in {target.Space}{(target.IsDisabled ? ", disabled" : "")})";

    internal static string PollCommands(string url, int port) => string.Create(
        CultureInfo.InvariantCulture, $"Tentacle poll-server --server={url} --apikey=API-YOUR-KEY --server-comms-port={port}\nTentacle service --restart");

    internal static string KubernetesToDo(string url, int port) => string.Create(
        CultureInfo.InvariantCulture, $"# A Kubernetes agent: upgrade its Helm release with {url} and port {port} in place of the old address.");

    internal static string NobodyListens(int count) => count == 0 ? "There are no listening Tentacles." : $"{"listening Tentacle".ToQuantity(count)}, of which none was tried (Check:Tentacles = 0).";

    internal static string AllReached(int tried, int all) => $"{tried} of {"listening Tentacle".ToQuantity(all)} were tried from here, and all answer.";

    internal static string NotReached(IReadOnlyList<(OctopusTarget Target, string Trouble)> silent, int tried) =>
        $"{silent.Count} of {"listening Tentacle".ToQuantity(tried)} can't be reached from here: "
        + string.Join("; ", silent.Take(10).Select(each => $"{each.Target.Name} at {each.Target.Uri} ({each.Trouble})")) + (silent.Count > 10 ? "; …" : ".");

    internal static string[] FirewallToDo(string machine) =>
    [
        $"Most likely a firewall, on the way or on the target, lets only the old server through: allow {machine} there as well, usually at port 10933.",
        "Targets that are switched off answer nobody: compare with the old server, Infrastructure > Deployment Targets.",
    ];

    internal static string NoAnswer(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0.#} s");

    internal static string NoAddress(string address) => $"\"{address}\" is no address";

    private static string Counted(IReadOnlyList<OctopusTarget> polling)
    {
        var (workers, agents) = (polling.Count(each => each is { Polls: true, IsWorker: true }), polling.Count(each => each.IsKubernetesAgent));
        return $"{"polling Tentacle".ToQuantity(polling.Count - agents)}{(workers > 0 ? $" ({"worker".ToQuantity(workers)} among them)" : "")}"
            + (agents > 0 ? $" and {"Kubernetes agent".ToQuantity(agents)}" : "");
    }

    private static string WebSocket(string prefix) => prefix.Length == 0 ? ""
        : $"Tentacles may also poll by WebSocket at {prefix}: its certificate has to be bound on the new machine, too, and an address that changes told to them (--server-web-socket).";
}
