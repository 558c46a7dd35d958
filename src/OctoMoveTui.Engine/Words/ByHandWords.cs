namespace OctoMoveTui.Engine.Words;

/// <summary>What a person is asked to do where octomove can't for lack of an API key, and what happens when they don't.</summary>
internal static class ByHandWords
{
    internal const string WhyApiKey =
        "An API key of an Octopus administrator: octomove turns maintenance mode on and off, drains nodes, looks at tasks and re-indexes with it. Left empty, it goes "
        + "without: it then asks you to click maintenance mode and the re-index in the web portal, drains only the node of this machine by itself, can't cancel tasks, "
        + "and can't read a task log as proof.";

    internal const string GoingWithout =
        "No API key: tasks are looked at in the database, this machine's node is drained by the command line, and you are asked to click maintenance mode and the re-index. "
        + "octomove can't cancel tasks then, nor read a task log as proof.";

    internal const string DrainOnly =
        "Going on without maintenance mode. Users are not locked out of the old server until it is stopped: what they change until then moves, but nobody warns them. The new "
        + "server wakes up unlocked, too: whoever knows its address can work there before it is verified, and going back then loses that work.";

    internal const string MaintenanceByHand = "You turn maintenance mode on in the web portal (Configuration > Maintenance); octomove looks whether it is on.";

    internal const string UnlockByHand = "You turn maintenance mode off in the web portal (Configuration > Maintenance); octomove looks whether it is off.";

    internal const string ReindexByHand = "You start the re-index of each space in the web portal (Library > Packages > Sync now); octomove follows it in the database.";

    internal const string NoApiKey = "There is no API key to ask for it with.";

    internal const string OnYourWord = "This version doesn't tell whether it is in maintenance mode: taken on your word.";

    internal static string Maintenance(bool isOn, string url) =>
        isOn ? $"Turn maintenance mode on at {url}: the outage begins with it." : $"Turn maintenance mode off at {url}: users come in with it.";

    internal static IReadOnlyList<string> HowToMaintenance(bool isOn) =>
        ["Log in as an administrator.", $"Configuration > Maintenance > {(isOn ? "Enable" : "Disable")} maintenance mode.", "Then say here that it is done; octomove looks."];

    internal static string MaintenanceUnchanged(bool isOn) => isOn ? "Maintenance mode is still off." : "Maintenance mode is still on: users can't work.";

    internal static string Drain(string node, bool isDraining) => isDraining ? $"Drain the node {node}." : $"Stop draining the node {node}.";

    internal static IReadOnlyList<string> HowToDrain(string node, bool isDraining) =>
    [
        $"Configuration > Nodes > {node} > {(isDraining ? "Drain node" : "Stop draining")}.",
        $"Or on that machine: Octopus.Server node --instance … --drain={(isDraining ? "true" : "false")}",
    ];

    internal static string NotDrained(string node, bool isDraining) => isDraining
        ? $"The node {node} is not drained: queued tasks may still start on it until its server is stopped."
        : $"The node {node} stays drained: it takes no task, the re-index neither.";

    internal static string DrainUnchanged(string node, bool isDraining) => isDraining ? $"{node} is not draining." : $"{node} is still draining.";

    internal static string RemoveNode(string node, string url) => $"Remove the old server's node {node} at {url}: it counts against the licence.";

    internal static IReadOnlyList<string> HowToRemoveNode(string node) => [$"Configuration > Nodes > {node} > Delete. It can be deleted once it is shown as offline."];

    internal static string NodeStays(string node) => $"Remove the old server's node {node} (Configuration > Nodes): it counts against the licence, and its unfinished tasks with it.";

    internal static string NodeStillThere(string node) => $"{node} is still in the list.";

    internal static string Reindex(string space) => $"Re-index the built-in package repository of the space {space}.";

    internal static IReadOnlyList<string> HowToReindex(string space) =>
    [
        $"Switch to the space {space}: Library > Packages > Built-in package repository > Sync now (older: Re-index).",
        "Where re-index at start-up is on, a restart of the new service does the same.",
        "Then say here that it is done; octomove follows the task to its end.",
    ];

    internal static string NotReindexed(string space) =>
        $"The packages of {space} are not re-indexed now. Their index came with the database and their files are proven; do it when it suits (Library > Packages > Sync now).";

    internal static string NoReindexSeen(string space) => $"No new re-index task was found for the space {space}.";

    internal static string Unlocked(string url) => $"{url} is not in maintenance mode: keep its address to yourself until it is verified.";

    internal static string ReadALog(string url) => $"Without an API key no task log can be read as a proof: open an old deployment at {url} and look at its log.";
}
