using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of the places that the database names for the directories, as the new machine has them.</summary>
internal static class DirectoryPlaceWords
{
    internal static readonly CheckWords Places = new(
        "Places of the directories", "each can be made where it is to lie; what both servers share is there", Fails: "this machine has no such drive or folder, or it can't be written");

    internal static string CanBeMade(int count) => $"All {count} places of the directories can be written.";

    internal static MoveFailure CannotBeMade(DirectoryPlan directory, string nearest, Exception error) => new(new(
        FailureCause.Files, $"{directory.Kind} is to lie at {directory.To} on the new server; nothing can be written to {nearest} there.",
        directory.StaysInPlace
            ? "The old database names that place by its full path, outside the home directory, and this machine has no such drive or folder, or this account may "
                + "not write there. Octopus Server would not start, or show empty screens."
            : "The folder can't be made, or this account may not write there.",
        ["Make that drive or folder on the new server, or give this account the right, then check again.",
         .. directory.StaysInPlace
            ? new[] { "Or point the directory to a place in the home directory of the old server first (Octopus.Server path, with its service stopped); it then moves with the home directory." }
            : []],
        error.Message), error);

    internal static MoveFailure ShareAway(DirectoryPlan directory) => new(new(
        FailureCause.Files, $"{directory.Kind} lies at {directory.To}, which both servers use, and the new one doesn't see it.",
        "The share is away, or this account may not look at it.",
        ["Make the share reachable from the new server, for octomove's account and for that of the new service, then check again."]));
}
