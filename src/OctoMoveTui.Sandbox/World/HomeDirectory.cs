using System.Text;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Sandbox.World;

/// <summary>The home directory of the old server, with all the kinds of files that have ever broken a copy.</summary>
internal static class HomeDirectory
{
    public static void Write(string home, WorldContent content)
    {
        var write = new Writer();
        foreach (var package in content.Packages.Skip(content.MissingFiles))
            write.File(Path.Combine(home, "Packages", package.RelativePath), package.Content, package.Published);
        foreach (var task in content.Tasks.Skip(content.MissingFiles))
            write.File(ServerFolders.TaskLogFile(Path.Combine(home, "TaskLogs"), task.Space, task.Id), Encoding.UTF8.GetBytes(task.Log), task.Completed);
        write.File(ServerFolders.TaskLogFile(Path.Combine(home, "TaskLogs"), content.Executing.Space, content.Executing.Id), Encoding.UTF8.GetBytes(content.Executing.Log), content.Executing.Started);
        foreach (var artifact in content.Artifacts.Skip(content.MissingFiles))
            write.File(Path.Combine(home, "Artifacts", artifact.RelativePath), artifact.Content, artifact.Created);
        WriteWithoutRow(write, home, content.MissingFiles);

        WriteOddOnes(write, home, content.Random);
        WriteWhatStays(write, home);
        write.StampDirectories();
    }

    /// <summary>What a person put there, or a database that was restored to an older day has forgotten.</summary>
    private static void WriteWithoutRow(Writer write, string home, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            write.File(Path.Combine(home, "Packages", "Spaces-1", "feeds-builtin", "Acme.Lost", FormattableString.Invariant($"Acme.Lost.{number}.0.0.zip")), "PK lost"u8.ToArray(), WorldContent.Epoch);
            write.File(ServerFolders.TaskLogFile(Path.Combine(home, "TaskLogs"), "Spaces-1", FormattableString.Invariant($"ServerTasks-{900_000 + number}")), "lost"u8.ToArray(), WorldContent.Epoch);
            write.File(Path.Combine(home, "Artifacts", "Spaces-1", FormattableString.Invariant($"Artifacts-{900_000 + number}~lost.txt")), "lost"u8.ToArray(), WorldContent.Epoch);
        }
    }

    private static void WriteOddOnes(Writer write, string home, SeededRandom random)
    {
        var deep = Path.Combine([home, "Artifacts", "images", .. Enumerable.Range(1, 9).Select(level => FormattableString.Invariant($"level {level} of a deep tree"))]);
        write.File(Path.Combine(deep, "at the bottom.txt"), random.Bytes("deep", 100), WorldContent.Epoch);
        write.File(Path.Combine(home, "Artifacts", "images", "logo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), new DateTimeOffset(1999, 12, 31, 23, 59, 58, TimeSpan.Zero));
        write.File(Path.Combine(home, "Artifacts", "-starts-with-a-dash"), "dash"u8.ToArray(), WorldContent.Epoch);
        write.File(Path.Combine(home, "Artifacts", ".hidden"), [], WorldContent.Epoch);
        write.Directory(Path.Combine(home, "Artifacts", "an empty directory"));
        write.File(Path.Combine(home, "TaskLogs", "Spaces-1", "big log of 2 MB.txt"), random.Bytes("big", 2_000_000), WorldContent.Epoch.AddDays(1));
        for (var month = 1; month <= 6; month++)
            write.File(Path.Combine(home, "EventExports", FormattableString.Invariant($"2024-{month:00}.jsonl")), Encoding.UTF8.GetBytes($"{{\"Category\":\"Modified\",\"Digest\":\"{random.Letters($"events {month}", 400)}\"}}\n"), WorldContent.Epoch.AddDays(-30 * month));
        write.File(Path.Combine(home, "Imports", "ProjectImport-7", "export.zip"), random.Bytes("import", 3000), WorldContent.Epoch.AddDays(40));
        write.Directory(Path.Combine(home, "Imports", "ProjectImport-8"));
    }

    /// <summary>What lies in the home directory and must not be copied.</summary>
    private static void WriteWhatStays(Writer write, string home)
    {
        write.File(Path.Combine(home, "Telemetry", "queue.json"), "[]"u8.ToArray(), WorldContent.Epoch);
        write.File(Path.Combine(home, "Logs", "OctopusServer.txt"), "2025-06-02 06:00:00   INFO  Hello\n"u8.ToArray(), WorldContent.Epoch);
        write.File(Path.Combine(home, "OctopusServer", "PackageCache", "feeds-builtin", "Acme.Web.1.0.0.zip"), "cached"u8.ToArray(), WorldContent.Epoch);
    }

    private sealed class Writer
    {
        private readonly SortedSet<string> directories = new(StringComparer.Ordinal);

        public void File(string file, byte[] content, DateTimeOffset written)
        {
            Directory(Path.GetDirectoryName(file)!);
            System.IO.File.WriteAllBytes(file, content);
            System.IO.File.SetLastWriteTimeUtc(file, written.UtcDateTime);
        }

        public void Directory(string directory)
        {
            if (!directories.Add(directory))
                return;

            System.IO.Directory.CreateDirectory(directory);
        }

        /// <summary>Last, and children before parents: every file that is written touches its directory.</summary>
        public void StampDirectories()
        {
            foreach (var directory in directories.Reverse())
                System.IO.Directory.SetLastWriteTimeUtc(directory, WorldContent.Epoch.UtcDateTime);
        }
    }
}
