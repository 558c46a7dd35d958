using System.Collections.Concurrent;
using System.Globalization;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Tests.Killed;

namespace OctoMoveTui.Tests.Crash;

/// <summary>Many moves, each killed at other places, several at a time.</summary>
internal sealed class KillRun(KillPlan plan, ITestOutputHelper output)
{
    // Each a program and two servers; a little is always waited for.
    private static readonly int AtATime = Environment.ProcessorCount + 1;

    // Before all stages.
    private const int Nowhere = -2;

    private readonly ConcurrentQueue<string> failures = new();
    private int moves;
    private int survived;
    private int asked;

    /// <summary>Whether all that there is is asked for.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is not null;

    /// <summary>
    /// "each": every place has a move of its own, to see which kill it is. Other words: only the places with these words in their name, each alone. Otherwise
    /// a move is killed once in each of its stages.
    /// </summary>
    private static readonly string? Alone = Environment.GetEnvironmentVariable("OCTOMOVE_TEST_KILLS");

    public int Moves => moves;

    public int Survived => survived;

    /// <summary>All, or one part of them when OCTOMOVE_TEST_PART says so: "2/8" is the second of eight.</summary>
    public static IReadOnlyList<KillPlace> Part(IReadOnlyList<KillPlace> all)
    {
        if (Alone is not (null or "each"))
            return [.. all.Where(each => each.Kill.ToString().Contains(Alone, StringComparison.Ordinal))];
        if (Environment.GetEnvironmentVariable("OCTOMOVE_TEST_PART")?.Split('/') is not [var part, var parts])
            return all;
        var (mine, count) = (int.Parse(part, CultureInfo.InvariantCulture) - 1, int.Parse(parts, CultureInfo.InvariantCulture));
        return [.. all.Where((_, at) => at % count == mine)];
    }

    /// <summary>
    /// Kills at every one of these places. The run that goes on after one kill finishes what was cut off, and is killed in its turn at a place of a later
    /// stage: so a move dies up to once in each of them.
    /// </summary>
    public async Task SurviveAsync(IReadOnlyList<KillPlace> places)
    {
        asked += places.Count;
        var left = new LinkedList<KillPlace>(places);
        var lonely = new ConcurrentQueue<KillPlace>();
        await Parallel.ForEachAsync(Enumerable.Range(0, places.Count), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (_, _) =>
            await SurviveOneAsync(stage => Alone is not null && stage > Nowhere ? null : Take(left, stage), lonely.Enqueue));

        // A kill in an earlier stage may have made a later place needless: those get a move of their own.
        await Parallel.ForEachAsync(lonely, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (place, _) =>
            await SurviveOneAsync(stage => stage == Nowhere ? place : null, never => failures.Enqueue($"{never.Kill} never came")));
    }

    /// <summary>Kills at each of these places in a move of its own, and again in the run that goes on after it.</summary>
    public Task SurviveAgainAsync(IReadOnlyList<KillPlace> places, Func<JournalState, Random, KillOrder> again)
    {
        asked += 2 * places.Count;
        return Parallel.ForEachAsync(places.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (place, _) =>
        {
            var random = new Random(place.Index);
            var number = 0;
            await TryAsync(
                journal => number++ switch { 0 => place.Item.Kill, 1 => again(journal(), random), _ => null },
                never => failures.Enqueue($"{never} never came after {place.Item.Kill}"));
        });
    }

    public void ShouldHaveSurvivedAll()
    {
        foreach (var failure in failures)
            output.WriteLine(failure);
        failures.ShouldBeEmpty();
        survived.ShouldBe(asked, "none was left out");
    }

    private Task SurviveOneAsync(Func<int, KillPlace?> next, Action<KillPlace> never)
    {
        KillPlace? now = null;
        return TryAsync(_ => (now = next(now?.Stage ?? Nowhere))?.Kill, _ => never(now!));
    }

    private async Task TryAsync(Func<Func<JournalState>, KillOrder?> next, Action<KillOrder> never)
    {
        var kills = new List<(KillOrder, JournalState)>();
        KillOrder? kill = null;
        try
        {
            if ((kill = next(() => JournalState.Empty)) is null)
                return;
            var number = Interlocked.Increment(ref moves);
            await using var move = await KilledMove.OnAsync(plan.Scene);
            var isFinished = false;
            for (; kill is not null && !isFinished; kill = isFinished ? null : next(() => move.Journal))
            {
                if (await move.KillAsync(kill))
                {
                    kills.Add((kill, move.Journal));
                }
                else
                {
                    isFinished = true;
                    never(kill);
                }
            }

            // A program that starts costs more than all that it then does: most are finished with the same engine in this process.
            if (!isFinished)
                await move.FinishAsync(byProgram: number % 8 == 0);
            await move.ShouldHaveEndedAsync(plan.EndState, kills, withSecrets: number % 8 == 0);
            Interlocked.Add(ref survived, kills.Count);
            Log(FormattableString.Invariant($"{survived} of {asked} kills survived, in {moves} moves"));
        }
        catch (Exception e)
        {
            var story = string.Join(", then ", kills.Select(each => each.Item1.ToString()).Append(kill?.ToString()).Where(each => each is not null));
            failures.Enqueue($"{story}: {e.Message}");
            Log($"FAILED {story}\n{e}");
        }
    }

    private static KillPlace? Take(LinkedList<KillPlace> left, int after)
    {
        lock (left)
        {
            for (var node = left.First; node is not null; node = node.Next)
            {
                if (node.Value.Stage > after)
                {
                    left.Remove(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    // Long before the end somebody wants to know how it goes.
    private static void Log(string line)
    {
        lock (typeof(KillRun))
            File.AppendAllText(Path.Join(AppContext.BaseDirectory, "kills.log"), line + "\n");
    }
}
