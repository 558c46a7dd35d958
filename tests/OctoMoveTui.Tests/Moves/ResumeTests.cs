using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>A move that was stopped, and what happened in between. How it is killed: <see cref="Crash.KillMatrixTests"/>.</summary>
public sealed class ResumeTests
{
    // All of them are a matter of minutes: `dotnet cake --target=Crash`. These few are different in kind from each other.
    private static readonly string[] Quick = ["copy-directories-ahead", "restore-database", "leave-maintenance-mode"];

    public static TheoryData<string> StepsToStopAt =>
        [.. TheMove.Steps.Select(each => each.Id.Word)
            .Where(each => each is not ("install-octopus-server" or "bring-backup-over" or "add-further-nodes") && (Quick.Contains(each) || Environment.GetEnvironmentVariable("OCTOMOVE_TEST_ALL") is not null))];

    [Theory]
    [MemberData(nameof(StepsToStopAt))]
    public async Task Stopped_as_soon_as_a_step_begins_the_move_goes_on_from_there(string step)
    {
        await using var move = await AMove.OnAsync();
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Running } begun && begun.Step.Word == step)
                stop.Cancel();
        };

        (await move.RunAsync(cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        StandingOf(move, step).ShouldBe(JournalStanding.Started);

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    [Proves("P7")]
    public async Task The_old_service_started_by_hand_in_between_is_noticed_and_nothing_goes_on()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished);

        var service = move.World.Old.Services.All.Single();
        service.StartType = OctoMoveTui.Sandbox.Machines.ServiceStartType.Auto;

        move.Person = new APerson();
        var ended = await move.RunAsync();
        ended.Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        move.Person.Events.OfType<StepChanged>().TakeWhile(each => each.State != StepState.Probing).Where(each => each.State == StepState.Done)
            .Select(each => each.Step).ShouldContain(new StepId("restore-database"), "what the journal says stands there from the beginning");
        move.World.New.Services.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_octomove_on_the_same_folder_is_refused()
    {
        await using var move = await AMove.OnAsync();
        MoveEnded? second = null;
        move.Person.Answers = question =>
        {
            if (second is null && question is ConfirmStep)
                second = new Mover(move.Settings, new APerson(), TimeProvider.System).RunAsync(new MoveRequest(MovePurpose.Move), default).GetAwaiter().GetResult();
            return null;
        };

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished);
        second.ShouldNotBeNull().Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.MoveFolder);
    }

    private static JournalStanding StandingOf(AMove move, string step) =>
        MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId(step)).Standing;
}
