using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Before the outage, optional: the bulk of guide step 7 while Octopus still works, so that the outage only copies the difference.</summary>
public sealed class CopyDirectoriesAhead : MoveStep<DirectoriesCopiedAhead>
{
    /// <inheritdoc/>
    public override StepId Id => new("copy-directories-ahead");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CopyDirectoriesAhead;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(DirectoryCopying.LeftFiles);

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Copies the directories while Octopus still works; users notice nothing. Inside the outage only what changed since is copied."),
        .. DirectoryCopying.Preview(move, isSourceLive: true),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing switch
        {
            Journal.JournalStanding.Finished => new StepProbe.CannotTell(),

            // Once the outage has begun there is nothing to be gained by copying ahead of it.
            _ when move.Facts.Find<MaintenanceModeEntered>() is not null => new StepProbe.NotNeeded("the outage has begun"),
            _ => new StepProbe.NotDone(),
        });

    /// <inheritdoc/>
    public override async Task<DirectoriesCopiedAhead> RunAsync(MoveContext move, CancellationToken cancel) =>
        new(await DirectoryCopying.CopyAllAsync(move, isSourceLive: true, cancel));
}
