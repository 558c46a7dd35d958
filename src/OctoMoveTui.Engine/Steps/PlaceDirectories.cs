using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 7: the directories' places are read from the database. What travelled through the move folder is put there; where the places
/// differ from the old server's, the new instance is re-pointed with "path".
/// </summary>
public sealed class PlaceDirectories : MoveStep<DirectoriesPlaced>
{
    /// <inheritdoc/>
    public override StepId Id => new("place-directories");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.PlaceDirectories;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoPlaceDirectories();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var lines = new List<PreviewLine>();
        if (move.CopyTool is { } tool && DirectoryCopying.ComesStraight(move))
            lines.AddRange(ToolCopying.PreviewPlacing(move, tool));
        else if (!move.Plan.OneMachine)
            lines.AddRange(move.Plan.DirectoriesToCopy.Select(each => new PreviewLine(PreviewKind.Path, $"{move.Folder.StagedDirectory(each.Kind)}  →  {each.To}")));
        if (Moved(move).Any())
        {
            lines.Add(new PreviewLine(PreviewKind.Words, "Re-points the new instance to the directories' new places; this is written into the database. "
                + "Those that it holds relative to the home directory are left out: they lie there already."));
            lines.Add(move.Command(move.NewExe, move.NewExe.SetPaths(Moved(move))));
            if (move.Plan.Shape.KeepsInstance())
                lines.Add(new PreviewLine(PreviewKind.Words, FolderWords.WayBack(move.Command(move.OldExe, move.OldExe.SetPaths(move.Plan.DirectoriesToCopy.Select(each => (each.Kind, each.From)))).Text)));
        }
        else
        {
            lines.Add(new PreviewLine(PreviewKind.Words, "The directories lie where the database says: nothing has to be re-pointed."));
        }

        lines.AddRange(ServiceRights.PreviewGrants(move));
        return lines;
    }

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Journalled.Standing == Journal.JournalStanding.Nothing)
            return new StepProbe.NotDone();
        return await FindWrongPathsAsync(move, cancel) is { Count: > 0 } wrong
            ? new StepProbe.HalfDone(string.Join("; ", wrong))
            : move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override async Task<DirectoriesPlaced> RunAsync(MoveContext move, CancellationToken cancel)
    {
        // The same server: it must not look for anything while its places change.
        if (move.Plan.Shape.KeepsInstance())
            await StopOldServer.ProveDownAsync(move, cancel);
        if (move.CopyTool is { } tool)
        {
            foreach (var each in move.Plan.DirectoriesToCopy)
                await ToolCopying.PlaceAsync(move, tool, each, cancel);
        }

        if (!DirectoryCopying.ComesStraight(move))
        {
            using var pacing = CopyPacing.Begin(move, move.Copying.BytesPerSecond);
            foreach (var each in move.Plan.DirectoriesToCopy)
            {
                var job = new CopyJob(each.Kind, move.Folder.StagedDirectory(each.Kind), each.To, move.Folder.PlacedManifestOf(each.Kind));
                await DirectoryCopying.CopyAsync(move, job, pacing, cancel);
            }
        }

        // What the database holds relative to the home directory is right already; naming it all the same would write rows that the backup hasn't.
        var wrong = (await FindWrongAsync(move, cancel)).Select(each => each.Directory).ToList();
        if (wrong.Count > 0)
            await move.NewExe.RunAsync(move.NewExe.SetPaths(wrong.Select(each => (each.Kind, each.To))), cancel);
        await ServiceRights.GrantAsync(move, cancel);
        return new DirectoriesPlaced([.. wrong.Select(each => each.Kind)]);
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, DirectoriesPlaced fact, CancellationToken cancel)
    {
        if (await FindWrongPathsAsync(move, cancel) is { Count: > 0 } wrong)
            throw CheckFailures.PathsWrong(wrong);
        move.Proof(Notes.PathsAreRight(move.Plan.Directories.Count));
        DirectoryCopying.ProveShared(move);
    }

    /// <summary>Directories that the new instance looks for elsewhere than the plan puts them.</summary>
    internal static async Task<IReadOnlyList<string>> FindWrongPathsAsync(MoveContext move, CancellationToken cancel) =>
        [.. (await FindWrongAsync(move, cancel)).Select(Wrong)];

    /// <summary>The same, of a configuration that was read already.</summary>
    internal static IReadOnlyList<string> WrongPaths(MoveContext move, InstanceConfiguration configuration) => [.. FindWrong(move, configuration).Select(Wrong)];

    private static string Wrong((DirectoryPlan Directory, string? Found) each) => $"{each.Directory.Kind}: {each.Found ?? "unknown"} instead of {each.Directory.To}";

    private static async Task<IReadOnlyList<(DirectoryPlan Directory, string? Found)>> FindWrongAsync(MoveContext move, CancellationToken cancel) =>
        FindWrong(move, await move.NewExe.ShowConfigurationAsync(cancel));

    private static IReadOnlyList<(DirectoryPlan Directory, string? Found)> FindWrong(MoveContext move, InstanceConfiguration configuration)
    {
        return [.. move.Plan.Directories.Concat(move.Plan.RePointed ?? [])
            .Select(each => (Directory: each, Found: configuration.PlaceOf(each.Kind, move.Plan.New.Home)))
            .Where(each => each.Found?.TrimEnd('/', '\\') != each.Directory.To.TrimEnd('/', '\\'))];
    }

    private static IEnumerable<(string Kind, string Path)> Moved(MoveContext move) =>
        move.Plan.Directories.Concat(move.Plan.RePointed ?? []).Where(each => each.From != each.To).Select(each => (each.Kind, each.To));
}
