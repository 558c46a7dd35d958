using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Tasks that waiting does not end: a person decides, and octomove does exactly that.</summary>
public sealed class TaskDecisionTests
{
    private const string Stuck = "ServerTasks-23";
    private const string Deaf = "ServerTasks-24";
    private const string Queued = "ServerTasks-25";

    [Fact]
    [Proves("P9")]
    public async Task A_task_that_waits_for_a_person_can_be_left_behind_and_is_named_until_the_new_server_has_counted_it_as_failed()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { TaskWaitsForPerson = true, QueuedTasks = 1 });
        move.Person.Answers = question => question is DecideOnTasks ? new TasksDecided(TaskDecision.GoOn) : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<DecideOnTasks>().ShouldHaveSingleItem();
        asked.Reason.ShouldBe(TasksReason.WaitForPeople);
        var stuck = asked.Tasks[0];
        (stuck.Id, stuck.Name, stuck.SpaceName, stuck.Node, stuck.WaitsForPerson).ShouldBe((Stuck, "Deploy", "People's systems", "OctopusServerNodes-OLD-SERVER", true));
        asked.Tasks[1].Id.ShouldBe(Queued);
        asked.Tasks[1].Expires.ShouldNotBeNull();
        var goOn = asked.Choices.Single(each => each.Decision == TaskDecision.GoOn);
        goOn.Typed.ShouldBeNull("nobody's work is cut off");
        goOn.Consequence.ShouldContain("likely to be failed or cancelled");
        goOn.Consequence.ShouldContain("start on the new server as soon as its node takes tasks");
        goOn.Consequence.ShouldContain("the first of them at");

        move.Person.Questions.OfType<ConfirmStep>().Single(each => each.Step == new StepId("reindex-packages")).Lines
            .ShouldContain(each => each.Text.Contains(Queued, StringComparison.Ordinal));
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("still stand as executing", StringComparison.Ordinal)
            && each.Text.Contains(Stuck, StringComparison.Ordinal), "a task that nothing works on blocks its project");
        (await StateAsync(move.World.NewAdminConnectionString, Stuck)).ShouldBe("Failed");
    }

    [Fact]
    public async Task Only_the_tasks_that_are_named_are_cancelled_and_their_end_is_waited_for()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { TaskWaitsForPerson = true, QueuedTasks = 2 });
        var typed = new Queue<string>(["ServerTasks-9", "", "23", "serverTASKS-25"]);
        move.Person.Answers = question => question switch
        {
            DecideOnTasks { Reason: TasksReason.WaitForPeople } => new TasksDecided(TaskDecision.Cancel, typed.Dequeue()),
            DecideOnTasks when typed.TryDequeue(out var id) => new TasksDecided(TaskDecision.Cancel, id),
            DecideOnTasks => new TasksDecided(TaskDecision.GoOn),
            _ => null,
        };

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<DecideOnTasks>().ToList();
        asked.Select(each => each.Reason).ShouldBe(
            [TasksReason.WaitForPeople, TasksReason.WaitForPeople, TasksReason.WaitForPeople, TasksReason.Queued, TasksReason.Queued]);
        asked[1].Problem.ShouldNotBeNull().ShouldContain("\"ServerTasks-9\" names no task");
        (await StateAsync(move.World.OldAdminConnectionString, Stuck)).ShouldBe("Canceled");
        (await StateAsync(move.World.OldAdminConnectionString, Queued)).ShouldBe("Canceled");
        (await StateAsync(move.World.OldAdminConnectionString, "ServerTasks-26")).ShouldBe("Queued", "nobody named it");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains($"{Stuck} (People's systems)", StringComparison.Ordinal)
            && each.Text.EndsWith("ended as Canceled.", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("P9")]
    public async Task Work_in_progress_is_cut_off_only_after_a_typed_name()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { DeafTaskLasts = TimeSpan.FromHours(1) });
        move.Settings.Timing.TasksUnchanged = TimeSpan.Zero;
        var answers = new Queue<TasksDecided>([
            new(TaskDecision.Cancel, Deaf), new(TaskDecision.GoOn), new(TaskDecision.GoOn, "octopusserver"), new(TaskDecision.GoOn, "OctopusServer")]);
        move.Person.Answers = question => question is DecideOnTasks ? answers.Dequeue() : null;

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<DecideOnTasks>().ToList();
        asked[0].Reason.ShouldBe(TasksReason.NothingChanges);
        asked[1].Tasks.ShouldHaveSingleItemOf(Deaf).State.ShouldBe("Cancelling", "it was asked to, and does not listen");
        asked[1].Choices.Single(each => each.Decision == TaskDecision.GoOn).Typed.ShouldBe("OctopusServer");
        asked[1].Choices.Single(each => each.Decision == TaskDecision.GoOn).Consequence.ShouldContain("in the middle");
        asked[3].Problem.ShouldNotBeNull().ShouldContain("cut off in the middle");
        answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_about_tasks_is_taken_back_when_somebody_settles_them_in_the_web_portal()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { TaskWaitsForPerson = true });
        var withdrawn = 0;
        move.Person.Later = (question, cancel) => question is DecideOnTasks ? ApproveAsync(cancel) : null;

        (await move.RunAsync(until: "wait-for-tasks")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        withdrawn.ShouldBe(1);
        (await StateAsync(move.World.OldAdminConnectionString, Stuck)).ShouldBe("Success");

        async Task<MoveAnswer> ApproveAsync(CancellationToken cancel)
        {
            await SqlAsync(move.World.OldAdminConnectionString, $"UPDATE dbo.ServerTask SET HasPendingInterruptions = 0 WHERE Id = '{Stuck}';");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
            catch (OperationCanceledException)
            {
                withdrawn++;
                throw;
            }

            return new StopHere();
        }
    }

    [Fact]
    public async Task Somebody_can_decide_before_octomove_asks()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { DeafTaskLasts = TimeSpan.FromHours(1) });
        var wished = false;
        move.Person.On = happening =>
        {
            if (happening is TasksSeen { Tasks.Count: > 0 } && !wished)
            {
                wished = true;
                move.Person.Say(new AskAboutTasks());
            }
        };

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.Person.Questions.OfType<DecideOnTasks>().ShouldHaveSingleItem().Reason.ShouldBe(TasksReason.Asked);
    }

    [Fact]
    public async Task An_unattended_run_cancels_nothing_that_the_configuration_does_not_allow()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { TaskWaitsForPerson = true });

        (await move.RunProgramAsync("run", "--yes", "--until", "wait-for-tasks")).ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);
        move.Printed.ShouldContain($"{Stuck} (People's systems): Deploy People's systems release 2.1.0 to Production");
        move.Printed.ShouldContain("Tasks:WhenStuck");
        (await StateAsync(move.World.OldAdminConnectionString, Stuck)).ShouldBe("Executing");

        (await move.RunProgramAsync("run", "--yes", "--until", "wait-for-tasks", "--set", "Tasks:WhenStuck=cancel")).ShouldBe(ExitCodes.Done, move.Printed);
        (await StateAsync(move.World.OldAdminConnectionString, Stuck)).ShouldBe("Canceled");
    }

    private static async Task<string> StateAsync(string connection, string task) =>
        (string)(await ScalarAsync(connection, $"SELECT State FROM dbo.ServerTask WHERE Id = '{task}';"))!;

    private static async Task SqlAsync(string connection, string text) => await ScalarAsync(connection, text);

    private static async Task<object?> ScalarAsync(string connectionString, string text)
    {
        await using var connection = new Microsoft.Data.SqlClient.SqlConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteScalarAsync();
    }
}

internal static class TaskAssertions
{
    internal static RunningTask ShouldHaveSingleItemOf(this IReadOnlyList<RunningTask> tasks, string id) => tasks.Where(each => each.Id == id).ShouldHaveSingleItem();
}
