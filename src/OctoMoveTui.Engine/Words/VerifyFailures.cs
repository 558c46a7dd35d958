using Humanizer;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Words;

/// <summary>What <c>octomove verify</c> ends with when not all is well.</summary>
internal static class VerifyFailures
{
    internal static MoveFailure NothingCopied(string folder) => new(new(
        FailureCause.Files, $"No directory of the move in {folder} was copied yet.", "Or the move folder did not come over whole: the manifests in files/ are missing.",
        ["Copy first: octomove run, or octomove.", "Or bring the whole move folder over."]));

    internal static MoveFailure OriginalsElsewhere(string kind, string machine) => new(new(
        FailureCause.WrongServer, $"{kind} can't be repaired here: its originals are on {machine}.", "",
        [$"Run octomove verify --repair on {machine}.", "Or bring the move folder over again."]));

    internal static MoveFailure Differs(IReadOnlyList<(CopyJob Job, VerifyTotals Found)> directories, VerifyDepth depth, bool repaired, bool newServerWrites)
    {
        var all = directories.SelectMany(each => each.Found.Differences).ToList();
        var byKind = all.GroupBy(each => each.Kind).OrderBy(each => each.Key).Select(each => $"{each.Count()} {DifferenceWords.Of(each.Key)}");
        var (extra, damaged) = (all.Any(each => each.Kind == DifferenceKind.Extra), all.Any(each => each.Kind is not (DifferenceKind.Extra or DifferenceKind.Unfinished)));
        return new(new(
            FailureCause.Differs,
            $"{"difference".ToQuantity(all.Count)} in {string.Join(", ", directories.Select(each => each.Job.Name))}: {string.Join(", ", byKind)}.",
            newServerWrites ? "The new server was started since: what it wrote, and what its retention removed, is among them." : "",
            [
                .. damaged && newServerWrites
                    ? [$"octomove verify --repair copies again only what is missing{(repaired ? ", as it just did" : "")}: what differs may be newer than what was copied."]
                    : damaged && !repaired
                        ? ["octomove verify --repair copies what is missing or damaged again, from where it came; that is only read."] : Array.Empty<string>(),
                .. damaged && repaired && !newServerWrites
                    ? ["These still differ after they were copied again: look at the disk, and whether somebody writes there."] : Array.Empty<string>(),
                .. extra ? ["octomove deletes no file that it has not copied: look at what is there in addition, and move it away yourself if it does not belong there."] : Array.Empty<string>(),
                .. all.Any(each => each.Kind == DifferenceKind.Unfinished) ? ["Where a copy was not finished: start octomove again, it goes on where it stopped."] : Array.Empty<string>(),
                .. depth == VerifyDepth.SizesAndTimes ? ["Contents were not read: --contents does."] : Array.Empty<string>(),
            ]));
    }
}
