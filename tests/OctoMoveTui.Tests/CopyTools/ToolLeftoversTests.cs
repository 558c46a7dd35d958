using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Files;

namespace OctoMoveTui.Tests.CopyTools;

/// <summary>The manifest of a source that another program copies, and what is settled by it at the destination.</summary>
public sealed class ToolLeftoversTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_manifest_is_the_same_as_that_of_a_copy_and_nothing_is_written_anywhere_else()
    {
        _folder.WithLogs(40).With("a/deep/er.txt", "x").WithEmptyDirectory("nothing/in here");
        File.CreateSymbolicLink(Path.Join(_folder.Source, "link"), Path.Join("a", "deep", "er.txt"));
        var hashed = await HashAsync();
        Directory.Exists(_folder.Destination).ShouldBeFalse();
        var lines = _folder.ManifestLines().Where(each => each is not ManifestHeader).Select(each => each.Write()).Order(StringComparer.Ordinal).ToList();
        File.Delete(_folder.ManifestFile);

        var copied = await _folder.Copy();

        (hashed.ContentHash, hashed.Files, hashed.Bytes).ShouldBe((copied.ContentHash, copied.Files, copied.Bytes));
        lines.ShouldBe(_folder.ManifestLines().Where(each => each is not ManifestHeader).Select(each => each.Write()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_what_changed_is_read_again_and_what_vanished_is_gone()
    {
        _folder.WithLogs(10);
        (await HashAsync()).CopiedFiles.ShouldBe(10);
        File.Delete(Path.Join(_folder.Source, "day-0/servertasks-0.txt"));
        _folder.With("day-1/servertasks-1.txt", "changed");

        var again = await HashAsync();

        (again.CopiedFiles, again.AlreadyThere).ShouldBe((1, 8));
        _folder.ManifestLines()[^2].ShouldBe(new GoneLine("day-0/servertasks-0.txt"));
        _folder.ManifestLines()[^1].ShouldBeOfType<DoneLine>().Files.ShouldBe(9);
        var before = File.ReadAllText(_folder.ManifestFile);
        (await HashAsync()).CopiedFiles.ShouldBe(0);
        File.ReadAllText(_folder.ManifestFile).ShouldBe(before);
    }

    [Fact]
    public async Task A_source_whose_share_dropped_off_is_refused_and_so_is_a_link_out_of_it()
    {
        _folder.WithLogs(3);
        await HashAsync();
        Directory.Delete(_folder.Source, recursive: true);
        Directory.CreateDirectory(_folder.Source);
        (await Should.ThrowAsync<MoveFailure>(HashAsync)).Report.What.ShouldContain("is empty");

        _folder.WithLogs(3);
        File.CreateSymbolicLink(Path.Join(_folder.Source, "out"), Path.Join("..", "..", "secret"));
        (await Should.ThrowAsync<MoveFailure>(HashAsync)).Report.What.ShouldContain("out");
    }

    [Fact]
    public async Task What_vanished_at_the_source_goes_at_the_destination_unless_somebody_changed_it()
    {
        _folder.With("kept.txt", "k").With("gone/gone.txt", "g").With("gone/changed.txt", "c").WithEmptyDirectory("gone too");
        await HashAsync();
        await ArriveAsync();
        Directory.Delete(Path.Join(_folder.Source, "gone"), recursive: true);
        Directory.Delete(Path.Join(_folder.Source, "gone too"));
        await HashAsync();
        File.WriteAllText(_folder.At("gone/changed.txt"), "by somebody");
        File.WriteAllText(_folder.At("foreign.txt"), "not ours");

        Settle().ShouldBe(1);

        File.Exists(_folder.At("gone/gone.txt")).ShouldBeFalse();
        File.ReadAllText(_folder.At("gone/changed.txt")).ShouldBe("by somebody");
        Directory.Exists(_folder.At("gone too")).ShouldBeFalse();
        File.Exists(_folder.At("foreign.txt")).ShouldBeTrue();
        File.Exists(_folder.At("kept.txt")).ShouldBeTrue();
        Settle().ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_vanished_and_came_back_stays()
    {
        _folder.With("a.txt", "1").With("b.txt", "1");
        await HashAsync();
        await ArriveAsync();
        File.Delete(Path.Join(_folder.Source, "a.txt"));
        await HashAsync();
        _folder.With("a.txt", "1");
        await HashAsync();

        Settle().ShouldBe(0);

        File.Exists(_folder.At("a.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task Half_files_of_a_killed_program_go_and_others_of_such_a_name_stay()
    {
        _folder.With("d/a.zip", "whole");
        await HashAsync();
        await ArriveAsync();
        string[] halves = ["d/.a.zip.aB3xYz", "d/a.zip.1f0c33aa.partial", "d/.octomove-partial/a.zip"];
        string[] others = ["d/.b.zip.aB3xYz", "d/.a.zip.backup", "d/.a.zip.241126", "d/b.zip.1f0c33aa.partial", "d/a.zip.partial"];
        foreach (var each in halves.Concat(others))
            AFolder.Put(_folder.At(each), "x"u8.ToArray(), DateTime.UnixEpoch);

        Settle();

        halves.ShouldAllBe(each => !File.Exists(_folder.At(each)));
        Directory.Exists(_folder.At("d/.octomove-partial")).ShouldBeFalse();
        others.ShouldAllBe(each => File.Exists(_folder.At(each)));
    }

    [Fact]
    public async Task Empty_directories_are_made_where_a_remote_could_not_hold_them()
    {
        _folder.With("a.txt", "1").WithEmptyDirectory("Spaces-1/nothing yet");
        await HashAsync();
        await ArriveAsync();
        Directory.Delete(_folder.At("Spaces-1"), recursive: true);

        Settle();

        (await _folder.Verify()).DifferenceCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-9_999, true)]
    [InlineData(1 - 9_999, false)]
    [InlineData(-9_999 - 10_000, false)]
    public async Task A_remote_that_keeps_milliseconds_keeps_the_time(int ticksOff, bool agrees)
    {
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1_239_999);
        AFolder.Put(Path.Join(_folder.Source, "a.txt"), "1"u8.ToArray(), written);
        await HashAsync();
        await ArriveAsync();
        File.SetLastWriteTimeUtc(_folder.At("a.txt"), written.AddTicks(ticksOff));

        ((await _folder.Verify()).DifferenceCount == 0).ShouldBe(agrees);
    }

    private Task<CopyTotals> HashAsync() =>
        new DirectoryCopier(TimeProvider.System).CopyAsync(_folder.Job with { HashOnly = true }, _folder.Progress.Add, default);

    private int Settle()
    {
        using var leftovers = new ToolLeftovers(_folder.Job);
        return leftovers.Settle(default);
    }

    // As another program would copy it.
    private async Task ArriveAsync()
    {
        var manifest = Path.Join(_folder.Root, "another.manifest");
        await new DirectoryCopier(TimeProvider.System).CopyAsync(_folder.Job with { ManifestFile = manifest }, _ => { }, default);
    }
}
