using Humanizer;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said about server nodes on more than one machine.</summary>
internal static class ClusterNotes
{
    internal const string WaitingForOthers = "Waiting for the other nodes to stop";

    internal static string WillBeToldOf(string node) =>
        $"{node} works on the same database from another machine. octomove can't stop it: somebody has to do this there, and octomove waits until the database "
        + "shows that it is gone.";

    internal static string On(string machine) => $"On {machine}, from an elevated prompt:";

    internal static string StopThere(string node, IReadOnlyList<string> commands) =>
        $"{On(node)}\n{string.Join('\n', commands.Select(each => "  " + each))}\nThe first fails where there is no watchdog task; paths are those of this machine.";

    internal static string WaitsUntil(DateTimeOffset until, TimeSpan silent) =>
        $"octomove goes on by itself as soon as no session of theirs is left and none has reported for {silent.Humanize(culture: System.Globalization.CultureInfo.InvariantCulture)} (a node reports about every 20 seconds). "
        + $"It waits until {until.ToLocalTime():HH:mm}; nothing is set read-only before.";

    internal static string WrittenTo(string file) => $"The commands are in {file}, to be copied from there.";

    internal static string NotWritten(string file, string why) => $"The commands could not be written to {file}: {why}";

    internal static string Gone(string node, bool sessionsSeen) => sessionsSeen
        ? $"{node} is gone: no session of it on the old database, and it reports no more."
        : $"{node} reports no more. This login does not see other sessions, so that is all that can be told.";

    internal static string Named(string name, bool isOld) => isOld
        ? $"The new node is called {name}, as an old one was: it takes over that node's row, with its task cap and its name in old tasks, and no row is left over. Its "
            + "drain flag comes along too; octomove takes it off in the end. Don't start the old node again: one name would have two servers."
        : $"The new node is called {name}, whatever its machine is called: it gets a row of its own.";

    internal static string OverTheLimit(long limit, long nodes) =>
        $"The licence allows {"node".ToQuantity(limit)}, and {nodes} are on the list, the old ones among them. {ClusterCheckWords.TooMany(limit, nodes)} "
        + "retire-old-server removes the old ones: run it right after leave-maintenance-mode.";

    internal static string StaleRow(string node, DateTimeOffset? lastSeen) =>
        $"{node} is on the list of nodes and counts against the licence; {(lastSeen is { } at ? $"it was last seen {at.ToLocalTime():yyyy-MM-dd HH:mm}" : "it was never seen")}, so it "
        + "was gone before this move. Removed from the list, tasks that name it are marked as failed.";

    internal static string LeftAlone(string node) => $"The node {node} works on the new server, though it isn't in the plan; it stays on the list.";

    internal static string RemoveByHand(IReadOnlyList<string> nodes) =>
        $"Remove {nodes.Listed()} in Configuration > Nodes (its menu, Delete), if no such server exists any more: on the list it counts against the licence.";

    internal const string NoFurtherNodes = "the new server has one node";

    internal const string WaitingForFurther = "Waiting for the further nodes to join";

    internal static string HowToJoin(IReadOnlyList<string> nodes, string keyFile, string account) =>
        $"On {nodes.Listed()} somebody installs the same version of Octopus Server, makes sure that the directories of the new server are reached there by the same paths, "
        + "and runs the commands from an elevated prompt; octomove waits until each is online with the same version. "
        + $"Where {Moving.Secret.Mask} stands: the master key that was saved before the move (its key file, where one was made: {keyFile}), and the password of the login. "
        + $"The service runs as {account}, as on the first node. Never --create: the database is there.";

    internal static string JoinThere(string node, IReadOnlyList<string> commands) => $"{On(node)}\n{string.Join('\n', commands.Select(each => "  " + each))}";

    internal static string JoinUntil(DateTimeOffset until) =>
        $"octomove waits until {until.ToLocalTime():HH:mm}. Stopped and started again, it offers to leave this step out: the first node works alone, and the others are listed as left for you.";

    internal static string Joined(string node, string note) => $"{node} has joined: {note}.";

    internal static string SeenJoining(ServerNode? node, bool isThere, string? wanted) =>
        node is null ? "not on the list yet"
        : !isThere ? $"not online; {(node.LastSeen is { } at ? $"last reported {at.ToLocalTime():yyyy-MM-dd HH:mm:ss}" : "never reported")}"
        : wanted is not null ? $"online, but with version {node.Version}; it has to be {wanted}"
        : $"online{(node.Version.Length > 0 ? $", version {node.Version}" : "")}";

    internal static string AddLater(IReadOnlyList<string> nodes) =>
        $"Add {nodes.Listed()} to the new server: other-nodes.txt in the move folder, or the preview of add-further-nodes (octomove plan), has the commands.";

    internal static string Seen(int? sessions, DateTimeOffset? lastSeen, TimeSpan? left)
    {
        var reported = lastSeen is { } at ? $"last reported {at.ToLocalTime():HH:mm:ss}" : "never reported";
        if (left is not { } wait)
            return $"gone; {reported}";
        return sessions > 0 ? $"still there: {"session".ToQuantity(sessions.Value)}, {reported}"
            : $"{(sessions is null ? "sessions can't be seen" : "no session left")}; {reported}; watched for another {Math.Max(1, wait.TotalSeconds):0} s";
    }
}
