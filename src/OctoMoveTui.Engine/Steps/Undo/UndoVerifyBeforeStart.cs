using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The proof that nothing but copies lies in the new directories is gone with the server's start: what it wrote there since is taken out of them.</summary>
internal sealed class UndoVerifyBeforeStart : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => !WasProven(move) ? [] :
        [.. move.Plan.DirectoriesToCopy.Take(1).Select(_ => new PreviewLine(PreviewKind.Words, UndoWords.CollectsFiles(move.Plan.Shape, move.Folder.WrittenOnNew(""))))];

    public override Task RunAsync(MoveContext move, CancellationToken cancel) => WasProven(move) ? WrittenMeanwhile.CollectAsync(move, cancel) : Task.CompletedTask;

    // Before that, what lies there may be anybody's.
    private static bool WasProven(MoveContext move) => move.Facts.Find<ProvenBeforeStart>() is not null;
}
