using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class LogPaneTests
{
    private static StillScreen WithLines(int count)
    {
        var screen = AScreen.WithTheMoveOpen();
        screen.Tell([.. Enumerable.Range(1, count).Select(n => AScreen.Line($"line no_{n}.", n % 10 == 0 ? LogKind.Warning : LogKind.Detail))]);
        screen.Press(Key.Tab, Key.Tab);
        return screen;
    }

    [Fact]
    public void It_follows_the_newest_line()
    {
        using var screen = WithLines(50);
        screen.Text.ShouldContain("line no_50.");
        screen.Tell(AScreen.Line("one more"));
        screen.Text.ShouldContain("one more");
    }

    [Fact]
    public void A_reader_who_scrolled_up_is_left_alone_and_End_follows_again()
    {
        using var screen = WithLines(50);
        screen.Press(Key.PageUp);
        screen.Text.ShouldContain("held (End follows)");
        screen.Tell(AScreen.Line("one more"));
        screen.Text.ShouldNotContain("one more");
        screen.Press(Key.End);
        screen.Text.ShouldContain("one more");
        screen.Text.ShouldNotContain("held");
    }

    [Fact]
    public void Home_shows_the_first_line_and_paging_down_to_the_end_follows_again()
    {
        using var screen = WithLines(20);
        screen.Press(Key.Home);
        screen.Text.ShouldContain("line no_1.");
        screen.Press(Key.PageDown, Key.PageDown, Key.PageDown, Key.PageDown, Key.PageDown);
        screen.Model.Log.Follows.ShouldBeTrue();
    }

    [Fact]
    public void A_search_goes_to_the_newest_line_that_holds_the_text_and_on_to_older_ones()
    {
        using var screen = WithLines(60);
        screen.Press(new Key('/')).Type("no_3").Press(Key.Enter);
        screen.Text.ShouldContain("line no_39.");
        screen.AttributeOf("line no_39.").Style.ShouldBe(TextStyle.Reverse);
        screen.Press(new Key('n'));
        screen.AttributeOf("line no_38.").Style.ShouldBe(TextStyle.Reverse);
        screen.Press(Key.Esc);
        screen.Model.Log.Search.ShouldBeEmpty();
        screen.Model.IsLeaving.ShouldBeFalse();
    }

    [Fact]
    public void A_search_that_finds_nothing_says_so()
    {
        using var screen = WithLines(5);
        screen.Press(new Key('/')).Type("absent q?").Press(Key.Backspace, Key.Enter);
        screen.Text.ShouldContain("Nothing in the log holds that.");
        screen.Model.Log.Search.ShouldBe("absent q");
    }

    [Fact]
    public void It_filters_by_kind_and_says_so()
    {
        using var screen = WithLines(25);
        screen.Press(new Key('f'), new Key('f'));
        screen.Text.ShouldContain("warnings and errors only");
        screen.Text.ShouldContain("~ line no_20.");
        screen.Text.ShouldNotContain("line no_25.");
        screen.Tell(AScreen.Line("a detail", LogKind.Detail), AScreen.Line("a failure", LogKind.Error));
        screen.Text.ShouldNotContain("a detail");
        screen.Text.ShouldContain("! a failure");
    }

    [Fact]
    public void Long_lines_are_broken_under_their_text_or_cut()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(AScreen.Line("The beginning of a sentence that is longer than the pane."));
        screen.Text.ShouldContain("│           longer than the pane.");
        screen.Press(new Key('w'));
        screen.Text.ShouldNotContain("than the pane.");
    }

    [Fact]
    public void Saving_writes_all_lines_and_says_where()
    {
        using var screen = WithLines(30);
        screen.Press(new Key('f'), new Key('f'), Key.S.WithCtrl);
        screen.SavedLog.Count.ShouldBe(30);
        screen.SavedLog[0].ShouldBe("2026-05-09 00:00:00Z detail - line no_1.");
        screen.Text.ShouldContain("The log is saved: /srv/the_move_folder/logs/saved.txt");
    }

    [Fact]
    public void Saving_that_is_refused_is_said()
    {
        using var screen = WithLines(1);
        screen.SavingFailsWith = new UnauthorizedAccessException("Access denied.");
        screen.Press(Key.S.WithCtrl);
        screen.Text.ShouldContain("The log could not be saved: Access denied.");
    }

    [Fact]
    public void A_hundred_thousand_lines_keep_the_newest_and_stay_usable()
    {
        using var screen = AScreen.WithTheMoveOpen();
        for (var batch = 0; batch < 100; batch++)
        {
            screen.Tell([.. Enumerable.Range(batch * 1000, 1000).Select(n => AScreen.Line($"copied file_{n}"))]);
        }

        screen.Text.ShouldContain("copied file_99999");
        screen.Model.Log.Count.ShouldBeLessThanOrEqualTo(20_000);
    }

    [Fact]
    public void Zoom_gives_the_log_the_whole_width()
    {
        using var screen = AScreen.WithTheMoveOpen();
        screen.Tell(AScreen.Line("The beginning of a sentence that is longer than the pane."));
        screen.Press(Key.Tab, Key.Tab, new Key('z'));
        screen.Text.ShouldContain("of a sentence that is longer than the pane.");
        screen.Press(Key.Esc);
        screen.Text.ShouldContain("Steps: ");
        screen.Model.IsLeaving.ShouldBeFalse();
    }
}
