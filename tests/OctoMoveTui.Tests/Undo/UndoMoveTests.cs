using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Undo;

/// <summary>Whole moves, taken back.</summary>
public sealed class UndoMoveTests
{
    // All of them are a matter of minutes: `dotnet cake --target=Crash`. These few are different in kind from each other.
    private static readonly (string Shape, string Step)[] Quick =
        [("server-and-database", "restore-database"), ("server-only", "verify-new-server")];

    private static readonly string[] QuickStops = ["stop-old-server"];

    private static bool IsAll => Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is not null;

    public static TheoryData<string, string> StepsToTurnBackAfter => new(
        from shape in TheMove.Shapes
        from step in StepsBack(shape)
        let each = (Word(shape), step)
        where IsAll || Quick.Contains(each)
        select each);

    public static TheoryData<string> StepsToStopAt => [.. StepsBack(MoveShape.ServerAndDatabase).Where(each => IsAll || QuickStops.Contains(each))];

    [Theory]
    [MemberData(nameof(StepsToTurnBackAfter))]
    public async Task From_after_every_step_of_every_shape_the_old_server_is_brought_back_to_work(string shape, string step)
    {
        await using var move = await OnAsync(shape);
        (await move.RunAsync(until: step)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person = new APerson();
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);

        await move.ShouldBeTakenBackAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Theory]
    [MemberData(nameof(StepsToStopAt))]
    public async Task Stopped_as_soon_as_a_step_is_taken_back_it_is_taken_back_by_the_next_undo(string step)
    {
        await using var move = await OnAsync("server-and-database");
        (await move.RunAsync(until: "verify-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person = new APerson();
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Undoing } begun && begun.Step.Word == step)
                stop.Cancel();
        };
        var first = await move.UndoAsync(cancel: stop.Token);
        if (first.Outcome == MoveOutcome.Stopped)
        {
            first.Sentence.ShouldContain("octomove undo goes on where it stopped");
            MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).TakingBack.ShouldNotBeNull();
        }

        move.Person = new APerson();
        if (first.Outcome == MoveOutcome.Stopped)
            (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        await move.ShouldBeTakenBackAsync();
    }

    [Fact]
    public async Task The_real_program_killed_in_the_middle_of_an_undo_goes_on_with_it_and_the_next_move_is_made_to_its_end()
    {
        await using var move = await OnAsync("server-and-database");
        (await move.RunAsync(until: "verify-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var first = MovePlan.FromJson(await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "plan.json"))).MoveId;

        await move.KillProgramWhenAsync(
            line => line.Contains("\"step\":\"create-instance\",\"state\":\"undoing\"", StringComparison.Ordinal),
            "undo", "--yes", "--drop-database", move.World.NewDatabase, "--json");
        move.Of("create-instance").Standing.ShouldBe(JournalStanding.Undoing);

        // Forwards is refused meanwhile, and says what to do.
        (await move.RunProgramAsync("run", "--yes")).ShouldBe((int)FailureCause.MoveFolder, move.Printed);
        move.Printed.ShouldContain("octomove undo --until create-instance");

        (await move.RunProgramAsync("undo", "--yes", "--drop-database", move.World.NewDatabase)).ShouldBe(ExitCodes.Done, move.Printed);
        await move.ShouldBeTakenBackAsync();

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);
        await move.ShouldHaveMovedAsync();
        move.TheServersShouldNeverHaveRunTogether();
        MovePlan.FromJson(await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "plan.json"))).MoveId.ShouldNotBe(first, "another move has another id");
        move.BackupsTaken.Count.ShouldBe(2, "the backup of the first try must never be taken for the second one's");
        move.ShouldHaveWrittenNoSecret();
    }

    private static async Task<AMove> OnAsync(string shape)
    {
        var move = await AMove.OnAsync(AMove.Small with { Shape = shape == "server-and-database" ? "" : shape });

        // Once the instance is attached to the new database, nothing on the machine knows the old password any more: a person would be asked.
        if (shape == "database-only")
            move.Settings.Old.Password = move.World.Secrets.OldSqlPassword;
        return move;
    }

    private static IEnumerable<string> StepsBack(MoveShape shape) =>
        TheMove.StepsOf(shape).Where(each => each.Nature is StepNature.ReadsOnly or StepNature.CanBeUndone).Select(each => each.Id.Word);

    private static string Word(MoveShape shape) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(shape.ToString());
}
