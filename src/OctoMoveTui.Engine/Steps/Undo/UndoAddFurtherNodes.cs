using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The further nodes of the new cluster: stopped and disabled by people on their machines; octomove waits until the database shows them gone.</summary>
internal sealed class UndoAddFurtherNodes : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => move.Plan.New.FurtherNodes.Count == 0 ? [] :
    [
        new(PreviewKind.Words, UndoWords.StopsFurtherNodes(move.Plan.New.FurtherNodes)),
        .. Commands(move).Select(each => new PreviewLine(PreviewKind.Command, each)),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.New.FurtherNodes.Count == 0)
            return;
        var look = await LookAsync(move, cancel);
        var there = move.Plan.New.FurtherNodes
            .Where(name => look.SessionsOf(name).Any() || look.Nodes.Any(each => each.IsCalled(name) && (OldNodes.AtTheEnd(move, name) is not { } old || each.LastSeen > old.LastSeen)))
            .ToList();
        if (there.Count == 0)
            return;

        var commands = Commands(move);
        foreach (var name in there)
            move.Warn(ClusterNotes.StopThere(name, commands));
        OtherMachines.Write(move, [.. there.Select(each => (each, commands))]);
        move.Warn(UndoNotes.WaitsForFurtherNodes(move.Time.GetUtcNow() + move.Timing.OtherNodes));
        await NodeWatch.WaitUntilGoneAsync(move, look, there, () => LookAsync(move, cancel), left => UndoFailures.FurtherNodesStay(left, move.Timing.OtherNodes), cancel);
    }

    private static IReadOnlyList<string> Commands(MoveContext move) =>
    [
        move.Command(move.Plan.New.Sc, move.NewService.Disable).Text,
        move.Command(move.NewExe, move.NewExe.UninstallService).Text,
        move.Command(move.NewExe, move.NewExe.DeleteInstance).Text,
    ];

    private static async Task<NodesLook> LookAsync(MoveContext move, CancellationToken cancel) =>
        await NodesLook.AtAsync(await move.NewSqlAsync(cancel), move.Plan.New.Database, cancel);
}
