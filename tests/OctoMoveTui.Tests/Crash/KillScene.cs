using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Killed;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Crash;

/// <summary>What is killed, and what must be there in the end.</summary>
/// <param name="Command">What the real program is told.</param>
/// <param name="BeginAsync">What was before.</param>
/// <param name="FinishAsync">The same with the engine in this process.</param>
/// <param name="ShouldHaveEndedAsync">Looks at the end.</param>
internal sealed record KillScene(
    string[] Command, Func<KilledMove, Task> BeginAsync, Func<KilledMove, Task> FinishAsync, Func<KilledMove, IReadOnlyList<(KillOrder, JournalState)>, Task> ShouldHaveEndedAsync)
{
    // As their scripts begin.
    private const string Backup = "-- COPY_ONLY";
    private const string Restore = "-- WITH RECOVERY";

    /// <summary>A whole move.</summary>
    public static KillScene WholeMove { get; } = new(
        ["run", "--yes"],
        _ => Task.CompletedTask,
        async killed =>
        {
            killed.Move.Person = new APerson();
            (await killed.Move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, killed.Move.Person.Story);
        },
        async (killed, kills) =>
        {
            // What takes long is not done twice, unless it was cut off in the middle.
            killed.Move.BackupsTaken.Count.ShouldBe(1);
            killed.Begun(killed.Move.World.OldSql, Backup).ShouldBe(1 + CutOff(kills, Backup), "backups begun");
            killed.Begun(killed.Move.World.NewSql, Restore).ShouldBe(1 + CutOff(kills, Restore), "restores begun");
            await killed.Move.ShouldHaveMovedAsync();
        });

    /// <summary>A move that has started the new server is taken back.</summary>
    public static KillScene WholeUndo { get; } = new(
        ["undo", "--yes", "--drop-database", "Octopus"],
        async killed => (await killed.Move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, killed.Move.Person.Story),
        async killed =>
        {
            killed.Move.Person = new APerson();
            (await killed.Move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, killed.Move.Person.Story);
        },
        (killed, _) => killed.Move.ShouldBeTakenBackAsync());

    private static int CutOff(IReadOnlyList<(KillOrder Kill, JournalState)> kills, string statement) =>
        kills.Count(each => each.Kill.Moment == KillMoment.Within && each.Kill.Effect.Contains($": Statement: {statement}", StringComparison.Ordinal));
}
