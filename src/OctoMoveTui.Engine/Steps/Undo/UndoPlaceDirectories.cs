using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Rights that were given are taken away, and where the same server goes on its places are the old ones again. Files are left where they lie: they are
/// copies, they harm nobody, and the next try has only the difference to copy.
/// </summary>
internal sealed class UndoPlaceDirectories : StepUndo
{
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        .. move.Plan.Shape.KeepsInstance() ? OldSettings.Preview(move) : [],
        .. ServiceRights.Granted(move).Select(each => move.Command(move.Plan.New.IcaclsFile, Icacls.Revoke(each, move.NewAccount))),
        .. LeftFiles.At(move.Plan.DirectoriesToCopy.Select(each => each.To)).Select(each => new PreviewLine(PreviewKind.Words, each)),
    ];

    public override async Task RunAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.Shape.KeepsInstance())
            await OldSettings.PutBackAsync(move, cancel);
        await ServiceRights.RevokeAsync(move, cancel);
    }
}

/// <summary>Files that stay.</summary>
internal static class LeftFiles
{
    /// <summary>Where, in a sentence; none where there is nothing.</summary>
    internal static IEnumerable<string> At(IEnumerable<string> places)
    {
        var names = places.Where(each => each.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count > 0)
            yield return UndoWords.CopiesStay(names);
    }
}
