using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What the world is asked again, right before a step that could do harm if it had changed since: by a colleague, a policy, a watchdog. The runner asks after the
/// person has confirmed the step, for that may have taken an hour, and before the journal says that it has begun. docs/drift.md has the table for people.
/// </summary>
internal static class Drift
{
    private static readonly IReadOnlyList<DriftGuard> OldServer = [DriftGuard.OldService, DriftGuard.OldProcess, DriftGuard.OldDatabase, DriftGuard.OldSessions];

    /// <summary>Which step relies on what; in the order in which it is asked.</summary>
    internal static IReadOnlyDictionary<StepId, IReadOnlyList<DriftGuard>> Guards { get; } = new Dictionary<StepId, IReadOnlyList<DriftGuard>>
    {
        [new RestoreDatabase().Id] = [DriftGuard.OldDatabase, DriftGuard.OldSessions],
        [new CreateInstance().Id] = [DriftGuard.OldDatabase, DriftGuard.OldSessions, DriftGuard.NewDatabase, DriftGuard.NewService],
        [new AttachDatabase().Id] = [.. OldServer, DriftGuard.NewDatabase],
        [new PlaceDirectories().Id] = [DriftGuard.OldDatabase, DriftGuard.OldSessions, DriftGuard.NewDatabase, DriftGuard.NewService],
        [new StartNewServer().Id] = [.. OldServer, DriftGuard.NewDatabase, DriftGuard.NewService, DriftGuard.NewInstance, DriftGuard.SourceFiles],
        [new StartServerAgain().Id] = [.. OldServer, DriftGuard.NewDatabase, DriftGuard.NewInstance, DriftGuard.SourceFiles],
        [new LeaveMaintenanceMode().Id] = [.. OldServer, DriftGuard.NewDatabase, DriftGuard.NewInstance],
        [new RetireOldServer().Id] = OldServer,
    };

    /// <summary>Asks all that this step relies on.</summary>
    /// <exception cref="MoveFailure">Something is not as it was; nothing was done.</exception>
    internal static async Task AskAsync(MoveContext move, StepId step, CancellationToken cancel)
    {
        if (!Guards.TryGetValue(step, out var guards))
            return;
        var asked = new List<string>();
        foreach (var guard in guards)
        {
            if (await guard.Ask(move, cancel))
                asked.Add(guard.What);
        }

        if (asked.Count > 0)
            move.Proof(DriftWords.AsItWas(asked));
    }
}
