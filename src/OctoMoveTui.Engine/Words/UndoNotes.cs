using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said while a move is taken back.</summary>
internal static class UndoNotes
{
    internal const string WaitingForOldServer = "Waiting for the old server";
    internal const string CancelRan = "octomove asks the old server to cancel the tasks whose ids you type, or all, before its nodes take tasks: what ran on the new server is not done a second time.";
    internal const string RunTwice = "They start on the old server as soon as its nodes take tasks, and do again what they did on the new one. Type the name of the instance to say so.";
    internal const string HowToCancel = "Cancel each of them on the Tasks page of the old server's web portal: administrators get in, in maintenance mode, too.";

    internal static string Begins(int steps) => string.Create(CultureInfo.InvariantCulture, $"Taking back {steps} {(steps == 1 ? "step" : "steps")}, the last one first.");

    internal static string TakesBack(string title) => $"Taking back: {title}";

    internal static string NewServiceStopped(string service) => $"{service} on the new side is stopped and disabled.";

    internal static string NewServerDown(string service) => $"The new server is down: {service} is stopped or gone, does not start by itself, and nobody is connected to its database.";

    internal static string NewServerSilent(string url, string machine) =>
        $"Nothing of the new server answers at {url}. More can't be asked from here: that its service is gone was proven on {machine}.";

    internal static string NobodyWasLetIn(string url) => $"Users are still locked out of {url}: nobody was let in.";

    internal static string Writable(string database) => $"The old database {database} can be written to.";

    internal static string PlacesAreBack(int count) => $"The old server looks for all {count} directories in their old places.";

    internal static string OldServerAnswers(string url, string version, string database) =>
        $"The old server answers: Octopus Server {version} at {url}. Its database {database} can be written to.";

    internal static string UsersAreIn(string url) => $"Maintenance mode of {url} is off, and no node is drained by this move any more.";

    internal static string WasDrainedBefore(string node) => $"The node {node} was drained before this move, and stays so.";

    internal static string StartThere(string node, IReadOnlyList<string> commands) =>
        $"{ClusterNotes.On(node)}\n{string.Join('\n', commands.Select(each => "  " + each))}\nThe last fails where there is no watchdog task; paths are those of this machine.";

    internal static string WaitsForFurtherNodes(DateTimeOffset until) =>
        $"octomove goes on by itself as soon as they are gone. It waits until {until.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture)}; nothing of the old server wakes up before.";

    internal static string FilesCollected(string kind, int files, string keeper) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}: {files} {(files == 1 ? "file" : "files")} that the new server wrote moved to {keeper}.");

    internal static string FilesGivenBack(string kind, int files, string to) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}: {files} {(files == 1 ? "file" : "files")} that the new server wrote put into {to}.");

    internal static string NodeRowRemoved(string node) => $"The new server's node {node} is removed from the list of nodes.";

    internal static string RanOnNew(RunningTask task, string state) =>
        $"{TaskWords.Named(task)} is queued here, but ran on the new server ({state}). It would run a second time.";

    internal static string CancelByHand(IReadOnlyList<string> tasks) => $"{tasks.Listed()} ran on the new server already, and would run a second time on the old one.";

    internal static string NoInstanceMade(string instance) => $"This move had not made the instance {instance} yet: nothing of that name is touched.";

    internal static string InstanceGone(string instance, string service) => $"The instance {instance} and its service {service} are gone from the new server.";

    internal static string Dropped(string database, string server) => $"The restored database {database} on {server} is dropped.";

    internal static string NotOurs(string database, string server, string statement) =>
        $"The database {database} on {server} is not proven to be this move's own restore, so it is left alone. If it is not wanted: {statement}";

    internal static string NothingOfOursThere(string database, string server) => $"No database {database} that this move restored is left on {server}.";

    internal static string LoginDropped(string login) => $"The login {login}, which this move had made on the new SQL Server, is dropped.";

    internal static string LoginStays(string login, string statement, string why) => $"The login {login}, which this move had made, could not be dropped and stays: {statement}\n{why}";

    internal static string Released(string url, LogOnAccount account) => $"{url} is no longer reserved for {account}.";

    internal static string Revoked(string folder, LogOnAccount account) => $"{account} has no longer full control of {folder}.";
}
