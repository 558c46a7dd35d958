using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// <c>octomove verify</c>: holds every copied directory against the manifest of its copy, where it lies by now and as far as this machine sees
/// it, and on request copies again what is missing or damaged. Asks no server; removes nothing.
/// </summary>
internal sealed class VerifyRun(MoveSession session, JournalState journal, VerifyDepth depth, bool repair)
{
    private readonly MoveContext move = new(session, new VerifyBeforeStart().Id);
    private readonly List<MoveFailure> troubles = [];

    // From its first start on, the new server writes there itself: what differs may be its work.
    private readonly bool newServerWrites = journal.Of(new StartNewServer().Id).Standing != JournalStanding.Nothing;

    internal async Task<MoveEnded> RunAsync(CancellationToken cancel)
    {
        var (files, looked, differing, elsewhere) = (0L, 0, new List<(CopyJob Job, VerifyTotals Found)>(), false);
        foreach (var directory in session.Plan.Directories)
        {
            if (session.Plan.IsShared(directory))
            {
                move.Info(VerifyNotes.Shared(directory.Kind, directory.To));
                continue;
            }

            if (Place(directory) is not { } job)
            {
                move.Info(VerifyNotes.Elsewhere(directory.Kind, directory.To, session.Plan.New.Machine));
                elsewhere = true;
                continue;
            }

            if (!File.Exists(job.ManifestFile))
            {
                move.Info(VerifyNotes.NotCopiedYet(directory.Kind, job.ManifestFile));
                continue;
            }

            looked++;
            if (await LookAtAsync(directory, job, cancel) is not { } found)
                continue;
            files += found.Files;
            if (found.DifferenceCount > 0)
                differing.Add((job, found));
        }

        if (troubles.Count > 0)
            throw troubles[0];
        if (differing.Count > 0)
            throw VerifyFailures.Differs(differing, depth, repair, newServerWrites);
        if (looked == 0)
            throw elsewhere ? MoveFailures.WrongServer(Side.New, session.Plan.New.Machine) : VerifyFailures.NothingCopied(session.Folder.Path);
        return new MoveEnded(MoveOutcome.Finished, VerifyNotes.AllEqual(looked, files, depth), null, ExitCodes.Done);
    }

    // Where the files of a directory lie by now, as far as this machine sees them: at their new place; or, between two machines, in the move
    // folder until they are put there, and as long as they are left there afterwards.
    private CopyJob? Place(DirectoryPlan directory)
    {
        var isPlaced = session.Plan.OneMachine || journal.Of(new PlaceDirectories().Id).Standing == JournalStanding.Finished;
        if (isPlaced && session.IsHere(Side.New))
        {
            move.Info(VerifyNotes.AtItsPlace(directory.Kind, directory.To));
            return DirectoryCopying.LastWay(move, directory);
        }

        var staged = session.Folder.StagedDirectory(directory.Kind);
        if (DirectoryCopying.ComesStraight(move) || (isPlaced && !Directory.Exists(staged)))
            return null;
        move.Info(VerifyNotes.InMoveFolder(directory.Kind, staged, directory.To, session.Plan.New.Machine, isPlaced));
        return new CopyJob(directory.Kind, directory.From, staged, session.Folder.ManifestOf(directory.Kind));
    }

    // What goes wrong with one directory does not keep the others from being looked at.
    private async Task<VerifyTotals?> LookAtAsync(DirectoryPlan directory, CopyJob job, CancellationToken cancel)
    {
        try
        {
            var found = await VerifyAsync(directory, job, afterRepair: false, cancel);
            if (!repair || Repairable(found) is not { Count: > 0 } paths)
                return found;
            try
            {
                await RepairAsync(directory, job, paths, cancel);
            }
            catch (MoveFailure failure)
            {
                Remember(failure);
            }

            return await VerifyAsync(directory, job, afterRepair: true, cancel);
        }
        catch (MoveFailure failure)
        {
            Remember(failure);
            return null;
        }
    }

    private async Task<VerifyTotals> VerifyAsync(DirectoryPlan directory, CopyJob job, bool afterRepair, CancellationToken cancel)
    {
        var found = await DirectoryCopying.VerifyAsync(move, job, depth, cancel);
        foreach (var each in found.Differences)
            move.Tell(new FileDiffers(directory.Kind, each.Kind, ManifestPath.Show(each.Path), each.Detail));
        move.Tell(new DirectoryVerified(
            directory.Kind, job.Destination, depth, found.Files, found.Bytes,
            [.. found.Differences.GroupBy(each => each.Kind).OrderBy(each => each.Key).Select(each => new DifferenceCount(each.Key, each.LongCount()))],
            afterRepair));
        return found;
    }

    // Once the new server writes there, a file that differs may be newer than ours: only what is gone comes back.
    private List<string> Repairable(VerifyTotals found) =>
    [
        .. found.Differences
            .Where(each => newServerWrites
                ? each.Kind == DifferenceKind.Missing
                : each.Kind is not (DifferenceKind.Extra or DifferenceKind.Unfinished))
            .Select(each => each.Path),
    ];

    private async Task RepairAsync(DirectoryPlan directory, CopyJob job, List<string> paths, CancellationToken cancel)
    {
        if (job.Source == directory.From && !session.IsHere(Side.Old))
            throw VerifyFailures.OriginalsElsewhere(directory.Kind, session.Plan.Old.Machine);
        var meter = move.Meter($"Copying {job.Name} again", ProgressUnit.Items);
        var again = await new DirectoryRepair().RepairAsync(
            job, paths, progress => meter.Report(progress.FilesDone, progress.FilesTotal, progress.CurrentFile), cancel);
        foreach (var path in again)
            move.Tell(new FileRepaired(directory.Kind, ManifestPath.Show(path), job.Source));
    }

    private void Remember(MoveFailure failure)
    {
        move.Tell(new Logged(LogKind.Error, failure.Report.What, move.Step));
        troubles.Add(failure);
    }
}
