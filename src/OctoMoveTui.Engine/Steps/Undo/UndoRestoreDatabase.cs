using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The restored database is dropped, by its typed name, and only when it is proven to be this move's own restore: never one that was there before, nor
/// one that somebody restored since. Then the logins that were made for its users go, too.
/// </summary>
internal sealed class UndoRestoreDatabase : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, UndoWords.DropsDatabase(move.HasMarked(RestoreDatabase.TakenOffline) ? move.Plan.New.Database : null)),
        new(PreviewKind.Sql, SqlScript.Readable(Drop(move))),
        .. MadeLogins.Marked(move).Select(each => new PreviewLine(PreviewKind.Sql, SqlScript.Readable(MadeLogins.Drop(each)))),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        CheckNewServer.RefuseOldDatabase(move, await session.DescribeServerAsync(cancel));
        if (await FindOursAsync(move, sql, session, cancel) is { } ours)
        {
            await move.AskNameAsync(
                new TypeName(ours.Name, UndoWords.DropConsequence(ours, sql.Name), Destroys: true) { DropsDatabase = true }, cancel);

            // The answer may have taken an hour.
            if (await FindOursAsync(move, sql, session, cancel) is { } still && still.CreatedAt == ours.CreatedAt)
            {
                await session.ExecuteAsync(Drop(move), cancel);
                move.Info(UndoNotes.Dropped(still.Name, sql.Name));
            }
        }

        await MadeLogins.DropAsync(move, session, cancel);
    }

    public override async Task ProveAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.NewSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        if (await session.FindDatabaseAsync(move.Plan.New.Database, cancel) is { } row && await OurRestore.IsSurelyOursAsync(move, session, row, cancel))
            throw UndoFailures.DatabaseStays(row.Name, sql.Name);
        move.Proof(UndoNotes.NothingOfOursThere(move.Plan.New.Database, sql.Name));
    }

    // Null: nothing of ours is there, and that is said.
    private static async Task<DatabaseRow?> FindOursAsync(MoveContext move, SqlServer sql, SqlSession session, CancellationToken cancel)
    {
        if (await RestoreDatabase.WaitForRecoveryAsync(move, session, cancel) is not { } row)
            return null;
        if (await OurRestore.IsSurelyOursAsync(move, session, row, cancel))
            return row;

        // Ours was never restored over it: it only waits to be brought back.
        if (row.IsOffline && move.HasMarked(RestoreDatabase.TakenOffline))
            await DatabaseInTheWay.GiveBackAsync(move, sql);
        else
            move.Warn(UndoNotes.NotOurs(row.Name, sql.Name, SqlScript.Readable(Drop(move))));
        return null;
    }

    private static string Drop(MoveContext move) => SqlScript.Text("drop-database", ("database", SqlScript.Quote(move.Plan.New.Database)));
}
