using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What the copy ahead and the copy inside the outage have in common: the same manifests, so that the second only does the rest.</summary>
internal static class DirectoryCopying
{
    /// <summary>Copies all directories of the plan, one after the other.</summary>
    internal static async Task<IReadOnlyList<CopiedDirectory>> CopyAllAsync(MoveContext move, bool isSourceLive, CancellationToken cancel)
    {
        var (copied, polite) = (new List<CopiedDirectory>(), isSourceLive && move.Copying.PoliteAhead);
        if (polite)
            move.Info(CopyNotes.Polite);
        if (move.CopyTool is { } tool)
        {
            foreach (var directory in move.Plan.DirectoriesToCopy)
                copied.Add(await ToolCopying.CopyAsync(move, tool, directory, isSourceLive, cancel));
            return copied;
        }

        using var pacing = CopyPacing.Begin(
            move, (isSourceLive ? move.Copying.BytesPerSecondAhead : null) ?? move.Copying.BytesPerSecond);
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var job = new CopyJob(directory.Kind, directory.From, Target(move, directory), move.Folder.ManifestOf(directory.Kind))
            {
                SourceIsLive = isSourceLive,
                Polite = polite,
                CompareContents = !isSourceLive && move.Copying.CompareContents,
            };
            copied.Add(await CopyAsync(move, job, pacing, cancel));
        }

