using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>A database of the new name that exists already: what would be lost with it, as far as this login may see.</summary>
internal static class DatabaseInTheWay
{
    /// <summary>What the person reads before typing its name.</summary>
    internal static async Task<string> DescribeLossAsync(SqlServer sql, SqlSession session, DatabaseRow row, CancellationToken cancel)
    {
        var sentences = new List<string> { Notes.OverwriteConsequence(row, sql.Name) };
        await TryAsync(async () =>
        {
            if (await session.FindRestoreAsync(row.Name, cancel) is { } restore)
                sentences.Add(BackupNotes.WasRestored(restore));
        });
        if (row.IsOnline)
        {
            await TryAsync(async () =>
            {
                await using var inside = await sql.OpenAsync(row.Name, cancel);
                var (isOctopus, tables) = (await inside.QueryAsync(
                    SqlScript.Text("recognise-octopus"), each => (each.Flag("is_octopus"), each.Number("tables")), cancel)).Single();
                sentences.Add(BackupNotes.Holds(isOctopus, tables, (await inside.ListFilesAsync(cancel)).Sum(each => each.Bytes)));
            });
            await TryAsync(async () =>
            {
                if (await session.FindSessionsAsync(row.Name, cancel) is { Count: > 0 } sessions)
                    sentences.Add(BackupNotes.CutsSessions(sessions));
            });
        }

        return string.Join(' ', sentences);
    }

    /// <summary>Brings it online again, if it is still there and offline: the restore that it was taken offline for did not come about.</summary>
    internal static async Task GiveBackAsync(MoveContext move, SqlServer sql)
    {
        var (database, text) = (move.Plan.New.Database, SqlScript.Text("set-online", ("database", SqlScript.Quote(move.Plan.New.Database))));
        try
        {
            await using var session = await sql.OpenMasterAsync(default);
            if (await session.FindDatabaseAsync(database, default) is not { IsOffline: true })
                return;
            await session.ExecuteAsync(text, default);
            move.Info(BackupNotes.GivenBack(database));
        }
        catch (MoveFailure)
        {
            move.Warn(BackupNotes.StillOffline(database, SqlScript.Readable(text)));
        }
    }

    // What can't be seen is left out: the sentence that matters stands anyway.
    private static async Task TryAsync(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (MoveFailure)
        {
        }
    }
}
