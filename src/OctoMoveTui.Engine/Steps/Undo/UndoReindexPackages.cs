using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>From the moment that the node took tasks, queued ones ran here: they are noted, so that the old server does not do them again.</summary>
internal sealed class UndoLetTasksRun : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => !move.Plan.Shape.FencesDatabase()
        ? [new(PreviewKind.Words, UndoWords.TasksStayDone)]
        :
        [
            new(PreviewKind.Words, UndoWords.NotesTasks),
            new(PreviewKind.Sql, SqlScript.Readable(SqlScript.Text("find-tasks-begun-since"))),
        ];

    public override Task RunAsync(MoveContext move, CancellationToken cancel) => RanMeanwhile.RememberAsync(move, cancel);
}
