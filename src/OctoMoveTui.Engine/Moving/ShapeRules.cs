namespace OctoMoveTui.Engine.Moving;

/// <summary>What the shape of a move means, asked by name: no step has to know the shapes one by one.</summary>
public static class ShapeRules
{
    /// <summary>The database is backed up and restored under another name or on another SQL Server.</summary>
    public static bool BringsDatabase(this MoveShape shape) => shape is MoveShape.ServerAndDatabase or MoveShape.DatabaseOnly or MoveShape.Rehearsal;

    /// <summary>The old instance and its service go on as they are, with another database or other directories.</summary>
    public static bool KeepsInstance(this MoveShape shape) => shape is MoveShape.DatabaseOnly or MoveShape.FoldersOnly;

    /// <summary>The directories are copied.</summary>
    public static bool CopiesDirectories(this MoveShape shape) => shape != MoveShape.DatabaseOnly;

    /// <summary>Directories go to other places of the same server, and nothing else changes.</summary>
    public static bool MovesFoldersOnly(this MoveShape shape) => shape == MoveShape.FoldersOnly;

    /// <summary>The old server is stopped: there is an outage.</summary>
    public static bool StopsOldServer(this MoveShape shape) => shape != MoveShape.Rehearsal;

    /// <summary>
    /// The old database is set read-only before the backup, so that nobody can write to it afterwards. Where the database stays, the new server
    /// writes to it: then it can't be.
    /// </summary>
    public static bool FencesDatabase(this MoveShape shape) => shape.StopsOldServer() && shape.BringsDatabase();
}
