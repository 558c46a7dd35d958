using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Faults;

public sealed class ClockStepTests
{
    [Fact]
    public async Task A_clock_that_is_set_back_and_forth_in_the_middle_of_the_move_breaks_nothing()
    {
        await using var move = await AMove.OnAsync();
        var clock = new SteppingTime();
        var (steps, back) = (0, true);
        move.Time = clock;
        move.Person.On = happening =>
        {
            // From maintenance mode on, when everything hangs on it.
            if (happening is not StepChanged { State: StepState.Running } || !move.Person.Events.OfType<OutageStarted>().Any())
                return;
            clock.Step(back ? -TimeSpan.FromHours(2) : TimeSpan.FromHours(2.5));
            (back, steps) = (!back, steps + 1);
        };

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        steps.ShouldBeGreaterThan(8);
        await move.ShouldHaveMovedAsync();
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId("retire-old-server")).Standing.ShouldBe(JournalStanding.Finished);
        move.Person.Events.OfType<Progressed>().ShouldAllBe(each => !(each.Remaining < TimeSpan.Zero) && !(each.RatePerSecond < 0));
        File.ReadAllText(Path.Join(move.World.MoveFolder, "report.md")).ShouldNotContain("-0:");
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, "the journal is read again");
    }
}
