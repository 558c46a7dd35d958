using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

/// <summary>What was damaged after the copy is put right from the source; nothing else is touched.</summary>
public sealed class DirectoryRepairTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lost_cut_touched_and_changed_files_are_copied_again_and_all_agrees_with_its_times()
    {
        _folder.WithLogs(20).With("lost", "l").With("cut", "cut off").With("touched", "t").With("changed", "c").With("gone dir/deep/x", "x").WithEmptyDirectory("gone empty");
        await _folder.Copy();
        File.Delete(_folder.At("lost"));
        AFolder.Put(_folder.At("cut"), [1], File.GetLastWriteTimeUtc(_folder.At("cut")));
        File.SetLastWriteTimeUtc(_folder.At("touched"), DateTime.UnixEpoch);
        AFolder.Put(_folder.At("changed"), [1], File.GetLastWriteTimeUtc(_folder.At("changed")));
        Directory.Delete(_folder.At("gone dir"), recursive: true);
        Directory.Delete(_folder.At("gone empty"));
        var (source, manifest) = (AFolder.Picture(_folder.Source), File.ReadAllText(_folder.ManifestFile));

        var again = await RepairAsync();

        again.ShouldBe(["changed", "cut", "gone dir", "gone dir/deep", "gone dir/deep/x", "gone empty", "lost", "touched"]);
        _folder.ShouldBeTheSame();
        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
        AFolder.Picture(_folder.Source).ShouldBe(source, "the old server's directories are only read");
        File.ReadAllText(_folder.ManifestFile).ShouldBe(manifest);
        _folder.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_directory_lost_as_a_whole_comes_back()
    {
        _folder.WithLogs(20).With("a/b/c", "c");
        await _folder.Copy();
        Directory.Delete(_folder.Destination, recursive: true);

        await RepairAsync(".");

        _folder.ShouldBeTheSame();
    }

    [Fact]
    public async Task What_was_not_copied_is_left_alone()
    {
        _folder.With("a", "a");
        await _folder.Copy();
        AFolder.Put(_folder.At("extra"), [1], DateTime.UnixEpoch);

        (await RepairAsync()).ShouldBeEmpty();

        File.ReadAllBytes(_folder.At("extra")).ShouldBe([1]);
    }

    [Fact]
    public async Task An_original_that_changed_since_is_not_copied_and_the_others_are()
    {
        _folder.With("a", "a").With("b", "b");
        await _folder.Copy();
        File.Delete(_folder.At("a"));
        File.Delete(_folder.At("b"));
        _folder.With("a", "A");

        var failure = (await Should.ThrowAsync<MoveFailure>(() => RepairAsync())).Report;

        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.What.ShouldContain("a (it is no longer what was copied the first time)");
        File.Exists(_folder.At("a")).ShouldBeFalse();
        File.ReadAllText(_folder.At("b")).ShouldBe("b");
        _folder.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_put_right_by_hand_needs_no_original()
    {
        _folder.With("a", "a");
        await _folder.Copy();
        File.Delete(Path.Join(_folder.Source, "a"));

        (await RepairAsync("a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_and_nothing_that_stands_in_the_way_is_removed()
    {
        _folder.With("dir/x", "x").With("file", "f");
        await _folder.Copy();
        var elsewhere = Directory.CreateDirectory(Path.Join(_folder.Root, "elsewhere")).FullName;
        Directory.Delete(_folder.At("dir"), recursive: true);
        Directory.CreateSymbolicLink(_folder.At("dir"), elsewhere);
        File.Delete(_folder.At("file"));
        AFolder.Put(_folder.At("file/inside"), [1], DateTime.UnixEpoch);

        var failure = (await Should.ThrowAsync<MoveFailure>(() => RepairAsync())).Report;

        failure.What.ShouldContain("2 files");
        Directory.EnumerateFileSystemEntries(elsewhere).ShouldBeEmpty();
        File.Exists(_folder.At("file/inside")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_is_made_again()
    {
        _folder.With("a", "a");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "link"), "a");
        await _folder.Copy();
        File.Delete(_folder.At("link"));
        File.CreateSymbolicLink(_folder.At("link"), "b");

        (await RepairAsync()).ShouldBe(["link"]);

        _folder.ShouldBeTheSame();
    }

    // What the verifier names, unless a test says which.
    private async Task<IReadOnlyList<string>> RepairAsync(params string[] paths)
    {
        if (paths.Length == 0)
        {
            paths = [.. (await _folder.Verify()).Differences.Select(each => each.Path)];
        }

        return await new DirectoryRepair().RepairAsync(_folder.Job, paths, _ => { }, CancellationToken.None);
    }
}