        return copied;
    }

    /// <summary>Copies one directory and says what was copied.</summary>
    internal static async Task<CopiedDirectory> CopyAsync(MoveContext move, CopyJob job, CopyPacing pacing, CancellationToken cancel)
    {
        var meter = move.Meter($"Copying {job.Name}", ProgressUnit.Bytes);
        pacing.Changed += meter.Forget;
        try
        {
            job = job with { Pace = pacing.Pace, Hash = move.Copying.Hash, Access = move.Copying.KeepPermissions, Troubled = file => move.Warn(CopyNotes.NotCopiedYet(job.Name, file)) };
            var totals = await new DirectoryCopier(move.Time).CopyAsync(job, meter.Report, cancel);
            move.Info(Notes.DirectoryCopied(job.Name, totals.Files, totals.Bytes, totals.CopiedFiles));
            if (totals.Unsettled > 0)
                move.Warn(CopyNotes.Unsettled(job.Name, totals.Unsettled));
            return new CopiedDirectory(job.Name, totals.Files, totals.Bytes, totals.ContentHash);
        }
        finally
        {
            pacing.Changed -= meter.Forget;
        }
    }

    /// <summary>
    /// The last leg of a directory's way to its place: from the old server, or from the move folder when there are two machines. Held against
    /// the manifest written on the old server in both cases, so that damage on the way shows and is named file by file.
    /// </summary>
    internal static CopyJob LastWay(MoveContext move, DirectoryPlan directory) => new(
        directory.Kind, ComesStraight(move) ? directory.From : move.Folder.StagedDirectory(directory.Kind), directory.To,
        move.Folder.ManifestOf(directory.Kind));

    /// <summary>True when a directory comes to its place without a stay in the move folder.</summary>
    internal static bool ComesStraight(MoveContext move) => move.Plan.OneMachine || move.CopyTool is { IsFar: true };

    /// <summary>True when another program copies the directories to where only that program can look.</summary>
    internal static bool GoesFarAway(MoveContext move) => move.CopyTool is { IsFar: true };

    /// <summary>Copies files again that were damaged or lost, the way they came; what only the other machine can do is left to it.</summary>
    internal static Task CopyAgainAsync(MoveContext move, DirectoryPlan directory, IReadOnlyCollection<string> paths, CancellationToken cancel) =>
        move.CopyTool is { } tool && ComesStraight(move)
            ? ToolCopying.CopyAgainAsync(move, tool, directory, paths, cancel)
            : CopyAgainAsync(move, LastWay(move, directory), paths, cancel);

    /// <summary>Copies files again that were damaged or lost since they were copied.</summary>
    internal static async Task CopyAgainAsync(MoveContext move, CopyJob job, IReadOnlyCollection<string> paths, CancellationToken cancel)
    {
        var meter = move.Meter($"Copying {job.Name} again", ProgressUnit.Items);
        var again = await new DirectoryRepair().RepairAsync(
            job, paths, progress => meter.Report(progress.FilesDone, progress.FilesTotal, progress.CurrentFile), cancel);
        foreach (var path in again.Take(20))
            move.Info($"{job.Name}: copied again from {job.Source}: {path}");
        if (again.Count > 20)
            move.Info($"{job.Name}: {again.Count - 20} more copied again.");
    }

    /// <summary>Holds a directory at its new place against its manifest; names all differences.</summary>
    internal static async Task<VerifyTotals> VerifyAsync(MoveContext move, CopyJob job, VerifyDepth depth, CancellationToken cancel)
    {
        // Gone as a whole: one difference, not a failure of its own, so that Retry brings it back as well.
        if (!Directory.Exists(job.Destination))
            return new VerifyTotals(0, 0, "", 1, [new FileDifference(DifferenceKind.Missing, ".", $"the directory {job.Destination} is missing")]);

        var meter = move.Meter($"Verifying {job.Name}", ProgressUnit.Bytes);
        return await new DirectoryVerifier(move.Time) { MostNamed = int.MaxValue }.VerifyAsync(
            job.Name, job.Destination, job.ManifestFile, depth, meter.Report, cancel);
    }

    /// <summary>Where the copy goes: straight to its place when one machine does both sides, else into the move folder.</summary>
    internal static string Target(MoveContext move, DirectoryPlan directory) =>
        move.Plan.OneMachine ? directory.To : move.Folder.StagedDirectory(directory.Kind);

    /// <summary>
    /// Proves that the new side reaches the directories that both servers use. A share that is not there looks empty to Octopus, and an empty
    /// package directory makes a re-index drop all packages.
    /// </summary>
    /// <exception cref="MoveFailure">One is not there, or can't be listed.</exception>
    internal static void ProveShared(MoveContext move)
    {
        foreach (var directory in move.Plan.Directories.Where(move.Plan.IsShared))
        {
            try
            {
                _ = Directory.EnumerateFileSystemEntries(directory.To).Any();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw CheckFailures.SharedUnreachable(directory.Kind, directory.To, error);
            }

            move.Info(move.Plan.Shape.KeepsInstance() ? FolderWords.Stays(directory.Kind, directory.To) : move.Plan.OneMachine
                ? $"{directory.Kind}: both servers use the same directory, {directory.To}. Nothing is copied."
                : $"{directory.Kind}: both servers use the same share, {directory.To}. Nothing is copied.");
            if (!move.Plan.OneMachine && directory.To.TrimStart('\\').StartsWith(move.Plan.Old.Machine + "\\", StringComparison.OrdinalIgnoreCase))
                move.Warn($"{directory.Kind} lies on the old server itself: {directory.To}. Keep {move.Plan.Old.Machine} running, or move that share before it is retired.");
        }
    }

    /// <summary>What is said of the copies when they are taken back: they stay.</summary>
    internal static IEnumerable<string> LeftFiles(MoveContext move) =>
        Steps.LeftFiles.At(move.CopyTool is { IsFar: true } ? [] : move.Plan.DirectoriesToCopy.Select(each => Target(move, each)));

    /// <summary>From and to, for a preview.</summary>
    internal static IEnumerable<PreviewLine> Preview(MoveContext move, bool isSourceLive)
    {
        var shared = move.Plan.Directories.Where(move.Plan.IsShared).Select(each =>
            new PreviewLine(PreviewKind.Words, move.Plan.Shape.KeepsInstance() ? FolderWords.Stays(each.Kind, each.From) : $"{each.Kind} stays where it is: both servers use {each.From}."));
        return shared.Concat(move.CopyTool is { } tool
            ? ToolCopying.Preview(move, tool, isSourceLive)
            : move.Plan.DirectoriesToCopy.Select(each => new PreviewLine(PreviewKind.Path, $"{each.From}  →  {Target(move, each)}")));
    }
}
