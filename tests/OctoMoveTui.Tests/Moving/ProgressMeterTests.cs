using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Moving;

/// <summary>Rates of the last seconds, and the time left at the slower of the two.</summary>
public sealed class ProgressMeterTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<Progressed> told = [];
    private readonly ProgressMeter meter;

    public ProgressMeterTests() =>
        meter = new ProgressMeter(new StepId("copy-directories"), "Copying TaskLogs", ProgressUnit.Bytes, each => told.Add((Progressed)each), clock);

    [Fact]
    public void Many_small_files_are_as_long_as_their_files_take()
    {
        Report(files: 0, bytes: 0);
        Report(files: 100, bytes: 1_000_000);

        var progress = told[^1];
        progress.RatePerSecond.ShouldBe(1_000_000);
        progress.Files!.RatePerSecond.ShouldBe(100);
        progress.Remaining.ShouldBe(TimeSpan.FromSeconds(99)); // by bytes it would be 9
    }

    [Fact]
    public void Large_files_are_as_long_as_their_bytes_take()
    {
        Report(files: 0, bytes: 0);
        Report(files: 5000, bytes: 100_000);
        told[^1].Remaining.ShouldBe(TimeSpan.FromSeconds(99)); // by files it would be 1
    }

    [Fact]
    public void A_few_large_files_say_nothing_about_how_fast_files_go()
    {
        Report(files: 0, bytes: 0);
        Report(files: 1, bytes: 5_000_000);
        told[^1].Files!.RatePerSecond.ShouldBeNull();
        told[^1].Remaining.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void While_it_is_still_counted_there_is_no_time_left_but_what_was_counted_so_far()
    {
        meter.Report(new CopyProgress(0, 0, null, null, null) { SoFar = new CopyCount(10, 100) });
        clock.Advance(TimeSpan.FromSeconds(1));
        meter.Report(new CopyProgress(8, 50, null, null, "a") { SoFar = new CopyCount(20, 200), Troubles = 2 });

        var progress = told[^1];
        progress.Remaining.ShouldBeNull();
        progress.Total.ShouldBeNull();
        progress.Files.ShouldBe(new FilesProgress(8, null, 8, 20, 200, 2));
    }

    [Fact]
    public void Files_without_bytes_are_waited_for_too()
    {
        Report(files: 0, bytes: 10_000_000);
        Report(files: 1000, bytes: 10_000_000);
        told[^1].Remaining.ShouldBe(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public void After_a_pause_the_rate_is_that_of_the_seconds_since()
    {
        Report(files: 0, bytes: 0);
        Report(files: 10, bytes: 1000);
        clock.Advance(TimeSpan.FromHours(1));
        meter.Forget();
        Report(files: 10, bytes: 1000);
        told[^1].RatePerSecond.ShouldBeNull();
        Report(files: 20, bytes: 2000);
        told[^1].RatePerSecond.ShouldBe(1000);
    }

    [Fact]
    public void Not_more_than_ten_a_second_are_told_and_the_last_one_always()
    {
        for (var done = 0; done <= 100; done++)
        {
            meter.Report(done, 100);
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        told.Count.ShouldBe(11);
        told[^1].Done.ShouldBe(100);
    }

    // 10,000 files with 10,000,000 bytes; a second goes by after each report.
    private void Report(long files, long bytes)
    {
        if (told.Count > 0)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        meter.Report(new CopyProgress(files, bytes, 10_000, 10_000_000, null));
    }
}
