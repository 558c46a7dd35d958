using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Sandbox.StandIns;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Faults;

/// <summary>
/// A whole move in which trouble strikes, at each occasion at most once. The person reads what is said, has what was wrong put right (it strikes once), and
/// tries again, or leaves and comes back. At the end everything has moved.
/// </summary>
internal sealed partial class ANightOfTroubles : IAsyncDisposable
{
    // Every so often the person gives up for tonight and starts octomove again, which has to come to the same.
    private const int LeavesEvery = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AMove move;
    private readonly Func<Occasion, Trouble?> choose;
    private readonly ConcurrentDictionary<Occasion, Trouble?> met = new();
    private readonly ConcurrentQueue<(Occasion At, Trouble What)> strikes = new();
    private readonly List<string> badAdvice = [];
    private readonly ConcurrentBag<ITimer> timers = [];
    private volatile CancellationTokenSource? leave;
    private volatile int questions;
    private int answered;
    private volatile string step = "";
    private volatile bool isOver;

    private ANightOfTroubles(AMove move, Func<Occasion, Trouble?> choose)
    {
        (this.move, this.choose) = (move, choose);
        move.Settings.Timing.Request = TimeSpan.FromMilliseconds(600);
        move.Settings.Timing.Question = TimeSpan.FromSeconds(1);
        move.Settings.Timing.Command = TimeSpan.FromSeconds(3);
        move.Settings.Timing.ServerStart = move.Settings.Timing.ServiceStop = move.Settings.Timing.SessionsGone = TimeSpan.FromSeconds(8);
        foreach (var machine in new[] { move.World.Old, move.World.New })
        {
            machine.AnswerInstead = call => Strike(Wire.Request, $"{call.Method} {call.Path}")?.Answer;
            machine.Intercept = call => InterceptAsync(machine, call);
        }

        foreach (var sql in new[] { move.World.OldSql, move.World.NewSql })
            sql.Faults.Before = call => call.Application == "OctoMoveTui" ? Strike(Wire.Statement, call.Statement)?.Fault : null;
    }

    /// <summary>What struck, and where, in order.</summary>
    public IReadOnlyList<(Occasion At, Trouble What)> Strikes => [.. strikes];

    /// <summary>How often octomove was started.</summary>
    public int Runs { get; private set; }

    /// <param name="choose">Which trouble strikes at an occasion; null: none. Asked once for each.</param>
    /// <param name="options">The world; a small one when null.</param>
    public static async Task<ANightOfTroubles> OnAsync(Func<Occasion, Trouble?> choose, OctoMoveTui.Sandbox.WorldOptions? options = null) =>
        new(await AMove.OnAsync(options), choose);

    /// <summary>The move, to its end.</summary>
    public async Task SurviveAsync()
    {
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Probing or StepState.Running } changed)
                step = changed.Step.Word;
        };
        move.Person.Answers = Answer;

        MoveEnded ended;
        var before = -1;
        do
        {
            (strikes.Count > before || Runs == 0).ShouldBeTrue($"it ended without any trouble:\n{Story}");
            before = strikes.Count;
            step = "";
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            leave = stop;
            ended = await move.RunAsync(cancel: stop.Token);
            leave = null;
            if (ended.Failure is { } failure)
                Judge(failure);
            Runs++;
        }
        while (ended.Outcome != MoveOutcome.Finished);

        isOver = true;
        badAdvice.ShouldBeEmpty(Story);

        // A scheduler that says nothing is a warning, with what to do by hand: the disabled service defeats the watchdog.
        var isWarned = move.Person.Events.OfType<Logged>().Any(each => each.Kind == LogKind.Warning && each.Text.Contains("is disabled, which defeats it", StringComparison.Ordinal));
        await move.ShouldHaveMovedAsync(isWarned ? ["Old watchdog off"] : []);
        move.ShouldHaveWrittenNoSecret();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var timer in timers)
            await timer.DisposeAsync();
        await move.DisposeAsync();
    }

    /// <summary>For a person who reads why a test failed.</summary>
    public string Story => $"{string.Join('\n', strikes.Select(each => $"{each.At.Step}: {each.At.Text} {each.What.Name}"))}\n{move.Person.Story}";

    private async Task<int?> InterceptAsync(OctopusMachine machine, StandInCall call)
    {
        var line = string.Join(' ', call.Arguments.Where(each => !each.StartsWith("--masterKey", StringComparison.Ordinal)));
        return Strike(Wire.Command, $"{call.Tool} {line}") is { Deed: { } deed } ? await deed(call, () => machine.ReallyAsync(call)) : null;
    }

    private Trouble? Strike(Wire wire, string text)
    {
        if (isOver)
            return null;
        var at = new Occasion(wire, step, Number().Replace(text, "-1"));
        met.Count.ShouldBeLessThan(2000, "there is no end to it");
        if (!met.TryAdd(at, null) || choose(at) is not { } trouble)
            return null;
        strikes.Enqueue((at, trouble));
        if (trouble.Fault == SqlFault.Hang)
            LosePatience(questions);
        return trouble;
    }

    // What takes as long as it takes has no limit: the person ends it, as by F10, and starts octomove again.
    private void LosePatience(int asked)
    {
        var run = leave;
        timers.Add(TimeProvider.System.CreateTimer(_ =>
        {
            try
            {
                if (questions == asked && run == leave)
                    run?.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run has ended meanwhile.
            }
        }, null, Patience, Timeout.InfiniteTimeSpan));
    }

    private MoveAnswer? Answer(MoveQuestion question)
    {
        switch (question)
        {
            case RetryOrStop { Failure: var failure }:
                Judge(failure);
                var isFresh = strikes.Count > answered;
                answered = strikes.Count;
                return Interlocked.Increment(ref questions) % LeavesEvery == 0 && isFresh ? new StopHere() : new Retry();
            case GiveSecret { Kind: SecretKind.ApiKey }:
                return new SecretGiven(new Secret(move.World.Secrets.ApiKey));
            case FillPlan { Problem: not null } plan:
                return new PlanFilled(plan.Fields.ToDictionary(each => each.Key, each => each.Value));
            case GiveConnectionString { Problem: not null } connection:
                return new ConnectionStringGiven(new Secret(connection.Current), OnlyTest: false);
            default:
                return null;
        }
    }

    // Tried again, a step may begin a task anew, which is the same occasion all the same.
    [GeneratedRegex(@"(?<=ServerTasks)-\d+")]
    private static partial Regex Number();

    // What a person needs at two in the morning.
    private void Judge(FailureReport report)
    {
        var last = strikes.LastOrDefault();
        var where = $"{last.At?.Step}: {last.At?.Text} {last.What?.Name}: {report}";
        if (report.Cause == FailureCause.Defect)
            badAdvice.Add($"a defect: {where}\n{report.Raw}");

        // A check that failed says what and why in one.
        var saysWhy = report.Why.Length > 0 || !string.IsNullOrEmpty(report.Raw) || report.What.Contains(". ", StringComparison.Ordinal);
        if (report.What.Length == 0 || report.ToDo.Count == 0 || !saysWhy)
            badAdvice.Add($"too little said: {where}");
    }
}
