using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Engine.Words;

/// <summary>How each shape of a move ends.</summary>
internal static class ShapeEndings
{
    internal static string Done(MovePlan plan) => plan.Shape switch
    {
        MoveShape.DatabaseOnly =>
            $"The move is finished. Octopus Server works on {ConnectionStrings.Read(plan.New.ConnectionString)}; the old database, {ConnectionStrings.Read(plan.Old.ConnectionString)}, "
            + "is read-only and can be dropped when you are sure.",
        MoveShape.ServerOnly =>
            "The move is finished. Users work on the new server; the old one is stopped and disabled. The database is where it was: never start the old server on it again.",
        MoveShape.FoldersOnly =>
            FolderWords.Done(plan.DirectoriesToCopy),
        _ => "The move is finished. Users work on the new server; the old one is stopped, disabled and its database read-only.",
    };
}
