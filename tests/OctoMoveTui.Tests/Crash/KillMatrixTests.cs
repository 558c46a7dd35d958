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
        new("Rename: plan.json*", 1, KillMoment.Before),
        new("JournalWrite: Started check-old-server", 1, KillMoment.Within),
        new("Statement: -- Q12.*", 1, KillMoment.After),
        new("Rename: logo.svg*", 1, KillMoment.After),
        new("FileWrite: Packages.manifest (~/move/files/Packages.manifest)", 2, KillMoment.Within),
        new("Request: PUT /api/maintenanceconfiguration", 1, KillMoment.Within),
        new("Command: ~/old-server/tools/sc config OctopusDeploy start= disabled", 1, KillMoment.Within),
        new("Statement: -- COPY_ONLY*", 1, KillMoment.Within),
        new("Statement: -- COPY_ONLY*", 1, KillMoment.After),
        new("Statement: -- WITH RECOVERY*", 1, KillMoment.Within),
        new("Command: \"~/new-server/Program Files/Octopus Deploy/Octopus/Octopus.Server\" create-instance*", 1, KillMoment.Within),
        new("Command: \"~/new-server/Program Files/Octopus Deploy/Octopus/Octopus.Server\" service --instance=OctopusServer --start*", 1, KillMoment.Within),
        new("Request: POST /api/tasks", 1, KillMoment.Within),
        new("JournalWrite: Finished leave-maintenance-mode", 1, KillMoment.Before),
    ];

    private static readonly Lazy<Task<IReadOnlyList<string>>> Undisturbed = new(async () =>
    {
        await using var move = await KilledMove.OnAsync();
        await move.FinishAsync(byProgram: false);
        await move.Move.ShouldHaveMovedAsync();
        return await EndState.OfAsync(move.Move.World);
    });

    [Fact]
    public async Task Killed_time_and_again_on_its_way_a_move_ends_as_if_nothing_had_been()
    {
        await using var move = await KilledMove.OnAsync();
        var finished = new List<JournalState>();
        foreach (var kill in OnTheWay)
        {
            (await move.KillAsync(kill, "run", "--yes")).ShouldBeTrue($"{kill} never came");
            finished.Add(move.Journal);
        }

        await move.FinishAsync(byProgram: true);
        foreach (var before in finished)
            move.ShouldHaveRepeatedNothing(before);
        move.Move.BackupsTaken.Count.ShouldBe(1);
        await move.Move.ShouldHaveMovedAsync();
        (await EndState.OfAsync(move.Move.World)).ShouldBe(await Undisturbed.Value);
        move.Move.ShouldHaveWrittenNoSecret();
        Numbers.Say(output, string.Create(CultureInfo.InvariantCulture, $"Kills of the real program, one after the other in one move: {OnTheWay.Length} of {OnTheWay.Length} survived"));
    }
}
