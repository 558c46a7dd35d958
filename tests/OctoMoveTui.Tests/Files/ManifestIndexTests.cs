using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Files;

public sealed class ManifestIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Manifest => Path.Join(_folder.Path, "TaskLogs.manifest");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100_000, "all in memory")]
    [InlineData(5_000, "two pieces")]
    [InlineData(64, "many pieces")]
    public void The_last_line_about_a_path_wins_however_little_is_kept_in_memory(int keptInMemory, string how)
    {
        var random = new Random(11);
        var expected = new Dictionary<string, ManifestLine>(StringComparer.Ordinal);
        var lines = new List<ManifestLine> { new ManifestHeader("TaskLogs", "/new") };
        for (var i = 0; i < 9_000; i++)
        {
            var path = $"day-{random.Next(40)}/log-{random.Next(100)}";
            ManifestLine line = random.Next(10) switch
            {
                0 => new GoneLine(path),
                1 => new LinkLine(path, $"log-{i}"),
                2 => new DirectoryLine(path, i),
                _ => new FileLine(path, random.Next(), i, new FileHash((UInt128)random.NextInt64())),
            };
            lines.Add(line);
            expected[path] = line;
        }

        Write(lines);

        using var index = ManifestIndex.Of(Manifest, keptInMemory);

        index.Count.ShouldBe(expected.Values.Count(line => line is not GoneLine), how);
        foreach (var (path, line) in expected)
        {
            var isKnown = index.TryFind(path, out var known);
            isKnown.ShouldBe(line is not GoneLine, path);
            (line switch
            {
                FileLine file => known.Size == file.Size && known.Ticks == file.Ticks && known.Hash == file.Hash.First,
                DirectoryLine directory => known.IsDirectory && known.Ticks == directory.Ticks,
                LinkLine link => known.IsLink && known.Hash == ManifestIndex.HashOf(link.Target),
                _ => true,
            }).ShouldBeTrue(path);
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            index.TryFind(path[..slash], path[(slash + 1)..], out var same).ShouldBe(isKnown);
            same.ShouldBe(known);
        }

        index.TryFind("day-1/never", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_path_is_met_once()
    {
        Write([new ManifestHeader("TaskLogs", "/new"), .. Enumerable.Range(0, 200).Select(i => new FileLine($"log-{i}", i, i, default))]);
        using var index = ManifestIndex.Of(Manifest, 10);

        Parallel.For(0, 200, i =>
        {
            index.TryFind($"log-{i}", out var known).ShouldBeTrue();
            index.IsSeen(known).ShouldBeFalse();
            index.See(known).ShouldBeTrue("it is new");
            index.See(known).ShouldBeFalse("it was met");
            index.IsSeen(known).ShouldBeTrue();
        });
    }

    [Fact]
    public void What_is_sorted_on_disk_leaves_nothing_in_the_temporary_folder()
    {
        Write([new ManifestHeader("TaskLogs", "/new"), .. Enumerable.Range(0, 200).Select(i => new FileLine($"log-{i}", i, i, default))]);
        var before = Directory.GetFiles(Path.GetTempPath(), "octomove-*.index");

        using (ManifestIndex.Of(Manifest, 10))
        {
        }

        Directory.GetFiles(Path.GetTempPath(), "octomove-*.index").Except(before).ShouldBeEmpty();
    }

    private void Write(IEnumerable<ManifestLine> lines) => File.WriteAllLines(Manifest, lines.Select(line => line.Write()));
}
