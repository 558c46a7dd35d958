using System.Globalization;
using System.Text.Json;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Sandbox.CopyTools;

/// <summary><c>rclone</c> as far as a move needs it: copy, lsf, version and backend features, between this disk and the remotes of its configuration.</summary>
internal sealed class RcloneCommand(OctopusMachine machine)
{
    private static readonly string[] Flags = ["--links", "--create-empty-src-dirs", "--use-json-log", "--ignore-times"];
    private static readonly string[] WithValue = ["--stats", "--stats-log-level", "--files-from-raw", "--max-depth", "--retries", "--bwlimit"];

    public async Task<int> AnswerAsync(StandInCall call)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = new List<string>();
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var word = call.Arguments[i];
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (!word.StartsWith('-'))
                words.Add(word);
            else if (Flags.Contains(name))
                options[name] = equals < 0 ? "true" : word[(equals + 1)..];
            else if (WithValue.Contains(name) && (equals >= 0 || i + 1 < call.Arguments.Count))
                options[name] = equals >= 0 ? word[(equals + 1)..] : call.Arguments[++i];
            else
                return await FatalAsync(call, 1, $"unknown flag: {word}");
        }

        try
        {
            switch (words)
            {
                case ["version"]:
                    await call.WriteLineAsync("rclone v1.68.2\n- os/version: sandbox\n- os/arch: amd64");
                    return 0;
                case ["backend", "features", var remote]:
                    Reach(remote);
                    await call.WriteLineAsync(JsonSerializer.Serialize(new { Name = "sandbox", Precision = (long)machine.RemotePrecision.TotalNanoseconds }));
                    return 0;
                case ["lsf", var remote]:
                    return await ListAsync(call, Reach(remote), options);
                case ["copy", var from, var to]:
                    return await CopyAsync(call, from, to, options);
                default:
                    return await FatalAsync(call, 1, $"unknown command \"{words.FirstOrDefault()}\" for \"rclone\"");
            }
        }
        catch (CopyBroken broken)
        {
            return broken.ExitCode < 0 ? await FatalAsync(call, -broken.ExitCode, broken.Message) : await ErrorAsync(call, broken.ExitCode, broken.Message);
        }
    }

    private static async Task<int> ListAsync(StandInCall call, string folder, Dictionary<string, string> options)
    {
        if (!Directory.Exists(folder))
            throw new CopyBroken(3, "error listing: directory not found");
        foreach (var entry in TreeCopy.Walk(folder, options.TryGetValue("--max-depth", out var depth) ? int.Parse(depth, CultureInfo.InvariantCulture) : int.MaxValue))
            await call.WriteLineAsync(entry.IsDirectory ? entry.Path + "/" : entry.Path);
        return 0;
    }

    private async Task<int> CopyAsync(StandInCall call, string from, string to, Dictionary<string, string> options)
    {
        var source = Reach(from);
        if (!Directory.Exists(source))
            throw new CopyBroken(3, "error reading source root directory: directory not found");
        var copy = new TreeCopy(source, Reach(to), machine.TakeCopyFault(), call.Cancelled)
        {
            Only = options.TryGetValue("--files-from-raw", out var list) ? (await File.ReadAllLinesAsync(list, call.Cancelled)).ToHashSet(StringComparer.Ordinal) : null,
            EvenWhatAgrees = options.ContainsKey("--ignore-times"),
            HalfOf = path => path + ".1f0c33aa.partial",
        };
        var entries = copy.Entries();
        var needed = entries.Where(each => !copy.Agrees(each)).ToList();
        var (bytes, total, isBucket) = (0L, needed.Sum(each => each.Size), to.Contains(':', StringComparison.Ordinal));
        foreach (var entry in needed)
        {
            // A bucket knows no directories, only files with slashes in their names.
            if (entry.IsDirectory && (isBucket || !options.ContainsKey("--create-empty-src-dirs")))
                continue;
            if (entry.Info.LinkTarget is not null && !options.ContainsKey("--links"))
                continue;
            await copy.CopyAsync(entry);
            bytes += entry.Size;
            await StatsAsync(call, options, bytes, total, entry);
        }

        await StatsAsync(call, options, bytes, total, null);
        return 0;
    }

    private string Reach(string place)
    {
        var colon = place.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return place;
        return machine.Remotes.TryGetValue(place[..colon], out var folder)
            ? Path.Join(folder, place[(colon + 1)..])
            : throw new CopyBroken(-1, $"Failed to create file system for \"{place}\": didn't find section in config file");
    }

    private static Task StatsAsync(StandInCall call, Dictionary<string, string> options, long bytes, long total, TreeEntry? current)
    {
        if (!options.ContainsKey("--use-json-log") || !options.ContainsKey("--stats"))
            return Task.CompletedTask;
        object[] transferring = current is null ? [] : [new { bytes = current.Size, name = current.Path, percentage = 100, size = current.Size }];
        return call.WriteErrorLineAsync(JsonSerializer.Serialize(new
        {
            level = "warning",
            msg = "\nTransferred: …\n",
            source = "accounting/stats.go:482",
            stats = new { bytes, checks = 0, errors = 0, totalBytes = total, transferring },
        }));
    }

    private static async Task<int> ErrorAsync(StandInCall call, int exitCode, string message)
    {
        await call.WriteErrorLineAsync(JsonSerializer.Serialize(new { level = "error", msg = message, @object = "", source = "operations/operations.go:452" }));
        return exitCode;
    }

    private static async Task<int> FatalAsync(StandInCall call, int exitCode, string message)
    {
        await call.WriteErrorLineAsync($"2026/03/01 02:00:00 {message}");
        return exitCode;
    }
}
