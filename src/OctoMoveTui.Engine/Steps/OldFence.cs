using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The fence around the old database: read-only while its contents travel.</summary>
internal static class OldFence
{
    /// <summary>The statement, as a preview shows it.</summary>
    internal static string Shown(string script, MoveContext move) => SqlScript.Readable(Text(script, move));

    /// <summary>Puts it up.</summary>
    internal static async Task PutUpAsync(MoveContext move, CancellationToken cancel)
    {
        await SetAsync("set-read-only", move, cancel);
        move.Proof(Notes.Fenced);
    }

    /// <summary>Lifts it, if it is up.</summary>
    internal static async Task LiftAsync(MoveContext move, CancellationToken cancel)
    {
        if (!await IsWritableAsync(move, cancel))
            await SetAsync("set-read-write", move, cancel);
        move.Info(UndoNotes.Writable(move.Plan.Old.Database));
    }

    /// <summary>Whether the old database can be written to.</summary>
    internal static async Task<bool> IsWritableAsync(MoveContext move, CancellationToken cancel)
    {
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        var row = await session.FindDatabaseAsync(move.Plan.Old.Database, cancel) ?? throw CheckFailures.DatabaseMissing(move.Plan.Old.Database, sql.Name);
        return !row.IsReadOnly;
    }

    private static async Task SetAsync(string script, MoveContext move, CancellationToken cancel)
    {
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenMasterAsync(cancel);
        await session.ExecuteAsync(Text(script, move), cancel);
    }

    private static string Text(string script, MoveContext move) => SqlScript.Text(script, ("database", SqlScript.Quote(move.Plan.Old.Database)));
}
