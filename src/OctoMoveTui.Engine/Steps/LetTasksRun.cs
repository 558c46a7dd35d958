using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Where nothing is re-indexed: the node takes tasks again before the server is asked to check itself, which is a task, too. Users are still locked out.
/// </summary>
public sealed class LetTasksRun : MoveStep<TasksLetRun>
{
    /// <inheritdoc/>
    public override StepId Id => new("let-tasks-run");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.LetTasksRun;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => [UndoWords.TasksThatRan(move.Plan.Shape)]);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var lines = new List<PreviewLine> { new(PreviewKind.Words, "Lets the node take tasks again. Users are still locked out.") };
        if (move.Facts.Find<TasksFinished>() is { StillQueued: > 0 } tasks)
            lines.Add(new PreviewLine(PreviewKind.Words, Notes.QueuedStartNow(tasks.Queued)));
        lines.Add(new PreviewLine(PreviewKind.Request, OctopusApi.Shown.UndrainNodes));
        return lines;
    }

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<TasksLetRun> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        await ReindexPackages.UndrainAsync(move, api, cancel);
        return new TasksLetRun((await api.GetIdentityAsync(cancel)).Node ?? "");
    }
}
