using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>What steps say where the shape of the move makes a difference.</summary>
internal static class ShapeNotes
{
    internal const string StopAndFence = "Disables the watchdog, stops the service and disables it, waits until its process and all other sessions are gone, and sets "
        + "the old database read-only.";

    internal const string StopOnly = "Disables the watchdog, stops the service and disables it, and waits until its process and all other sessions on the database are "
        + "gone. The database stays as it is: it is used again.";

    internal static string OldDatabaseReadOnly(string database) => $"The old database {database} is read-only: nobody can write to it any more.";

    internal static string ServiceStillDown(string service) => $"{service} on the old server is stopped and disabled. Its database is not read-only: it stays in use.";

    internal static string ServiceEnabled(string service, string startType) => $"{service} may start again (start type {startType}).";

    internal static string WatchdogOn(string task) => $"The scheduled task \"{task}\" is enabled again.";

    internal static string Attached(string instance, string database) => $"The instance {instance} is attached to {database}.";

    internal static string WayBack(string command) => $"The way back is the same command with the old connection string: {command}";

    internal static string PointOfNoReturn(MovePlan plan) => plan.Shape switch
    {
        MoveShape.DatabaseOnly =>
            $"Users begin to work on the new database. Going back to {ConnectionStrings.Read(plan.Old.ConnectionString)} afterwards loses what they do from now on.",
        MoveShape.ServerOnly =>
            $"Users begin to work on {plan.New.Url}. The database is the same, but going back to the old server afterwards loses the files written from now on: "
            + "packages, artifacts and task logs.",
        MoveShape.FoldersOnly =>
            "Users begin to work. Going back to the old directories afterwards loses the files written from now on: packages, artifacts and task logs.",
        _ => Notes.PointOfNoReturn(plan.New.Url),
    };
}
