using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tui.Models;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class StatusAndKeysTests
{
    [Fact]
    public void What_is_left_to_do_in_the_end_is_a_list()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new MoveEnded(MoveOutcome.Finished, "All is moved.\nLeft for you:\n1. DNS.\n2. Tentacles.", null, 0));
        screen.Rows.ShouldContain(row => row.EndsWith("│Left for you:", StringComparison.Ordinal));
        screen.Rows.ShouldContain(row => row.EndsWith("│2. Tentacles.", StringComparison.Ordinal));
        screen.Text.Split("All is moved.").Length.ShouldBe(3, "once as what it is, once as what is asked: to leave");
        screen.Text.Split("Left for you:").Length.ShouldBe(2);
    }

    [Fact]
    public void Of_a_move_that_is_taken_back_nothing_is_promised_to_be_undone()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Text.ShouldContain("everything can be undone");
        screen.Tell(new MoveEnded(MoveOutcome.TakenBack, "The move is taken back.", null, 0));
        screen.Text.ShouldNotContain("everything can be undone");
    }

    [Fact]
    public void The_outage_clock_runs_from_maintenance_mode_on_to_off()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Text.ShouldContain("Users are not locked out.");
        screen.Tell(new OutageStarted(SampleMove.Midnight));
        screen.Clock.Advance(TimeSpan.FromSeconds(192));
        screen.Text.ShouldContain("Users are locked out since 00:00, 00:03:12.");
        screen.Clock.Advance(TimeSpan.FromHours(26));
        screen.Text.ShouldContain("26:03:12");
        screen.Tell(new OutageEnded(SampleMove.Midnight, SampleMove.Midnight.AddMinutes(90)));
        screen.Text.ShouldContain("Users can work again: they were locked out from 00:00 to 01:30 (01:30:00).");
    }

    [Fact]
    public void The_way_back_is_named_until_it_is_gone()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Text.ShouldContain("Until \"Leave maintenance mode\" everything can be undone.");
        screen.Tell(new PointOfNoReturnPassed());
        screen.Text.ShouldNotContain("everything can be undone");
        screen.Text.ShouldContain("Point of no return passed");
    }

    [Fact]
    public void Progress_shows_how_much_how_fast_and_how_long()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new Progressed(
            SampleMove.BackUp, "Copying TaskLogs", 512 * 1024, 1024 * 1024, ProgressUnit.Bytes, 64 * 1024, TimeSpan.FromSeconds(8), "/tasks/log_1.txt"));
        screen.Text.ShouldContain("Copying TaskLogs  [");
        screen.Text.ShouldContain("50 %  512 KB of 1 MB  64 KB/s  00:00:08 left");
        screen.Text.ShouldContain("  /tasks/log_1.txt");
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Done));
        screen.Text.ShouldContain("Nothing is running.");
    }

    [Fact]
    public void Steps_that_run_side_by_side_have_a_bar_each()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(
            new Progressed(SampleMove.BackUp, "Backing up", 25, null, ProgressUnit.Percent),
            new Progressed(SampleMove.Restore, "Copying", 3, 4, ProgressUnit.Items));
        screen.Text.ShouldContain("Backing up  [");
        screen.Text.ShouldContain("75 %  3 of 4");
    }

    [Fact]
    public void While_the_whole_is_not_known_nothing_is_pretended()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new Progressed(SampleMove.BackUp, "Listing", 2048, null, ProgressUnit.Bytes));
        screen.Text.ShouldContain("Listing  2 KB, still counting");
    }

    [Fact]
    public void A_long_path_keeps_its_start_and_its_end()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new Progressed(SampleMove.BackUp, "Copying", 1, 2, ProgressUnit.Items, Current: "/start" + new string('_', 200) + "end.zip"));
        screen.Text.ShouldContain("/start_");
        screen.Text.ShouldContain("…");
        screen.Text.ShouldContain("_end.zip");
    }

    [Fact]
    public void The_key_bar_shows_only_keys_that_work_now()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.KeyBar.ShouldNotContain("Do it");
        screen.KeyBar.ShouldNotContain("Retry");
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.KeyBar.ShouldContain("Enter Do it");
        screen.KeyBar.ShouldContain("s Stop here");
        screen.KeyBar.ShouldNotContain("Retry");
    }

    [Fact]
    public void A_key_that_does_not_work_now_says_why()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Press(new Key('r'));
        screen.Text.ShouldContain("Retry: not now, no step has failed");
        screen.Press(Key.CursorDown);
        screen.Text.ShouldNotContain("not now");
    }

    [Fact]
    public void Help_lists_every_key_with_the_reason_why_it_does_not_work()
    {
        using var screen = AScreen.WithTheMoveOpen(120, 60);
        screen.Press(new Key('?'));
        foreach (var entry in KeyMap.All.Where(entry => entry.Scope is KeyScope.Panes or KeyScope.Everywhere))
        {
            screen.Text.ShouldContain($"{string.Join(" ", entry.Keys),-18}  {entry.Description}");
        }

        screen.Text.ShouldContain("try the failed step again (not now: no step has failed)");
        screen.Press(Key.Esc);
        screen.Text.ShouldContain("Steps:");
        screen.Model.IsLeaving.ShouldBeFalse();
    }

    [Fact]
    public void Help_scrolls_where_it_does_not_fit()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Press(Key.F1, Key.PageDown, Key.PageDown, Key.PageDown);
        screen.Text.ShouldContain("behind a step: its checks");
    }

    [Theory]
    [InlineData("Esc")]
    [InlineData("F10")]
    [InlineData("Ctrl+Q")]
    public void Nothing_ends_the_program_without_asking(string key)
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
        Key.TryParse(key, out var pressed).ShouldBeTrue();
        screen.Press(pressed!);
        screen.Text.ShouldContain("Stop the move at the next safe point?");
        screen.StopWasAsked.ShouldBeFalse();
        screen.LeftAtOnce.ShouldBeNull();
        screen.Press(Key.Esc);
        screen.Text.ShouldNotContain("next safe point?");
    }

    [Fact]
    public void A_stop_waits_for_the_safe_point_and_then_shows_the_end()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
        screen.Press(Key.F10, new Key('s'));
        screen.StopWasAsked.ShouldBeTrue();
        screen.Text.ShouldContain("Stopping at the next safe point.");
        screen.Tell(new MoveEnded(MoveOutcome.Stopped, "The old server was not changed.", null, 130));
        screen.Text.ShouldContain("The old server was not changed.");
        screen.Text.ShouldNotContain("▶");
        screen.LeftAtOnce.ShouldBeNull();
    }

    [Fact]
    public void Whoever_cannot_wait_for_the_safe_point_is_asked_again()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Press(Key.F10, new Key('s'), Key.F10);
        screen.Text.ShouldContain("Leave at once?");
        screen.Press(new Key('s'));
        screen.LeftAtOnce.ShouldBeNull();
        screen.Press(new Key('l'));
        screen.LeftAtOnce.ShouldBe(true);
    }

    [Fact]
    public void Leaving_at_a_question_stops_the_move_and_leaves_when_it_has_stopped()
    {
        using var screen = AScreen.WithTheMoveOpen();
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Press(Key.Esc);
        screen.Text.ShouldContain("Nothing runs until you answer.");
        screen.Press(new Key('s'));
        screen.StopWasAsked.ShouldBeTrue();
        screen.LeftAtOnce.ShouldBeNull();
        screen.Tell(new MoveEnded(MoveOutcome.Stopped, "It can be resumed.", null, 130));
        screen.LeftAtOnce.ShouldBe(false);
    }

    [Fact]
    public void Ctrl_L_draws_anew()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Press(Key.L.WithCtrl);
        screen.Redraws.ShouldBe(1);
    }

    [Theory]
    [InlineData(200, 60)]
    [InlineData(120, 40)]
    [InlineData(80, 24)]
    [InlineData(60, 20)]
    [InlineData(40, 10)]
    [InlineData(20, 6)]
    [InlineData(8, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    public void Every_size_draws_without_a_crash(int width, int height)
    {
        using var screen = AScreen.WithTheMoveOpen(width, height);
        screen.Tell(
            new OutageStarted(SampleMove.Midnight),
            new Progressed(SampleMove.BackUp, "Backing up", 1, 2, ProgressUnit.Bytes, 3, TimeSpan.FromSeconds(4), "/a/b"),
            AScreen.Line("A line that is broken where the pane is narrow."));
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Press(Key.Tab, Key.Tab, Key.PageUp, new Key('?'), Key.Esc, Key.F10, Key.Esc, Key.F5);
        foreach (var question in new MoveQuestion[] { AScreen.NewConnection, AScreen.MasterKey, new TypeName("a_b", "It is lost.", true) })
        {
            using var stop = new CancellationTokenSource();
            _ = screen.Ask(question, stop.Token);
            screen.Press(Key.Tab).Type("x");
            stop.Cancel();
            _ = screen.Text;
        }

        screen.Resize(80, 24).Text.ShouldContain("Steps: ");
    }

    [Fact]
    public void At_60_columns_what_matters_can_be_read()
    {
        using var screen = AScreen.WithTheMoveOpen(60, 20);
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Text.ShouldContain("Back up the database: do it? (can be undone)");
        screen.Text.ShouldContain("[Enter] do it");
        screen.Text.ShouldContain("everything can be undone");
    }
}
