using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What can go wrong in moves whose shape is not server and database, in words.</summary>
internal static class ShapeFailures
{
    internal static MoveFailure AnotherDatabase(string database, string server, string oldDatabase, string oldServer) => new(new(
        FailureCause.CheckFailed, $"From the new server, the connection string leads to {database} on {server}; the old server works on {oldDatabase} on {oldServer}.",
        "The database stays where it is in this move, so both have to be the same. A name like (local) means another server on another machine.",
        ["Put the connection string as the new server needs it into New:ConnectionString.", "If the database is to move as well, this is not the right move: choose server and database."]));

    internal static MoveFailure NotTheSameContent(string database, string found, string old) => new(new(
        FailureCause.CheckFailed, $"The database {database} that the new server reaches was last run by Octopus Server {found}, the old server is {old}.",
        "It is probably a copy, or an old restore under the same name.", ["Put the connection string as the new server needs it into New:ConnectionString."]));
}
