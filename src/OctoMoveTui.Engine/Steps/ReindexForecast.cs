using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What a re-index will take off the list, and that somebody has accepted it. Asked for before the outage; again only when it became more.
/// </summary>
internal static class ReindexForecast
{
    /// <summary>Has a word typed before packages are dropped, unless as many were accepted already.</summary>
    /// <param name="move">The move.</param>
    /// <param name="dropped">How many packages have no file.</param>
    /// <param name="indexing">Whether Octopus re-indexes when it starts.</param>
    /// <param name="list">Where they are listed.</param>
    /// <param name="cancel">The person stops.</param>
    /// <returns>How many are accepted.</returns>
    internal static async Task<long> AcceptAsync(MoveContext move, long dropped, StartUpIndexing? indexing, string list, CancellationToken cancel)
    {
        var accepted = Math.Max(move.Agreement.MayDrop, move.Facts.Find<DatabaseAndFilesCompared>()?.MayBeDropped ?? 0);
        accepted = Math.Max(accepted, move.Facts.Find<ProvenBeforeStart>()?.MayBeDropped ?? 0);
        if (dropped <= accepted)
            return accepted;
        await move.AskNameAsync(
            new TypeName(ReindexWords.Word(dropped), ReindexWords.Consequence(dropped, indexing, list), Destroys: true) { Setting = $"Agreement:MayDrop={dropped}" }, cancel);
        return dropped;
    }

    /// <summary>What the last comparison says of each space: of the new server, else the base line.</summary>
    internal static IReadOnlyList<SpacePackages> Find(MoveContext move) =>
        move.Facts.Find<ProvenBeforeStart>() is { Packages.Count: > 0 } proven ? proven.Packages : move.Facts.Find<DatabaseAndFilesCompared>()?.Packages ?? [];

    /// <summary>Says whether a start is a re-index.</summary>
    internal static void Tell(MoveContext move, StartUpIndexing indexing)
    {
        if (indexing.MayRun)
            move.Warn(ReindexWords.StartUp(indexing));
        else
            move.Info(ReindexWords.StartUp(indexing));
    }
}
