using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said where only directories move.</summary>
internal static class FolderWords
{
    internal const string BeforeStartPreviewed = "Proves, before the server starts again: it is still down; version, schema, key and database are as they were; the paths in the database "
        + "are the new ones, and a file can be written and deleted there; every copied file is there, by ";

    internal const string PackagesStay = "the packages stay where they are";

    internal const string BaseHelp = "Each directory that lies in the home directory moves below this one; empty = only those named below move.";

    internal static (string Label, string Help) Field(string kind) => ($"New {kind}", $"Where {kind} goes, a whole path; empty = below the new base folder, or it stays.");

    internal static string WayBack(string command) => $"The way back, with the server stopped: {command}";

    internal static string Stays(string kind, string place) => $"{kind} stays where it is: {place}. Nothing is copied.";

    internal static string Done(IEnumerable<DirectoryPlan> moved) =>
        "The move is finished. Octopus Server works with the directories in their new places. The old ones are as they were; nothing uses them any more, delete them when you are sure: "
        + string.Join(", ", moved.Select(each => each.From)) + ".";
}
