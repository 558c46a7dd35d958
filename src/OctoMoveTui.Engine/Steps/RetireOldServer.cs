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
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Removes the old server's node from the list, proves once more that the old server is stopped and disabled"
            + (move.Plan.Shape.FencesDatabase() ? " and its database read-only" : "") + ", and lists what is left for you."),
        new(PreviewKind.Request, OctopusApi.Shown.RemoveNode),
        .. move.Plan.Old.Url == move.Plan.New.Url ? Array.Empty<PreviewLine>() : [new(PreviewKind.Request, OctopusApi.Shown.SetServerUri(move.Plan.Old.Url, move.Plan.New.Url))],
        move.Command(move.Plan.Old.Sc, ["queryex", move.Plan.Old.Service]),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<OldServerRetired> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);
        if (OldServerDown.Proven(move) is { } down)
            move.Proof(down);

        using var api = await move.NewApiAsync(cancel);
        var (removed, stale) = await StaleNodes.RemoveAsync(move, api, cancel);

        var left = new List<string> { Notes.PointDns(move.Plan.Old.Url, move.Plan.New.Url) };
        if (await AddFurtherNodes.FindMissingAsync(move, api, cancel) is { Count: > 0 } missing)
            left.Add(ClusterNotes.AddLater(missing));
        if (stale.Count > 0)
            left.Add(ClusterNotes.RemoveByHand(stale));
        await TellPollingAsync(move, api, left, cancel);
        await FitServerUriAsync(move, api, left, cancel);
        // Octopus counts the tasks of a node that is removed as failed; what is left now has to be cancelled by hand.
        if (await TaskLeftovers.FindAsync(move, api, cancel) is { Count: > 0 } leftovers)
            left.Add(TaskWords.Leftovers(move.Plan.New.Url, leftovers));
        left.AddRange(await ReindexAfterwards.StillToDoAsync(move, api, cancel));
        foreach (var each in left)
            move.Warn(each);
        var retired = new OldServerRetired(removed, left);
        OctopusReceiptWriting.Write(move, retired: retired);
        return retired;
    }

    // Asked anew: targets come and go, and the list is what people work with.
    private static async Task TellPollingAsync(MoveContext move, OctopusApi api, List<string> left, CancellationToken cancel)
    {
        if (!api.HasKey)
        {
            var count = 0L;
            foreach (var space in await api.ListSpacesAsync(cancel))
                count += await api.CountPollingTentaclesAsync(space.Id, cancel);
            if (count > 0)
                left.Add(Notes.PollingTentacles(count));
            return;
        }

        var polling = (await api.ListTargetsAsync(cancel)).Where(each => each.Polls || each.IsKubernetesAgent).ToList();
        if (polling.Count == 0)
            return;
        var old = (move.Facts.Find<OldServerChecked>()?.Surroundings ?? new OldSurroundings()) with { Polling = polling };
        if (!PollingTentacles.AddressChanges(move.Plan))
            left.Add(TentacleWords.PollingStays(polling, new Uri(move.Plan.New.Url).Host, old.WebSocketPrefix));
        else
            left.Add($"{TentacleWords.PollingMoves(polling)} {TentacleWords.PollingToDo(move.Plan, PollingTentacles.Write(move, old), "", [])[0]}");
    }

    // Previewed, and confirmed with the step. An address that is neither the old nor the new one is somebody's choice.
    private static async Task FitServerUriAsync(MoveContext move, OctopusApi api, List<string> left, CancellationToken cancel)
    {
        if (!api.HasKey || await api.FindServerUriAsync(cancel) is not { } uri || string.Equals(uri.TrimEnd('/'), move.Plan.New.Url, StringComparison.OrdinalIgnoreCase))
            return;
        if (!AroundWords.IsOldAddress(uri, move.Plan))
        {
            left.Add(AroundWords.ServerUriLeft(uri));
            return;
        }

        await api.SetServerUriAsync(move.Plan.New.Url, cancel);
        move.Info(AroundWords.ServerUriChanged(uri, move.Plan.New.Url));
    }
}
