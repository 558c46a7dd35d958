using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Whether the new server is as locked as the old one was left.</summary>
internal static class UserLock
{
    /// <summary>True in maintenance mode. Where somebody went on without it there is nothing to hold, but the drained node.</summary>
    internal static async Task<bool> HoldsAsync(MoveContext move, OctopusApi api, CancellationToken cancel) =>
        move.Facts.Find<MaintenanceModeEntered>() is { DrainOnly: true } || await api.IsInMaintenanceModeAsync(cancel);
}
