using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Tasks that travelled in the database as executing, and that nothing works on any more: they block the queue and their projects (#4538, #3876).
/// </summary>
internal static class TaskLeftovers
{
    /// <summary>Those that another node than the one that answers began before the old server was stopped.</summary>
    internal static async Task<IReadOnlyList<RunningTask>> FindAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        if (move.Facts.Find<MaintenanceModeEntered>() is not { } entered)
            return [];
        var own = (await api.GetIdentityAsync(cancel)).Node;
        return [.. (await api.ListActiveTasksAsync(cancel)).Where(each =>
            each.State is "Executing" or "Cancelling" && each.Started < entered.Since && (own is null || each.Node is null || !IsOf(each.Node, own)))];
    }

    // A task names its node by its id, older servers by its name.
    private static bool IsOf(string node, string name) =>
        node.Equals(name, StringComparison.OrdinalIgnoreCase) || node.Equals("OctopusServerNodes-" + name, StringComparison.OrdinalIgnoreCase);
}
