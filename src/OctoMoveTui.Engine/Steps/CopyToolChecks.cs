using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.CopyTools;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>The checks of another copying program, on the machine it works on: days before the outage, and not in it, is the time to find out.</summary>
internal sealed class CopyToolChecks(MoveContext move, CheckRun checks, CopyTool tool)
{
    /// <summary>Old server: the program is there, reaches the destination without asking anybody, and nothing foreign lies there.</summary>
    internal async Task MakeOldAsync(CancellationToken cancel)
    {
        var program = tool.Program(Side.Old);
        if (!await checks.MakeAsync("O6", ServerCheckWords.CopyTool, Asked(program, tool.AskVersion), () => VersionAsync(Side.Old, cancel), cancel))
            return;
        var asked = move.Plan.DirectoriesToCopy.Select(each => Asked(program, tool.List(ToolCopying.Outward(move, tool, each).To)));
        await checks.MakeAsync("O7", ServerCheckWords.CopyDestination, string.Join('\n', asked), () => DestinationsAsync(cancel), cancel);
    }

    /// <summary>New server: where it has to fetch, the program is there, sees the remote, and nothing foreign lies where the files go.</summary>
    internal async Task MakeNewAsync(CancellationToken cancel)
    {
        if (!tool.IsFetched)
            return;
        var program = tool.Program(Side.New);
        var asked = move.Plan.DirectoriesToCopy.Select(each => Asked(program, tool.List(tool.DestinationOf(each, "")))).Prepend(Asked(program, tool.AskVersion));
        await checks.MakeAsync("N4", ServerCheckWords.CopyFetch, string.Join('\n', asked), () => FetchAsync(cancel), cancel);
    }

    /// <summary>The command lines on the old server.</summary>
    internal static IEnumerable<PreviewLine> PreviewOld(MoveContext move, CopyTool tool) => move.Plan.DirectoriesToCopy
        .Select(each => move.Command(tool.Program(Side.Old), tool.List(ToolCopying.Outward(move, tool, each).To)))
        .Prepend(move.Command(tool.Program(Side.Old), tool.AskVersion));

    private async Task<CheckResult> VersionAsync(Side side, CancellationToken cancel)
    {
        var program = move.CopyProgram(tool, side);
        Octopus.ProgramOutput said;
        try
        {
            said = await program.RunAsync(tool.AskVersion, true, cancel);
        }
        catch (MoveFailure missing)
        {
            throw CopyToolFailures.Missing(tool.Name, program.File, Key(side), missing);
        }

        var version = tool.VersionIn(said) ?? throw CopyToolFailures.NotThatProgram(tool.Name, program.File, said.Everything);
        return tool.OldestVersion.Length > 0 && Version.Parse(version) < Version.Parse(tool.OldestVersion)
            ? throw CopyToolFailures.TooOld(tool.Name, program.File, version, tool.OldestVersion)
            : CheckResult.Pass(ServerCheckWords.ToolThere(tool.Name, version, program.File));
    }

    private async Task<CheckResult> DestinationsAsync(CancellationToken cancel)
    {
        foreach (var directory in move.Plan.DirectoriesToCopy)
            await ToolCopying.ProveOursAsync(move, tool, directory, cancel, always: true);
        if (tool is Rclone { IsFar: true } rclone)
        {
            var features = await move.CopyProgram(tool, Side.Old).RunAsync(rclone.AskFeatures, true, cancel);
            if (Rclone.PrecisionIn(features) is { } precision && precision > FileTimePrecision)
                throw CopyToolFailures.NoTimes(move.Plan.Copy!.To, precision < TimeSpan.FromDays(1) ? $"only to {precision.TotalSeconds:0} seconds" : "not at all");
        }

        return CheckResult.Pass(ServerCheckWords.DestinationsReady(tool.Name));
    }

    private async Task<CheckResult> FetchAsync(CancellationToken cancel)
    {
        var version = await VersionAsync(Side.New, cancel);
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var remote = tool.DestinationOf(directory, "");
            _ = tool.Example(remote, await move.CopyProgram(tool, Side.New).RunAsync(tool.List(remote), true, cancel));
            ToolCopying.RefuseForeignPlace(move, directory);
        }

        return version;
    }

    // What octomove accepts as the same time when it verifies.
    private static readonly TimeSpan FileTimePrecision = TimeSpan.FromSeconds(2);

    private static string Asked(string program, IReadOnlyList<string> arguments) => $"{program} {string.Join(' ', arguments)}";

    private string Key(Side side)
    {
        var key = $"Copy:{char.ToUpperInvariant(tool.Name[0])}{tool.Name[1..]}";
        return side == Side.New ? key + "OnNew" : key;
    }
}
