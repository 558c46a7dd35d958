using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

public sealed class CopyRefusalTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static async Task<FailureReport> Refusal(CopyJob job) =>
        (await Should.ThrowAsync<MoveFailure>(() => new DirectoryCopier(TimeProvider.System).CopyAsync(job, _ => { }, CancellationToken.None))).Report;

    [Fact]
    public async Task A_missing_source_is_named()
    {
        var report = await Refusal(_folder.Job with { Source = Path.Join(_folder.Root, "not there") });

        report.Cause.ShouldBe(FailureCause.Files);
        report.What.ShouldContain("not there");
        report.ToDo.ShouldNotBeEmpty();
        Directory.Exists(_folder.Destination).ShouldBeFalse();
    }

    [Fact]
    public async Task A_destination_that_somebody_else_filled_is_refused_and_left_as_it_is()
    {
        _folder.WithLogs(3);
        AFolder.Put(_folder.At("somebody.txt"), [1, 2, 3], DateTime.UnixEpoch);

        var report = await _folder.CopyFails();

        report.Cause.ShouldBe(FailureCause.InTheWay);
        report.What.ShouldContain("somebody.txt");
        Directory.GetFileSystemEntries(_folder.Destination).Length.ShouldBe(1);
        File.Exists(_folder.ManifestFile).ShouldBeFalse();
    }

    [Fact]
    public async Task The_manifest_of_another_destination_vouches_for_nothing()
    {
        _folder.WithLogs(3);
        await _folder.Copy();
        var other = Path.Join(_folder.Root, "other");
        AFolder.Put(Path.Join(other, "somebody.txt"), [1], DateTime.UnixEpoch);

        (await Refusal(_folder.Job with { Destination = other })).Cause.ShouldBe(FailureCause.InTheWay);
        (await Refusal(_folder.Job with { Name = "Artifacts" })).Cause.ShouldBe(FailureCause.InTheWay);
    }

    [Theory]
    [InlineData("same")]
    [InlineData("same with dots")]
    [InlineData("destination inside")]
    [InlineData("source inside")]
    [InlineData("same by link")]
    [InlineData("inside by link")]
    [InlineData("source inside by link")]
    public async Task Source_and_destination_within_one_another_are_refused_through_links_too(string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && how.Contains("link", StringComparison.Ordinal), "links need a privilege there");
        _folder.With("sub/a.txt", "a");
        var link = Path.Join(_folder.Root, "link");
        var inner = Path.Join(_folder.Source, "sub");
        if (how.Contains("link", StringComparison.Ordinal))
        {
            Directory.CreateSymbolicLink(link, how == "source inside by link" ? inner : _folder.Source);
        }

        var job = how switch
        {
            "same" => _folder.Job with { Destination = _folder.Source + Path.DirectorySeparatorChar },
            "same with dots" => _folder.Job with { Destination = Path.Join(_folder.Source, "sub", "..") },
            "destination inside" => _folder.Job with { Destination = Path.Join(_folder.Source, "new", "copy") },
            "source inside" => _folder.Job with { Destination = Path.GetDirectoryName(_folder.Source)! },
            "same by link" => _folder.Job with { Destination = link },
            "inside by link" => _folder.Job with { Destination = Path.Join(link, "sub", "copy") },
            _ => _folder.Job with { Source = link, Destination = _folder.Source },
        };

        var report = await Refusal(job);

        report.Cause.ShouldBe(FailureCause.InTheWay);
        Directory.GetFileSystemEntries(_folder.Source, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_manifest_inside_of_what_is_copied_is_refused()
    {
        _folder.With("a");

        (await Refusal(_folder.Job with { ManifestFile = Path.Join(_folder.Source, "manifest") })).Cause.ShouldBe(FailureCause.Usage);
        (await Refusal(_folder.Job with { ManifestFile = _folder.At("manifest") })).Cause.ShouldBe(FailureCause.Usage);
    }

    [Fact]
    public async Task Too_little_space_is_refused_with_both_numbers_and_a_tenth_as_margin()
    {
        _folder.With("big", new byte[1_000_000]);

        var failure = await Should.ThrowAsync<MoveFailure>(() => _folder.Copy(new CopySeams(FreeSpace: _ => 1_050_000)));

        failure.Report.Cause.ShouldBe(FailureCause.Files);
        failure.Report.What.ShouldContain("1 MB");
        failure.Report.What.ShouldContain("1.05 MB");
        await _folder.Copy(new CopySeams(FreeSpace: _ => 1_200_000));
    }

    [Fact]
    public async Task What_is_there_already_needs_no_space()
    {
        _folder.With("big", new byte[1_000_000]).With("small", "s");
        await _folder.Copy();
        _folder.With("small", "t", tick: 1);

        (await _folder.Copy(new CopySeams(FreeSpace: _ => 10_000))).CopiedFiles.ShouldBe(1);
    }

    [Fact]
    [SuppressMessage("Usage", "CA2201", Justification = "The number is what the system gives for a full disk.")]
    [Proves("P28")]
    public async Task A_disk_that_fills_up_on_the_way_is_called_by_its_name_and_the_copy_goes_on_later()
    {
        _folder.WithLogs(20);
        var full = OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28;
        var written = 0;

        var failure = await Should.ThrowAsync<MoveFailure>(() => _folder.Copy((at, _) =>
        {
            if (at == CopyMoment.Written && Interlocked.Increment(ref written) == 10)
            {
                throw new IOException("No space left on device", full);
            }
        }));

        failure.Report.Cause.ShouldBe(FailureCause.Files);
        failure.Report.What.ShouldContain("became full");
        _folder.Leftovers().ShouldBeEmpty();
        (await _folder.Copy()).AlreadyThere.ShouldBeGreaterThanOrEqualTo(9);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_destination_that_cant_be_written_is_named()
    {
        _folder.With("a");
        var file = Path.Join(_folder.Root, "a file");
        File.WriteAllText(file, "");

        var report = await Refusal(_folder.Job with { Destination = Path.Join(file, "below") });

        report.Cause.ShouldBe(FailureCause.Files);
        report.What.ShouldContain("can't be written");
        report.Raw.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_destination_without_the_right_to_write_is_found_out_by_trying()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "every right is granted to this account");
        _folder.With("a");
        Directory.CreateDirectory(_folder.Destination);
#pragma warning disable CA1416 // skipped on Windows above
        File.SetUnixFileMode(_folder.Destination, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            (await _folder.CopyFails()).Why.ShouldContain("no right");
        }
        finally
        {
            File.SetUnixFileMode(_folder.Destination, (UnixFileMode)0x1C0);
        }
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_file_that_cant_be_read_fails_the_copy_by_name_after_all_others_were_copied()
    {
        _folder.WithLogs(10).With("locked.txt", "x");
        FailureReport report;
        using (new FileStream(Path.Join(_folder.Source, "locked.txt"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            report = await _folder.CopyFails();
        }

        report.Cause.ShouldBe(FailureCause.Files);
        report.What.ShouldBe("One file of TaskLogs was not copied: locked.txt (another program has it open for itself alone).");
        (await _folder.Copy()).AlreadyThere.ShouldBe(10);
        _folder.ShouldBeTheSame();
    }

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("../outside", "climbs")]
    [InlineData("sub/../../outside", "climbs in the middle")]
    [InlineData("up/../outside", "climbs by another link")]
    public async Task A_link_that_leads_out_is_refused_by_name_and_not_followed(string target, string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        AFolder.Put(Path.Join(_folder.Source, "..", "outside"), [1], DateTime.UnixEpoch);
        _folder.With("sub/a.txt", "a").With("b.txt", "b");
        var link = Path.Join(_folder.Source, how == "climbs by another link" ? "sub/link" : "link");
        if (how == "climbs by another link")
        {
            Directory.CreateSymbolicLink(Path.Join(_folder.Source, "sub", "up"), "..");
        }

        File.CreateSymbolicLink(link, target);

        var report = await _folder.CopyFails();

        report.What.ShouldContain(Path.GetFileName(link) + " (it is a link");
        File.Exists(_folder.At("b.txt")).ShouldBeTrue();
        Path.Exists(_folder.At("link")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_pipe_is_refused_by_name_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes in directories are a Linux matter");
        _folder.With("a.txt", "a");
        (await CliWrap.Cli.Wrap("mkfifo").WithArguments([Path.Join(_folder.Source, "pipe")]).ExecuteAsync()).IsSuccess.ShouldBeTrue();

        (await _folder.CopyFails()).What.ShouldContain("pipe (it is a pipe");
    }

    [Fact]
    public async Task Names_that_differ_only_by_case_are_refused_where_the_destination_cant_hold_both()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file system that tells them apart");
        _folder.With("Acme.1.0.nupkg", "1").With("acme.1.0.nupkg", "2").With("sub/a", "3").With("SUB/A", "4").With("sub/b", "5");

        var failure = await Should.ThrowAsync<MoveFailure>(() => _folder.Copy(new CopySeams(IgnoresCase: true)));

        failure.Report.Raw!.Split('\n').Length.ShouldBe(2, "one file and one directory");
        failure.Report.Raw.ShouldContain("differs only by case");
        (await _folder.Copy()).Files.ShouldBe(5);
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task A_link_put_in_place_of_a_directory_at_the_destination_is_not_written_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.With("sub/a.txt", "a");
        await _folder.Copy();
        var outside = Directory.CreateDirectory(Path.Join(_folder.Root, "outside")).FullName;
        Directory.Delete(_folder.At("sub"), recursive: true);
        Directory.CreateSymbolicLink(_folder.At("sub"), outside);

        (await _folder.CopyFails()).Cause.ShouldBe(FailureCause.InTheWay);

        Directory.GetFileSystemEntries(outside).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_would_climb_on_the_other_server_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows doesn't allow this name");
        _folder.With("""..\..\evil.txt""", "x").With("b", "b");

        (await _folder.CopyFails()).What.ShouldContain("climbs out");

        File.Exists(_folder.At("b")).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_failures_are_all_counted_and_the_first_hundred_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        for (var i = 0; i < 130; i++)
        {
            File.CreateSymbolicLink(Path.Join(_folder.Source, i.ToString("d3", CultureInfo.InvariantCulture)), "/nowhere");
        }

        var report = await _folder.CopyFails();

        report.What.ShouldStartWith("130 files of TaskLogs were not copied.");
        report.Raw!.Split('\n').Length.ShouldBe(101);
        report.Raw.ShouldEndWith("… and 30 more");
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(13, false)]
    public void A_full_disk_and_an_exceeded_quota_are_told_from_other_trouble(int error, bool full)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the numbers are those of Linux");
        FileFailures.IsDiskFull(new IOException("x", error)).ShouldBe(full);
    }
}
