using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>How an undo ends, in a sentence that says what to do next.</summary>
internal static class UndoEndings
{
    internal const string Refused = "Nothing was taken back.";

    internal static string TakenBack(MovePlan plan, bool wasOutage) => plan.Shape == MoveShape.Rehearsal
        ? "The rehearsal is taken back: nothing of it is left that could work. The old server was never touched."
        : (wasOutage
            ? $"The move is taken back: users work on the old server, {plan.Old.Url}, as before."
            : "The move is taken back. The old server had not been locked or stopped yet: users work on it as before.")
            + " To try again start octomove with the same move folder: it begins a new move, filled with the same values.";

    internal static string Already(DateTimeOffset at) =>
        $"That was taken back already, on {ReportWords.Moment(at.ToLocalTime())}. Nothing was begun since, and nothing was changed now. octomove run begins or goes on.";

    internal static string Until(StepId step) => $"Taken back to and including {step}, as asked. octomove run goes on from there; octomove undo takes back the rest.";

    internal static string HandOver(ServerPlan next, string folder) =>
        $"What is taken back on this server is taken back. Now start \"octomove undo\" on {next.Machine} with the move folder {folder}: it goes on there.";

    internal static string Stopped =>
        "Stopped in the middle of taking the move back. Nothing is lost: octomove undo goes on where it stopped.";

    internal static string Failed(string title) => $"\"{title}\" could not be taken back. Put it right, then start octomove undo again: it goes on where it stopped.";
}
