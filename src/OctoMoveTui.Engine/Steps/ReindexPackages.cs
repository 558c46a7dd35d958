using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 8: re-index the built-in package repository, one task a space. Only now, with every file proven: a re-index deletes the rows of
/// packages whose file is missing. A task that the server began by itself is followed in place of another one.
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
    public override StepUndo Undo { get; } = StepUndo.Stays(move => [UndoWords.TasksThatRan(move.Plan.Shape)]);

    /// <summary>The index travelled in the database: where no package file lies without a row, nothing is gained by making it anew.</summary>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var lines = new List<PreviewLine>
        {
            new(PreviewKind.Words, "Lets the new node take tasks, then re-indexes the built-in package repository of each space, or follows the re-index that it began by itself. "
                + "Every package that has its file must be listed afterwards."),
        };
        var forecast = ReindexForecast.Find(move);
        lines.AddRange(forecast.Select(each => new PreviewLine(PreviewKind.Words, ReindexWords.Forecast(each))));
        lines.Add(new PreviewLine(PreviewKind.Words, forecast.Count == 0
            ? ReindexWords.NoForecast
            : ReindexWords.Estimate(forecast.Sum(each => each.Rows + each.Orphans), forecast.Sum(each => each.Bytes))));

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
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell()
            : move.Plan.Shape.KeepsInstance() && move.Plan.DirectoriesToCopy.All(each => each.Kind != OctopusDirectories.Packages)
                ? new StepProbe.NotNeeded(FolderWords.PackagesStay)
            : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<PackagesReindexed> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await ReindexForecast.AcceptAsync(
            move, ReindexForecast.Find(move).Sum(each => each.WithoutFile), indexing: null, move.Folder.AgreementOf(Side.New), cancel);
        using var api = await move.NewApiAsync(cancel);
        await UndrainAsync(move, api, cancel);

        var (tasks, left) = await new ReindexTasks(move, api).RunAsync(cancel);
        var done = tasks.Except(left).ToList();
        IReadOnlyList<SpaceReindexed> spaces = [];
        try
        {
            if (done.Count > 0)
                spaces = await ReindexComparison.CompareAsync(move, done, cancel);
        }
        catch (MoveFailure)
        {
            // The file may come back: Retry indexes again, and does not take the old task for the answer.
            ReindexTasks.Forget(move, done);
            throw;
        }

        if (left.Count > 0)
            move.Warn(ReindexWords.Left(left));
        return new PackagesReindexed([.. tasks.Select(each => each.Task)]) { Spaces = spaces, StillRunning = left };
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
}
