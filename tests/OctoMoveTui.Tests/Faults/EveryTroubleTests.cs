using System.Collections.Concurrent;
using System.Globalization;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Faults;

/// <summary>
/// Whatever goes wrong at any request, statement or command of a whole move: what is said helps, nothing is lost, and trying again works. Each kind once by
/// default; with OCTOMOVE_TEST_ALL (`dotnet cake --target=Crash`) each kind at every occasion there is.
/// </summary>
public sealed class EveryTroubleTests(ITestOutputHelper output)
{
    private const string OneOfEach = "each kind once";

    public static TheoryData<string> Nights =>
        Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is null ? [OneOfEach] : [OneOfEach, .. Trouble.All.Select(each => each.ToString())];

    [Theory]
    [MemberData(nameof(Nights))]
    public async Task Whatever_strikes_the_move_is_finished(string what)
    {
        await using var night = await ANightOfTroubles.OnAsync(what == OneOfEach ? EachOnce() : Everywhere(Trouble.All.Single(each => each.ToString() == what)));

        await night.SurviveAsync();

        var struck = night.Strikes;
        struck.Count.ShouldBeGreaterThanOrEqualTo(what == OneOfEach ? Trouble.All.Count : 5);
        Numbers.Say(output, string.Create(
            CultureInfo.InvariantCulture, $"Faults in the middle of one move, {what}: {struck.Count} of {struck.Count} survived, {night.Runs} starts of octomove"));
    }

    // What is waited for until a limit ends it strikes at some of the occasions: a night has an end.
    private static Func<Occasion, Trouble?> Everywhere(Trouble trouble)
    {
        var count = 0;
        return at => at.Wire == trouble.Wire && (!trouble.TakesTime || Interlocked.Increment(ref count) % 7 == 0) ? trouble : null;
    }

    // Spread over the night: each wire has its own turn, and strikes at about every so many occasions of it.
    private static Func<Occasion, Trouble?> EachOnce()
    {
        var left = Trouble.All.GroupBy(each => each.Wire).ToDictionary(each => each.Key, each => new ConcurrentQueue<Trouble>(each));
        var counts = new ConcurrentDictionary<Wire, int>();
        return at =>
        {
            var every = at.Wire switch { Wire.Request => 9, Wire.Statement => 30, _ => 8 };
            return counts.AddOrUpdate(at.Wire, 1, (_, before) => before + 1) % every == every / 2 && left[at.Wire].TryDequeue(out var next) ? next : null;
        };
    }
}
