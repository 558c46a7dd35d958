using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Undo;

/// <summary>What an undo keeps to: how far it goes, what is not its own, what must not happen twice, and where there is no way back.</summary>
public sealed class UndoRulesTests
{
    [Fact]
    public async Task Down_to_a_step_and_forwards_again_with_a_backup_of_its_own()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person = new APerson();
        var ended = await move.UndoAsync(until: "stop-old-server");
        ended.Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        ended.Sentence.ShouldContain("octomove run goes on from there");
        move.Of("stop-old-server").Standing.ShouldBe(JournalStanding.Nothing);
        move.Of("enter-maintenance-mode").Standing.ShouldBe(JournalStanding.Finished);
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Running);

        // What is written now is in no backup yet.
        await AWorld.AskSqlAsync<string>(move.World.OldAdminConnectionString, "INSERT INTO dbo.Configuration (Id, JSON) VALUES (N'written-between', N'{}');");
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.BackupsTaken.Count.ShouldBe(2);
        (await AWorld.AskSqlAsync<int>(move.World.NewAdminConnectionString, "SELECT COUNT(*) FROM dbo.Configuration WHERE Id = 'written-between';")).ShouldBe(1);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task After_the_point_of_no_return_it_refuses_and_says_what_going_back_would_mean()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "leave-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        using (var api = new AnApi(move.World.New, move.World.Secrets.ApiKey))
            await api.PostTaskAsync("Health", null);

        move.Person = new APerson();
        var ended = await move.UndoAsync();

        var failure = ended.Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.PastReturn);
        failure.Why.ShouldContain("Since then 1 task was queued on the new server, 0 deployments among them, and 0 changes");
        failure.ToDo.ShouldContain(each => each.Contains("SET READ_WRITE", StringComparison.Ordinal));
        ended.Sentence.ShouldBe("Nothing was taken back.");
        move.World.New.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Running);
        move.Person.Questions.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(move.World.MoveFolder, "report.md")).ShouldContain("If you go back all the same");
    }

    [Fact]
    public async Task Killed_between_letting_users_in_and_writing_it_down_there_is_no_way_back_either()
    {
        await using var move = await AMove.OnAsync();
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Verifying } begun && begun.Step.Word == "leave-maintenance-mode")
                stop.Cancel();
        };
        (await move.RunAsync(cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Of("leave-maintenance-mode").Standing.ShouldBe(JournalStanding.Started);

        move.Person = new APerson();
        (await move.UndoAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.PastReturn);
        move.World.New.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Running);
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Stopped);
    }

    [Fact]
    public async Task A_queued_task_that_ran_on_the_new_server_is_not_done_a_second_time_by_the_old_one()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        string ran;
        using (var api = new AnApi(move.World.Old, move.World.Secrets.ApiKey))
            ran = await api.PostTaskAsync("Health", null);
        move.Person.Answers = question => question is DecideOnTasks ? new TasksDecided(TaskDecision.GoOn) : null;
        (await move.RunAsync(until: "verify-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await AWorld.AskSqlAsync<string>(move.World.NewAdminConnectionString, $"SELECT State FROM dbo.ServerTask WHERE Id = '{ran}' AND StartTime IS NOT NULL;")).ShouldNotBeNull("the new server took it from the queue");

        move.Person = new APerson
        {
            Answers = question => question is DecideOnTasks { Reason: TasksReason.RanOnNewServer } asked
                ? new TasksDecided(TaskDecision.Cancel, string.Join(',', asked.Tasks.Select(each => each.Id))) : null,
        };
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);

        move.Person.Questions.OfType<DecideOnTasks>().ShouldHaveSingleItem().Tasks.Select(each => each.Id).ShouldBe([ran]);
        (await AWorld.AskSqlAsync<string>(move.World.OldAdminConnectionString, $"SELECT State FROM dbo.ServerTask WHERE Id = '{ran}';")).ShouldBe("Canceled");
        await move.OldServerShouldWorkAsync();
    }

    [Fact]
    public async Task A_database_that_somebody_restored_since_is_not_dropped()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "restore-database")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await AWorld.AskSqlAsync<string>(move.World.NewAdminConnectionString.Replace("Octopus", "master", StringComparison.Ordinal), "DROP DATABASE [Octopus]; CREATE DATABASE [Octopus];");

        move.Person = new APerson();
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);

        move.World.NewSql.Databases.ShouldContain("Octopus");
        move.Person.Questions.OfType<TypeName>().ShouldBeEmpty();
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("is not proven to be this move's own restore", StringComparison.Ordinal));
        await move.OldServerShouldWorkAsync();
    }

    [Fact]
    public async Task The_old_server_does_not_wake_up_while_the_new_one_can_still_run()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        // A colleague starts the new service again, whenever octomove has stopped it.
        move.Settings.Timing.ServiceStop = TimeSpan.Zero;
        move.World.New.Intercept = call => Task.FromResult<int?>(
            call.Arguments.Contains("--stop") ? 0 : null);
        move.Person = new APerson();
        var ended = await move.UndoAsync();

        ended.Failure.ShouldNotBeNull().What.ShouldContain("still runs");
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Stopped);

        move.World.New.Intercept = null;
        move.Person = new APerson();
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        await move.ShouldBeTakenBackAsync();
    }

    [Fact]
    public async Task A_start_type_of_before_is_put_back_even_if_the_stop_was_killed_before_it_was_written_down()
    {
        await using var move = await AMove.OnAsync();
        move.World.Old.Services.All.Single().StartType = ServiceStartType.Demand;
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is Logged { Step.Word: "stop-old-server", Kind: LogKind.Proof })
                stop.Cancel();
        };
        (await move.RunAsync(cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.World.Old.Services.All.Single().StartType.ShouldBe(ServiceStartType.Disabled);

        move.Person = new APerson();
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        move.World.Old.Services.All.Single().StartType.ShouldBe(ServiceStartType.Demand);
        move.World.Old.ScheduledTasks.All.ShouldAllBe(each => each.Enabled);
    }

    [Fact]
    public async Task What_was_never_begun_can_not_be_taken_back()
    {
        await using var move = await AMove.OnAsync();
        (await move.UndoAsync()).Failure.ShouldNotBeNull().Cause.ShouldBe(FailureCause.Usage);

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await move.UndoAsync(until: "restore-database")).Failure.ShouldNotBeNull().What.ShouldContain("restore-database");
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Running);
    }

    [Fact]
    public async Task What_is_taken_back_already_is_said_to_be_so_and_nothing_is_done_again()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await move.UndoAsync()).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);

        move.Person = new APerson();
        var again = await move.UndoAsync();
        again.Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        again.ExitCode.ShouldBe(ExitCodes.Done);
        again.Sentence.ShouldContain("taken back already");
        move.Person.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_machines_take_back_their_own_steps_in_turn()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Old.Machine = "OLD-SERVER";
        move.Settings.New.Machine = "NEW-SERVER";
        (await OnMachineAsync(move, "OLD-SERVER", each => each.RunAsync())).Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        (await OnMachineAsync(move, "NEW-SERVER", each => each.RunAsync(until: "start-new-server"))).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        // The old server is not to wake up before the new one is down.
        var first = await OnMachineAsync(move, "OLD-SERVER", each => each.UndoAsync());
        first.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        first.Sentence.ShouldContain("NEW-SERVER");
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Stopped);

        var second = await OnMachineAsync(move, "NEW-SERVER", each => each.UndoAsync());
        second.Outcome.ShouldBe(MoveOutcome.HandedOver, move.Person.Story);
        second.ExitCode.ShouldBe(ExitCodes.HandedOver);
        move.World.New.Services.All.ShouldBeEmpty();
        move.World.Old.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Stopped);

        (await OnMachineAsync(move, "OLD-SERVER", each => each.UndoAsync())).Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        await move.ShouldBeTakenBackAsync();
    }

    [Fact]
    public async Task A_person_can_choose_it_at_a_question_of_the_move()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question => question is ConfirmStep { IsUndo: false, Step.Word: "back-up-database" } ? new TakeBack() : null;

        var ended = await move.RunAsync();

        ended.Outcome.ShouldBe(MoveOutcome.TakenBack, move.Person.Story);
        move.Person.Questions.OfType<ConfirmStep>().Single(each => each.IsUndo).Lines.ShouldContain(each => each.Text.Contains("SET READ_WRITE", StringComparison.Ordinal));
        move.Person.Events.OfType<OutageEnded>().ShouldNotBeEmpty("the clock stops");
        await move.ShouldBeTakenBackAsync();
        File.ReadAllText(Path.Combine(move.World.MoveFolder, "report.md")).ShouldContain("The move was taken back");
    }

    private static async Task<MoveEnded> OnMachineAsync(AMove move, string machine, Func<AMove, Task<MoveEnded>> work)
    {
        move.Settings.Machine = machine;
        move.Person = new APerson();
        return await work(move);
    }
}
