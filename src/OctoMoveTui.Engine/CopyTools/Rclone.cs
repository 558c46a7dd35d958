using System.Text.Json;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>
/// rclone: from the old server to a remote, and on the new server from there to the final place; or to a directory. Remotes and their secrets
/// live in rclone's own configuration (source of options and exit codes: rclone.org/docs).
/// </summary>
internal sealed partial class Rclone(CopyPlan plan) : CopyTool(plan)
{
    private readonly CopyPlan _plan = plan;

    public override string Name => "rclone";

    public override bool IsFetched => IsFar;

    public override IReadOnlyList<string> AskVersion => ["version"];

    // --files-from-raw
    public override string OldestVersion => "1.53.0";

    public override string? VersionIn(ProgramOutput output) =>
        VersionLine().Match(output.Output) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Asks what the remote can do.</summary>
    public IReadOnlyList<string> AskFeatures => ["backend", "features", _plan.To];

    /// <summary>How exactly the remote keeps times; null when it didn't say.</summary>
    public static TimeSpan? PrecisionIn(ProgramOutput features)
    {
        const double nanosecondsInADay = 86_400e9;
        using var document = LenientJson.Find(features.Output);
        return document?.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("Precision", out var precision)
            && precision.ValueKind == JsonValueKind.Number ? TimeSpan.FromMicroseconds(Math.Clamp(precision.GetDouble(), 0, nanosecondsInADay) / 1000) : null;
    }

    public override IReadOnlyList<string> Copy(CopyOrder order) => ["copy", order.From, order.To, .. Options(order)];

    // One path a line and nothing else is meant by "raw"; a name with a line break can't be said, and then all are copied again.
    public override IReadOnlyList<string> CopyAgain(CopyOrder order, IReadOnlyCollection<string> paths, string listFile)
    {
        if (paths.Any(each => each.Contains('\n', StringComparison.Ordinal)))
            return ["copy", order.From, order.To, .. Options(order), "--ignore-times"];
        OwnFile.Write(listFile, string.Concat(paths.Select(each => each + "\n")));
        return ["copy", order.From, order.To, .. Options(order), "--ignore-times", "--files-from-raw", listFile];
    }

    public override IReadOnlyList<string> List(string directory) => ["lsf", directory, "--max-depth", "1"];

    public override string? Example(string directory, ProgramOutput listed) => listed.ExitCode switch
    {
        3 => null,
        0 => listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => each.TrimEnd('\r')).FirstOrDefault(),
        _ => throw RcloneFailures.CannotReach(directory, listed.ExitCode, listed.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    };

    public override ToolOutput NewOutput() => new Output();

    public override ToolVerdict Judge(CopyOrder order, int exitCode, ToolOutput output) => exitCode switch
    {
        0 or 9 => ToolVerdict.Done,
        _ when order.SourceIsLive && RcloneFailures.AreOnlyChanges(output.Troubles) =>
            new ToolVerdict(null, RcloneFailures.ChangedWhileLive(order.Kind, output.Troubles.Count)),
        _ => new ToolVerdict(RcloneFailures.Of(order, exitCode, output.Troubles)),
    };

    private protected override string FarPlaceOf(DirectoryPlan directory) =>
        _plan.To.EndsWith(':') ? _plan.To + directory.Kind : _plan.To.TrimEnd('/') + "/" + directory.Kind;

    private static IReadOnlyList<string> Options(CopyOrder order) =>
    [
        "--links", "--create-empty-src-dirs", "--use-json-log", "--stats", "1s", "--stats-log-level", "NOTICE",
        .. order.Limit is { } limit ? (string[])["--bwlimit", $"{limit.BytesPerSecond}B"] : [],
        .. order.SourceIsLive ? (string[])["--retries", "1"] : [],
    ];

    [GeneratedRegex(@"^rclone v(\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    private sealed class Output : ToolOutput
    {
        private protected override string? Understand(string line)
        {
            if (line.Length == 0)
                return null;
            if (!line.StartsWith('{'))
            {
                Trouble(line); // "2026/11/25 21:31:00 Failed to create file system for …": what it says before it reads its options
                return line;
            }

            using var document = LenientJson.Find(line);
            return document is null ? line : Understand(document.RootElement);
        }

        private string? Understand(JsonElement said)
        {
            if (said.TryGetProperty("stats", out var stats) && stats.ValueKind == JsonValueKind.Object)
            {
                BytesDone = Number(stats, "bytes") ?? BytesDone;
                BytesTotal = Number(stats, "totalBytes") ?? BytesTotal;
                if (stats.TryGetProperty("transferring", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0
                    && files[0].ValueKind == JsonValueKind.Object && Text(files[0], "name") is { Length: > 0 } name)
                    CurrentFile = name;
                return null;
            }

            var about = Text(said, "object");
            var text = about.Length > 0 ? $"{about}: {Text(said, "msg")}" : Text(said, "msg");
            if (Text(said, "level") is "error" or "fatal" or "critical")
                Trouble(text);
            return text;
        }

        private static long? Number(JsonElement said, string name) =>
            said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

        private static string Text(JsonElement said, string name) =>
            said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
    }
}
