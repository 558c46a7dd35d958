using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Logins that this move made on the new SQL Server. Each is marked before it is made, and only when none of that name was seen; they are kept with the
/// restored database, whose users they are for, and go after it: a login that owns a database can't be dropped.
/// </summary>
internal static class MadeLogins
{
    private const string Made = "login ";

    private static readonly StepId Keeper = new("restore-database");

    /// <summary>Remembers, on disk, that this login is about to be made.</summary>
    internal static void Keep(MoveContext move, string login)
    {
        var keeper = move.As(Keeper);
        if (!keeper.HasMarked(Made + login))
            keeper.Mark(Made + login);
    }

    /// <summary>Those that were, or were about to be, made.</summary>
    internal static IEnumerable<string> Marked(MoveContext move) =>
        move.As(Keeper).Journalled.Marks.Where(each => each.StartsWith(Made, StringComparison.Ordinal)).Select(each => each[Made.Length..]).Order(StringComparer.Ordinal);

    /// <summary>The statement.</summary>
    internal static string Drop(string login) => SqlScript.Text("drop-login", ("login", SqlScript.Quote(login)));

    /// <summary>Drops them. One that can't be dropped is left, and said: somebody uses it for something else by now.</summary>
    internal static async Task DropAsync(MoveContext move, SqlSession session, CancellationToken cancel)
    {
        foreach (var login in Marked(move))
        {
            try
            {
                if (!await session.HasLoginAsync(login, cancel))
                    continue;
                await session.ExecuteAsync(Drop(login), cancel);
                move.Info(UndoNotes.LoginDropped(login));
            }
            catch (MoveFailure failure) when (SqlFailures.NumberOf(failure) is not null)
            {
                move.Warn(UndoNotes.LoginStays(login, SqlScript.Readable(Drop(login)), failure.Report.Raw ?? ""));
            }
        }
    }
}
