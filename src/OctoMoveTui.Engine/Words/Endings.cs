using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>How a run ends, in a sentence that says what to do next.</summary>
internal static class Endings
{
    internal const string PlanShown = "This is the whole plan. Nothing was changed.";
    internal const string StatusShown = "This is what the journal says. No server was asked.";
    internal const string ChecksPassed = "No check failed. Nothing was changed.";
    internal const string ChecksFailed = "Put right what failed, then check again. Nothing was changed.";
    internal const string VerifyFailed = "Not all is as it was copied, or not all could be looked at. No file was removed.";
    internal const string PlanFailed = "The plan could not be made. Nothing was changed.";
    internal const string StatusFailed = "Nothing was asked of any server, and nothing was changed.";
    internal const string ReportFailed = "The report could not be made. Nothing else was changed.";
    internal const string StoppedBeforeSteps = "Stopped before the first step. Nothing was changed.";

    internal static string MoveDone(MovePlan plan, IReadOnlyList<string> stillToDo)
    {
        var done = ShapeEndings.Done(plan);
        return stillToDo.Count == 0 ? done : $"{done}\nLeft for you:\n{string.Join('\n', stillToDo.Select((each, number) => $"{number + 1}. {each}"))}";
    }

    internal static string ReportWritten(string html, string markdown) => $"The report is in {html} and {markdown}. No server was asked.";

    internal static string Until(StepId step) => $"Stopped after {step}, as asked. Start octomove again to go on.";

    internal static string Stopped(bool pastReturn) => pastReturn
        ? "Stopped. Users work on the new server already; start octomove again for what is left to do."
        : "Stopped. Nothing is lost: start octomove again to go on where it stopped. The old server can still be brought back.";

    internal static string HandOver(ServerPlan next, string folder) =>
        $"This server's part is done. Now start octomove on {next.Machine} and open the move folder {folder}.";

    internal static string Failed(string title) => $"\"{title}\" failed. Put it right, then start octomove again: it goes on where it stopped.";

    internal static string FailedBeforeSteps() => "The move could not begin. Nothing was changed.";

    internal static string FailedBetweenSteps() =>
        "Stopped in the middle. The journal is intact: put it right, then start octomove again to go on where it stopped.";
}
