using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Files that the new server wrote into the new directories while it ran: task logs above all. What the manifests know was proven before its start, so
/// whatever else lies there since is its own. It is kept in the move folder. Where the database stays, its rows name these files: the old server gets them.
/// </summary>
internal static class WrittenMeanwhile
{
    /// <summary>Moves them from the new directories into the move folder, so that another try finds only what it copied itself.</summary>
    internal static async Task CollectAsync(MoveContext move, CancellationToken cancel)
    {
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var job = DirectoryCopying.LastWay(move, directory);
            if (!Directory.Exists(job.Destination) || !File.Exists(job.ManifestFile))
                continue;
            var found = await DirectoryCopying.VerifyAsync(move, job, VerifyDepth.SizesAndTimes, cancel);
            var extra = found.Differences.Where(each => each.Kind == DifferenceKind.Extra).Select(each => each.Path).ToList();
            var keeper = move.Folder.WrittenOnNew(directory.Kind);
            try
            {
                var files = extra.Where(each => File.Exists(Path.Combine(job.Destination, each))).ToList();
                foreach (var file in files)
                    Carry(Path.Combine(job.Destination, file), Path.Combine(keeper, file), moves: true);

                // Deepest first, and only what is empty by now.
                foreach (var folder in extra.Except(files).OrderByDescending(each => each.Length).Select(each => Path.Combine(job.Destination, each)).Where(Directory.Exists))
                {
                    if (!Directory.EnumerateFileSystemEntries(folder).Any())
                        Disk.DeleteDirectory(folder);
                }

                if (files.Count > 0)
                    move.Info(UndoNotes.FilesCollected(directory.Kind, files.Count, keeper));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw UndoFailures.FilesStay(directory.Kind, job.Destination, keeper, error);
            }
        }
    }

    /// <summary>Where the database stays: puts them where the old server looks for them. What lies there already is left as it is.</summary>
    internal static void PutBack(MoveContext move)
    {
        if (move.Plan.Shape.BringsDatabase())
            return;
        foreach (var directory in move.Plan.DirectoriesToCopy)
        {
            var keeper = move.Folder.WrittenOnNew(directory.Kind);
            if (!Directory.Exists(keeper))
                continue;
            try
            {
                var files = Directory.EnumerateFiles(keeper, "*", SearchOption.AllDirectories).Select(each => Path.GetRelativePath(keeper, each)).ToList();
                foreach (var file in files.Where(each => !File.Exists(Path.Combine(directory.From, each))))
                    Carry(Path.Combine(keeper, file), Path.Combine(directory.From, file), moves: false);
                if (files.Count > 0)
                    move.Info(UndoNotes.FilesGivenBack(directory.Kind, files.Count, directory.From));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw UndoFailures.FilesStay(directory.Kind, keeper, directory.From, error);
            }
        }
    }

    // Under a temporary name first: what has its name is whole, and the original goes last.
    private static void Carry(string from, string to, bool moves)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        var part = to + ".octomove.part";
        File.Copy(from, part, overwrite: true);
        using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
            written.Flush(flushToDisk: true);
        Disk.Rename(part, to, overwrite: true);
        if (moves)
            Disk.Delete(from);
    }
}
