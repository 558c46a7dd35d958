using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Killed;

namespace OctoMoveTui.Tests.Crash;

/// <summary>The places at which a move can be killed: taken from a run that nobody disturbed; from two, where all of them are wanted.</summary>
/// <param name="Scene">What is killed.</param>
/// <param name="Effects">All effects of the run, in their order.</param>
/// <param name="Places">The kills at those that the other run had as well: how often something is polled for is a matter of luck.</param>
/// <param name="Polls">How many effects only one of the runs had.</param>
/// <param name="EndState">What was there at the end.</param>
internal sealed record KillPlan(KillScene Scene, IReadOnlyList<EffectPlace> Effects, IReadOnlyList<KillPlace> Places, int Polls, IReadOnlyList<string> EndState)
{
    public static async Task<KillPlan> MakeAsync(KillScene scene)
    {
        var plan = await RecordAsync(scene);
        if (!KillRun.IsWhole)
            return plan;
        var other = await RecordAsync(scene);
        Crash.EndState.ShouldBe(other.EndState, plan.EndState);
        var both = plan.Effects.Where(other.Effects.ToHashSet().Contains).ToHashSet();
        return plan with { Places = PlacesAt(plan.Effects, both.Contains), Polls = plan.Effects.Count + other.Effects.Count - (2 * both.Count) };
    }

    // After all stages.
    private const int Last = int.MaxValue;

    /// <summary>The kinds of effects, and how many there are of each.</summary>
    public string Kinds => string.Join(", ", Effects.CountBy(each => each.Kind).OrderByDescending(each => each.Value).Select(each => FormattableString.Invariant($"{each.Value} {each.Key}")));

    /// <summary>
    /// A second kill that surely comes in the run that goes on after a first one: at the journal's first line, at the end of the step that was cut off, or at
    /// something of a later step.
    /// </summary>
    public KillOrder Second(JournalState journal, Random random)
    {
        var moment = (KillMoment)random.Next(3);
        var left = TheMove.Stages.SelectMany((steps, stage) => steps.Select(step => (step.Id, Stage: stage)))
            .Where(each => journal.Of(each.Id).Standing != JournalStanding.Finished).ToList();
        var later = left.Count == 0 ? [] : Places.Where(each => each.Stage > left[0].Stage && each.Stage < Last && each.Kill.Moment == moment).ToList();
        return left.Count == 0 || random.Next(4) == 0 ? new KillOrder("between-steps: JournalWrite: Opened", 1, moment)
            : later.Count == 0 || random.Next(2) == 0 ? new KillOrder($"{left[0].Id}: JournalWrite: Finished {left[0].Id}", 1, moment)
            : later[random.Next(later.Count)].Kill;
    }

    private static async Task<KillPlan> RecordAsync(KillScene scene)
    {
        await using var move = await KilledMove.OnAsync(scene);
        var effects = await move.RecordAsync();
        var end = await Crash.EndState.OfAsync(move.Move.World);
        await scene.ShouldHaveEndedAsync(move, []);
        return new KillPlan(scene, effects, PlacesAt(effects, _ => true), 0, end);
    }

    private static List<KillPlace> PlacesAt(IReadOnlyList<EffectPlace> effects, Func<EffectPlace, bool> isWanted)
    {
        // In the order in which they come: backwards in an undo. Steps of one stage work side by side; what belongs to no step comes before the first or
        // after the last.
        var stages = new List<int>();
        var (places, stage) = (new List<KillPlace>(), -1);
        foreach (var effect in effects)
        {
            var its = TheMove.Stages.Index().Where(each => each.Item.Any(step => step.Id.Word == effect.Step)).Select(each => each.Index).DefaultIfEmpty(-1).First();
            if (its >= 0 && !stages.Contains(its))
                stages.Add(its);
            stage = its >= 0 ? stages.IndexOf(its) : stage < 0 ? -1 : Last;
            if (isWanted(effect))
                places.AddRange(effect.Moments.Select(moment => new KillPlace(new KillOrder(effect.Name, effect.Nth, moment), stage)));
        }

        return places;
    }
}

/// <summary>A kill, and the number of the stage in which it comes.</summary>
internal sealed record KillPlace(KillOrder Kill, int Stage);

/// <summary>One effect of a run.</summary>
/// <param name="Name">What it is called in all runs.</param>
/// <param name="Nth">Which of those that have this name.</param>
internal sealed record EffectPlace(string Name, int Nth)
{
    public string Step => Name.Split(": ")[0];

    public string Kind => Name.Split(": ")[1];

    /// <summary>The file system renames and removes at once, or not.</summary>
    public KillMoment[] Moments => Kind is nameof(EffectKind.Rename) or nameof(EffectKind.Removal) ? [KillMoment.Before, KillMoment.After] : Enum.GetValues<KillMoment>();

    public static EffectPlace Parse(string line) =>
        line.Split('\t') is [var name, var nth] ? new EffectPlace(name, int.Parse(nth, System.Globalization.CultureInfo.InvariantCulture)) : throw new FormatException(line);
}
