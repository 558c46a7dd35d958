using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>Why directories can't go where they were told to, in words.</summary>
internal static class FolderFailures
{
    private const string Name = "Name a new place for it: on the plan form, or in octomove.json, for instance \"Folders\": { \"Packages\": \"E:\\\\Octopus\\\\Packages\" }.";

    internal static MoveFailure NothingMoves() => Refused(
        "No directory has a new place, so nothing would move.", "Neither a new base folder (New:Home) nor a place of a directory (Folders) was given.", Name);

    internal static MoveFailure SamePlace(DirectoryPlan directory) => Refused(
        $"{directory.Kind} is in its new place already: {directory.From}.", "The new place is the old one.",
        $"{Name} Leave Folders:{directory.Kind} empty if it is to stay.");

    internal static MoveFailure NoSuchDirectory(string kind) => Refused(
        $"This server has no directory {kind}, but Folders:{kind} says where it goes.", "Its version does not have it yet, or nothing was ever written there.", $"Leave Folders:{kind} empty.");

    internal static MoveFailure NotAbsolute(DirectoryPlan directory) => Refused(
        $"The new place of {directory.Kind} is not a whole path: {directory.To}.", "Octopus would look for it below its home directory, octomove below the current folder.", Name);

    internal static MoveFailure Inside(DirectoryPlan directory, string other, string place) => Refused(
        $"The new place of {directory.Kind}, {directory.To}, and {place} ({other}) are the same or lie in each other.",
        "Files of both would be mixed, and cleaning up one would delete files of the other.", "Choose a place apart from all directories of the server.");

    internal static MoveFailure FarCopy() => Refused(
        "Copy:To sends the directories to another machine, but they stay on this one.", "Only the directories of this server move.", "Leave Copy:To empty.");

    private static MoveFailure Refused(string what, string why, string toDo) => new(new(FailureCause.Usage, what, why, [toDo]));
}
