using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Tests.Files;

public sealed class DirectoryVerifierTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(VerifyDepth.SizesAndTimes), InlineData(VerifyDepth.Contents)]
    public async Task A_true_copy_has_no_differences_and_the_hash_of_the_copy(VerifyDepth depth)
    {
        _folder.WithLogs(50).WithEmptyDirectory("empty").With("zero");
        var copied = await _folder.Copy();

        var verified = await _folder.Verify(depth);

        verified.DifferenceCount.ShouldBe(0);
        (verified.Files, verified.Bytes, verified.ContentHash).ShouldBe((copied.Files, copied.Bytes, copied.ContentHash));
    }

    [Theory, InlineData(VerifyDepth.SizesAndTimes), InlineData(VerifyDepth.Contents)]
    public async Task Missing_extra_truncated_touched_and_exchanged_are_found(VerifyDepth depth)
    {
        _folder.WithLogs(20).With("missing.txt", "m").With("truncated.txt", "truncated").With("touched.txt", "t").With("kind", "k").With("gone dir/x", "x");
        var copied = await _folder.Copy();
        File.Delete(_folder.At("missing.txt"));
        Directory.Delete(_folder.At("gone dir"), recursive: true);
        AFolder.Put(_folder.At("truncated.txt"), [1], File.GetLastWriteTimeUtc(_folder.At("truncated.txt")));
        File.SetLastWriteTimeUtc(_folder.At("touched.txt"), File.GetLastWriteTimeUtc(_folder.At("touched.txt")).AddTicks(1));
        File.Delete(_folder.At("kind"));
        Directory.CreateDirectory(_folder.At("kind"));
        AFolder.Put(_folder.At("extra dir/extra.txt"), [1], DateTime.UnixEpoch);

        var verified = await _folder.Verify(depth);

        verified.Differences.Select(d => (d.Path, d.Kind)).ShouldBe(
        [
            ("extra dir", DifferenceKind.Extra), ("extra dir/extra.txt", DifferenceKind.Extra), ("gone dir", DifferenceKind.Missing),
            ("gone dir/x", DifferenceKind.Missing), ("kind", DifferenceKind.Kind), ("missing.txt", DifferenceKind.Missing),
            ("touched.txt", DifferenceKind.Time), ("truncated.txt", DifferenceKind.Size),
        ]);
        verified.DifferenceCount.ShouldBe(8);
        verified.ContentHash.ShouldNotBe(copied.ContentHash);
        FileFailures.Differs("TaskLogs", _folder.Destination, verified).Report.Cause.ShouldBe(FailureCause.Differs);
    }

    [Fact]
    public async Task Files_edited_in_place_with_size_and_time_kept_are_all_found_by_their_contents()
    {
        _folder.WithLogs(40).With("big.nupkg", new byte[2_500_000]);
        var copied = await _folder.Copy();
        foreach (var path in (string[])["day-3/servertasks-3.txt", "day-5/servertasks-12.txt", "big.nupkg"])
        {
            var bytes = File.ReadAllBytes(_folder.At(path));
            bytes[^1] ^= 1;
            AFolder.Put(_folder.At(path), bytes, File.GetLastWriteTimeUtc(_folder.At(path)));
        }

        (await _folder.Verify(VerifyDepth.SizesAndTimes)).DifferenceCount.ShouldBe(0);
        var verified = await _folder.Verify(VerifyDepth.Contents);

        verified.Differences.Select(d => (d.Path, d.Kind)).ShouldBe(
        [
            ("big.nupkg", DifferenceKind.Content), ("day-3/servertasks-3.txt", DifferenceKind.Content), ("day-5/servertasks-12.txt", DifferenceKind.Content),
        ]);
        verified.ContentHash.ShouldNotBe(copied.ContentHash);
    }

    [Fact]
    public async Task The_copy_of_a_cancelled_run_is_unfinished_though_all_its_files_agree()
    {
        _folder.WithLogs(30);
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _folder.Copy((at, _) => { if (at == CopyMoment.Renamed) { cancel.Cancel(); } }, cancel.Token));

        (await _folder.Verify()).Differences.ShouldContain(d => d.Kind == DifferenceKind.Unfinished);
    }

    [Fact]
    public async Task Differences_are_all_counted_and_the_first_hundred_named()
    {
        _folder.WithLogs(150);
        await _folder.Copy();
        foreach (var directory in Directory.GetDirectories(_folder.Destination))
        {
            Directory.Delete(directory, recursive: true);
        }

        var verified = await _folder.Verify();

        verified.DifferenceCount.ShouldBe(157);
        verified.Differences.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_file_that_cant_be_read_is_a_difference()
    {
        _folder.With("a", "a");
        await _folder.Copy();
        using (new FileStream(_folder.At("a"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await _folder.Verify()).Differences.Single().Kind.ShouldBe(DifferenceKind.Unreadable);
        }
    }

    [Fact]
    public async Task Times_rounded_by_a_coarse_file_system_agree_but_a_second_off_by_an_odd_amount_does_not()
    {
        _folder.With("a", "a").With("b", "b");
        await _folder.Copy();
        var exact = File.GetLastWriteTimeUtc(_folder.At("a")).Ticks;
        File.SetLastWriteTimeUtc(_folder.At("a"), new DateTime(exact - (exact % (2 * TimeSpan.TicksPerSecond)), DateTimeKind.Utc));
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
        (await _folder.Copy()).AlreadyThere.ShouldBe(2);

        File.SetLastWriteTimeUtc(_folder.At("b"), new DateTime(exact - TimeSpan.TicksPerSecond, DateTimeKind.Utc));
        (await _folder.Verify()).Differences.Single().Path.ShouldBe("b");
    }

    [Fact]
    public async Task A_missing_manifest_and_a_missing_directory_are_refused_with_what_to_do()
    {
        _folder.With("a");
        var noRoot = await Should.ThrowAsync<MoveFailure>(() => _folder.Verify());
        Directory.CreateDirectory(_folder.Destination);
        var noManifest = await Should.ThrowAsync<MoveFailure>(() => _folder.Verify());

        noRoot.Report.What.ShouldContain("no directory");
        noManifest.Report.What.ShouldContain("no manifest");
    }

    [Fact]
    public async Task Cancelling_a_verification_stops_it()
    {
        _folder.WithLogs(20);
        await _folder.Copy();

        await Should.ThrowAsync<OperationCanceledException>(() => new DirectoryVerifier(TimeProvider.System).VerifyAsync(
            "TaskLogs", _folder.Destination, _folder.ManifestFile, VerifyDepth.Contents, _ => { }, new CancellationToken(canceled: true)));
    }
}
