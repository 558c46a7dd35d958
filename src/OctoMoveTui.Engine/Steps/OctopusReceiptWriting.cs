using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Writes octopus-receipt.md and .json, anew each time, from the facts alone: at the end of the proofs, when maintenance mode ended, and when the
/// old server was retired. Killed in between, the next run writes it again.
/// </summary>
internal static class OctopusReceiptWriting
{
    internal static void Write(MoveContext move, NewServerVerified? verified = null, MaintenanceModeLeft? left = null, OldServerRetired? retired = null)
    {
        verified ??= move.Facts.Find<NewServerVerified>();
        left ??= move.Facts.Find<MaintenanceModeLeft>();
        retired ??= move.Facts.Find<OldServerRetired>();
        var proofs = verified?.Proofs ?? [];

        var receipt = new OctopusReceipt(
            move.Plan.MoveId, move.Time.GetUtcNow(), OctopusReceiptWords.Standing(proofs, left, retired), [.. Keys(move)], proofs,
            [.. Afterwards(left, retired)], [.. OctopusReceiptWords.Remaining(proofs, left, retired).Select(move.Clean)]);
        WholeFile.Write(move.Folder.OctopusReceiptFile, OctopusReceiptWords.ToMarkdown(receipt));
        WholeFile.Write(Path.ChangeExtension(move.Folder.OctopusReceiptFile, ".json"), receipt.ToJson());
        move.Info(OctopusReceiptWords.Written(move.Folder.OctopusReceiptFile));
    }

    private static IEnumerable<ReceiptKey> Keys(MoveContext move)
    {
        if (move.Facts.Find<MasterKeySaved>()?.Evidence is { } before)
            yield return Key(OctopusReceiptWords.KeyBefore, before);
        if (move.Facts.Find<ProvenBeforeStart>()?.Evidence is { } after)
            yield return Key(OctopusReceiptWords.KeyAfter, after);
    }

    private static ReceiptKey Key(string when, KeyEvidence evidence) => new(when, evidence.Thumbprint ?? "", evidence.Fit, evidence.Tried, evidence.NotRead);

    private static IEnumerable<string> Afterwards(MaintenanceModeLeft? left, OldServerRetired? retired)
    {
        if (left is not null)
            yield return OctopusReceiptWords.Left(left.At);
        if (retired is not null)
            yield return OctopusReceiptWords.Retired(retired.NodesRemoved);
    }
}
