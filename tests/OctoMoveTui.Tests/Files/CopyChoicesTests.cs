using System.Security.Cryptography;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

/// <summary>What can be chosen about a copy: its hash, comparing contents, hashing without copying.</summary>
public sealed class CopyChoicesTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_SHA_256_the_manifest_holds_what_sha256sum_prints()
    {
        _folder.With("a.txt", "hello").With("b/zero.txt");

        await Copy(_folder.Job with { Hash = FileHashKind.Sha256 });

        var lines = _folder.ManifestLines();
        lines[0].ShouldBe(new ManifestHeader("TaskLogs", _folder.Destination) { Hash = FileHashKind.Sha256 });
        lines.OfType<FileLine>().Single(line => line.Path == "a.txt").Hash.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData("hello"u8)));
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
        EditInPlace(_folder.At("a.txt"));
        (await _folder.Verify()).Differences.Single().Kind.ShouldBe(DifferenceKind.Content);
    }

    [Fact]
    public async Task A_manifest_keeps_the_hash_it_was_begun_with()
    {
        _folder.With("a.txt", "hello");
        await _folder.Copy();
        _folder.With("b.txt", "more");

        var totals = await Copy(_folder.Job with { Hash = FileHashKind.Sha256 });

        totals.CopiedFiles.ShouldBe(1);
        _folder.ManifestLines().OfType<FileLine>().ShouldAllBe(line => line.Hash.Kind == FileHashKind.XxHash128);
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_edited_in_place_with_size_and_time_kept_is_found_by_comparing_contents_only()
    {
        _folder.WithLogs(30).With("edited.txt", "before");
        await _folder.Copy();
        EditInPlace(Path.Join(_folder.Source, "edited.txt"));

        (await _folder.Copy()).CopiedFiles.ShouldBe(0, "size and time say nothing");
        var totals = await Copy(_folder.Job with { CompareContents = true });

        totals.CopiedFiles.ShouldBe(1);
        totals.AlreadyThere.ShouldBe(30);
        _folder.ShouldBeTheSame();
        (await _folder.Verify()).ContentHash.ShouldBe(totals.ContentHash);
    }

    [Fact]
    public async Task Hashing_alone_writes_the_manifest_of_a_copy_and_no_file()
    {
        _folder.WithLogs(20).With("gone/a.txt", "1").WithEmptyDirectory("empty");
        var job = _folder.Job with { HashOnly = true, Destination = "backup@new-server:/var/octopus/TaskLogs" };

        var totals = await Copy(job);

        Directory.Exists(_folder.Destination).ShouldBeFalse();
        totals.Files.ShouldBe(21);
        ((ManifestHeader)_folder.ManifestLines()[0]).Destination.ShouldBe(job.Destination);
        var other = _folder.ManifestFile + ".copy";
        (await Copy(_folder.Job with { ManifestFile = other })).ContentHash.ShouldBe(totals.ContentHash);

        // Another program copied it: then it is proven like a copy of our own.
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);

        Directory.Delete(Path.Join(_folder.Source, "gone"), recursive: true);
        _folder.With("day-1/servertasks-1.txt", "changed", tick: 9);
        var again = await Copy(job);
        again.CopiedFiles.ShouldBe(1, "only what changed is read again");
        _folder.ManifestLines().OfType<GoneLine>().Select(line => line.Path).ShouldBe(["gone/a.txt", "gone"]);
    }

    [Fact]
    public async Task Whoever_wants_a_file_for_itself_alone_may_have_it_while_it_is_read()
    {
        _folder.With("log.txt", "being written");
        var isHeld = false;

        await _folder.Copy((moment, _) =>
        {
            if (moment == CopyMoment.SourceOpened)
            {
                using var alone = new FileStream(Path.Join(_folder.Source, "log.txt"), FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.ReadWrite | FileShare.Delete : FileShare.None);
                isHeld = true;
            }
        });

        isHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task What_could_not_be_read_is_tried_once_more_when_all_else_is_copied()
    {
        _folder.WithLogs(10).With("busy.txt", "x");
        FileStream? held = new(Path.Join(_folder.Source, "busy.txt"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var renamed = 0;

        var totals = await _folder.Copy((at, _) =>
        {
            if (at == CopyMoment.Renamed && Interlocked.Increment(ref renamed) == 10)
            {
                Interlocked.Exchange(ref held, null)?.Dispose();
            }
        });

        totals.Files.ShouldBe(11);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_file_system_that_can_clone_shares_the_blocks_and_is_proven_all_the_same()
    {
        var btrfs = await ABtrfs.MakeAsync();
        Assert.SkipWhen(btrfs is null, "this needs root, mkfs.btrfs and a kernel with Btrfs");
        await using var disk = btrfs;
        var content = new byte[8_000_000];
        new Random(3).NextBytes(content);
        var job = new CopyJob("Packages", Path.Join(disk.Root, "old"), Path.Join(disk.Root, "new"), Path.Join(disk.Root, "move", "Packages.manifest"));
        AFolder.Put(Path.Join(job.Source, "Acme.1.0.0.nupkg"), content, new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc));
        AFolder.Put(Path.Join(job.Source, "small.txt"), [1, 2, 3], new DateTime(2026, 5, 2, 0, 0, 0, DateTimeKind.Utc));
        var used = await disk.UsedAsync();

        await Copy(job);

        AFolder.Picture(job.Destination).ShouldBe(AFolder.Picture(job.Source));
        (await disk.UsedAsync() - used).ShouldBeLessThan(content.Length / 2);
        (await new DirectoryVerifier(TimeProvider.System).VerifyAsync("Packages", job.Destination, job.ManifestFile, VerifyDepth.Contents, _ => { }, CancellationToken.None))
            .DifferenceCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(36)]
    [InlineData(84)]
    public void A_name_that_the_destination_cant_hold_is_told_from_a_destination_that_cant_be_written(int error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the numbers are those of Linux");
        FileCopy.IsAboutName(new IOException("Invalid argument", error)).ShouldBeTrue();
        FileCopy.IsAboutName(new IOException("No space left on device", 28)).ShouldBeFalse();
    }

    private static Task<CopyTotals> Copy(CopyJob job) => new DirectoryCopier(TimeProvider.System).CopyAsync(job, _ => { }, CancellationToken.None);

    private static void EditInPlace(string file)
    {
        var time = File.GetLastWriteTimeUtc(file);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, time);
    }
}
