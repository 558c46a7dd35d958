using Humanizer;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong when a move is taken back.</summary>
internal static class UndoFailures
{
    private const string TryAgain = "Then try again: what is taken back already is not done twice.";

    internal static MoveFailure NothingToTakeBack(string folder) => new(new(
        FailureCause.Usage, $"No step of the move in {folder} has been begun: there is nothing to take back.", "", ["Begin or go on with the move: octomove run"]));

    internal static MoveFailure IsBeingTakenBack(StepId? next) => new(new(
        FailureCause.MoveFolder, "This move is being taken back; it can't go on forwards in the middle of that.", "An undo was stopped before it had come to its end.",
        ["Finish it: octomove undo",
         .. next is { } step ? [$"Or go on with the move from where the undo stands: octomove undo --until {step}, then octomove run."] : Array.Empty<string>()]));

    internal static MoveFailure NotBegun(StepId step) => new(new(
        FailureCause.Usage, $"The step {step} has not been begun: there is nothing to take back down to it.", "", ["octomove status says which steps are done."]));

    internal static MoveFailure NewServerNotDown(string service, bool isRunning) => new(new(
        FailureCause.Service, $"The service {service} on the new server {(isRunning ? "still runs" : "may start by itself")}.",
        "It did not stop in time, or somebody started it again. Two live servers on one identity both deploy, so nothing of the old server is woken up.",
        [$"Stop it there and disable it: sc.exe config {service} start= disabled", TryAgain]));

    internal static MoveFailure NewServerAnswers(string url, string machine) => new(new(
        FailureCause.Service, $"The new server still answers at {url}.", "Its service was started again after it had been taken back, or another node of it runs.",
        [$"Stop and disable it on {machine}. Nothing of the old server is woken up before.", TryAgain]));

    internal static MoveFailure FurtherNodesStay(IReadOnlyList<string> nodes, TimeSpan waited) => new(new(
        FailureCause.Service, $"{nodes.Listed()} still {(nodes.Count == 1 ? "works" : "work")} on the new database after {waited.Humanize(culture: System.Globalization.CultureInfo.InvariantCulture)}.",
        "Nobody stopped it there, or something started it again.",
        ["Run the commands of other-nodes.txt (in the move folder) on that machine.", TryAgain + " Nothing of the old server is woken up before."]));

    internal static MoveFailure DoesNotRun(string service, string startType) => new(new(
        FailureCause.Service, $"The old service {service} does not run (start type {startType}).", "It stopped again right after it was started: its own log says why.",
        ["Look at its log in the Logs folder of its home directory, put it right, then try again."]));

    internal static MoveFailure DoesNotAnswer(string url, TimeSpan waited) => new(new(
        FailureCause.Service, $"The old server does not answer at {url}, after {waited.Humanize(culture: System.Globalization.CultureInfo.InvariantCulture)}.",
        "It is still starting, or it failed to: its own log says why.", ["Look at its log in the Logs folder of its home directory, put it right, then try again."]));

    internal static MoveFailure NotWritable(string database) => new(new(
        FailureCause.ChangedBehindOurBack, $"The old database {database} is read-only.", "Somebody set it so again after it was made writable.",
        [$"ALTER DATABASE [{database}] SET READ_WRITE;", TryAgain]));

    internal static MoveFailure ServiceStays(string service) => new(new(
        FailureCause.Service, $"The service {service} is still there after it was removed.", "Windows removes it only when nobody has it open: a Services window, a monitoring agent.",
        ["Close the Services window on the new server.", TryAgain]));

    internal static MoveFailure InstanceStays(string instance) => new(new(
        FailureCause.OctopusCommand, $"The instance {instance} is still there after it was deleted.", "", [TryAgain]));

    internal static MoveFailure DatabaseStays(string database, string server) => new(new(
        FailureCause.ChangedBehindOurBack, $"The restored database {database} is still on {server}.", "It was created anew while it was being taken back, or its name was not typed.", [TryAgain]));

    internal static MoveFailure FileStays(string file, Exception error) => new(new(
        FailureCause.Files, $"{file} can't be deleted.", "A program has it open, or this account may not.", ["Close it, or delete it yourself.", TryAgain], error.Message), error);

    internal static MoveFailure FilesStay(string kind, string from, string to, Exception error) => new(new(
        FailureCause.Files, $"{kind}: files that the new server wrote can't be carried from {from} to {to}.", "A program has one open, this account may not, or the disk is full.",
        ["Put that right.", TryAgain], error.Message), error);

    internal static MoveFailure NotReleased(string url, string command, string said) => new(new(
        FailureCause.Service, $"The reservation of {url} can't be taken away.", "This account is no administrator, or the prompt is not elevated.", [$"By hand: {command}", TryAgain], said));

    internal static MoveFailure NotRevoked(string folder, LogOnAccount account, string command, string said) => new(new(
        FailureCause.Service, $"The rights of {account} on {folder} can't be taken away.", "This account may not change that access list.", [$"By hand: {command}", TryAgain], said));
}
