using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class TasksOnScreenTests
{
    internal static readonly RunningTask Stuck = new("ServerTasks-7", "Deploy Web_Shop", "Executing", "Spaces-2", SampleMove.Midnight.AddMinutes(-5), true)
    {
        Name = "Deploy", SpaceName = "Web shop", Node = "OctopusServerNodes-SRV_01",
    };

    internal static readonly DecideOnTasks Question = new(
        TasksReason.WaitForPeople,
        [Stuck, new("ServerTasks-8", "Apply retention", "Queued", null, null, false) { Name = "Retention", Queued = SampleMove.Midnight.AddHours(-2), Expires = SampleMove.Midnight.AddHours(22) }],
        [
            new(TaskDecision.KeepWaiting, "Nothing is changed."),
            new(TaskDecision.Cancel, "It can't be taken back.") { Typed = "all" },
            new(TaskDecision.GoOn, "They travel in the database.") { Typed = "Octo_pus" },
        ]);

    [Fact]
    public async Task Tasks_are_shown_by_name_space_node_and_age_and_waiting_goes_on_unless_something_else_is_chosen()
    {
        using var screen = new StillScreen(120, 40);
        var answer = screen.Ask(Question);
        screen.Text.ShouldContain("never finish by waiting alone");
        screen.Text.ShouldContain("Executing ServerTasks-7 (Web shop, Spaces-2, on SRV_01): Deploy Web_Shop, 5 minutes, WAITS FOR A PERSON");
        screen.Text.ShouldContain("Queued ServerTasks-8 (system): Retention: Apply retention, queued for 2 hours, times out in 22 hours");
        screen.Text.ShouldContain("Nothing is changed.");
        screen.Press(Key.F5);
        (await answer.Given()).ShouldBe(new TasksDecided(TaskDecision.KeepWaiting));
    }

    [Fact]
    public async Task Tasks_are_cancelled_by_typing_their_ids_on_the_smallest_screen_too()
    {
        using var screen = new StillScreen(80, 24);
        var answer = screen.Ask(Question);
        screen.Press(Key.Space);
        screen.Text.ShouldContain("It can't be taken back.");
        screen.Press(Key.F5);
        screen.Text.ShouldContain("! Type the ids of the tasks to cancel");
        answer.IsCompleted.ShouldBeFalse();
        screen.Press(Key.Tab).Type("7").Press(Key.Enter);
        (await answer.Given()).ShouldBe(new TasksDecided(TaskDecision.Cancel, "7"));
    }

    [Fact]
    public async Task Going_on_over_tasks_that_execute_wants_the_name_exactly()
    {
        using var screen = new StillScreen(120, 40);
        var answer = screen.Ask(Question);
        screen.Press(Key.CursorLeft);
        screen.Text.ShouldContain("They travel in the database.");
        screen.Text.ShouldContain("type:  Octo_pus");
        screen.Press(Key.Tab).Type("octo_pus").Press(Key.F5);
        screen.Text.ShouldContain("! That is not the name.");
        screen.Press(Key.Backspace, Key.Backspace, Key.Backspace, Key.Backspace, Key.Backspace, Key.Backspace, Key.Backspace, Key.Backspace).Type("Octo_pus").Press(Key.F5);
        (await answer.Given()).ShouldBe(new TasksDecided(TaskDecision.GoOn, "Octo_pus"));
    }

    [Fact]
    public async Task What_has_to_be_done_by_hand_is_a_form_too()
    {
        using var screen = new StillScreen();
        var byHand = new DoByHand("Turn maintenance mode on.", ["Log in.", "Click it."]) { Otherwise = "Nobody is kept out.", Problem = "Still off." };
        var first = screen.Ask(byHand);
        screen.Text.ShouldContain("2. Click it.");
        screen.Text.ShouldContain("! Still off.");
        screen.Text.ShouldNotContain("Nobody is kept out.");
        screen.Press(Key.F5);
        (await first.Given()).ShouldBeOfType<Go>();

        var second = screen.Ask(byHand);
        screen.Press(Key.Space);
        screen.Text.ShouldContain("Nobody is kept out.");
        screen.Press(Key.F5);
        (await second.Given()).ShouldBeOfType<Skip>();
    }

    [Fact]
    public void The_key_t_asks_for_the_decision_while_tasks_are_waited_for_and_only_then()
    {
        using var screen = AScreen.WithTheMoveOpen();
        var said = new List<MoveCommand>();
        screen.Connect(said.Add);
        screen.Press(new Key('t'));
        screen.Text.ShouldContain("no task is waited for");
        screen.Tell(new StepChanged(SampleMove.Maintenance, StepState.Running), new TasksSeen([Stuck]));
        screen.Press(new Key('t'));
        said.ShouldHaveSingleItem().ShouldBeOfType<AskAboutTasks>();
    }
}
