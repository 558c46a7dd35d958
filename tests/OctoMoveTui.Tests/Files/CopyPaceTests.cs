using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Files;

/// <summary>Copying threads wait through a pause, and as long as a limit demands.</summary>
public sealed class CopyPaceTests
{
    private readonly JumpingClock clock = new();

    [Fact]
    public void Without_pause_or_limit_nobody_waits()
    {
        new CopyPace(clock).Spend(long.MaxValue, CancellationToken.None);
        clock.Seconds.ShouldBe(0);
    }

    [Fact]
    public void A_limit_gives_its_bytes_a_second()
    {
        var pace = new CopyPace(clock) { BytesPerSecond = 1000 };
        for (var block = 0; block < 101; block++)
        {
            pace.Spend(100, CancellationToken.None);
        }

        // All but the last block are paid for before it goes.
        clock.Seconds.ShouldBe(10, tolerance: 0.2);
    }

    [Fact]
    public void A_block_larger_than_a_second_s_worth_goes_and_the_next_waits_for_it()
    {
        var pace = new CopyPace(clock) { BytesPerSecond = 1000 };
        pace.Spend(5000, CancellationToken.None);
        clock.Seconds.ShouldBe(0);
        pace.Spend(1, CancellationToken.None);
        clock.Seconds.ShouldBe(5, tolerance: 0.01);
    }

    [Fact]
    public void A_lull_is_not_caught_up_at_full_speed()
    {
        var pace = new CopyPace(clock) { BytesPerSecond = 1000 };
        clock.Advance(TimeSpan.FromHours(1));
        for (var block = 0; block < 101; block++)
        {
            pace.Spend(100, CancellationToken.None);
        }

        (clock.Seconds - 3600).ShouldBe(10, tolerance: 0.2);
    }

    [Fact]
    public void Many_threads_together_keep_to_the_limit()
    {
        var pace = new CopyPace(clock) { BytesPerSecond = 1000 };
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (var block = 0; block < 10; block++)
            {
                pace.Spend(100, CancellationToken.None);
            }
        })).ToList();
        threads.ForEach(each => each.Start());
        threads.ForEach(each => each.Join());
        clock.Seconds.ShouldBeGreaterThanOrEqualTo(7.8);
    }

    [Fact]
    public void A_pause_holds_every_thread_until_it_ends()
    {
        var pace = new CopyPace(clock);
        pace.Pause();
        var done = 0;
        var threads = Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            pace.Spend(number * 100, CancellationToken.None);
            Interlocked.Increment(ref done);
        })).ToList();
        threads.ForEach(each => each.Start());
        threads.ForEach(ShouldWait);
        done.ShouldBe(0);

        pace.Resume();

        threads.ForEach(each => each.Join());
        pace.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_waits_for_a_slow_limit_goes_on_at_once_when_it_is_lifted()
    {
        var stopped = new StoppedClock();
        var pace = new CopyPace(stopped) { BytesPerSecond = 1 };
        pace.Spend(1_000_000, CancellationToken.None);
        var thread = new Thread(() => pace.Spend(1, CancellationToken.None));
        thread.Start();
        ShouldWait(thread);

        pace.BytesPerSecond = null;

        thread.Join();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_waits_can_be_stopped(bool paused)
    {
        var pace = new CopyPace(new StoppedClock()) { BytesPerSecond = paused ? null : 1 };
        pace.Spend(1000, CancellationToken.None);
        if (paused)
        {
            pace.Pause();
        }

        using var cancel = new CancellationTokenSource();
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(() => pace.Spend(1, cancel.Token)));
        thread.Start();
        ShouldWait(thread);

        cancel.Cancel();

        thread.Join();
        thrown.ShouldBeOfType<OperationCanceledException>();
    }

    [Fact]
    public void A_limit_holds_up_bytes_and_not_files_without_any()
    {
        var pace = new CopyPace(new StoppedClock()) { BytesPerSecond = 1 };
        pace.Spend(1000, CancellationToken.None);
        pace.Spend(0, CancellationToken.None);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_is_above_zero(long limit) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CopyPace(clock).BytesPerSecond = limit);

    [Fact]
    public async Task A_paused_copy_moves_nothing_and_is_whole_when_it_goes_on()
    {
        using var folder = new AFolder().WithLogs(40);
        var pace = new CopyPace(TimeProvider.System);
        var renamed = 0;
        using var paused = new ManualResetEventSlim();
        var copying = new DirectoryCopier(TimeProvider.System)
        {
            Seams = new CopySeams((moment, _) =>
            {
                if (moment == CopyMoment.Renamed && Interlocked.Increment(ref renamed) == 5)
                {
                    pace.Pause();
                    paused.Set();
                }
            }),
        }.CopyAsync(folder.Job with { Pace = pace }, _ => { }, CancellationToken.None);
        paused.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        Volatile.Read(ref renamed).ShouldBeLessThan(40);

        pace.Resume();

        (await copying).Files.ShouldBe(40);
        folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_paused_copy_can_be_stopped_and_leaves_no_half_file()
    {
        using var folder = new AFolder().WithLogs(40);
        var pace = new CopyPace(TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        pace.Pause();
        var copying = new DirectoryCopier(TimeProvider.System).CopyAsync(folder.Job with { Pace = pace }, _ => { }, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => copying);
        folder.Leftovers().ShouldBeEmpty();
    }

    private static void ShouldWait(Thread thread) =>
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(60)).ShouldBeTrue();

    // Whoever sets an alarm is woken at once, and it is as late as the alarm said.
    private sealed class JumpingClock : TimeProvider
    {
        private long now;

        public double Seconds => Interlocked.Read(ref now) / (double)TimeSpan.TicksPerSecond;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Advance(TimeSpan span) => Interlocked.Add(ref now, span.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Advance(dueTime);
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            return new NoTimer();
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
