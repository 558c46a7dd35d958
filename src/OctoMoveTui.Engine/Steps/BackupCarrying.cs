using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Carries the files of the backup, one after the other, under one progress bar.</summary>
internal static class BackupCarrying
{
    /// <summary>Carries each file; a stop loses at most the block in hand.</summary>
    /// <exception cref="MoveFailure">One can't be read or written, or differs when read back.</exception>
    internal static async Task<IReadOnlyList<CarriedFile>> CarryAsync(
        MoveContext move, string what, IReadOnlyList<(string From, string To)> files, bool forServers, CancellationToken cancel)
    {
        var (meter, carried) = (move.Meter(what, ProgressUnit.Bytes), new List<CarriedFile>());
        foreach (var (from, to) in files)
        {
            var before = carried.Sum(each => 2 * each.Bytes);
            carried.Add(await FileCarrier.CarryAsync(
                from, to, forServers, (done, total) => meter.Report(before + done, files.Count == 1 ? total : null, to), cancel));
        }

        return carried;
    }
}
