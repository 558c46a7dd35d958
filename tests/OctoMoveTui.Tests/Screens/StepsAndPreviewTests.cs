using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class StepsAndPreviewTests
{
    [Fact]
    public void Before_the_first_event_the_screen_is_there_already()
    {
        using var screen = new StillScreen();
        screen.Text.ShouldContain("octomove: starting");
        screen.Text.ShouldContain("Users are not locked out.");
        screen.KeyBar.ShouldContain("? Help");
    }

    [Fact]
    public void The_title_says_from_where_to_where_and_underscores_survive()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Rows[0].ShouldBe(" octomove: OCTO_OLD → OCTO_NEW  /srv/the_move_folder");
    }

    [Fact]
    public void Steps_stand_under_their_server_in_running_order()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Rows.Skip(2).Take(7).Select(row => row.Split('│')[0].TrimEnd()).ShouldBe(
        [
            "Old server",
            "· Check the old server",
            "· Enter maintenance mode",
            "· Back up the database",
            "New server",
            "· Restore the database",
            "· Leave maintenance mode",
        ]);
    }

    [Fact]
    public void Where_headings_do_not_fit_a_letter_leads_each_step()
    {
        using var screen = AScreen.WithTheMoveOpen(80, 11);
        screen.Text.ShouldContain("· O Back up the database");
        screen.Text.ShouldContain("· N Restore the database");
    }

    [Fact]
    public void States_differ_in_shape()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(
            new StepChanged(new("check-old-server"), StepState.Done),
            new StepChanged(SampleMove.Maintenance, StepState.Failed),
            new StepChanged(SampleMove.BackUp, StepState.Running),
            new StepChanged(SampleMove.Restore, StepState.OnOtherServer),
            new StepChanged(SampleMove.Leave, StepState.NotNeeded, "only a rehearsal"));
        screen.Text.ShouldContain("✓ Check the old server");
        screen.Text.ShouldContain("! Enter maintenance mode");
        screen.Text.ShouldContain("▶ Back up the database");
        screen.Text.ShouldContain("» Restore the database");
        screen.Text.ShouldContain("– Leave maintenance mode");
        screen.Text.ShouldContain("Steps: 2 of 5 done");
    }

    [Fact]
    public void The_selection_follows_the_step_in_hand_until_the_reader_looks_elsewhere()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleMove.Maintenance, StepState.Running));
        screen.Text.ShouldContain("── enter-maintenance-mode");
        screen.Press(Key.CursorUp);
        screen.Text.ShouldContain("── check-old-server");
        screen.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
        screen.Text.ShouldContain("── check-old-server");
        screen.Press(new Key('c'));
        screen.Text.ShouldContain("── back-up-database");
    }

    [Fact]
    public void A_preview_shows_statements_and_paths_exactly_and_can_be_scrolled()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(
            new StepChanged(SampleMove.BackUp, StepState.Running),
            new StepPreviewed(SampleMove.BackUp, [.. SampleMove.ConfirmBackUp.Lines, .. Enumerable.Range(1, 30).Select(n => new PreviewLine(PreviewKind.Path, $"/files/no_{n}"))]));
        screen.Text.ShouldContain("SQL  BACKUP DATABASE [Octo_pus]");
        screen.Text.ShouldContain("(more below)");
        screen.Text.ShouldNotContain("/files/no_30");
        screen.Press(Key.Tab, Key.End);
        screen.Text.ShouldContain("path /files/no_30");
        screen.Press(Key.Home);
        screen.Text.ShouldContain("BACKUP DATABASE");
        screen.Press(Key.PageDown);
        screen.Text.ShouldNotContain("BACKUP DATABASE");
    }

    [Fact]
    public async Task A_step_is_confirmed_by_enter_and_the_engine_gets_its_answer()
    {
        using var screen = AScreen.WithTheMoveOpen();
        var answer = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Text.ShouldContain("Back up the database: do it? (can be undone)");
        screen.Text.ShouldContain("Way back: Undo: delete the backup file.");
        screen.Text.ShouldContain("TO DISK = @file WITH COPY_ONLY, CHECKSUM");
        answer.IsCompleted.ShouldBeFalse();
        screen.Press(Key.Enter);
        (await answer.Given()).ShouldBeOfType<Go>();
        screen.Text.ShouldNotContain("do it?");
    }

    [Theory]
    [InlineData("y")]
    [InlineData("F5")]
    public async Task There_is_more_than_one_key_for_yes(string key)
    {
        using var screen = AScreen.WithTheMoveOpen();
        var answer = screen.Ask(SampleMove.ConfirmBackUp);
        Key.TryParse(key, out var pressed).ShouldBeTrue();
        screen.Press(pressed!);
        (await answer.Given()).ShouldBeOfType<Go>();
    }

    [Fact]
    public async Task S_stops_before_the_step()
    {
        using var screen = AScreen.WithTheMoveOpen();
        var answer = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Press(new Key('s'));
        (await answer.Given()).ShouldBeOfType<StopHere>();
    }

    [Fact]
    public async Task A_failure_says_what_why_and_what_to_do_folds_the_raw_text_and_offers_retry()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(new StepChanged(SampleMove.Restore, StepState.Failed));
        var answer = screen.Ask(new RetryOrStop(SampleMove.AccessDenied) { Step = SampleMove.Restore });
        screen.Text.ShouldContain("! The new SQL Server can't read");
        screen.Text.ShouldContain("Why: Its service account has no right");
        screen.Text.ShouldContain("1. Give the SQL Server service account");
        screen.Text.ShouldContain("[R] retry");
        screen.Text.ShouldNotContain("Msg 3201");
        screen.Press(new Key('x'));
        screen.Press(Key.Tab, Key.End);
        screen.Text.ShouldContain("Msg 3201");
        screen.Press(new Key('r'));
        (await answer.Given()).ShouldBeOfType<Retry>();
    }

    [Fact]
    public void Tasks_that_are_waited_for_are_listed_and_the_ones_that_wait_for_a_person_are_called_out()
    {
        using var screen = AScreen.WithTheMoveOpen(200, 60);
        screen.Tell(
            new StepChanged(SampleMove.Maintenance, StepState.Running),
            new TasksSeen([
                new("ServerTasks-7", "Deploy Web_Shop", "Executing", "Default", SampleMove.Midnight.AddMinutes(-5), true),
                new("ServerTasks-8", "Apply retention", "Queued", null, null, false)]));
        screen.Text.ShouldContain("2 tasks are still running on the old server:");
        screen.Text.ShouldContain("Deploy Web_Shop, 5 minutes, WAITS FOR A PERSON");
        screen.Text.ShouldContain("Queued ServerTasks-8 (system): Apply retention, not started");
    }

    [Fact]
    public void The_end_says_what_it_means_and_q_leaves()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(SampleMove.Failed);
        screen.Text.ShouldContain("Failed. Run octomove again.");
        screen.Text.ShouldContain("1. Give the SQL Server service account");
        screen.LeftAtOnce.ShouldBeNull();
        screen.Press(new Key('q'));
        screen.LeftAtOnce.ShouldBe(false);
    }

    [Fact]
    public void Control_sequences_are_never_drawn()
    {
        using var screen = new StillScreen();
        screen.Tell(SampleMove.Opened("/srv/\u001b[31mred\u0007"), AScreen.Line("a\u001b]0;title\u0007b\rc"));
        screen.Text.ShouldContain("/srv/red");
        screen.Text.ShouldContain("abc");
        screen.Text.ShouldNotContain("\u001b");
    }

    [Fact]
    public void Ascii_screens_are_seven_bits_all_over()
    {
        using var screen = AScreen.WithTheMoveOpen(ascii: true);
        screen.Tell(
            new StepChanged(new("check-old-server"), StepState.Done, "— übrig…"),
            new OutageStarted(SampleMove.Midnight),
            new Progressed(SampleMove.BackUp, "Backing up", 50, null, ProgressUnit.Percent, Current: "/ä/…"),
            AScreen.Line("✓ → ü", LogKind.Proof));
        _ = screen.Ask(SampleMove.ConfirmBackUp);
        screen.Text.ShouldAllBe(c => c < 0x80);
        screen.Press(new Key('?'));
        screen.Text.ShouldAllBe(c => c < 0x80);
        screen.Press(Key.Esc, Key.Enter);
        _ = screen.Ask(AScreen.MasterKey);
        screen.Type("abc");
        screen.Text.Where(c => c >= 0x80).Distinct().ShouldBeSubsetOf(['∙']);
    }

    [Fact]
    public void Without_colours_there_is_bold_and_reverse_only()
    {
        using var screen = AScreen.WithTheMoveOpen(colours: false);
        screen.Tell(new StepChanged(SampleMove.Restore, StepState.Failed), AScreen.Line("broken", LogKind.Error));
        screen.Press(Key.CursorUp);
        foreach (var text in new[] { "! Restore", "! broken", "✓", "octomove:" }.Where(text => screen.Text.Contains(text)))
        {
            screen.AttributeOf(text).Foreground.ShouldBe(Color.None);
            screen.AttributeOf(text).Background.ShouldBe(Color.None);
        }

        screen.AttributeOf("! Restore").Style.ShouldBe(TextStyle.Bold);
    }
}
