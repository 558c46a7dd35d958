using System.IO.Hashing;
using System.Text;
using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Fuzz;

/// <summary>
/// Real directories, with links in the staged one and in the destination that lead out, and a manifest that somebody made up: whatever is copied, verified,
/// repaired or settled by it, nothing outside of the destination is written, removed or touched.
/// </summary>
public sealed class HostileTreeTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTime Then = new(2026, 3, 1, 2, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Whatever_a_manifest_says_nothing_outside_of_the_destination_changes()
    {
        MakeOutside();
        var outside = LookAtOutside();
        return Fuzzing.FeedAsync(output, "manifests with their directories", 500, dice => (Dice: dice, Work: dice.Next(4)), async input =>
        {
            MakeTrees(input.Dice);
            var job = new CopyJob("Packages", folder["staged"], folder["destination"], folder["manifest"]);
            File.WriteAllBytes(job.ManifestFile, HostileManifest.Make(input.Dice, job.Destination, KnownAt(job.Destination)));
            MoveFailure? refused = null;
            try
            {
                await WorkAsync(job, input.Work);
            }
            catch (MoveFailure failure)
            {
                refused = failure;
            }

            var now = LookAtOutside();
            if (!now.SetEquals(outside))
                MakeOutside();
            now.Except(outside).Concat(outside.Except(now)).ShouldBeEmpty($"work {input.Work}\n{File.ReadAllText(job.ManifestFile)}");
            File.ReadAllText(folder["staged/a.zip"]).ShouldBe("content of a.zip", "the source is only read");
            if (refused is not null)
                throw refused;
        });
    }

    [Fact]
    public async Task A_directory_behind_a_link_keeps_its_time_though_the_manifest_knows_one_of_that_name()
    {
        MakeOutside();
        Directory.CreateDirectory(folder["staged"]);
        File.WriteAllText(folder["staged/a.zip"], "content of a.zip");
        Directory.CreateDirectory(folder["destination"]);
        Directory.CreateSymbolicLink(folder["destination/new"], "../outside");
        var time = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllText(folder["manifest"], string.Concat(
            new ManifestLine[] { new ManifestHeader("Packages", folder["destination"]), new DirectoryLine("new", time.Ticks), new DirectoryLine("new/empty", time.Ticks) }
                .Select(each => each.Write() + "\n")));

        await new DirectoryCopier(TimeProvider.System).CopyAsync(new CopyJob("Packages", folder["staged"], folder["destination"], folder["manifest"]), _ => { }, default);

        Directory.GetLastWriteTimeUtc(folder["outside"]).ShouldBe(Then);
        Directory.GetLastWriteTimeUtc(folder["outside/empty"]).ShouldBe(Then);
    }

    private static async Task WorkAsync(CopyJob job, int work)
    {
        switch (work)
        {
            case 0:
                await new DirectoryCopier(TimeProvider.System).CopyAsync(job, _ => { }, default);
                break;
            case 1:
                var all = Manifest.Read(job.ManifestFile).Select(each => each.PathOfEntry()).OfType<string>().Concat(Hostile.Paths).Append(".").ToList();
                await new DirectoryRepair().RepairAsync(job, all, _ => { }, default);
                break;
            case 2:
                using (var leftovers = new ToolLeftovers(job))
                    leftovers.Settle(default);
                break;
            default:
                await new DirectoryVerifier(TimeProvider.System).VerifyAsync(job.Name, job.Destination, job.ManifestFile, VerifyDepth.Contents, _ => { }, default);
                break;
        }
    }

    private void MakeOutside()
    {
        if (Directory.Exists(folder["outside"]))
            Directory.Delete(folder["outside"], recursive: true);
        Directory.CreateDirectory(folder["outside/empty"]);
        Directory.CreateDirectory(folder["outside/full"]);
        foreach (var name in new[] { "canary.txt", "a.zip", ".a.zip.x8Yz3a", "full/b.zip", "x" })
        {
            File.WriteAllText(folder["outside/" + name], "content of a.zip");
            File.SetLastWriteTimeUtc(folder["outside/" + name], Then);
        }

        foreach (var each in new[] { "outside/empty", "outside/full", "outside" })
            Directory.SetLastWriteTimeUtc(folder[each], Then);
    }

    // Names, contents and times of all that is there, and what lies beside the trees.
    private HashSet<string> LookAtOutside() => [.. Directory.EnumerateFileSystemEntries(folder["outside"], "*", SearchOption.AllDirectories).Append(folder["outside"])
        .Select(each => $"{each} {File.GetLastWriteTimeUtc(each):O} {(File.Exists(each) ? File.ReadAllText(each) : "")}"),
        .. Directory.EnumerateFileSystemEntries(folder.Path).Where(each => Path.GetFileName(each) is not ("staged" or "destination" or "manifest"))];

    private void MakeTrees(Dice dice)
    {
        foreach (var tree in new[] { "staged", "destination" })
        {
            if (Directory.Exists(folder[tree]))
                Directory.Delete(folder[tree], recursive: true);
            foreach (var name in new[] { "a.zip", "b.zip", "deep/a.zip", "deep/deeper/b.zip", "gone.zip", "x" }.Where(each => each == "a.zip" || dice.OneIn(2)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder[$"{tree}/{name}"])!);
                File.WriteAllText(folder[$"{tree}/{name}"], $"content of {Path.GetFileName(name)}");
                File.SetLastWriteTimeUtc(folder[$"{tree}/{name}"], Then);
            }

            // In the way of what the manifest names, or beside it. A source that has links which lead out is refused: mostly it has none.
            foreach (var (name, target) in new[] { ("link", "../outside"), ("deep", "../outside/full"), ("deep/deeper", "../../outside"), ("new", "../outside/empty"), ("linkfile", "../outside/canary.txt"), ("x", "../outside/x") })
            {
                var parent = new DirectoryInfo(Path.GetDirectoryName(folder[$"{tree}/{name}"])!);
                if (dice.OneIn(tree == "staged" ? 20 : 3) && parent is { Exists: true, LinkTarget: null } && !Path.Exists(folder[$"{tree}/{name}"]))
                    Directory.CreateSymbolicLink(folder[$"{tree}/{name}"], target);
            }
        }
    }

    // So that the manifest vouches for files as they are, too: only then is anything removed.
    private static Func<string, ManifestLine?> KnownAt(string root) => path =>
    {
        var file = new FileInfo(Path.Join(root, path.Replace('\0', '_')));
        return !file.Exists || path.Contains("..", StringComparison.Ordinal) ? null
            : file.LinkTarget is { } target ? new LinkLine(path, target)
            : new FileLine(path, file.Length, file.LastWriteTimeUtc.Ticks, new FileHash(XxHash128.HashToUInt128(File.ReadAllBytes(file.FullName))));
    };
}
