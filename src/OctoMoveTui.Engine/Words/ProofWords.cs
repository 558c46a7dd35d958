using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What the new server was asked, and what its answers mean.</summary>
internal static class ProofWords
{
    internal const string MaintenanceMode = "Maintenance mode";
    internal const string Node = "The node that answers";
    internal const string Clone = "Takes itself for a copy";
    internal const string Counts = "Counts";
    internal const string Health = "Health of the cluster";
    internal const string Integrity = "The server's own check of its database";

    internal const string Leftovers = "Tasks of the old server that still count as executing";

    internal const string IntegrityLater =
        "The server did not check its database itself, for its node takes no tasks yet. Have it do so when users are in: Configuration > Diagnostics.";

    internal const string Healthy = "The new server says that it operates normally.";
    internal const string NoHealth = "This version of Octopus doesn't tell how it is.";
    internal const string NothingCounted = "Nothing was counted on the old server, so nothing could be compared; the rows were compared after the restore.";
    internal const string NobodyDrained = "No node of the new server is left drained: it takes tasks.";

    internal static string NodeAnswers(string url, string node) => $"At {url} node {node} answers: the new server.";

    internal static string NodeNotSaid(string url) =>
        $"What answers at {url} doesn't say which node it is (a proxy may take the header away): make sure that {url} leads to the new server.";

    internal static string AnotherNodeAnswers(string url, string node, string own) =>
        $"At {url} node {node} answers; the new instance on this machine is called {own}. Behind a load balancer that may be right.";

    internal static string TakesItselfForAClone(string installation) =>
        $"The new server takes itself for a possible copy of another (IsPotentialClone). It kept the installation id {installation}, as a real move should; the old "
        + "server is stopped and must stay so. If Octopus shows a notice about it, say that this is the original.";

    internal static string ServersOwn(string kind, long before, long now, string why) =>
        string.Create(CultureInfo.InvariantCulture, $"{Difference(kind, before, now)}: {why}.");

    internal static string NotCountedAnyMore(string kind) => $"{kind}: the new server does not count them.";

    internal static string CountsEqual(int kinds) => $"{"kind".ToQuantity(kinds)} of documents: as many on the new server as on the old one.";

    internal static string Difference(string kind, long before, long now) => string.Create(
        CultureInfo.InvariantCulture, $"{kind}: {before:#,0} before, {now:#,0} now ({Math.Abs(now - before):#,0} {(now > before ? "more" : "fewer")})");

    internal static string AcceptDifference(string differences) =>
        $"{differences}. If you found out why, and it is right so, type the name: the difference is accepted and goes into the receipt as yours.";

    internal static string Accepted(string kind, long before, long now) => $"{Difference(kind, before, now)}: accepted by somebody who typed the instance's name.";

    internal static string What(StoredContent content) => content.Kind switch
    {
        ContentKind.TaskLog => $"Log of {content.Id}",
        ContentKind.Artifact => $"Artifact {content.Id}, {content.Name}",
        _ => $"Package {content.Name}",
    };

    internal static string KindOf(ContentKind kind) => kind == ContentKind.Artifact ? "An artifact" : "A package";

    internal static string Digest(long bytes, string hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes, SHA-256 {hash[..Math.Min(12, hash.Length)]}…");

    internal static string Digest(ContentDigest found) => found.State switch
    {
        ContentState.Missing => "missing",
        ContentState.TooLarge => string.Create(CultureInfo.InvariantCulture, $"more than {found.Bytes:#,0} bytes"),
        _ => Digest(found.Bytes, found.Hash),
    };

    internal static string ReadEqual(SampleRead sample) =>
        string.Create(CultureInfo.InvariantCulture, $"The new server gives {StockWords.Of(sample.Content)} as the old one did: {sample.Bytes:#,0} bytes, the same to the last.");

    internal static string LogReadsDifferently(string task) =>
        $"The new server gives the log of {task}, but not to the letter as the old one did: Octopus renders it when it is asked, and the time zone of the server may "
        + "show in it. The file itself was compared before the start.";

    internal static string NoneToCompare(ContentKind kind) =>
        $"No {(kind == ContentKind.Artifact ? "artifact" : "package")} was read on the old server, so none could be compared; all files were, before the start.";

    internal static string NotNormalYet(ServerHealth health) => health.IsBeyondLicence
        ? $"The server says that it is not normal: \"{health.Description}\". More is used than its licence allows; the old server's node counts until retire-old-server removes it."
        : $"The server says that it is not normal: \"{health.Description}\". It only reads, and maintenance mode may be why; it is asked again when that has ended.";

    internal static string NotNormalAfterwards(ServerHealth health) =>
        $"The server says that it is not normal: \"{health.Description}\" ({Reasons(health)}). Look at Configuration > Nodes and at the licence.";

    internal static string ToldBefore(ServerProof proof) => $"Told when the new server was verified: {proof.Note}";

    internal static string NodeNamed(string node) => $"Node {node}";

    internal static string DrainedUntilTheEnd(string node) => $"Node {node} is drained and takes no tasks yet: leave-maintenance-mode stops that, and asks again.";

    internal static string NotNormalWhileDrained(ServerHealth health) =>
        $"The server says that it is not normal: \"{health.Description}\". Its node is drained until leave-maintenance-mode, which asks again.";

    internal static string StillDrained(string node) =>
        $"Node {node} is drained and takes no tasks. If it is to work, stop draining it in Configuration > Nodes; leave-maintenance-mode asks again.";

    internal static string DrainedOffline(string node) =>
        $"Node {node} is drained and not there. If it is to come back, stop draining it then; else delete it in Configuration > Nodes.";

    internal static string NoIntegrityCheck(string refusal) =>
        $"This version of Octopus did not take the task SystemIntegrityCheck (it said: \"{refusal}\"): the database's schema was not checked by the server itself.";

    internal static string IntegrityHolds(string task) => $"The server checked its database itself and found nothing wrong ({task}).";

    internal static string Reasons(ServerHealth health)
    {
        var reasons = new List<string>();
        if (health.IsReadOnly)
            reasons.Add("the whole cluster only reads");
        if (health.IsDraining)
            reasons.Add("no node takes tasks");
        if (health.IsBeyondLicence)
            reasons.Add("more is used than the licence allows");
        return reasons.Count > 0 ? string.Join(", ", reasons) : "it gave no reason";
    }
}
