using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Moves that begin with nothing but what the old machine says of itself.</summary>
public sealed class DiscoveryMoveTests
{
    [Fact]
    public async Task Of_several_instances_the_one_that_moves_is_chosen_and_the_others_are_left_alone()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Instance = "Production", OtherInstances = ["OctopusServer", "Test"], IsToBeFound = true });
        move.Person.Answers = question => question is FillPlan plan ? new PlanFilled(plan.Fields.ToDictionary(
            each => each.Key, each => each.Key == "Old:Instance" && each.Value.Length == 0 ? "Production" : each.Value)) : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<FillPlan>().ToList();
        var choice = Field(asked[0], "Old:Instance");
        choice.Value.ShouldBeEmpty("nobody said which, and the default one is only one of three");
        choice.Choices!.Select(each => each.Value).ShouldBe(["OctopusServer", "Production", "Test"]);
        choice.Choices![1].About.ShouldStartWith("its service OctopusDeploy: Production runs; database ");
        choice.Choices![2].About.ShouldContain("/Octopus-Test as octopus");
        Field(asked[0], "Old:Url").Value.ShouldBeEmpty("what is proposed depends on the instance");

        // Chosen: what that instance says of itself is filled in, and shown before it counts.
        asked.Count.ShouldBe(2);
        Field(asked[1], "Old:Url").Value.ShouldBe(move.World.Old.Url);
        Field(asked[1], "Old:Url").Problem.ShouldNotBeNull();
        Field(asked[1], "New:Instance").Value.ShouldBe("Production");
        Field(asked[1], "Old:OctopusServer").Value.ShouldBe(move.World.Old.OctopusServer);
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task A_run_without_questions_names_the_instances_and_goes_on_when_one_is_configured()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Instance = "Production", OtherInstances = ["Test"] });

        (await move.RunProgramAsync("check", "old", "--set", "Old:Instance=", "--set", "Old:Url=", "--set", "New:Instance=")).ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);
        move.Printed.ShouldContain("Old:Instance: There are 2 instances on this machine");
        move.Printed.ShouldContain("Production: its service OctopusDeploy: Production runs");

        move.Printed.ShouldNotContain("has to be filled in", customMessage: "what depends on the instance is not asked for before it is named");

        (await move.RunProgramAsync("check", "old", "--set", "Old:Instance=Production")).ShouldBe(ExitCodes.Done, move.Printed);
    }

    [Fact]
    public async Task A_server_of_long_ago_moves_with_the_commands_that_it_knows()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { OldVersion = "3.12.9", NoiseBeforeAnswers = true, IsToBeFound = true });

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<FillPlan>().ShouldHaveSingleItem();
        Field(asked, "Old:Instance").Value.ShouldBe("OctopusServer", "the only one there is");
        Field(asked, "Old:Url").Value.ShouldBe(move.World.Old.Url);
        var given = move.World.Old.Calls.Concat(move.World.New.Calls).Where(each => each.Tool == "Octopus.Server").ToList();
        given.ShouldNotContain(each => each.Arguments[0] == "list-instances");
        given.ShouldNotContain(each => each.Arguments.Any(word => word.StartsWith("--home", StringComparison.Ordinal) || word.StartsWith("--imports", StringComparison.Ordinal)));
        given.Where(each => each.ExitCode != 0).Select(each => string.Join(' ', each.Arguments)).Distinct()
            .ShouldAllBe(each => each.Contains("--format=json", StringComparison.Ordinal), "only the form of the settings is tried");
        move.Person.Events.OfType<StepPreviewed>().SelectMany(each => each.Lines).ShouldNotContain(
            each => each.Text.Contains("create-instance", StringComparison.Ordinal) && each.Text.Contains("--home", StringComparison.Ordinal), "what is shown is what is given");
        move.World.New.Services.All.ShouldHaveSingleItem().State.ShouldBe(OctoMoveTui.Sandbox.Machines.ServiceState.Running);
    }

    private static PlanField Field(FillPlan plan, string key) => plan.Fields.Single(each => each.Key == key);
}
