using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Days ahead of the copy: counts what is in the directories and holds it against what is free where they go.</summary>
internal static class RoomForDirectories
{
    internal static CheckResult Check(MoveContext move, CancellationToken cancel)
    {
        if (DirectoryCopying.GoesFarAway(move))
            return CheckResult.Unknown(ServerCheckWords.RoomIsFar);

        var (files, bytes) = (0L, 0L);
        var places = new List<(long Free, long Needed, string Place)>();
        var meter = move.Meter(ServerCheckWords.Counting, ProgressUnit.Items);
        foreach (var directory in move.Plan.DirectoriesToCopy.Where(each => Directory.Exists(each.From)))
        {
            using var index = ManifestIndex.Of(move.Folder.ManifestOf(directory.Kind));
            var needs = CopyNeeds.Of(directory.From, index, soFar => meter.Report(files + soFar.Files, total: null, directory.Kind), cancel);
            files += needs.Files;
            bytes += needs.Bytes;
            var place = DirectoryCopying.Target(move, directory);
            if (FreeSpace.AtNearest(place) is { } free)
                places.Add((free, needs.NeededToBeSafe, place));
        }

        return Judge(files, bytes, places);
    }

    /// <summary>Directories that go to one disk have to fit there together.</summary>
    /// <param name="files">How many files there are.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="places">Where each directory goes: what is free there, and what it still needs, in bytes.</param>
    internal static CheckResult Judge(long files, long bytes, IReadOnlyCollection<(long Free, long Needed, string Place)> places)
    {
        // No system says which of two paths lie on one disk in the same way; that as good as always exactly so much is free there does.
        var disks = places.GroupBy(each => each.Free)
            .Select(disk => (Free: disk.Key, Needed: disk.Sum(each => each.Needed), disk.First().Place))
            .OrderBy(disk => disk.Free - disk.Needed)
            .ToList();
        return disks switch
        {
            [] => CheckResult.Unknown(ServerCheckWords.RoomUnknown(files, bytes)),
            [var tightest, ..] when tightest.Needed > tightest.Free => CheckResult.Fail(
                ServerCheckWords.Room(files, bytes, tightest.Needed, tightest.Free, tightest.Place), ServerCheckWords.MakeRoom),
            [var tightest, ..] => CheckResult.Pass(ServerCheckWords.Room(files, bytes, tightest.Needed, tightest.Free, tightest.Place)),
        };
    }
}
