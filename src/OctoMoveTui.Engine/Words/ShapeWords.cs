using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What moves, in words: for the question at the start, and wherever the shape of the move makes a difference.</summary>
internal static class ShapeWords
{
    /// <summary>The shape as it is written in the configuration and on the command line.</summary>
    internal static string Word(MoveShape shape) => shape switch
    {
        MoveShape.ServerAndDatabase => "server-and-database",
        MoveShape.DatabaseOnly => "database-only",
        MoveShape.ServerOnly => "server-only",
        MoveShape.FoldersOnly => "folders-only",
        _ => "rehearsal",
    };

    internal static ShapeChoice Choice(MoveShape shape) => shape switch
    {
        MoveShape.ServerAndDatabase => new(shape, "Server and database",
            "Both go to new machines.", "Backup, restore, the rest of the files, and a start on the new machine."),
        MoveShape.DatabaseOnly => new(shape, "Database only",
            "To another SQL Server; Octopus Server stays and is told the new place.", "Backup, restore and a restart."),
        MoveShape.ServerOnly => new(shape, "Server only",
            "Octopus Server goes to another machine; the database stays.", "The rest of the files, and a start on the new machine."),
        MoveShape.FoldersOnly => new(shape, "Folders only",
            "Single directories, or all of them, go elsewhere on the same server.", "The rest of the files and a restart."),
        _ => new(shape, "Rehearsal",
            "Everything is tried with a copy: a scratch database and a mute instance.", "None, the old server is never stopped."),
    };

    /// <exception cref="MoveFailure">There is no such shape.</exception>
    internal static MoveShape Parse(string word) => TheMove.Shapes.Where(each => Word(each).Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)).ToList() is [var shape]
        ? shape
        : throw new MoveFailure(new(
            FailureCause.Usage, $"There is no move of the shape \"{word.Trim()}\".", "",
            [$"The shapes are: {string.Join(", ", TheMove.Shapes.Select(Word))}. Put one of them into --shape, octomove.json (Shape) or OCTOMOVE_Shape."]));

    internal static MoveFailure OtherShape(MoveShape begun, MoveShape wanted, string folder) => new(new(
        FailureCause.Usage, $"The move in {folder} is \"{Word(begun)}\", not \"{Word(wanted)}\".",
        "It has changed something already, so it can't become another move.",
        [$"Go on with it: leave --shape out, or say --shape {Word(begun)}.", "For another move name another folder with --move."]));
}
