namespace OctoMoveTui.Engine.Moving;

/// <summary>What moves, and what stays where it is. <see cref="TheMove.StagesOf"/> has the steps of each.</summary>
public enum MoveShape
{
    /// <summary>Octopus Server and its database: the guide "move the database and server".</summary>
    ServerAndDatabase,

    /// <summary>The database goes to another SQL Server; Octopus Server stays: the guide "move the database".</summary>
    DatabaseOnly,

    /// <summary>Octopus Server goes to another machine; the database stays: the guide "move the server".</summary>
    ServerOnly,

    /// <summary>Directories go to other places of the same server: the guide "moving Octopus Server folders".</summary>
    FoldersOnly,

    /// <summary>Everything is tried into a scratch database and a mute instance, while the old server works on.</summary>
    Rehearsal,
}
