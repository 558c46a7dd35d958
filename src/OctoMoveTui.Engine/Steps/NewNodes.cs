using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The server nodes that the plan has for the new server.</summary>
internal static class NewNodes
{
    /// <summary>All of them, the one that this move creates first.</summary>
    internal static IReadOnlyList<string> Names(MoveContext move) => [FirstName(move), .. move.Plan.New.FurtherNodes];

    /// <summary>The node that this move creates: as planned, else called like its machine.</summary>
    internal static string FirstName(MoveContext move) => move.Plan.New.NodeName.Length > 0 ? move.Plan.New.NodeName : move.Plan.New.Machine;
}
