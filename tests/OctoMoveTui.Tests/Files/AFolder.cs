using System.Text;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Tests.Files;

/// <summary>Two directories and a manifest in a temporary folder of their own, and the verbs the tests need.</summary>
public sealed class AFolder : IDisposable
{
    private static readonly DateTime Epoch = new(2026, 5, 1, 10, 20, 30, DateTimeKind.Utc);

    public AFolder()
    {
        Directory.CreateDirectory(Source);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("octomove-files-").FullName;

    public string Source => Path.Join(Root, "old", "TaskLogs");

    public string Destination => Path.Join(Root, "new", "TaskLogs");

    public string ManifestFile => Path.Join(Root, "move", "TaskLogs.manifest");

    public List<CopyProgress> Progress { get; } = [];

    public CopyJob Job => new("TaskLogs", Source, Destination, ManifestFile);

    public bool IsLive { get; set; }

    /// <summary>Writes a file at the source, with a time to the 100 ns.</summary>
    public AFolder With(string path, string content = "", int tick = 0) => With(path, Encoding.UTF8.GetBytes(content), tick);

    public AFolder With(string path, byte[] content, int tick = 0)
    {
        Put(Path.Join(Source, path), content, Epoch.AddTicks(1_234_567 + tick));
        return this;
    }

    public AFolder WithLogs(int count)
    {
        for (var i = 0; i < count; i++)
        {
            With($"day-{i % 7}/servertasks-{i}.txt", $"log {i} " + new string('x', i * 37 % 5000), i);
        }

        return this;
    }

    public AFolder WithEmptyDirectory(string path)
    {
        Directory.CreateDirectory(Path.Join(Source, path));
        return this;
    }

    public static void Put(string file, byte[] content, DateTime time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, time);
    }

    public Task<CopyTotals> Copy(CancellationToken cancel = default) => Copy(new CopySeams(), cancel);

    internal Task<CopyTotals> Copy(Action<CopyMoment, string> at, CancellationToken cancel = default) => Copy(new CopySeams(at), cancel);

    internal Task<CopyTotals> Copy(CopySeams seams, CancellationToken cancel = default) =>
        new DirectoryCopier(TimeProvider.System) { Seams = seams }.CopyAsync(Job with { SourceIsLive = IsLive }, Progress.Add, cancel);

    public async Task<FailureReport> CopyFails()
    {
        var failure = await Should.ThrowAsync<MoveFailure>(() => Copy());
        return failure.Report;
    }

    public Task<VerifyTotals> Verify(VerifyDepth depth = VerifyDepth.Contents) =>
        new DirectoryVerifier(TimeProvider.System).VerifyAsync("TaskLogs", Destination, ManifestFile, depth, _ => { }, CancellationToken.None);

    public List<ManifestLine> ManifestLines() => [.. Manifest.Read(ManifestFile)];

    public string At(string path) => Path.Join(Destination, path);

    public string[] Leftovers() => Directory.Exists(Destination)
        ? Directory.GetFiles(Destination, "*.part", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        : [];

    /// <summary>Both trees as text: kind, path, size, time, bytes. Links by their targets.</summary>
    public static string Picture(string root)
    {
        var lines = new List<string>();
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var path = Path.GetRelativePath(root, entry.FullName);
            lines.Add(entry switch
            {
                { LinkTarget: { } target } => $"{path} -> {target}",
                FileInfo file => $"{path} {file.Length} {file.LastWriteTimeUtc:O} {Convert.ToHexString(File.ReadAllBytes(file.FullName))}",
                _ => $"{path}/ {entry.LastWriteTimeUtc:O}",
            });
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public void ShouldBeTheSame() => Picture(Destination).ShouldBe(Picture(Source));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
