using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The instance goes back to the old database: the same command with the old connection string.</summary>
internal sealed class UndoAttachDatabase : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.AttachesBack),
        move.Command(move.OldExe.File, move.OldExe.ChangeDatabase(AttachDatabase.Masked(move.Plan.Old.ConnectionString))),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (!AttachDatabase.Leads(await move.OldExe.ShowConfigurationAsync(cancel), move.Plan.Old.ConnectionString))
            await move.OldExe.RunAsync(move.OldExe.ChangeDatabase(await move.OldConnectionStringAsync(cancel)), cancel);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        var found = await move.OldExe.ShowConfigurationAsync(cancel);
        var (now, wanted) = ($"{Sql.ConnectionStrings.Read(found.ConnectionString)}", $"{Sql.ConnectionStrings.Read(move.Plan.Old.ConnectionString)}");
        if (!AttachDatabase.Leads(found, move.Plan.Old.ConnectionString))
            throw OctopusFailures.AttachedElsewhere(now, wanted);
        move.Proof(ShapeNotes.Attached(move.Plan.Old.Instance, now));
    }
}
