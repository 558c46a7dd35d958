using System.Collections.Concurrent;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

public sealed class InterruptedCopyTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int> Points()
    {
        var points = new TheoryData<string, int>();
        foreach (var moment in (CopyMoment[])[CopyMoment.SourceOpened, CopyMoment.SourceRead, CopyMoment.Written, CopyMoment.Renamed])
        {
            foreach (var nth in (int[])[1, 2, 7, 20, 39, 40])
            {
                points.Add(moment.ToString(), nth);
            }
        }

        return points;
    }

    [Theory, MemberData(nameof(Points))]
    public async Task Wherever_it_is_cancelled_no_finished_file_is_copied_again(string moment, int nth)
    {
        _folder.WithLogs(40);
        using var cancel = new CancellationTokenSource();
        var count = 0;
        var renamed = new ConcurrentBag<string>();

        await Should.ThrowAsync<OperationCanceledException>(() => _folder.Copy((at, path) =>
        {
            if (at == CopyMoment.Renamed)
            {
                renamed.Add(path);
            }

            if (at.ToString() == moment && Interlocked.Increment(ref count) == nth)
            {
                cancel.Cancel();
            }
        }, cancel.Token));

        _folder.Leftovers().ShouldBeEmpty();
        _folder.ManifestLines().OfType<FileLine>().Select(line => line.Path).Order().ShouldBe(renamed.Order(), "finished is recorded, and only finished is");

        var copiedAgain = new ConcurrentBag<string>();
        var totals = await _folder.Copy((at, path) =>
        {
            if (at == CopyMoment.SourceOpened)
            {
                copiedAgain.Add(path);
            }
        });

        copiedAgain.Intersect(renamed).ShouldBeEmpty();
        totals.AlreadyThere.ShouldBe(renamed.Count);
        totals.Files.ShouldBe(40);
        _folder.ShouldBeTheSame();
        (await _folder.Verify()).ContentHash.ShouldBe(totals.ContentHash);
    }

    [Fact]
    public async Task A_copy_cancelled_in_the_middle_of_a_big_file_leaves_no_part_of_it()
    {
        _folder.With("big.nupkg", new byte[5_000_000]);
        using var cancel = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => _folder.Copy((at, _) =>
        {
            if (at == CopyMoment.SourceOpened)
            {
                cancel.Cancel();
            }
        }, cancel.Token));

        Directory.GetFileSystemEntries(_folder.Destination).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_before_it_began_nothing_is_made()
    {
        _folder.WithLogs(3);

        await Should.ThrowAsync<OperationCanceledException>(() => _folder.Copy(new CancellationToken(canceled: true)));

        Directory.Exists(_folder.Destination).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_is_recorded_only_after_its_batch_went_to_disk()
    {
        _folder.WithLogs(12);

        await Should.ThrowAsync<MoveFailure>(() => _folder.Copy((at, _) =>
        {
            if (at == CopyMoment.BatchFlushed)
            {
                _folder.ManifestLines().OfType<FileLine>().ShouldBeEmpty();
                throw new IOException("the power went");
            }
        }));

        _folder.ManifestLines().OfType<FileLine>().ShouldBeEmpty("nothing was recorded");
        (await _folder.Copy()).CopiedFiles.ShouldBe(12);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task Leftovers_of_a_killed_copy_are_removed_and_files_of_others_with_like_names_are_not()
    {
        _folder.WithLogs(10);
        await _folder.Copy();
        File.WriteAllText(_folder.At(".octomove-0123456789abcdef.part"), "left");
        File.WriteAllText(_folder.At("day-1/.octomove-00000000000000ff.part"), "left");
        File.WriteAllText(_folder.At("day-1/.octomove-notes.part"), "mine");

        await _folder.Copy();

        _folder.Leftovers().Select(Path.GetFileName).ShouldBe([".octomove-notes.part"]);
    }

    [Fact]
    public async Task Leftovers_of_a_killed_copy_go_with_a_directory_that_vanishes_before_it_resumes()
    {
        _folder.WithLogs(10);
        await _folder.Copy();
        File.WriteAllText(_folder.At("day-1/.octomove-00000000000000ff.part"), "left");
        Directory.Delete(Path.Join(_folder.Source, "day-1"), recursive: true);

        await _folder.Copy();

        _folder.ShouldBeTheSame();
        (await _folder.Verify()).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_became_a_link_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.With("a", "a").With("b", "b");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "b"));
        File.CreateSymbolicLink(Path.Join(_folder.Source, "b"), "a");

        await _folder.Copy();

        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_directory_made_in_place_of_a_file_by_a_killed_copy_is_no_hindrance()
    {
        _folder.With("one", "file").With("other", "file");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "one"));
        _folder.With("one/two", "now a directory");
        File.Delete(_folder.At("one"));
        Directory.CreateDirectory(_folder.At("one"));

        await _folder.Copy();

        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task Wherever_the_last_line_of_the_manifest_is_torn_the_copy_goes_on()
    {
        _folder.WithLogs(4);
        await _folder.Copy();
        var whole = File.ReadAllBytes(_folder.ManifestFile);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.ManifestFile, whole[..length]);
            if (Array.IndexOf(whole, (byte)'\n', 0, length) < 0)
            {
                // Torn within the header: it went to disk before any file, so files without it can't be ours.
                (await _folder.CopyFails()).Cause.ShouldBe(FailureCause.InTheWay);
                continue;
            }

            var linesLeft = whole[..length].Count(b => b == '\n');
            _folder.ManifestLines().Count.ShouldBe(linesLeft);
            var known = _folder.ManifestLines().OfType<FileLine>().Count();

            var totals = await _folder.Copy();

            totals.AlreadyThere.ShouldBe(known);
            totals.Files.ShouldBe(4);
            _folder.ManifestLines()[^1].ShouldBeOfType<DoneLine>();
        }

        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_source_that_changed_since_is_copied_again_and_the_new_line_wins()
    {
        _folder.With("a.txt", "first").With("b.txt", "b");
        await _folder.Copy();
        _folder.With("a.txt", "other", tick: 1);

        var totals = await _folder.Copy();

        totals.CopiedFiles.ShouldBe(1);
        _folder.ManifestLines().OfType<FileLine>().Count(line => line.Path == "a.txt").ShouldBe(2);
        File.ReadAllText(_folder.At("a.txt")).ShouldBe("other");
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_move_folder_mounted_elsewhere_is_still_known()
    {
        _folder.WithLogs(5);
        await _folder.Copy();
        var elsewhere = Path.Join(_folder.Root, "other mount");
        Directory.Move(_folder.Destination, elsewhere);

        var totals = await new DirectoryCopier(TimeProvider.System).CopyAsync(_folder.Job with { Destination = elsewhere }, _ => { }, CancellationToken.None);

        totals.AlreadyThere.ShouldBe(5);
    }

    [Fact]
    public async Task A_file_that_changes_once_while_it_is_copied_is_copied_in_its_new_state()
    {
        _folder.With("a.log", "before");
        var changed = false;

        await _folder.Copy((at, _) =>
        {
            if (at == CopyMoment.SourceRead && !changed)
            {
                changed = true;
                _folder.With("a.log", "after!", tick: 9);
            }
        });

        File.ReadAllText(_folder.At("a.log")).ShouldBe("after!");
        _folder.ShouldBeTheSame();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_that_keeps_changing_fails_the_copy_unless_Octopus_is_known_to_be_at_work(bool live)
    {
        _folder.IsLive = live;
        _folder.WithLogs(5).With("busy.log", "x");
        var tick = 0;
        void Write(CopyMoment at, string path)
        {
            if (at == CopyMoment.SourceRead && path == "busy.log")
            {
                _folder.With("busy.log", "x", ++tick);
            }
        }

        if (live)
        {
            var totals = await _folder.Copy(Write);
            totals.Unsettled.ShouldBe(1);
            totals.UnsettledFiles.ShouldBe(["busy.log (it changed while it was copied)"]);
            (await _folder.Verify()).Differences.Single().Kind.ShouldBe(DifferenceKind.Unfinished);
        }
        else
        {
            var failure = await Should.ThrowAsync<MoveFailure>(() => _folder.Copy(Write));
            failure.Report.Cause.ShouldBe(FailureCause.Files);
            failure.Report.What.ShouldContain("busy.log (it changed while it was copied)");
        }

        tick.ShouldBe(live ? 3 : 6, "tried three times, and with nobody at work three times more when all else is copied");
        _folder.IsLive = false;
        (await _folder.Copy()).AlreadyThere.ShouldBe(5);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_file_that_vanishes_while_Octopus_is_at_work_is_reported_and_settled_by_the_next_pass()
    {
        _folder.IsLive = true;
        _folder.WithLogs(5).With("vanishing.log", "x");
        var totals = await _folder.Copy((at, path) =>
        {
            if (at == CopyMoment.SourceRead && path == "vanishing.log")
            {
                File.SetLastWriteTimeUtc(Path.Join(_folder.Source, path), DateTime.UnixEpoch);
                File.Delete(Path.Join(_folder.Source, path));
            }
        });
        totals.UnsettledFiles.ShouldBe(["vanishing.log (it vanished)"]);

        _folder.IsLive = false;
        (await _folder.Copy()).Files.ShouldBe(5);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_file_that_Octopus_holds_open_for_itself_is_left_to_the_next_pass()
    {
        _folder.IsLive = true;
        _folder.WithLogs(5).With("held.log", "x");
        using (new FileStream(Path.Join(_folder.Source, "held.log"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await _folder.Copy()).Unsettled.ShouldBe(1);
        }

        _folder.IsLive = false;
        (await _folder.Copy()).CopiedFiles.ShouldBe(1);
        _folder.ShouldBeTheSame();
    }
}
