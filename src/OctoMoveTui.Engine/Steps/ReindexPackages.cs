using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 8: re-index the built-in package repository, one task a space. Only now, with every file proven: a re-index deletes the rows of
/// packages whose file is missing.
/// </summary>
public sealed class ReindexPackages : MoveStep<PackagesReindexed>
{
    /// <inheritdoc/>
    public override StepId Id => new("reindex-packages");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.ReindexPackages;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var lines = new List<PreviewLine>
        {
            new(PreviewKind.Words, "Lets the new node take tasks, then re-indexes the built-in package repository of each space and compares the number of packages."),
        };

        // An index is made by a task, and a node that takes that one takes all: whoever says yes must know.
        if (move.Facts.Find<TasksFinished>() is { StillQueued: > 0 } tasks)
            lines.Add(new PreviewLine(PreviewKind.Words, Notes.QueuedStartNow(tasks.Queued)));
        lines.AddRange(move.Secrets.IsWithoutApiKey
            ? [move.Command(move.NewExe, move.NewExe.Undrain), new PreviewLine(PreviewKind.Words, ByHandWords.ReindexByHand)]
            : [new PreviewLine(PreviewKind.Request, OctopusApi.Shown.UndrainNodes), new PreviewLine(PreviewKind.Request, OctopusApi.Shown.Reindex)]);
        return lines;
    }

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<PackagesReindexed> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        await UndrainAsync(move, api, cancel);

        var (spaces, tasks) = (await api.ListSpacesAsync(cancel), new List<string>());
        var meter = move.Meter("Re-indexing packages", ProgressUnit.Items);
        foreach (var space in spaces)
        {
            meter.Report(tasks.Count, spaces.Count, space.Name);
            var before = await api.CountPackagesAsync(space.Id, cancel);
            if (await api.ReindexAsync(space.Id, cancel) is not { } task)
                continue;
            await WaitForTaskAsync(move, api, task, cancel);

            var after = await api.CountPackagesAsync(space.Id, cancel);
            if (after < before)
                throw OctopusFailures.Differs($"The number of packages in {space.Name}", $"{before}", $"{after}");
            move.Proof(Notes.Reindexed(space.Name, after));
            tasks.Add(task);
        }

        meter.Report(tasks.Count, spaces.Count);
        return new PackagesReindexed(tasks);
    }

    /// <summary>
    /// A node that is drained takes no task, the re-index neither. The drain flags travelled in the database: a new node that has the old one's
    /// name comes up drained. Only the node that answers is changed; the old server's row stays as it is until it is removed.
    /// </summary>
    internal static async Task UndrainAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var own = (await api.GetIdentityAsync(cancel)).Node;
        var drained = (await api.ListNodesAsync(cancel)).Where(each => each.IsDraining && (own is null ? !each.IsOffline : each.Name == own)).ToList();
        if (drained.Count > 0)
            await WakingUp.TellAsync(move, api, cancel);
        foreach (var node in drained)
        {
            await api.SetDrainAsync(node.Id, false, cancel);
            move.Info(Notes.Undrained(node.Name));
        }
    }

    private static async Task WaitForTaskAsync(MoveContext move, OctopusApi api, string id, CancellationToken cancel)
    {
        while (true)
        {
            var (state, error) = await api.GetTaskAsync(id, cancel);
            if (state == "Success")
                return;
            if (state is "Failed" or "Canceled" or "TimedOut")
                throw OctopusFailures.TaskFailed(id, state, error);
            await move.PauseAsync(cancel);
        }
    }
}
