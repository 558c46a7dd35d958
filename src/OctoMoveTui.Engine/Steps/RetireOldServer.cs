using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// After the guide: the old server's node is taken off the list (it counts against the licence), the old server is proven to be down for
/// good, and what octomove can't do is said.
/// </summary>
public sealed class RetireOldServer : MoveStep<OldServerRetired>
{
    /// <inheritdoc/>
    public override StepId Id => new("retire-old-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.RetireOldServer;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.AfterReturn;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Removes the old server's node from the list, proves once more that the old server is stopped, disabled and its database "
            + "read-only, and lists what is left for you."),
        new(PreviewKind.Request, OctopusApi.Shown.RemoveNode),
        move.Command(move.Plan.Old.Sc, ["queryex", move.Plan.Old.Service]),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<OldServerRetired> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);
        move.Proof(Notes.OldServerStillDown(move.Plan.Old.Service));

        using var api = await move.NewApiAsync(cancel);
        var (removed, stale) = await StaleNodes.RemoveAsync(move, api, cancel);

        var left = new List<string> { Notes.PointDns(move.Plan.Old.Url, move.Plan.New.Url) };
        if (stale.Count > 0)
            left.Add(ClusterNotes.RemoveByHand(stale));
        var polling = 0L;
        foreach (var space in await api.ListSpacesAsync(cancel))
            polling += await api.CountPollingTentaclesAsync(space.Id, cancel);
        if (polling > 0)
            left.Add(Notes.PollingTentacles(polling));
        // Octopus counts the tasks of a node that is removed as failed; what is left now has to be cancelled by hand.
        if (await TaskLeftovers.FindAsync(move, api, cancel) is { Count: > 0 } leftovers)
            left.Add(TaskWords.Leftovers(move.Plan.New.Url, leftovers));
        foreach (var each in left)
            move.Warn(each);
        var retired = new OldServerRetired(removed, left);
        OctopusReceiptWriting.Write(move, retired: retired);
        return retired;
    }
}
