using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Tasks that were queued on the old server, travelled in the database, and ran on the new one. The old database has them as queued still: taken back
/// without a word they would run a second time. What the new one did is read while its database is there, and remembered until the old server's nodes
/// take tasks again.
/// </summary>
internal static class RanMeanwhile
{
    private const string Ran = "ran-on-new ";

    private static readonly StepId Keeper = new("enter-maintenance-mode");

    // A second apart is the same moment: the API gives thousandths, the database more.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>Reads which tasks the new server began, and remembers them.</summary>
    internal static async Task RememberAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.Plan.Shape.FencesDatabase() || move.Facts.Find<MaintenanceModeEntered>() is not { } entered)
            return;

        // Whatever has a time at which it began and is queued in the old database ran here. A day more, for clocks that differ: it only keeps the list short.
        var since = entered.Since - TimeSpan.FromDays(1);
        var sql = await move.NewSqlAsync(cancel);
        await using (var master = await sql.OpenMasterAsync(cancel))
        {
            if (await master.FindDatabaseAsync(move.Plan.New.Database, cancel) is not { IsOnline: true })
                return;
        }

        await using var session = await sql.OpenAsync(move.Plan.New.Database, cancel);
        var began = await session.QueryAsync(
            SqlScript.Text("find-tasks-begun-since"), row => (Id: row.Text("id"), Queued: row.InstantOrNull("queued"), State: row.Text("state")), cancel, ("@since", since));
        var keeper = move.As(Keeper);
        foreach (var (id, queued, state) in began)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"{Ran}{id} {queued?.UtcDateTime:O} {state}");
            if (!keeper.HasMarked(mark))
                keeper.Mark(mark);
        }
    }

    /// <summary>Asks about those that the old server would do again, before any of its nodes takes a task.</summary>
    internal static async Task CancelAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var ran = move.As(Keeper).Journalled.Marks.Where(each => each.StartsWith(Ran, StringComparison.Ordinal)).Select(each => each[Ran.Length..].Split(' ')).ToList();
        if (ran.Count == 0)
            return;
        string? problem = null;
        while ((await api.ListActiveTasksAsync(cancel)).Where(each => ran.Exists(other => IsSame(each, other))).ToList() is { Count: > 0 } twice)
        {
            foreach (var task in twice)
                move.Warn(UndoNotes.RanOnNew(task, ran.Find(each => IsSame(task, each))![2]));
            if (!api.HasKey)
            {
                await move.AskAsync(new DoByHand(UndoNotes.CancelByHand([.. twice.Select(each => each.Id)]), [UndoNotes.HowToCancel]), cancel);
                continue;
            }

            var choices = new TaskChoice[]
            {
                new(TaskDecision.Cancel, UndoNotes.CancelRan) { Typed = TasksLeft.Everything },
                new(TaskDecision.GoOn, UndoNotes.RunTwice) { Typed = move.Plan.Old.Instance },
            };
            if (await move.AskAsync(new DecideOnTasks(TasksReason.RanOnNewServer, twice, choices) { Problem = problem }, cancel) is not TasksDecided decided)
                continue;
            if (decided.Decision == TaskDecision.GoOn)
            {
                if (decided.Typed.Trim() == move.Plan.Old.Instance)
                    return;
                problem = TaskWords.TypedAnother(move.Plan.Old.Instance);
                continue;
            }

            var left = new TasksLeft(twice, move.Time.GetUtcNow());
            var named = left.Named(decided.Typed);
            problem = named is { Count: > 0 } ? null : TaskWords.NotNamed(decided.Typed);
            foreach (var task in named ?? [])
            {
                await api.CancelTaskAsync(task.Id, cancel);
                move.Info(TaskWords.CancelAsked(task));
            }
        }
    }

    // The old server may give a new task the number that the new one gave to a task of its own: the time of queueing tells them apart.
    private static bool IsSame(RunningTask task, string[] ran) =>
        task.State is "Queued" or "New" && task.Id == ran[0]
        && (ran[1].Length == 0 || task.Queued is not { } queued
            || (queued - DateTimeOffset.Parse(ran[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).Duration() <= Rounding);
}
