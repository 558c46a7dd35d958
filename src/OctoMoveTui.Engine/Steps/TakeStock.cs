using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The last thing before the old server is stopped, when nothing changes any more: how many there are of each kind, and one task log, one
/// artifact and one package as its API gives them. The new server is held against that before users come in. Never a reason to stop.
/// </summary>
public sealed class TakeStock : MoveStep<StockTaken>
{
    /// <summary>Samples are not read beyond this: a larger one proves no more, and the outage has begun.</summary>
    internal const long LargestSample = 32L << 20;

    // A server may list files that it has lost; a few tries find one that it has.
    private const int Tries = 5;

    /// <inheritdoc/>
    public override StepId Id => new("take-stock");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.TakeStock;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Remembers what the old server has, now that nothing changes any more: how many projects, releases, deployments and so on, and one "
            + "task log, one artifact and one package, read through its API. The new server has to answer the same before users come in."),
        new(PreviewKind.Request, OctopusApi.ShownProofs.Stock),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(
            move.Journalled.Standing == Journal.JournalStanding.Finished
                ? move.Facts.Find<OldServerStopped>() is null ? new StepProbe.WantedAgain(StockWords.Anew) : new StepProbe.CannotTell()
                : move.Facts.Find<OldServerStopped>() is null ? new StepProbe.NotDone() : new StepProbe.NotNeeded(StockWords.TooLate));

    /// <inheritdoc/>
    public override async Task<StockTaken> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.OldApiAsync(cancel);
        var counts = await AskAsync(move, async () => await api.FindCountsAsync(cancel) ?? []) ?? [];
        move.Info(counts.Count > 0 ? StockWords.Counted(counts) : StockWords.NotCounted);

        var samples = new List<SampleRead>();
        foreach (var kind in Enum.GetValues<ContentKind>())
        {
            if (await AskAsync(move, () => FindSampleAsync(api, kind, cancel)) is not { } sample)
            {
                move.Info(StockWords.NoSample(kind));
                continue;
            }

            samples.Add(sample);
            move.Info(StockWords.Sample(sample));
        }

        // Killed while it was being stopped, it answers no more: what it said before still counts.
        return counts.Count + samples.Count == 0 && move.Facts.Find<StockTaken>() is { } before ? before : new StockTaken(move.Time.GetUtcNow(), counts, samples);
    }

    private static async Task<SampleRead?> FindSampleAsync(OctopusApi api, ContentKind kind, CancellationToken cancel)
    {
        await foreach (var content in CandidatesAsync(api, kind, cancel))
        {
            if (await api.DigestAsync(content, LargestSample, cancel) is { State: ContentState.Read, Bytes: > 0 } found)
                return new SampleRead(content, found.Bytes, found.Hash);
        }

        return null;
    }

    private static async IAsyncEnumerable<StoredContent> CandidatesAsync(
        OctopusApi api, ContentKind kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (kind == ContentKind.TaskLog)
        {
            // Not the very newest, whose log may still be written to, nor the oldest, which retention takes first.
            foreach (var task in (await api.ListFinishedTasksAsync(cancel)).Reverse().Take(Tries))
                yield return task;
            yield break;
        }

        foreach (var space in await api.ListSpaceIdsAsync(cancel))
        {
            var first = kind == ContentKind.Artifact
                ? await api.ListFirstArtifactsAsync(space, cancel) : await api.ListFirstPackagesAsync(space, LargestSample, cancel);
            foreach (var each in first.Take(Tries))
                yield return each;
        }
    }

    // What the old server can't tell any more can't be compared, and that is all: the move goes on.
    private static async Task<T?> AskAsync<T>(MoveContext move, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusApi)
        {
            move.Warn(StockWords.DidNotTell(failure.Report.What));
            return null;
        }
    }
}
