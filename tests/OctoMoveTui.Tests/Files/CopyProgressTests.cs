using System.Collections.Concurrent;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

/// <summary>What a copy tells while it runs.</summary>
public sealed class CopyProgressTests : IDisposable
{
    private readonly AFolder _folder = new();
    private readonly ConcurrentQueue<CopyProgress> _progress = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_while_the_copy_runs_and_counted()
    {
        _folder.WithLogs(20).With("locked\u001b.txt", "x");
        var troubled = new ConcurrentQueue<string>();

        await Should.ThrowAsync<MoveFailure>(() => CopyAsync(Denied("locked"), troubled.Enqueue));

        troubled.ShouldBe([@"locked\u001b.txt (access was denied)"]);
    }

    [Fact]
    public void A_batch_of_which_nothing_counted_tells_nothing()
    {
        var (told, time) = (0, new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var tally = new CopyTally(_ => told++, time);
        time.Advance(TimeSpan.FromSeconds(10));

        tally.Add(default);

        told.ShouldBe(0);
    }

    [Fact]
    public async Task Of_very_many_the_first_hundred_are_named()
    {
        _folder.WithLogs(150);
        var troubled = new ConcurrentQueue<string>();
        await Should.ThrowAsync<MoveFailure>(() => CopyAsync(Denied("day"), troubled.Enqueue));
        troubled.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_file_that_can_be_read_at_the_second_try_is_named_once_and_counted_until_then()
    {
        _folder.WithLogs(20).With("busy.txt", "x");
        var (troubled, tries) = (new ConcurrentQueue<string>(), 0);

        await CopyAsync((moment, path) =>
        {
            if (moment == CopyMoment.SourceOpened && path == "busy.txt" && Interlocked.Increment(ref tries) == 1)
            {
                throw new FileTrouble("access was denied", moves: false);
            }
        }, troubled.Enqueue);

        troubled.ShouldBe(["busy.txt (access was denied)"]);
        _progress.Last().Troubles.ShouldBe(0);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task Files_and_bytes_are_told_of_totals_that_are_whole_and_before_that_of_what_was_counted_so_far()
    {
        _folder.WithLogs(200);
        await CopyAsync((_, _) => { }, _ => { });
        _progress.ShouldAllBe(each => each.FilesTotal == null ? each.SoFar != null : each.FilesTotal == 200 && each.SoFar == null);
        _progress.Last().Troubles.ShouldBe(0);
    }

    private static Action<CopyMoment, string> Denied(string beginning) => (moment, path) =>
    {
        if (moment == CopyMoment.SourceOpened && path.StartsWith(beginning, StringComparison.Ordinal))
        {
            throw new FileTrouble("access was denied", moves: false);
        }
    };

    private Task CopyAsync(Action<CopyMoment, string> at, Action<string> troubled) => new DirectoryCopier(TimeProvider.System) { Seams = new CopySeams(at) }
        .CopyAsync(_folder.Job with { Troubled = troubled }, _progress.Enqueue, CancellationToken.None);
}
