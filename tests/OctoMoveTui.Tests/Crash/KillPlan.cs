using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Killed;

namespace OctoMoveTui.Tests.Crash;

/// <summary>The places at which a move can be killed: taken from a run that nobody disturbed; from two, where all of them are wanted.</summary>
/// <param name="Effects">All effects of the run, in their order.</param>
/// <param name="Places">The kills at those that the other run had as well: how often something is polled for is a matter of luck.</param>
/// <param name="Polls">How many effects only one of the runs had.</param>
/// <param name="EndState">What was there at the end.</param>
internal sealed record KillPlan(IReadOnlyList<EffectPlace> Effects, IReadOnlyList<KillPlace> Places, int Polls, IReadOnlyList<string> EndState)
{
    public static async Task<KillPlan> MakeAsync(params string[] command)
    {
        var plan = await RecordAsync(command);
        if (!KillRun.IsWhole)
            return plan;
        var other = await RecordAsync(command);
        Crash.EndState.ShouldBe(other.EndState, plan.EndState);
        var both = plan.Effects.Where(other.Effects.ToHashSet().Contains).ToHashSet();
        return plan with { Places = PlacesAt(plan.Effects, both.Contains), Polls = plan.Effects.Count + other.Effects.Count - (2 * both.Count) };
    }

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
        var later = left.Count == 0 ? [] : Places.Where(each => each.Stage > left[0].Stage && each.Stage < TheMove.Stages.Count && each.Kill.Moment == moment).ToList();
        return left.Count == 0 || random.Next(4) == 0 ? new KillOrder("between-steps: JournalWrite: Opened", 1, moment)
            : later.Count == 0 || random.Next(2) == 0 ? new KillOrder($"{left[0].Id}: JournalWrite: Finished {left[0].Id}", 1, moment)
            : later[random.Next(later.Count)].Kill;
    }

    private static async Task<KillPlan> RecordAsync(string[] command)
    {
        await using var move = await KilledMove.OnAsync();
        var effects = await move.RecordAsync(command);
        await move.Move.ShouldHaveMovedAsync();
        return new KillPlan(effects, PlacesAt(effects, _ => true), 0, await Crash.EndState.OfAsync(move.Move.World));
    }

    private static List<KillPlace> PlacesAt(IReadOnlyList<EffectPlace> effects, Func<EffectPlace, bool> isWanted)
    {
        var (places, stage) = (new List<KillPlace>(), 0);
        foreach (var effect in effects)
        {
            // Steps of one stage work side by side. What belongs to no step comes before the first or after the last.
            stage = TheMove.Stages.Index().FirstOrDefault(each => each.Item.Any(step => step.Id.Word == effect.Step)) is { Item: not null } its ? its.Index
                : stage > 0 ? TheMove.Stages.Count : -1;
            if (isWanted(effect))
                places.AddRange(effect.Moments.Select(moment => new KillPlace(new KillOrder(effect.Name, effect.Nth, moment), stage)));
        }

        return places;
    }
}

/// <summary>A kill, and the stage of the move in which it comes; -1 before the first, as many as there are after the last.</summary>
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
