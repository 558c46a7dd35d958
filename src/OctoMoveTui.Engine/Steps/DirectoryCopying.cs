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
        var copied = new List<CopiedDirectory>();
        foreach (var directory in move.Plan.Directories)
        {
            var job = new CopyJob(directory.Kind, directory.From, Target(move, directory), move.Folder.ManifestOf(directory.Kind))
            {
                SourceIsLive = isSourceLive,
            };
            copied.Add(await CopyAsync(move, job, cancel));
        }

        return copied;
    }

    /// <summary>Copies one directory and says what was copied.</summary>
    internal static async Task<CopiedDirectory> CopyAsync(MoveContext move, CopyJob job, CancellationToken cancel)
    {
        var meter = move.Meter($"Copying {job.Name}", ProgressUnit.Bytes);
        var totals = await new DirectoryCopier(move.Time).CopyAsync(
            job, progress => meter.Report(progress.BytesDone, progress.BytesTotal, progress.CurrentFile), cancel);
        move.Info(Notes.DirectoryCopied(job.Name, totals.Files, totals.Bytes, totals.CopiedFiles));
        foreach (var file in totals.UnsettledFiles)
            move.Warn(file);
        return new CopiedDirectory(job.Name, totals.Files, totals.Bytes, totals.ContentHash);
    }

    /// <summary>Where the copy goes: straight to its place when one machine does both sides, else into the move folder.</summary>
    internal static string Target(MoveContext move, DirectoryPlan directory) =>
        move.Plan.OneMachine ? directory.To : move.Folder.StagedDirectory(directory.Kind);

    /// <summary>From and to, for a preview.</summary>
    internal static IEnumerable<PreviewLine> Preview(MoveContext move) =>
        move.Plan.Directories.Select(each => new PreviewLine(PreviewKind.Path, $"{each.From}  →  {Target(move, each)}"));
}
