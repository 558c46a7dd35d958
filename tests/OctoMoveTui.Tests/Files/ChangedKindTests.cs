using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

/// <summary>What had one name is something else of that name at the next pass: a file, a directory, a link.</summary>
public sealed class ChangedKindTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("file", "directory")]
    [InlineData("file", "link")]
    [InlineData("link", "file")]
    [InlineData("link", "directory")]
    [InlineData("directory", "file")]
    [InlineData("directory", "link")]
    public async Task Whatever_a_name_stood_for_the_next_pass_follows(string before, string after)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && (before + after).Contains("link", StringComparison.Ordinal), "links need a privilege there");
        _folder.WithLogs(5);
        Make(before);
        await _folder.Copy();
        Remove();
        Make(after);

        var totals = await _folder.Copy();

        _folder.ShouldBeTheSame();
        (await _folder.Verify()).ContentHash.ShouldBe(totals.ContentHash);
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
        (await _folder.Copy()).CopiedFiles.ShouldBe(0);
    }

    [Fact]
    public async Task A_directory_with_something_of_somebody_else_in_it_is_not_replaced_by_a_file()
    {
        Make("directory");
        await _folder.Copy();
        File.WriteAllText(_folder.At("it/below/theirs.txt"), "theirs");
        Remove();
        Make("file");

        var failure = await Should.ThrowAsync<MoveFailure>(() => _folder.Copy());

        $"{failure.Report.What} {failure.Report.Why} {failure.Report.Raw}".ShouldContain("something that octomove did not copy");
        File.ReadAllText(_folder.At("it/below/theirs.txt")).ShouldBe("theirs");

        File.Delete(_folder.At("it/below/theirs.txt"));
        await _folder.Copy();
        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task What_vanished_is_not_looked_for_through_a_link_that_somebody_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Make("directory");
        _folder.With("stays.txt");
        await _folder.Copy();
        Directory.Move(_folder.At("it"), Path.Join(_folder.Root, "elsewhere"));
        Directory.CreateSymbolicLink(_folder.At("it"), Path.Join(_folder.Root, "elsewhere"));
        Remove();

        await _folder.Copy();

        File.Exists(Path.Join(_folder.Root, "elsewhere", "below", "a.txt")).ShouldBeTrue();
        Directory.Exists(Path.Join(_folder.Root, "elsewhere", "empty")).ShouldBeTrue();
    }

    [Fact]
    public async Task Source_and_destination_may_be_links_to_the_directories_that_hold_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.WithLogs(5).With("top.txt", "top");
        var (from, to) = (Path.Join(_folder.Root, "from"), Path.Join(_folder.Root, "to"));
        Directory.CreateSymbolicLink(from, _folder.Source);
        Directory.CreateDirectory(_folder.Destination);
        Directory.CreateSymbolicLink(to, _folder.Destination);
        var job = _folder.Job with { Source = from, Destination = to };

        var totals = await new DirectoryCopier(TimeProvider.System).CopyAsync(job, _ => { }, CancellationToken.None);

        totals.Files.ShouldBe(6);
        _folder.ShouldBeTheSame();
        var verified = await new DirectoryVerifier(TimeProvider.System)
            .VerifyAsync(job.Name, to, job.ManifestFile, VerifyDepth.Contents, _ => { }, CancellationToken.None);
        verified.DifferenceCount.ShouldBe(0);
    }

    private void Make(string kind)
    {
        if (kind == "file")
        {
            _folder.With("it", "a file");
        }
        else if (kind == "directory")
        {
            _folder.With("it/below/a.txt", "a").With("it/b.txt", "b").WithEmptyDirectory("it/empty");
        }
        else
        {
            Directory.CreateSymbolicLink(Path.Join(_folder.Source, "it"), "day-1");
        }
    }

    private void Remove()
    {
        var there = Path.Join(_folder.Source, "it");
        if (new FileInfo(there).LinkTarget is not null || File.Exists(there))
        {
            File.Delete(there);
        }
        else
        {
            Directory.Delete(there, recursive: true);
        }
    }
}
