using System.Globalization;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Tests.Killed;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Crash;

/// <summary>
/// The real program, really killed, at the effects of a whole move. Some in <c>dotnet test</c>; every one of them, before, within and after, by
/// <c>dotnet cake --target=Crash</c>.
/// </summary>
public sealed class KillMatrixTests(ITestOutputHelper output)
{
    // Different in kind from each other, in the order in which a move comes by them.
    private static readonly KillOrder[] OnTheWay =
    [
        new("between-steps: Rename: plan.json*", 1, KillMoment.Before),
        new("copy-directories-ahead: Rename: logo.svg*", 1, KillMoment.After),
        new("copy-directories-ahead: FileWrite: Packages.manifest (~/move/files/Packages.manifest)", 2, KillMoment.Within),
        new("enter-maintenance-mode: Request: PUT /api/maintenanceconfiguration", 1, KillMoment.Within),
        new("back-up-database: Statement: -- COPY_ONLY*", 1, KillMoment.Within),
        new("restore-database: Statement: -- WITH RECOVERY*", 1, KillMoment.Within),
        new("start-new-server: Command: \"~/new-server/Program Files/Octopus Deploy/Octopus/Octopus.Server\" service --instance=OctopusServer --start*", 1, KillMoment.Within),
        new("reindex-packages: Request: POST /api/tasks", 1, KillMoment.Within),
        new("leave-maintenance-mode: JournalWrite: Finished leave-maintenance-mode", 1, KillMoment.Before),
    ];

    private static readonly Lazy<Task<KillPlan>> Undisturbed = new(() => KillPlan.MakeAsync(KillScene.WholeMove));

    [Fact]
    public async Task Killed_time_and_again_on_its_way_a_move_ends_as_if_nothing_had_been()
    {
        await using var move = await KilledMove.OnAsync();
        var kills = new List<(KillOrder Kill, JournalState Journal)>();
        foreach (var kill in OnTheWay)
        {
            (await move.KillAsync(kill)).ShouldBeTrue($"{kill} never came");
            kills.Add((kill, move.Journal));
        }

        await move.FinishAsync(byProgram: true);
        await move.ShouldHaveEndedAsync((await Undisturbed.Value).EndState, kills, withSecrets: true);
        Numbers.Say(output, FormattableString.Invariant($"Kills of the real program, one after the other in one move: {kills.Count} of {OnTheWay.Length} survived"));
    }

    // All of them: `dotnet cake --target=Crash`.
    [Fact]
    public async Task Killed_before_within_or_after_any_effect_a_move_ends_as_if_nothing_had_been()
    {
        var plan = await Undisturbed.Value;
        var places = KillRun.IsWhole ? KillRun.Part(plan.Places) : [.. plan.Places.Where(each => each.Kill == new KillOrder("back-up-database: JournalWrite: Finished back-up-database", 1, KillMoment.After))];
        var run = new KillRun(plan, output);
        await run.SurviveAsync(places);
        Numbers.Say(output, FormattableString.Invariant(
            $"Kills of the real program at {places.Count} of {plan.Places.Count} places, before, within and after the {plan.Effects.Count} effects of a whole move ({plan.Kinds}): {run.Survived} of {places.Count} survived, in {run.Moves} moves"));
        run.ShouldHaveSurvivedAll();
    }

    // Many of them: `dotnet cake --target=Crash`.
    [Fact]
    public async Task Killed_again_in_the_run_that_goes_on_a_move_ends_as_if_nothing_had_been()
    {
        var plan = await Undisturbed.Value;
        var places = KillRun.IsWhole ? KillRun.Part([.. plan.Places.Where((_, at) => at % 8 == 3)]) : [plan.Places[plan.Places.Count / 2]];
        var run = new KillRun(plan, output);
        await run.SurviveAgainAsync(places, plan.Second);
        Numbers.Say(output, FormattableString.Invariant($"Second kills, in the run that goes on after a first one: {run.Survived} of {2 * places.Count} kills survived"));
        run.ShouldHaveSurvivedAll();
    }

    // All of them: `dotnet cake --target=Crash`.
    [Fact]
    public async Task Killed_before_within_or_after_any_effect_of_an_undo_it_ends_as_if_nothing_had_been()
    {
        var plan = await KillPlan.MakeAsync(KillScene.WholeUndo);
        var places = KillRun.IsWhole ? KillRun.Part(plan.Places) : [plan.Places.First(each => each.Kill.Effect == "stop-old-server: JournalWrite: Undoing stop-old-server")];
        var run = new KillRun(plan, output);
        await run.SurviveAsync(places);
        Numbers.Say(output, FormattableString.Invariant(
            $"Kills of the real program at {places.Count} of {plan.Places.Count} places of the {plan.Effects.Count} effects of an undo from after start-new-server ({plan.Kinds}): {run.Survived} of {places.Count} survived, in {run.Moves} moves"));
        run.ShouldHaveSurvivedAll();
    }
}
