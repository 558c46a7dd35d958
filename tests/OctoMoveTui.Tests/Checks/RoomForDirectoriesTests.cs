using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Tests.Files;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Checks;

public sealed class RoomForDirectoriesTests : IDisposable
{
    private readonly AFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Proves("P28")]
    public void What_fits_is_told_with_its_numbers()
    {
        var result = RoomForDirectories.Judge(1_200, 3_000_000_000, [(9_000_000_000, 3_300_000_000, "/new/Packages")]);

        result.Verdict.ShouldBe(Verdict.Pass);
        result.Finding.ShouldBe(
            "The directories hold 1,200 files, 3 GB. Still to be copied, with a tenth to spare: 3.3 GB; free at /new/Packages: 9 GB.");
    }

    [Fact]
    public void Directories_on_one_disk_have_to_fit_together()
    {
        var result = RoomForDirectories.Judge(
            2, 5_000_000_000, [(5_000_000_000, 3_000_000_000, "/new/Packages"), (5_000_000_000, 2_500_000_000, "/new/TaskLogs"), (9_000_000_000, 1, "/share/Imports")]);

        result.Verdict.ShouldBe(Verdict.Fail);
        result.Finding.ShouldContain("5.5 GB; free at /new/Packages: 5 GB");
        result.Advice.ShouldBe(["Make room there, or choose another disk, before the outage begins."]);
    }

    [Fact]
    public void Where_the_system_wont_say_what_is_free_nothing_is_claimed() =>
        RoomForDirectories.Judge(1, 1, []).Verdict.ShouldBe(Verdict.Unknown);

    [Fact]
    public async Task What_was_copied_ahead_needs_no_room_any_more()
    {
        _folder.WithLogs(10).With("big.nupkg", new byte[100_000]);
        using (var nothing = ManifestIndex.Of(_folder.ManifestFile))
        {
            var all = CopyNeeds.Of(_folder.Source, nothing, _ => { }, CancellationToken.None);
            all.Files.ShouldBe(11);
            all.Needed.ShouldBeGreaterThan(all.Bytes);
        }

        await _folder.Copy();
        _folder.With("new.txt", "x");

        using var copied = ManifestIndex.Of(_folder.ManifestFile);
        CopyNeeds.Of(_folder.Source, copied, _ => { }, CancellationToken.None).Needed.ShouldBe(4096);
    }
}
