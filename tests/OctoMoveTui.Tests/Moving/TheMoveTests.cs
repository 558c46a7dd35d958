using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Moving;

public sealed class TheMoveTests
{
    [Fact]
    public void The_steps_come_in_the_order_of_the_guide() => TheMove.Steps.Select(each => each.Id.Word).ShouldBe(
    [
        "check-old-server", "check-new-server", "save-master-key", "copy-directories-ahead",
        "enter-maintenance-mode", "wait-for-tasks", "stop-old-server", "back-up-database", "copy-directories",
        "bring-backup-over", "restore-database", "fix-database-users", "create-instance", "place-directories",
        "verify-before-start", "start-new-server", "reindex-packages", "verify-new-server", "leave-maintenance-mode",
        "retire-old-server",
    ]);

    [Fact]
    public void Only_leaving_maintenance_mode_is_a_point_of_no_return()
    {
        TheMove.Steps.Where(each => each.Nature == StepNature.PointOfNoReturn).Select(each => each.Id.Word).ShouldBe(["leave-maintenance-mode"]);
        TheMove.Steps.SkipWhile(each => each.Nature != StepNature.PointOfNoReturn).Skip(1)
            .ShouldAllBe(each => each.Nature == StepNature.AfterReturn);
    }

    [Fact]
    public void Every_step_says_how_it_can_be_taken_back() =>
        TheMove.Steps.ShouldAllBe(each => each.Words.WayBack.Length > 0 && each.Words.Title.Length > 0 && each.Words.Guide.Length > 0);
}
