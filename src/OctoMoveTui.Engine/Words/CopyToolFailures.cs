using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of other copying programs, whichever it is.</summary>
internal static class CopyToolFailures
{
    internal const string RunAgain = "Then Retry, or start octomove again: what is copied already is kept.";

    internal static MoveFailure Missing(string name, string program, string key, MoveFailure inner) => new(new(
        FailureCause.Files, $"{name} can't be started: {program}.", "It is not installed here, not on the PATH, or may not be run by this account.",
        [$"Install {name}, or give its path in {key}.", "Or let octomove copy itself: Copy:With = octomove."], inner.Report.Raw), inner);

    internal static MoveFailure NotThatProgram(string name, string program, string said) => new(new(
        FailureCause.Files, $"{program} doesn't answer like {name}.", "Another program, or another edition of it, has that name.",
        [$"Give the path of {name} in Copy:{char.ToUpperInvariant(name[0])}{name[1..]}."], said.Trim()));

    internal static MoveFailure TooOld(string name, string program, string version, string oldest) => new(new(
        FailureCause.Files, $"{program} is {name} {version}; {oldest} or later is needed.", "Older ones lack options that octomove uses.",
        [$"Install a newer {name}.", "Or let octomove copy itself: Copy:With = octomove."]));

    internal static MoveFailure DestinationNotOurs(string kind, string destination, string example) => new(new(
        FailureCause.InTheWay, $"{destination}, where {kind} goes, is not empty, and octomove has not filled it (there is {Show(example)}, for one).",
        "Files of another instance are there, or files that were copied by hand.",
        ["Look at what is there. If it is not needed, move it away and run again.",
         "octomove vouches only for what it has had copied itself, and never removes anything else."]));

    internal static MoveFailure NoTimes(string remote, string precision) => new(new(
        FailureCause.Files, $"The remote {remote} doesn't keep the times of files ({precision}).",
        "The files would arrive with other times, and couldn't be told from files that were changed since.",
        ["Choose a remote that does: column ModTime at rclone.org/overview."]));

    internal static MoveFailure Of(
        string name, CopyOrder order, int exitCode, string why, IReadOnlyList<string> toDo, IReadOnlyList<string> said, FailureCause cause = FailureCause.Files) => new(new(
        cause, $"{name} did not copy {order.Kind} to {order.To}: it ended with exit code {exitCode}.", why, [.. toDo, RunAgain], Raw(said)));

    internal static MoveFailure CannotList(string name, string directory, int exitCode, string why, IReadOnlyList<string> toDo, IReadOnlyList<string> said) => new(new(
        FailureCause.Files, $"{name} can't look at {directory}: it ended with exit code {exitCode}.", why, toDo, Raw(said)));

    /// <summary>What to do about files that differ, by the way they came.</summary>
    internal static string Again(MovePlan plan, CopyTool tool, string kind) => (plan.OneMachine, tool.IsFetched) switch
    {
        (true, _) => $"Retry, or starting octomove again, lets {tool.Name} copy what is missing or damaged in {kind} again, and then verifies everything again.",
        (_, true) => $"Retry, or starting octomove again, lets {tool.Name} fetch what is missing or damaged in {kind} again. If that doesn't help, the remote itself "
            + $"holds it wrongly: start octomove on {plan.Old.Machine} with this move folder, which copies exactly these files there again; then start it here.",
        _ => $"Start octomove on {plan.Old.Machine} with this move folder: it lets {tool.Name} copy exactly what is missing or damaged in {kind} again. "
            + "Then start it here again, and everything is verified again.",
    };

    internal static string Show(string path) => ManifestPath.Show(path).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static string? Raw(IReadOnlyList<string> said) => said.Count == 0 ? null : string.Join('\n', said);
}
