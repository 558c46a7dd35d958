using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Guide step 7: Artifacts, TaskLogs, Packages, EventExports and Imports, by their configured paths. What was copied ahead is not copied again.</summary>
public sealed class CopyDirectories : MoveStep<DirectoriesCopied>
{
    /// <inheritdoc/>
    public override StepId Id => new("copy-directories");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CopyDirectories;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(DirectoryCopying.LeftFiles);

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Copies each directory, hashing every file on the way; caches, telemetry and the config file are left behind."),
        .. DirectoryCopying.Preview(move, IsSourceLive(move)),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing switch
        {
            Journal.JournalStanding.Finished when ToolCopying.WantedAgain(move) is { } why => new StepProbe.WantedAgain(why),

            // Proven file by file in verify-before-start; afterwards the new server itself writes there.
            Journal.JournalStanding.Finished => new StepProbe.CannotTell(),
            Journal.JournalStanding.Started => new StepProbe.HalfDone(Notes.CopyGoesOn),
            _ => new StepProbe.NotDone(),
        });

    /// <inheritdoc/>
    public override async Task<DirectoriesCopied> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);
        if (move.CopyTool is { } tool && ToolCopying.WantedAgain(move) is not null)
            await ToolCopying.CopyWantedAgainAsync(move, tool, cancel);
        return new DirectoriesCopied(await DirectoryCopying.CopyAllAsync(move, IsSourceLive(move), cancel));
    }

    private static bool IsSourceLive(MoveContext move) => !move.Plan.Shape.StopsOldServer();
}
