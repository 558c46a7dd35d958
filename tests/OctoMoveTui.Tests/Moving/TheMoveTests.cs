using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moving;

public sealed class TheMoveTests
{
    [Fact]
    public void The_steps_come_in_the_order_of_the_guide() => TheMove.Steps.Select(each => each.Id.Word).ShouldBe(
    [
        "check-old-server", "install-octopus-server", "check-new-server", "save-master-key", "copy-directories-ahead", "compare-before-outage",
        "enter-maintenance-mode", "wait-for-tasks", "take-stock", "stop-old-server", "back-up-database", "copy-directories",
        "bring-backup-over", "restore-database", "fix-database-users", "create-instance", "place-directories",
        "verify-before-start", "start-new-server", "reindex-packages", "verify-new-server", "add-further-nodes", "leave-maintenance-mode",
        "retire-old-server",
    ]);

    [Fact]
    public void A_plan_that_says_nothing_of_its_shape_is_of_server_and_database_and_is_written_as_before()
    {
        var plan = SamplePlan.Make();
        plan.Shape.ShouldBe(MoveShape.ServerAndDatabase);
        plan.ToJson().ShouldNotContain("shape", Case.Insensitive, "the journals of plans made before there was a choice hold their fingerprint");
        TheMove.StagesOf(plan.Shape).ShouldBe(TheMove.Stages);
        MovePlan.FromJson((plan with { Shape = MoveShape.DatabaseOnly }).ToJson()).Shape.ShouldBe(MoveShape.DatabaseOnly);
    }

    [Fact]
    public void Only_leaving_maintenance_mode_is_a_point_of_no_return()
    {
        TheMove.Steps.Where(each => each.Nature == StepNature.PointOfNoReturn).Select(each => each.Id.Word).ShouldBe(["leave-maintenance-mode"]);
        TheMove.Steps.SkipWhile(each => each.Nature != StepNature.PointOfNoReturn).Skip(1)
            .ShouldAllBe(each => each.Nature == StepNature.AfterReturn);
    }

    [Fact]
    public void Every_step_says_how_it_can_be_taken_back() => TheMove.Shapes.SelectMany(TheMove.StepsOf)
        .ShouldAllBe(each => each.Words.WayBack.Length > 0 && each.Words.Title.Length > 0 && each.Words.Guide.Length > 0);

    public static TheoryData<MoveShape> Shapes => [.. TheMove.Shapes];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void In_every_shape_each_step_comes_once_and_nothing_starts_before_it_is_verified(MoveShape shape)
    {
        var steps = TheMove.StepsOf(shape).Select(each => each.Id.Word).ToList();
        steps.ShouldBeUnique();
        steps[0].ShouldBe("check-old-server");
        steps.FindIndex(each => each.StartsWith("start-", StringComparison.Ordinal)).ShouldBe(steps.IndexOf("verify-before-start") + 1);
        if (shape.StopsOldServer())
            steps.IndexOf("stop-old-server").ShouldBeLessThan(steps.IndexOf("verify-before-start"));
        TheMove.StepsOf(shape).Count(each => each.Nature == StepNature.PointOfNoReturn).ShouldBe(shape.StopsOldServer() ? 1 : 0);
    }
}
