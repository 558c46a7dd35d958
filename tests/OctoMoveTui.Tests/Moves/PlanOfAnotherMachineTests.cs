using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Only the old server can say what the plan is made from.</summary>
public sealed class PlanOfAnotherMachineTests
{
    [Fact]
    public async Task The_new_server_takes_the_plan_as_it_is_even_when_only_the_checks_were_done()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "OLD-SERVER");
        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var plan = await File.ReadAllBytesAsync(Path.Combine(move.World.MoveFolder, "plan.json"));

        // The configuration of the new server was written by somebody else, and says less.
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("", "", "NEW-SERVER");
        (move.Settings.Old.Sc, move.Settings.New.AdminConnectionString) = ("another-sc", "");
        move.Person = new APerson();
        var ended = await move.RunAsync();

        ended.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        ended.Sentence.ShouldContain("OLD-SERVER");
        move.Person.Questions.OfType<FillPlan>().ShouldBeEmpty();
        (await File.ReadAllBytesAsync(Path.Combine(move.World.MoveFolder, "plan.json"))).ShouldBe(plan);
        Directory.EnumerateFiles(move.World.MoveFolder, "journal.*.jsonl").ShouldBeEmpty("the checks still count");
    }

    [Fact]
    public async Task A_move_that_begins_on_the_new_server_is_sent_to_the_old_one_before_anything_is_asked()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Old.Machine, move.Settings.New.Machine, move.Settings.Machine) = ("OLD-SERVER", "NEW-SERVER", "NEW-SERVER");

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.WrongServer);
        failure.ToDo.ShouldContain(each => each.Contains("OLD-SERVER", StringComparison.Ordinal));
        move.Person.Questions.ShouldBeEmpty();
        File.Exists(Path.Combine(move.World.MoveFolder, "plan.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_plan_that_is_made_again_keeps_what_only_the_configuration_says()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.Backup.CarryFrom, move.Settings.Backup.CarryTo) = (move.World.Share, move.World.Share);
        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var first = await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "plan.json"));

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        (await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "plan.json"))).ShouldBe(first);
        var plan = MovePlan.FromJson(first);
        (plan.Old.Sc, plan.New.Schtasks).ShouldBe((move.Settings.Old.Sc, move.Settings.New.Schtasks));
        plan.New.AdminConnectionString.ShouldNotBe(plan.New.ConnectionString);
        plan.Backup.CarryTo.ShouldStartWith(move.World.Share);
    }
}
