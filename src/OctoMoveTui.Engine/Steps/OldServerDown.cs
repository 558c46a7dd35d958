using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What has to hold of the old server once it is stopped: that depends on what moves.</summary>
internal static class OldServerDown
{
    /// <summary>
    /// True when its service may run: it is not stopped in this move, or the same service is started again, with its new database or its
    /// new places.
    /// </summary>
    internal static bool MayRun(MoveContext move) =>
        !move.Plan.Shape.StopsOldServer() || (move.Plan.Shape.KeepsInstance() && move.HasBegun(StartServerAgain.Word));

    /// <summary>What was proven, in words; null when nothing has to be.</summary>
    internal static string? Proven(MoveContext move) => move.Plan.Shape switch
    {
        MoveShape.Rehearsal => null,
        var shape when MayRun(move) => shape.FencesDatabase() ? ShapeNotes.OldDatabaseReadOnly(move.Plan.Old.Database) : null,
        var shape => shape.FencesDatabase() ? Notes.OldServerStillDown(move.Plan.Old.Service) : ShapeNotes.ServiceStillDown(move.Plan.Old.Service),
    };
}
