using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What was carried over is deleted again: it is a copy, and its name holds the id of the move, which no other file has.</summary>
internal sealed class UndoBringBackupOver : StepUndo
{
    private static readonly string[] Parts = ["", ".octomove.part", ".octomove.blocks"];

    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
        [.. BringBackupOver.Ways(move).Select(each => new PreviewLine(PreviewKind.Path, UndoWords.Deleted(each.To)))];

    public override Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        foreach (var file in BringBackupOver.Ways(move).SelectMany(each => Parts.Select(part => each.To + part)).Where(File.Exists))
        {
            try
            {
                Disk.Delete(file);
                move.Info(UndoWords.Deleted(file));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw UndoFailures.FileStays(file, error);
            }
        }

        return Task.CompletedTask;
    }
}
