using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

/// <summary>Pausing and limiting a directory copy by keys, and what the progress rows show of it.</summary>
public sealed class CopyPaceOnScreenTests
{
    private static readonly StepId Copy = new("copy-directories");
    private readonly List<MoveCommand> said = [];

    [Fact]
    public void Without_a_copy_the_keys_say_why_they_do_nothing()
    {
        using var screen = AScreen.WithTheMoveOpen().Connect(said.Add);
        screen.KeyBar.ShouldNotContain("Pause");
        screen.Press(new Key('p')).Text.ShouldContain("Pause: not now, no directories are being copied");
        screen.Press(new Key('l')).Text.ShouldContain("Limit: not now, no directories are being copied");
        said.ShouldBeEmpty();
    }

    [Fact]
    public void One_key_pauses_and_goes_on_and_the_screen_shows_what_the_engine_says_of_it()
    {
        using var screen = Copying();
        screen.KeyBar.ShouldContain("p Pause  l Limit");
        screen.Press(new Key('p'));
        said.ShouldBe([new PauseCopy()]);
        screen.Text.ShouldNotContain("paused"); // the engine has not said so yet

        screen.Tell(new CopyPaceChanged(Copy, true, true, null));
        screen.Text.ShouldContain("22 %  3.2 of 14.1 GB  paused");
        screen.Text.ShouldNotContain("left");
        screen.Text.ShouldNotContain("MB/s");
        screen.KeyBar.ShouldContain("p Resume");
        screen.Press(new Key('p'));
        said.ShouldBe([new PauseCopy(), new ResumeCopy()]);
    }

    [Fact]
    public void While_it_is_paused_the_outage_goes_on()
    {
        using var screen = Copying();
        screen.Tell(new OutageStarted(SampleMove.Midnight), new CopyPaceChanged(Copy, true, true, null));
        screen.Clock.Advance(TimeSpan.FromSeconds(75));
        screen.Text.ShouldContain("Users are locked out since 00:00, 00:01:15.");
    }

    [Theory]
    [InlineData("20", 20L << 20)]
    [InlineData("20 MB/s", 20L << 20)]
    [InlineData("160 Mbit/s", 20_000_000L)]
    [InlineData("", null)]
    public void A_limit_is_typed_as_people_write_it_and_nothing_means_none(string typed, long? limit)
    {
        using var screen = Copying();
        screen.Press(new Key('l'));
        screen.Text.ShouldContain("Limit in MB/s, or like 160 Mbit/s; empty = none (now none): _");
        screen.Type(typed).Press(Key.Enter);
        said.ShouldBe([new LimitCopy(limit)]);
        screen.Text.ShouldNotContain("empty = none");
    }

    [Fact]
    public void What_is_no_limit_says_so_and_can_be_put_right()
    {
        using var screen = Copying();
        screen.Press(new Key('l')).Type("0").Press(Key.Enter);
        screen.Text.ShouldContain("\"0\" is no speed above zero. Write it like 20, 20 MB/s or 160 Mbit/s.");
        screen.Press(Key.Backspace).Type("5").Press(Key.Enter);
        said.ShouldBe([new LimitCopy(5 << 20)]);
    }

    [Fact]
    public void The_limit_that_holds_is_shown()
    {
        using var screen = Copying();
        screen.Tell(new CopyPaceChanged(Copy, true, false, 20 << 20));
        screen.Text.ShouldContain("limit 20 MB/s");
        screen.Press(new Key('l')).Text.ShouldContain("(now 20 MB/s)");
    }

    [Fact]
    public void Files_bytes_both_rates_and_troubles_are_told_in_two_rows()
    {
        using var screen = Copying(troubles: 2);
        screen.Text.ShouldContain("22 %  3.2 of 14.1 GB  64 MB/s  00:01:40 left");
        screen.Text.ShouldContain("  12,345 of 50,000 files  840 files/s  2 files not readable yet, see the log  ");
        screen.Rows.ShouldAllBe(row => row.Length <= 80);
    }

    [Fact]
    public void While_it_is_still_counted_the_totals_are_so_far()
    {
        using var screen = Copying();
        screen.Tell(Progress() with { Total = null, Remaining = null, Files = new FilesProgress(5, null, 3, 8000, 4L << 30) });
        screen.Text.ShouldContain("3.2 of 4 GB so far  64 MB/s");
        screen.Text.ShouldContain("5 of 8,000 files so far  3 files/s");
    }

    [Theory]
    [InlineData(80, "22 %  3.2 of 14.1 GB  64 MB/s  00:01:40 left", "files")]
    [InlineData(120, "22 %  3.2 of 14.1 GB  64 MB/s  00:01:40 left  12,345 of 50,000 files  840 files/s", "see the log")]
    public void Beside_a_backup_the_copy_has_one_row_and_what_matters_least_goes_first(int width, string shown, string dropped)
    {
        using var screen = Copying(width);
        screen.Tell(new Progressed(SampleMove.BackUp, "Backing up", 40, null, ProgressUnit.Percent, null, TimeSpan.FromSeconds(90)));
        screen.Text.ShouldContain(shown);
        screen.Text.ShouldContain("40 %  00:01:30 left");
        screen.Rows.Single(row => row.StartsWith("Copying", StringComparison.Ordinal)).ShouldNotContain(dropped);

        screen.Tell(new CopyPaceChanged(Copy, true, true, 20 << 20));
        screen.Text.ShouldContain("22 %  3.2 of 14.1 GB  paused");
        screen.Text.ShouldContain("40 %  00:01:30 left"); // the backup goes on
    }

    [Fact]
    public void When_the_copy_ends_so_do_its_keys()
    {
        using var screen = Copying();
        screen.Tell(new CopyPaceChanged(Copy, true, true, 5), new CopyPaceChanged(Copy, false, false, null));
        screen.KeyBar.ShouldNotContain("Resume");
        screen.Press(new Key('p')).Text.ShouldContain("not now, no directories are being copied");
    }

    private StillScreen Copying(int width = 80, long troubles = 0) => AScreen.WithTheMoveOpen(width, width == 80 ? 24 : 40).Connect(said.Add).Tell(
        new StepChanged(Copy, StepState.Running), new CopyPaceChanged(Copy, true, false, null),
        Progress() with { Files = new FilesProgress(12_345, 50_000, 840, Troubles: troubles) });

    private static Progressed Progress() => new(
        Copy, "Copying TaskLogs", 3.2 * (1 << 30), 14.1 * (1 << 30), ProgressUnit.Bytes, 64 << 20, TimeSpan.FromSeconds(100), "day-1/servertasks-123.log.txt");
}
