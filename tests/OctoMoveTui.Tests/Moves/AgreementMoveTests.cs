using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Database and files agree: what was missing before is told apart from what was lost in the move.</summary>
public sealed class AgreementMoveTests
{
    [Fact]
    [Proves("P10", "P29")]
    public async Task What_was_missing_before_the_move_is_listed_and_stops_nothing()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 2, FlatPackages = true });
        move.Settings.Agreement.MayDrop = 2;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var old = List(move, "agreement-old.jsonl");
        old.OfType<FaultLine>().GroupBy(each => each.Fault.Of).ShouldAllBe(each => each.Count() == 2);
        old.OfType<OrphanLine>().GroupBy(each => each.Of).ShouldAllBe(each => each.Count() == 2);
        var @new = List(move, "agreement-new.jsonl");
        @new.OfType<FaultLine>().Count().ShouldBe(6);
        @new.OfType<FaultLine>().ShouldAllBe(each => !each.IsNew);
        move.Person.Story.ShouldContain("6 rows have no right file, and had none on the old server");
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    [Proves("P10", "P12")]
    public async Task What_went_missing_since_the_base_line_keeps_the_new_server_from_starting_and_is_named()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 1 });
        move.Settings.Agreement.MayDrop = 2;
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        // The copy has nothing to copy, and finds nothing wrong.
        var package = Directory.EnumerateFiles(Path.Combine(move.World.Old.Home, "Packages"), "Acme.Api.*.zip", SearchOption.AllDirectories).First();
        var log = Directory.EnumerateFiles(Path.Combine(move.World.Old.Home, "TaskLogs"), "ServerTasks-7.txt", SearchOption.AllDirectories).Single();
        File.Delete(package);
        File.Delete(log);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.What.ShouldContain("2 rows");
        failure.Why.ShouldContain("Acme.Api");
        failure.Why.ShouldContain("ServerTasks-7 ");
        failure.ToDo.ShouldContain(each => each.Contains("octomove agree old", StringComparison.Ordinal));
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running, "the new server has not been started");

        // They are gone for good, and the person says so by taking the base line anew: the old server may be stopped.
        (await move.RunProgramAsync("agree", "new")).ShouldBe((int)FailureCause.Differs, move.Printed);
        (await move.RunProgramAsync("agree", "old", "--hashes")).ShouldBe(ExitCodes.Done, move.Printed);
        move.Printed.ShouldContain("size and hash");

        (await move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Fact]
    public async Task Without_a_base_line_a_machine_that_does_both_sides_takes_it_when_something_is_missing()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 1 });
        move.Person.Answers = question => question is ConfirmStep { MaySkip: true } ? new Skip() : null;

        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        List(move, "agreement-old.jsonl").OfType<FaultLine>().Count().ShouldBe(3);
        move.Person.Story.ShouldContain("3 rows have no right file, and had none on the old server");
    }

    private static IReadOnlyList<AgreementLine> List(AMove move, string name) =>
    [
        .. File.ReadLines(Path.Combine(move.World.MoveFolder, name))
            .Select(each => System.Text.Json.JsonSerializer.Deserialize<AgreementLine>(each, MoveJson.Line)!),
    ];
}
