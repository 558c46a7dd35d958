using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tui.Models;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

/// <summary>Leaving the screen of a move that has a process of its own, and looking on at one.</summary>
public sealed class LeavingTests
{
    private static StillScreen Screen(EngineTie tie, int width = 80)
    {
        var screen = AScreen.WithTheMoveOpen(width);
        screen.Model.Leaving.Tie = tie;
        return screen;
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Leaving_does_not_stop_the_move(int width)
    {
        using var screen = Screen(EngineTie.ItsOwnProcess, width);
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
        screen.Press(Key.F10);
        screen.Text.ShouldContain("The move goes on without it");
        screen.Text.ShouldContain("[L] leave the screen  [S] stop the move at its next safe point  [Esc] stay");
        screen.KeyBar.ShouldContain("l Leave  s Stop");
        screen.Press(new Key('l'));
        screen.LeftAtOnce.ShouldBe(false);
        screen.StopWasAsked.ShouldBeFalse();
    }

    [Fact]
    public void A_question_waits_for_whoever_attaches_next()
    {
        using var screen = Screen(EngineTie.ItsOwnProcess);
        var asking = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Press(Key.Esc);
        screen.Text.ShouldContain("The question waits until somebody attaches");
        screen.Press(new Key('l'));
        screen.LeftAtOnce.ShouldBe(false);
        asking.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_stop_needs_nobody_who_waits_for_it_and_can_be_cut_short()
    {
        using var screen = Screen(EngineTie.ItsOwnProcess);
        screen.Press(Key.F10, new Key('s'));
        screen.StopWasAsked.ShouldBeTrue();
        screen.Press(Key.F10);
        screen.Text.ShouldContain("gets there without you");
        screen.Press(new Key('a'));
        screen.StoppedAtOnce.ShouldBeTrue();
        screen.LeftAtOnce.ShouldBeNull("how it ended is still to be seen");
        screen.Press(Key.F10, new Key('l'));
        screen.LeftAtOnce.ShouldBe(false);
    }

    [Fact]
    public void Whoever_looks_on_sees_what_is_asked_and_no_key_answers_it()
    {
        using var screen = Screen(EngineTie.OnlyLookedAt);
        screen.Text.ShouldContain(" octomove, looking on: OCTO_OLD");
        screen.KeyBar.ShouldStartWith(" looking on ");
        using var answered = new CancellationTokenSource();
        var asking = screen.Ask(SampleMove.ConfirmBackUp, answered.Token);
        screen.Text.ShouldContain("Waits for an answer at another screen: Back up the database: do it?");
        screen.Press(Key.Enter);
        screen.Text.ShouldContain("not now, you only look on");
        screen.Press(Key.F10, new Key('s'));
        screen.StopWasAsked.ShouldBeFalse();
        screen.Press(Key.Esc);
        asking.IsCompleted.ShouldBeFalse();
        answered.Cancel();
        screen.Text.ShouldNotContain("Waits for an answer");
        screen.Press(Key.F10, new Key('l'));
        screen.LeftAtOnce.ShouldBe(false);
    }

    [Fact]
    public void No_form_opens_for_whoever_looks_on()
    {
        using var screen = Screen(EngineTie.OnlyLookedAt);
        _ = screen.Ask(new GiveSecret(SecretKind.ApiKey, "To ask."));
        screen.Model.Form.ShouldBeNull();
        screen.Text.ShouldContain("Waits for an answer at another screen: API key. To ask.");
    }

    [Fact]
    public void What_was_cut_off_stands_above_the_first_question_until_a_step_runs()
    {
        using var screen = Screen(EngineTie.ItsOwnProcess);
        var sentence = "The last run did not end in order: process 5448 (administrator on OLD-SERVER), begun 2026-11-26 11:01:16Z, was cut off after "
            + "2026-11-26 11:02:23Z, in the middle of \"Restore the database\".";
        screen.Tell(new RunCutOff("OLD-SERVER", "administrator", 5448, SampleMove.Midnight, SampleMove.Midnight, [SampleMove.Restore], sentence));
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        string.Join(' ', screen.Rows.Select(row => row.Trim())).ShouldContain(sentence);
        screen.Text.ShouldContain("Back up the database: do it?");
        screen.Text.ShouldContain("[Enter] do it");
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
        screen.Text.ShouldNotContain("did not end in order");
    }

    [Fact]
    public void The_keys_of_leaving_differ_with_where_the_engine_is()
    {
        using var here = Screen(EngineTie.ThisProcess);
        here.Press(Key.F10, new Key('l'));
        here.LeftAtOnce.ShouldBeNull("the move would end with this program");
        KeyMap.All.Where(each => each.Scope == KeyScope.Leaving).ShouldAllBe(each => each.InBar);
    }
}
