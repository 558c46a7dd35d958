using System.Globalization;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>rsync, over SSH or to a directory (source of options and exit codes: rsync(1) of 3.4).</summary>
internal sealed partial class Rsync(CopyPlan plan) : CopyTool(plan)
{
    /// <summary>Where rsync keeps half files; it removes the directory when it needs it no longer.</summary>
    public const string PartialDirectory = ".octomove-partial";

    private readonly CopyPlan _plan = plan;

    public override string Name => "rsync";

    public override IReadOnlyList<string> AskVersion => ["--version"];

    // --mkpath
    public override string OldestVersion => "3.2.3";

    // openrsync of macOS says "openrsync: protocol version 29".
    public override string? VersionIn(ProgramOutput output) =>
        VersionLine().Match(output.Output) is { Success: true } match ? match.Groups[1].Value : null;

    public override string Local(string path)
    {
        var slashed = path.Contains('\\', StringComparison.Ordinal) || DriveLetter().IsMatch(path) ? path.Replace('\\', '/') : path;
        var drive = DriveLetter().Match(slashed);
        var named = drive.Success ? $"{_plan.Drives.TrimEnd('/')}/{char.ToLowerInvariant(slashed[0])}{slashed[2..]}" : slashed;
        return named.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
    }

    public override IReadOnlyList<string> Copy(CopyOrder order) => [.. Options(order), order.From + "/", order.To + "/"];

    // --dirs: with --recursive a directory in the list would stand for all that is in it.
    public override IReadOnlyList<string> CopyAgain(CopyOrder order, IReadOnlyCollection<string> paths, string listFile)
    {
        OwnFile.Write(listFile, string.Concat(paths.Select(each => each + "\0")));
        return [.. Options(order).Select(each => each == "--recursive" ? "--dirs" : each), "--ignore-times", "--from0", $"--files-from={Local(listFile)}", order.From + "/", order.To + "/"];
    }

    public override IReadOnlyList<string> List(string directory) => ["--list-only", "--dirs", "--secluded-args", .. Shell, directory + "/"];

    public override string? Example(string directory, ProgramOutput listed)
    {
        // "drwxr-xr-x          4,096 2026/11/25 21:30:11 ."
        var output = new Output();
        foreach (var line in listed.Errors.Split('\n'))
            output.Take(line);
        if (listed.ExitCode == 23 && RsyncFailures.IsMissing(output.Troubles))
            return null;
        return listed.ExitCode == 0
            ? listed.Output.Split('\n').Select(each => ListedName().Match(each.TrimEnd('\r'))).Where(each => each.Success)
                .Select(each => each.Groups[1].Value).FirstOrDefault(each => each is not "." and not PartialDirectory)
            : throw RsyncFailures.CannotReach(directory, listed.ExitCode, output.Troubles, _plan.RemoteShell);
    }

    public override ToolOutput NewOutput() => new Output();

    public override ToolVerdict Judge(CopyOrder order, int exitCode, ToolOutput output) => exitCode switch
    {
        0 => ToolVerdict.Done,
        24 when order.SourceIsLive => new ToolVerdict(null, RsyncFailures.VanishedWhileLive(order.Kind)),
        _ => new ToolVerdict(RsyncFailures.Of(order, exitCode, output.Troubles, _plan.RemoteShell)),
    };

    private protected override string FarPlaceOf(DirectoryPlan directory) => _plan.To + Local(directory.To);

    // Owners, groups and rights of the old machine mean nothing on the new one: the new directory gives them. Times to the nanosecond: by the
    // second alone, a file that was changed twice in one would be taken for the same.
    private IReadOnlyList<string> Options(CopyOrder order) =>
    [
        "--recursive", "--links", "--times", "--modify-window=-1", $"--partial-dir={PartialDirectory}", "--mkpath", "--secluded-args", "--timeout=600",
        "--info=progress2", "--no-inc-recursive", "--outbuf=L", "--out-format=file:%n",
        .. order.Limit is { } limit ? (string[])[$"--bwlimit={Math.Max(1, limit.BytesPerSecond / 1024)}"] : [], .. Shell,
    ];

    // BatchMode: nobody is there to type a password, and a prompt would wait for ever. What comes first counts for ssh: the person's own options.
    private IReadOnlyList<string> Shell => !IsFar ? [] : ["-e", IsSsh
        ? $"{_plan.RemoteShell} -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30" : _plan.RemoteShell];

    private bool IsSsh => SshWord().IsMatch(_plan.RemoteShell);

    [GeneratedRegex(@"^rsync\s+version\s+v?(\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^[A-Za-z]:(?=[\\/]|$)")]
    private static partial Regex DriveLetter();

    [GeneratedRegex(@"^\S{10,11}\s+[\d,.]+\s+\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (.+?)(?: -> .*)?$")]
    private static partial Regex ListedName();

    [GeneratedRegex("""^["']?(?:[^"']*[\\/])?ssh(?:\.exe)?["']?(?:\s|$)""", RegexOptions.IgnoreCase)]
    private static partial Regex SshWord();

    private sealed partial class Output : ToolOutput
    {
        private protected override string? Understand(string line)
        {
            if (line.StartsWith("file:", StringComparison.Ordinal))
            {
                CurrentFile = line[5..];
                return null;
            }

            // "      1,081,345  36%    1.01MB/s    0:00:01 (xfr#2, to-chk=5/9)"; several of them may stand on one line.
            if (Progress().Matches(line) is { Count: > 0 } told)
            {
                if (long.TryParse(told[^1].Groups[1].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var bytes))
                    BytesDone = bytes;
                return null;
            }

            if (line.Length > 0)
                Trouble(line);
            return line.Length == 0 ? null : line;
        }

        [GeneratedRegex(@"([\d,]+)\s+\d+%\s+[\d.]+[kKMGT]?B/s\s+[\d:?]+")]
        private static partial Regex Progress();
    }
}
