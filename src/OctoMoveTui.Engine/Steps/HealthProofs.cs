using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>How the new server finds that it is: its health, its nodes, and its own check of its database.</summary>
internal static class HealthProofs
{
    private const ProofTopic Topic = ProofTopic.Health;

    internal static async Task MakeAsync(MoveContext move, OctopusApi api, ProofList proofs, CancellationToken cancel)
    {
        // Where nothing had to be re-indexed the node is still drained, as it should be: then it takes no task, and users are let in without.
        var own = (await api.GetIdentityAsync(cancel)).Node;
        var drained = await FinalGate.FindDrainedAsync(move, api, cancel);
        var waits = drained.Any(each => each.Name == own);
        await HealthAsync(move, api, proofs, waits, cancel);
        foreach (var node in drained)
        {
            proofs.Told(
                Topic, ProofWords.NodeNamed(node.Name), "", node.IsOffline ? "drained, offline" : "drained",
                node.Name == own ? ProofWords.DrainedUntilTheEnd(node.Name) : node.IsOffline ? ProofWords.DrainedOffline(node.Name) : ProofWords.StillDrained(node.Name));
        }

        if (waits)
            proofs.Told(Topic, ProofWords.Integrity, "", "", ProofWords.IntegrityLater);
        else
            await IntegrityAsync(move, api, proofs, cancel);
    }

    // Read-only may be the word for maintenance mode, and the licence counts the old server's node until it is retired: both are to be known only.
    private static async Task HealthAsync(MoveContext move, OctopusApi api, ProofList proofs, bool waits, CancellationToken cancel)
    {
        if (await api.FindHealthAsync(cancel) is not { } health)
            proofs.Told(Topic, ProofWords.Health, "", "", ProofWords.NoHealth);
        else if (health.IsNormal)
            proofs.Holds(Topic, ProofWords.Health, "", health.Description, ProofWords.Healthy);
        else if (health.IsDraining && waits)
            proofs.Told(Topic, ProofWords.Health, "", health.Description, ProofWords.NotNormalWhileDrained(health));
        else if (health is { IsDraining: false } and ({ IsBeyondLicence: true } or { IsReadOnly: true }))
            proofs.Told(Topic, ProofWords.Health, "", health.Description, ProofWords.NotNormalYet(health));
        else
            proofs.Differs(Topic, ProofWords.Health, "", health.Description, ProofFailures.NotHealthy(move.Plan.New.Url, health));
    }

    private static async Task IntegrityAsync(MoveContext move, OctopusApi api, ProofList proofs, CancellationToken cancel)
    {
        var (task, refusal) = await api.CheckIntegrityAsync(cancel);
        if (task is null)
        {
            proofs.Told(Topic, ProofWords.Integrity, "", "", ProofWords.NoIntegrityCheck(refusal));
            return;
        }

        var meter = move.Meter("Checking the database's schema", ProgressUnit.Items);
        for (var began = move.Time.GetTimestamp(); ;)
        {
            var (state, error) = await api.GetTaskAsync(task, cancel);
            switch (state)
            {
                case "Success":
                    proofs.Holds(Topic, ProofWords.Integrity, "", $"{task}: {state}", ProofWords.IntegrityHolds(task));
                    return;
                case "Failed" or "Canceled" or "TimedOut":
                    proofs.Differs(Topic, ProofWords.Integrity, "", $"{task}: {state}", ProofFailures.IntegrityFailed(task, state, error, move.Plan.New.Url));
                    return;
                case "Queued" when move.Time.GetElapsedTime(began) > move.Timing.ServerStart:
                    proofs.Differs(Topic, ProofWords.Integrity, "", $"{task}: {state}", ProofFailures.NobodyTakesTasks(task, move.Plan.New.Url));
                    return;
            }

            meter.Report(0, null, $"{task}: {state}");
            await move.PauseAsync(cancel);
        }
    }
}
