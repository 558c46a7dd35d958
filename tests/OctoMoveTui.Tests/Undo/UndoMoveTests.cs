using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Undo;

/// <summary>Whole moves, taken back.</summary>
public sealed class UndoMoveTests
{
    private static readonly string[] Quick = ["stop-old-server", "restore-database", "verify-new-server"];

    // All of them are a matter of minutes: `dotnet cake --target=Crash`.
    public static TheoryData<string> StepsToTurnBackAfter => [.. TheMove.Steps
        .Where(each => each.Nature is StepNature.ReadsOnly or StepNature.CanBeUndone)
        .Select(each => each.Id.Word)
        .Where(each => Quick.Contains(each) || Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is not null)];

    [Theory]
    [MemberData(nameof(StepsToTurnBackAfter))]
    public async Task From_after_every_step_the_old_server_is_brought_back_to_work(string step)
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person = new APerson();
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);

        await move.ShouldBeTakenBackAsync();
        move.ShouldHaveWrittenNoSecret();
    }
}
