using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>What nobody foresaw: the last sentence must not say that nothing was changed when something was.</summary>
public sealed class UnexpectedEndTests
{
    [Fact]
    public async Task A_defect_in_the_middle_of_the_move_is_not_said_to_have_changed_nothing()
    {
        await using var move = await AMove.OnAsync();
        move.Person.On = OnceAtTheBackup(() => new InvalidOperationException("nobody foresaw this"));

        var ended = await move.RunAsync();
        ended.Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Defect);
        ShouldTellOfTheMiddle(ended);

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_move_folder_that_goes_away_in_the_middle_is_named_and_is_no_defect()
    {
        await using var move = await AMove.OnAsync();
        move.Person.On = OnceAtTheBackup(() => new IOException($"The network name is no longer available. : '{move.World.MoveFolder}/journal.jsonl'"));

        var ended = await move.RunAsync();
        ended.Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.MoveFolder);
        ended.Failure!.What.ShouldContain(move.World.MoveFolder);
        ShouldTellOfTheMiddle(ended);
    }

    [Fact]
    public async Task Before_the_first_step_nothing_was_changed()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = _ => throw new InvalidOperationException("nobody foresaw this");

        (await move.RunAsync()).Sentence.ShouldContain("Nothing was changed");
    }

    [Fact]
    public async Task Where_there_is_no_move_its_status_is_not_called_one_that_could_not_begin()
    {
        using var folder = new TemporaryFolder();
        var ended = await new Mover(new MoveSettings { Move = folder["none"] }, new APerson(), TimeProvider.System)
            .RunAsync(new MoveRequest(MovePurpose.Status), default);
        ended.Failure.ShouldNotBeNull().What.ShouldContain("no move");
        ended.Sentence.ShouldNotContain("begin");
    }

    private static void ShouldTellOfTheMiddle(MoveEnded ended)
    {
        ended.Outcome.ShouldBe(MoveOutcome.Failed);
        ended.Sentence.ShouldNotContain("Nothing was changed");
        ended.Sentence.ShouldContain("in the middle");
        ended.Sentence.ShouldContain("start octomove again");
    }

    private static Action<MoveEvent> OnceAtTheBackup(Func<Exception> trouble)
    {
        var isThrown = false;
        return happening =>
        {
            if (isThrown || happening is not StepChanged { State: StepState.Running, Step.Word: "back-up-database" })
                return;
            isThrown = true;
            throw trouble();
        };
    }
}
