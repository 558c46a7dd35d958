using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class ChecksOnScreenTests
{
    [Fact]
    public void The_summary_and_what_needs_somebody_come_first()
    {
        using var screen = Shown(120, 60);
        Detail(screen).ShouldBe(
        [
            "1 passed, 1 warning, 1 unknown, 1 failed",
            "[X] shows what was asked.",
            "! FAIL    Q12a Probe backup, written",
            "  The SQL Server OLD can't write to \\\\old\\backup.",
            "  →  Give its service account Modify on that share.",
            "  →  Then try again.",
            "~ warn    Q4g  Read committed snapshot",
            "  Read committed snapshot is off.",
            "  →  Octopus Server sets it itself. Without it readers wait for",
            "     writers.",
            "? unknown Q9d  Right to see sessions",
            "  octo_user sees its own sessions only.",
            "  →  GRANT VIEW SERVER STATE TO [octo_user];",
            "✓ ok      Q1   Version and edition",
            "  SQL Server 2019, Standard Edition.",
        ]);
    }

    [Fact]
    public void On_80_columns_a_finding_is_broken_under_its_title_and_nothing_is_cut_off()
    {
        using var screen = Shown(80, 24);
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Failed));
        _ = screen.Ask(new RetryOrStop(SampleMove.AccessDenied) { Step = SampleChecks.Step });
        screen.Press(Key.Tab);
        var rows = ReadToTheEnd(screen);
        rows.ShouldContain("! The new SQL Server can't read");
        string.Join('\n', rows).ShouldContain(
            """
            ~ warn    Q4g  Read committed snapshot
              Read committed snapshot is off.
              →  Octopus Server sets it itself. Without it
                 readers wait for writers.
            ? unknown Q9d  Right to see sessions
              octo_user sees its own sessions only.
              →  GRANT VIEW SERVER STATE TO [octo_user];
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void With_room_for_it_verdict_title_and_finding_stand_in_columns()
    {
        using var screen = Shown(120, 40);
        screen.Press(Key.Tab, new Key('z'));
        screen.Text.ShouldContain("! FAIL    Q12a Probe backup, written           The SQL Server OLD can't write to");
        screen.Text.ShouldContain("\n                                               →  Then try again.");
    }

    [Fact]
    public void X_unfolds_what_was_asked_with_its_own_indentation_and_folds_it_again()
    {
        using var screen = Shown(80, 60);
        screen.KeyBar.ShouldContain("x Unfold");
        screen.Press(new Key('x'), Key.Tab, Key.End);
        screen.Text.ShouldContain("│    SELECT @@VERSION;");
        screen.Text.ShouldContain("│    SELECT name,");
        screen.Text.ShouldContain("│               is_read_committed_snapshot_on,");
        screen.Text.ShouldContain("│                 snapshot_isolation_state_desc,");
        screen.Press(Key.Home);
        screen.Text.ShouldContain("[X] folds what was asked.");
        screen.Press(new Key('x'));
        screen.Text.ShouldNotContain("BACKUP DATABASE [Octo_pus] TO DISK");
        screen.Text.ShouldContain("[X] shows what was asked.");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("z")]
    public void Unfolding_and_zooming_keep_the_check_that_is_read(string key)
    {
        using var screen = ScrolledToTheTenthCheck();
        screen.Press(new Key(key[0]));
        FirstRowOfDetail(screen).ShouldContain("Check number 10");
        screen.Press(new Key(key[0]));
        FirstRowOfDetail(screen).ShouldContain("Check number 10");
    }

    [Fact]
    public void Resizing_keeps_the_check_that_is_read()
    {
        using var screen = ScrolledToTheTenthCheck();
        screen.Resize(120, 40);
        FirstRowOfDetail(screen).ShouldContain("Check number 10");
        screen.Resize(60, 20);
        FirstRowOfDetail(screen).ShouldContain("Check number 10");
    }

    [Fact]
    public void Checks_that_are_made_again_replace_what_was_found()
    {
        using var screen = Shown(120, 40);
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Failed));
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running));
        Detail(screen).ShouldBeEmpty();
        screen.Tell(SampleChecks.Passed, SampleChecks.Failed, SampleChecks.Failed with { Verdict = Verdict.Pass });
        Detail(screen)[0].ShouldBe("2 passed, 0 warnings, 0 unknown, 0 failed");
        screen.Text.ShouldNotContain("! FAIL ");
    }

    [Fact]
    public void What_the_checks_found_is_not_passed_over_on_the_way_to_the_next_step()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running), SampleChecks.Warned, SampleChecks.Unknown, SampleChecks.Passed);
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Done));
        _ = screen.Ask(new ConfirmStep("Enter maintenance mode", [], StepNature.CanBeUndone, "Turn it off.") { Step = SampleMove.Maintenance });
        screen.Text.ShouldContain("✓ Check the old server ~");
        screen.Text.ShouldContain("Check the old server: 1 warning, 1 unknown: read them there before you go on.");
        screen.Press(Key.Enter);
        screen.Tell(new StepChanged(SampleMove.Maintenance, StepState.Running), new StepChanged(SampleMove.Maintenance, StepState.Done));
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Text.ShouldNotContain("read them there");
        screen.Text.ShouldContain("✓ Check the old server ~");
    }

    [Fact]
    public void Checks_that_all_passed_are_not_pointed_at()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running), SampleChecks.Passed, new StepChanged(SampleChecks.Step, StepState.Done));
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Text.ShouldNotContain("read them there");
        screen.Text.ShouldNotContain("Check the old server ~");
    }

    [Fact]
    public void Where_there_is_nothing_to_unfold_the_key_and_the_help_say_so()
    {
        using var screen = AScreen.WithTheMoveOpen(80, 40);
        screen.KeyBar.ShouldNotContain("x Unfold");
        screen.Press(new Key('x'));
        screen.Text.ShouldContain("Unfold: not now, there is nothing to unfold here");
        screen.Press(new Key('?'));
        screen.Text.ShouldContain("show or fold the raw text of a failure and what the");
        screen.Press(Key.Esc);
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running), SampleChecks.Passed);
        screen.KeyBar.ShouldContain("x Unfold");
        screen.Press(new Key('?'));
        screen.Text.ShouldNotContain("nothing to unfold");
    }

    [Fact]
    public void The_help_tells_the_signs_of_the_verdicts()
    {
        using var screen = AScreen.WithTheMoveOpen(100, 60);
        screen.Press(new Key('?'));
        screen.Text.ShouldContain("waits for you; at a check: can't be told");
        screen.Text.ShouldContain("a warning; behind a step: its checks found something to be read");
    }

    [Fact]
    public void Ascii_screens_draw_verdicts_and_advice_in_seven_bits()
    {
        using var screen = Shown(120, 60, ascii: true);
        screen.Text.ShouldContain("x ok      Q1");
        screen.Text.ShouldContain("  -> Then try again.");
        screen.Text.ShouldAllBe(c => c < 0x80);
    }

    [Fact]
    public void A_step_at_work_without_progress_is_not_called_idle()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running));
        screen.Text.ShouldContain("Check the old server: running");
        screen.Text.ShouldNotContain("Nothing is running.");
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Done));
        screen.Text.ShouldContain("Nothing is running.");
    }

    [Fact]
    public void Of_two_steps_side_by_side_the_one_still_at_work_is_followed()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running), new StepChanged(SampleMove.Restore, StepState.Running));
        screen.Text.ShouldContain("── restore-database");
        screen.Tell(new StepChanged(SampleMove.Restore, StepState.Done));
        screen.Text.ShouldContain("── back-up-database");
    }

    [Fact]
    public void A_long_path_is_broken_behind_a_separator()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleChecks.Step, StepState.Running), SampleChecks.Passed with { Finding = "At /srv/a_long_folder/of_the_old_server/with_a_long_name.bak." });
        screen.Press(Key.Tab, Key.End);
        screen.Text.ShouldContain("│  At /srv/a_long_folder/of_the_old_server/");
        screen.Text.ShouldContain("│  with_a_long_name.bak.");
    }

    private static StillScreen Shown(int width, int height, bool ascii = false) => AScreen.WithTheMoveOpen(width, height, ascii).Tell(
        [new StepChanged(SampleChecks.Step, StepState.Running), .. SampleChecks.OfEachKind]);

    private static StillScreen ScrolledToTheTenthCheck()
    {
        var screen = AScreen.WithTheMoveOpen();
        screen.Tell([new StepChanged(SampleChecks.Step, StepState.Running), .. SampleChecks.Many(40)]);
        screen.Press(Key.Tab);
        while (!FirstRowOfDetail(screen).Contains("Check number 10", StringComparison.Ordinal))
        {
            screen.Press(Key.CursorDown);
        }

        return screen;
    }

    /// <summary>What a reader sees who scrolls the right pane down line by line.</summary>
    private static List<string> ReadToTheEnd(StillScreen screen)
    {
        var seen = Pane();
        while (screen.Rows[1].Contains("(more below)", StringComparison.Ordinal))
        {
            screen.Press(Key.CursorDown);
            seen.Add(Pane()[^1]);
        }

        return seen;

        List<string> Pane() => [.. screen.Rows.Skip(2).Select(row => row.Split('│').Last()).TakeWhile(row => !row.StartsWith("── Log", StringComparison.Ordinal))];
    }

    private static string FirstRowOfDetail(StillScreen screen) => screen.Rows[2];

    /// <summary>The rows of the table in the right pane.</summary>
    private static List<string> Detail(StillScreen screen) =>
    [
        .. screen.Rows.Select(row => row.Split('│').Last()).SkipWhile(row => !row.Contains(" passed, ", StringComparison.Ordinal)).TakeWhile(row => row.Length > 0),
    ];
}
