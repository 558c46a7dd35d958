using System.Globalization;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.CopyTools;

/// <summary>robocopy, to a share of the new server or to a directory. Its words are translated on localised Windows: only numbers and tabs are judged.</summary>
internal sealed partial class Robocopy(CopyPlan plan) : CopyTool(plan)
{
    // A command line of Windows has 32,767 characters.
    private const int MostNames = 200;
    private const int MostCharacters = 20_000;

    private readonly CopyPlan _plan = plan;

    public override string Name => "robocopy";

    // /IPG and /MT exclude each other.
    public override bool KeepsToLimit => false;

    public override IReadOnlyList<string> AskVersion => ["/?"];

    public override string OldestVersion => "";

    // It prints its help, and ends with 16.
    public override string? VersionIn(ProgramOutput output) => output.Output.Contains("ROBOCOPY", StringComparison.OrdinalIgnoreCase) ? "" : null;

    public override IReadOnlyList<string> Copy(CopyOrder order) => [order.From, order.To, .. Options(order)];

    // It takes names and no paths; a namesake in another directory is copied once more, too.
    public override IReadOnlyList<string> CopyAgain(CopyOrder order, IReadOnlyCollection<string> paths, string listFile)
    {
        var names = paths.Select(each => each[(each.LastIndexOf('/') + 1)..]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isShort = names.Count <= MostNames && names.Sum(each => each.Length + 3) <= MostCharacters;
        return [order.From, order.To, .. isShort ? names : [], .. Options(order), "/IS", "/IT"];
    }

    // /L: it lists what it would copy from there to nowhere.
    public override IReadOnlyList<string> List(string directory) =>
        [directory, "NULL", "/L", "/E", "/LEV:2", "/NJH", "/NJS", "/NC", "/NS", "/FP", "/R:0", "/W:0"];

    public override string? Example(string directory, ProgramOutput listed)
    {
        var number = RobocopyFailures.NumberIn(listed.Everything);
        if (listed.ExitCode >= 8)
            return number is 2 or 3 ? null : throw RobocopyFailures.CannotReach(directory, number, listed.Everything);
        return listed.Output.Split('\n').Select(each => each.Trim().TrimEnd('\\'))
            .FirstOrDefault(each => each.Length > 0 && !each.Equals(directory, StringComparison.OrdinalIgnoreCase));
    }

    public override ToolOutput NewOutput() => new Output();

    public override ToolVerdict Judge(CopyOrder order, int exitCode, ToolOutput output) => exitCode switch
    {
        >= 0 and < 8 => new ToolVerdict(null, (exitCode & 4) != 0 ? RobocopyFailures.Mismatched(order) : null),
        >= 8 and < 16 when order.SourceIsLive && RobocopyFailures.AreOnlyInUse(output.Troubles) =>
            new ToolVerdict(null, RobocopyFailures.InUseWhileLive(order.Kind, output.Troubles)),
        _ => new ToolVerdict(RobocopyFailures.Of(order, exitCode, output.Troubles)),
    };

    private protected override string FarPlaceOf(DirectoryPlan directory) => FarPlaceOf(directory.To, _plan.To) ?? throw CopyPlanFailures.NotMapped(directory, _plan.To);

    /// <summary>How the old server names a path of the new one; null when nothing says.</summary>
    internal static string? FarPlaceOf(string path, string to)
    {
        var trimmed = path.TrimEnd('/', '\\');
        foreach (var mapping in to.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (mapping.Split('=', 2, StringSplitOptions.TrimEntries) is not [var place, var share])
                return DrivePath().Match(trimmed) is { Success: true } drive
                    ? $@"{mapping.TrimEnd('\\')}\{drive.Groups[1].Value}${trimmed[2..].Replace('/', '\\')}"
                    : trimmed.StartsWith(@"\\", StringComparison.Ordinal) ? trimmed : null;
            place = place.TrimEnd('/', '\\');
            if (trimmed.Equals(place, StringComparison.OrdinalIgnoreCase))
                return share.TrimEnd('\\');
            if (trimmed.StartsWith(place, StringComparison.OrdinalIgnoreCase) && trimmed[place.Length] is '/' or '\\')
                return share.TrimEnd('\\') + trimmed[place.Length..].Replace('/', '\\');
        }

        return null;
    }

    // No /MIR and no /PURGE: it would remove what is not ours. /SL: links as links; what leads out of the directory was refused when it was hashed.
    // Its own million retries of half a minute would hang the outage for days.
    private static IReadOnlyList<string> Options(CopyOrder order) =>
        ["/E", "/COPY:DAT", "/DCOPY:T", "/SL", "/XX", "/MT:16", .. order.SourceIsLive ? ["/R:1", "/W:1"] : (string[])["/R:5", "/W:5"], "/NP", "/NDL", "/BYTES", "/NJH"];

    [GeneratedRegex(@"^([A-Za-z]):(?=[\\/]|$)")]
    private static partial Regex DrivePath();

    private sealed partial class Output : ToolOutput
    {
        private protected override string? Understand(string line)
        {
            // "\t    New File  \t\t    1024\tD:\Octopus\Packages\a.zip"
            if (FileLine().Match(line) is { Success: true } file
                && long.TryParse(file.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                BytesDone += bytes;
                CurrentFile = file.Groups[2].Value;
                return null;
            }

            // "2026/03/01 02:00:00 ERROR 5 (0x00000005) Copying File …", and the sentence of Windows on the next line.
            if (RobocopyFailures.NumberIn(line) is not null)
                Trouble(line);
            return line.Length == 0 ? null : line;
        }

        [GeneratedRegex(@"^\t[^\t]*\t\t\s*(\d+)\t(.+)$")]
        private static partial Regex FileLine();
    }
}
