using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// One old task log, one artifact and one package read through the new server's API, held against what the old server gave. All files were
/// compared before the start; this proves that the server looks where they are, and may read them.
/// </summary>
internal static class ContentProofs
{
    private const ProofTopic Topic = ProofTopic.Content;

    internal static async Task MakeAsync(MoveContext move, OctopusApi api, ProofList proofs, CancellationToken cancel)
    {
        var samples = move.Facts.Find<StockTaken>()?.Samples ?? [];
        foreach (var sample in samples)
            Compare(move, proofs, sample, await api.DigestAsync(sample.Content, long.Max(sample.Bytes * 2, TakeStock.LargestSample), cancel));

        // Blank deployment screens are what a missing TaskLogs directory looks like: any old log is better than none.
        if (samples.All(each => each.Content.Kind != ContentKind.TaskLog) && move.Facts.Find<MaintenanceModeEntered>() is { } entered
            && await api.FindTaskFinishedBeforeAsync(entered.Since, cancel) is { } task)
        {
            var length = (await api.ReadTaskLogAsync(task, cancel)).Length;
            proofs.Holds(Topic, ProofWords.What(new StoredContent(ContentKind.TaskLog, "", task, "")), "", $"{length} characters", Notes.TaskLogReadable(task, length));
        }

        foreach (var kind in Enum.GetValues<ContentKind>().Where(kind => kind != ContentKind.TaskLog && samples.All(each => each.Content.Kind != kind)))
            proofs.Told(Topic, ProofWords.KindOf(kind), "", "", ProofWords.NoneToCompare(kind));
    }

    private static void Compare(MoveContext move, ProofList proofs, SampleRead sample, ContentDigest found)
    {
        var (what, old, now) = (ProofWords.What(sample.Content), ProofWords.Digest(sample.Bytes, sample.Hash), ProofWords.Digest(found));
        if (found.State == ContentState.Read && found.Hash == sample.Hash)
            proofs.Holds(Topic, what, old, now, ProofWords.ReadEqual(sample));
        else if (found.State == ContentState.Read && found.Bytes > 0 && sample.Content.Kind == ContentKind.TaskLog)
        {
            // A log is rendered when it is asked for; whether with the times of the server's own zone is not documented. The file itself was compared.
            proofs.Told(Topic, what, old, now, ProofWords.LogReadsDifferently(sample.Content.Id));
        }
        else
        {
            proofs.Differs(Topic, what, old, now, found.State == ContentState.Missing || found.Bytes == 0
                ? ProofFailures.ContentMissing(sample.Content, move.Plan.New.Url) : ProofFailures.ContentDiffers(sample, found, move.Plan.New.Url));
        }
    }
}
