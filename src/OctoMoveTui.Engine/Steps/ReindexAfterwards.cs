using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>What became of a re-index that was left running.</summary>
internal static class ReindexAfterwards
{
    /// <summary>On the new server: says that it still runs, or compares what it left.</summary>
    /// <exception cref="MoveFailure">It has ended, and packages that have their file are not listed any more.</exception>
    internal static async Task TellAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var (running, done, bad) = await LookAsync(move, api, cancel);
        foreach (var each in bad)
            move.Warn(each);
        if (running.Count > 0)
            move.Warn(ReindexWords.StillRuns(move.Plan.New.Url, running));
        if (done.Count > 0)
            await ReindexComparison.CompareAsync(move, done, cancel);
    }

    /// <summary>At the end, from wherever octomove runs: what is left for the person. Users are at work by now, so only the API is asked.</summary>
    internal static async Task<IReadOnlyList<string>> StillToDoAsync(MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var (running, done, left) = await LookAsync(move, api, cancel);
        if (running.Count > 0)
            left.Add(ReindexWords.StillRuns(move.Plan.New.Url, running));
        var forecast = ReindexForecast.Find(move).ToDictionary(each => each.Space, each => each.Kept, StringComparer.Ordinal);
        foreach (var each in done)
        {
            var (found, expected) = (await api.CountPackagesAsync(each.Space, cancel), forecast.GetValueOrDefault(each.Space));
            if (found < expected)
                left.Add(ReindexWords.NotAsExpected(each.Name, found, expected, each.Task));
            else
                move.Proof(ReindexWords.Reindexed(new SpaceReindexed(each.Space, each.Name, each.Task, expected, expected, found)));
        }

        return left;
    }

    private static async Task<(List<RunningReindex> Running, List<RunningReindex> Done, List<string> Bad)> LookAsync(
        MoveContext move, OctopusApi api, CancellationToken cancel)
    {
        var (running, done, bad) = (new List<RunningReindex>(), new List<RunningReindex>(), new List<string>());
        foreach (var each in move.Facts.Find<PackagesReindexed>()?.StillRunning ?? [])
        {
            var (state, _) = await api.GetTaskAsync(each.Task, cancel);
            if (state == "Success")
                done.Add(each);
            else if (state is "Failed" or "Canceled" or "TimedOut")
                bad.Add(ReindexWords.EndedBadly(each.Name, each.Task, state));
            else
                running.Add(each);
        }

        return (running, done, bad);
    }
}
