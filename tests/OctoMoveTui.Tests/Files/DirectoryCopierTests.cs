using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Tests.Files;

public sealed class DirectoryCopierTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_arrives_with_its_bytes_its_time_to_the_100_ns_and_its_empty_directories()
    {
        var big = new byte[3_500_000];
        new Random(7).NextBytes(big);
        _folder.WithLogs(60).With("Spaces-1/feeds-builtin/Acme.Web/Acme.Web.1.0.0.nupkg", big).With("empty.txt")
            .WithEmptyDirectory("nothing/in here").With("deep/er/and/er/x.txt", "x");
        Directory.SetLastWriteTimeUtc(Path.Join(_folder.Source, "nothing"), new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1));

        var totals = await _folder.Copy();

        _folder.ShouldBeTheSame();
        totals.Files.ShouldBe(63);
        totals.CopiedFiles.ShouldBe(63);
        totals.AlreadyThere.ShouldBe(0);
        totals.Bytes.ShouldBe(new DirectoryInfo(_folder.Source).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length));
        totals.CopiedBytes.ShouldBe(totals.Bytes);
        Directory.GetLastWriteTimeUtc(_folder.Destination).ShouldBe(Directory.GetLastWriteTimeUtc(_folder.Source));
        _folder.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Odd_names_arrive_and_come_back_from_the_manifest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows doesn't allow these names");
        string[] names =
        [
            "with space", " leading", "trailing. ", "tab\there", "line\nbreak", "back\\slash", "quote\"'`$(x)", "*?<>|", "a:b", "-rf", "ünïcødé",
            "日本語", "😀", "\u001b[31mred", "\u202egnp.exe", new string('n', 200), ".hidden", "...", "CON",
        ];
        foreach (var name in names)
        {
            _folder.With(name, name).With($"dir {name}/{name}", name);
        }

        var totals = await _folder.Copy();

        _folder.ShouldBeTheSame();
        totals.Files.ShouldBe(2 * names.Length);
        _folder.ManifestLines().OfType<FileLine>().Select(line => line.Path).Order()
            .ShouldBe(names.SelectMany(name => (string[])[name, $"dir {name}/{name}"]).Order());
        File.ReadAllText(_folder.ManifestFile).Any(c => char.IsControl(c) && c is not ('\t' or '\n')).ShouldBeFalse();
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
        (await _folder.Copy()).AlreadyThere.ShouldBe(2 * names.Length);
    }

    [Fact]
    public async Task The_manifest_has_the_XxHash128_of_each_file_and_ends_with_the_totals()
    {
        _folder.With("a.txt", "hello").With("b/zero.txt");

        var totals = await _folder.Copy();

        var lines = _folder.ManifestLines();
        lines[0].ShouldBe(new ManifestHeader("TaskLogs", _folder.Destination));
        var file = lines.OfType<FileLine>().Single(line => line.Path == "a.txt");
        file.Hash.First.ShouldBe(XxHash128.HashToUInt128(Encoding.UTF8.GetBytes("hello")));
        file.Size.ShouldBe(5);
        file.Ticks.ShouldBe(File.GetLastWriteTimeUtc(Path.Join(_folder.Source, "a.txt")).Ticks);
        file.Write().ShouldBe($"file\t{file.Hash.First.ToString("x32", CultureInfo.InvariantCulture)}\t2026-05-01T10:20:30.1234567Z\t5\ta.txt");
        lines[^1].ShouldBe(new DoneLine(2, 5, totals.ContentHash));
    }

    [Fact]
    public async Task The_content_hash_depends_on_each_path_size_time_and_content_but_not_on_the_order()
    {
        static async Task<string> HashOf(Action<AFolder> fill)
        {
            using var folder = new AFolder();
            fill(folder);
            return (await folder.Copy()).ContentHash;
        }

        var hash = await HashOf(f => f.With("a", "1").With("b", "2"));
        (await HashOf(f => f.With("b", "2").With("a", "1"))).ShouldBe(hash);
        (await HashOf(f => f.With("a", "2").With("b", "1"))).ShouldNotBe(hash);
        (await HashOf(f => f.With("a", "1").With("c", "2"))).ShouldNotBe(hash);
        (await HashOf(f => f.With("a", "1").With("b", "2", tick: 1))).ShouldNotBe(hash);
        (await HashOf(f => f.With("a", "1"))).ShouldNotBe(hash);
    }

    [Fact]
    public async Task Source_and_destination_may_themselves_be_links_to_where_the_files_lie()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making a link needs a right there");
        _folder.WithLogs(20);
        var (source, destination) = (Path.Join(_folder.Root, "linked-old"), Path.Join(_folder.Root, "linked-new"));
        Directory.CreateSymbolicLink(source, _folder.Source);
        Directory.CreateDirectory(_folder.Destination);
        Directory.CreateSymbolicLink(destination, _folder.Destination);
        var job = _folder.Job with { Source = source, Destination = destination };

        var totals = await new DirectoryCopier(TimeProvider.System).CopyAsync(job, _ => { }, CancellationToken.None);

        totals.CopiedFiles.ShouldBe(20);
        _folder.ShouldBeTheSame();
        (await new DirectoryVerifier(TimeProvider.System).VerifyAsync("TaskLogs", destination, job.ManifestFile, VerifyDepth.Contents, _ => { }, CancellationToken.None))
            .DifferenceCount.ShouldBe(0);
        File.WriteAllText(_folder.At("day-1/servertasks-1.txt"), "damaged");
        await new DirectoryRepair().RepairAsync(job, ["day-1/servertasks-1.txt"], _ => { }, CancellationToken.None);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task An_empty_directory_is_a_copy_of_nothing()
    {
        var totals = await _folder.Copy();

        totals.Files.ShouldBe(0);
        Directory.Exists(_folder.Destination).ShouldBeTrue();
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Fact]
    public async Task The_last_progress_is_the_whole_and_the_total_is_known()
    {
        _folder.WithLogs(30);

        var totals = await _folder.Copy();

        _folder.Progress[^1].ShouldBe(new CopyProgress(totals.Files, totals.Bytes, totals.Files, totals.Bytes, null));
    }

    [Fact]
    public async Task A_second_pass_copies_only_what_changed_and_removes_only_what_vanished()
    {
        _folder.WithLogs(20).With("old/gone.txt", "gone").With("old/er/gone too.txt", "gone").With("shorter.txt", "long content");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "day-1", "servertasks-1.txt"));
        Directory.Delete(Path.Join(_folder.Source, "old"), recursive: true);
        _folder.With("shorter.txt", "short", tick: 5).With("new.txt", "new");
        AFolder.Put(_folder.At("not ours.txt"), [1], DateTime.UnixEpoch);

        var totals = await _folder.Copy();

        totals.CopiedFiles.ShouldBe(2);
        totals.AlreadyThere.ShouldBe(19);
        totals.Removed.ShouldBe(3);
        Directory.Exists(_folder.At("old")).ShouldBeFalse();
        File.ReadAllText(_folder.At("shorter.txt")).ShouldBe("short");
        File.Exists(_folder.At("not ours.txt")).ShouldBeTrue("nobody's files but ours are removed");
        (await _folder.Verify()).Differences.Single().ShouldBe(new FileDifference(DifferenceKind.Extra, "not ours.txt", "a file that was not copied"));
        File.Delete(_folder.At("not ours.txt"));
        (await _folder.Copy()).CopiedFiles.ShouldBe(0);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_vanished_file_that_somebody_changed_at_the_destination_is_left_alone()
    {
        _folder.With("a.txt", "a").With("b.txt", "b");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "a.txt"));
        File.WriteAllText(_folder.At("a.txt"), "edited by hand");

        (await _folder.Copy()).Removed.ShouldBe(0);

        File.ReadAllText(_folder.At("a.txt")).ShouldBe("edited by hand");
    }

    [Fact]
    public async Task A_source_that_is_suddenly_empty_is_refused_and_the_copy_is_kept()
    {
        _folder.WithLogs(9);
        await _folder.Copy();
        Directory.Delete(_folder.Source, recursive: true);
        Directory.CreateDirectory(_folder.Source);

        var report = await _folder.CopyFails();

        report.What.ShouldContain("is empty, though 16 files and directories");
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_pass_over_a_finished_copy_leaves_the_manifest_as_it_is()
    {
        _folder.WithLogs(20);
        await _folder.Copy();
        var before = File.ReadAllText(_folder.ManifestFile);

        var totals = await _folder.Copy();

        totals.AlreadyThere.ShouldBe(20);
        File.ReadAllText(_folder.ManifestFile).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_missing_or_damaged_at_the_destination_is_copied_again()
    {
        _folder.WithLogs(5).With("a.txt", "aaa").With("b.txt", "bbb");
        await _folder.Copy();
        File.Delete(_folder.At("a.txt"));
        File.WriteAllText(_folder.At("b.txt"), "bb");

        (await _folder.Copy()).CopiedFiles.ShouldBe(2);

        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_file_that_became_a_directory_and_the_other_way_round_are_followed()
    {
        _folder.With("one", "file");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "one"));
        _folder.With("one/two", "now a directory");

        await _folder.Copy();

        _folder.ShouldBeTheSame();
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Fact]
    public async Task Relative_links_within_the_directory_are_copied_as_links()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.With("sub/a.txt", "a").With("b.txt", "b");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "sub", "link"), "../b.txt");
        Directory.CreateSymbolicLink(Path.Join(_folder.Source, "dirlink"), "sub");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "dangling"), "nowhere");

        var totals = await _folder.Copy();

        _folder.ShouldBeTheSame();
        totals.Files.ShouldBe(5);
        totals.Bytes.ShouldBe(2);
        (await _folder.Verify()).ContentHash.ShouldBe(totals.ContentHash);
        (await _folder.Copy()).AlreadyThere.ShouldBe(5);
    }

    [Fact]
    public async Task A_link_turned_elsewhere_is_made_anew_and_found_by_the_verification()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.With("a").With("b");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "link"), "a");
        await _folder.Copy();
        File.Delete(_folder.At("link"));
        File.CreateSymbolicLink(_folder.At("link"), "b");

        (await _folder.Verify()).Differences.Single().Kind.ShouldBe(DifferenceKind.Kind);
        (await _folder.Copy()).CopiedFiles.ShouldBe(1);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_time_of_a_broken_clock_is_the_nearest_that_can_be_written_down()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "only there a file can have such a time");
        var there = Directory.CreateDirectory(Path.Join("/dev/shm", $"octomove-{Guid.NewGuid():N}"));
        try
        {
            File.WriteAllText(Path.Join(there.FullName, "far.txt"), "far");
            using (var touch = System.Diagnostics.Process.Start("touch", ["-d", "@900000000000", Path.Join(there.FullName, "far.txt")]))
                await touch.WaitForExitAsync(TestContext.Current.CancellationToken);

            await new DirectoryCopier(TimeProvider.System).CopyAsync(_folder.Job with { Source = there.FullName }, _ => { }, CancellationToken.None);

            _folder.ManifestLines().OfType<FileLine>().Single().Ticks.ShouldBe(new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc).Ticks);
        }
        finally
        {
            there.Delete(recursive: true);
        }
    }
}
