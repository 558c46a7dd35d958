using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tests.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Moves;

/// <summary>An old server of two nodes, of which octomove can reach one.</summary>
public sealed class ClusterMoveTests
{
    private static WorldOptions TwoNodes => AMove.Small with { Nodes = 2, Heartbeat = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task A_cluster_is_moved_when_somebody_does_at_the_other_machine_what_is_asked_for_there()
    {
        await using var move = await OnAsync(TwoNodes);
        await using var colleague = new SecondAdministrator(move.World, TimeSpan.Zero);

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);

        move.Printed.ShouldContain("A cluster of 2 nodes: OLD-SERVER, online, last seen ");
        move.Printed.ShouldContain("; OLD-SERVER-2, online, last seen ");
        move.Printed.ShouldContain("version 2026.2.4120, 5 tasks at a time");
        move.Printed.ShouldContain("1 node on another machine is waited for:");
        move.Printed.ShouldContain("OLD-SERVER-2 is gone: no session of it on the old database");
        move.Printed.ShouldContain("NEW-SERVER-2 has joined: online, version 2026.2.4120.");
        move.World.NewSecond!.Services.All.ShouldHaveSingleItem().State.ShouldBe(ServiceState.Running);
        move.World.NewSecond.Calls.ShouldNotContain(each => each.Arguments.Contains("--create"));
        move.World.OldSecond!.ScheduledTasks.All.ShouldAllBe(each => !each.Enabled);
        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task A_node_that_nobody_stops_keeps_the_move_waiting_to_an_end_that_is_said_beforehand_and_nothing_is_fenced()
    {
        await using var move = await OnAsync(TwoNodes);
        move.Settings.Timing.OtherNodes = TimeSpan.FromMilliseconds(100);
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.Service);
        failure.What.ShouldStartWith("OLD-SERVER-2 still works on the old database");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.Contains("It waits until ", StringComparison.Ordinal));

        move.Settings.Timing.OtherNodes = TimeSpan.FromHours(1);
        move.Person = new APerson();
        using var stop = new CancellationTokenSource();
        var looks = 0;
        move.Person.On = happening =>
        {
            if (happening is NodesSeen && ++looks == 8)
                stop.Cancel();
        };

        (await move.RunAsync(until: "stop-old-server", cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        move.Person.Questions.OfType<ConfirmStep>().Single(each => each.Step == new StepId("stop-old-server")).Lines
            .ShouldContain(each => each.Kind == PreviewKind.Words && each.Text.StartsWith("OLD-SERVER-2 works on the same database", StringComparison.Ordinal));
        move.Person.Events.OfType<NodesSeen>().ShouldAllBe(each => each.Nodes.Single().Name == "OLD-SERVER-2" && !each.Nodes[0].IsSettled);
        move.Person.Events.OfType<NodesSeen>().Last().Nodes[0].Note.ShouldContain("still there");
        var told = move.Person.Events.OfType<Logged>().Single(each => each.Text.StartsWith("On OLD-SERVER-2, ", StringComparison.Ordinal)).Text;
        told.ShouldContain("/change /tn \"Octopus Watchdog OctopusServer\" /disable");
        told.ShouldContain("config OctopusDeploy start= disabled");
        told.ShouldContain("service --instance=OctopusServer --stop");
        (await ScalarAsync(move.World.OldAdminConnectionString, "SELECT is_read_only FROM sys.databases WHERE name = 'Octopus'")).ShouldBe(false);

        // Stopped at last: the move goes on by itself where it was.
        await using var colleague = new SecondAdministrator(move.World, TimeSpan.Zero);
        move.Person = new APerson();
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await ScalarAsync(move.World.OldAdminConnectionString, "SELECT is_read_only FROM sys.databases WHERE name = 'Octopus'")).ShouldBe(true);
    }

    [Fact]
    public async Task A_login_that_sees_no_other_sessions_has_the_reports_of_the_nodes_to_go_by()
    {
        await using var move = await OnAsync(TwoNodes);
        await ScalarAsync(move.World.OldAdminConnectionString, "USE master; REVOKE VIEW SERVER STATE FROM octopus;");
        await using var colleague = new SecondAdministrator(move.World, TimeSpan.Zero);
        move.Settings.Timing.NodeSilent = TimeSpan.FromSeconds(2);

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<NodesSeen>().ShouldContain(each => each.Nodes[0].Note.Contains("sessions can't be seen", StringComparison.Ordinal));
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Text.StartsWith("OLD-SERVER-2 reports no more. This login", StringComparison.Ordinal));
        move.World.OldSecond!.Services.All.Single().State.ShouldBe(ServiceState.Stopped);
    }

    [Fact]
    [Proves("P7")]
    public async Task A_node_that_comes_back_to_the_old_database_is_found_before_anything_relies_on_its_absence()
    {
        await using var move = await OnAsync(TwoNodes);
        await using var colleague = new SecondAdministrator(move.World, TimeSpan.Zero);
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await using var back = new SqlConnection(new SqlConnectionStringBuilder(move.World.OldAdminConnectionString)
        {
            WorkstationID = "old-server-2.example.com", ApplicationName = "Octopus Server", Pooling = false,
        }.ConnectionString);
        await back.OpenAsync(TestContext.Current.CancellationToken);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldStartWith("The old node OLD-SERVER-2 is connected to the old database");
        move.BackupsTaken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Further_nodes_that_nobody_sets_up_can_be_left_out_and_are_listed_as_left_to_do()
    {
        await using var move = await AMove.OnAsync();
        (move.Settings.New.FurtherNodes, move.Settings.Timing.OtherNodes) = ("NEW-SERVER-2, NEW-SERVER-3", TimeSpan.FromMilliseconds(100));

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.What.ShouldContain("NEW-SERVER-2: not on the list yet; NEW-SERVER-3: not on the list yet");
        var shared = move.Person.Events.OfType<CheckMade>().First(each => each.Id == "C3");
        shared.Verdict.ShouldBe(Verdict.Warn);
        shared.Finding.ShouldContain("NEW-SERVER-2 and NEW-SERVER-3 would not see what is in there");
        var told = await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "other-nodes.txt"), TestContext.Current.CancellationToken);
        told.ShouldContain("On NEW-SERVER-3, from an elevated prompt:");
        told.ShouldContain("database --instance=OctopusServer --masterKey=");
        told.ShouldNotContain("--create ");
        move.ShouldHaveWrittenNoSecret();

        move.Person.Answers = question => question is ConfirmStep { Step.Word: "add-further-nodes", MaySkip: true } ? new Skip() : null;
        var ended = await move.RunAsync();
        ended.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        ended.Sentence.ShouldContain("Add NEW-SERVER-2 and NEW-SERVER-3 to the new server");
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task By_keys_one_sees_which_node_is_waited_for_and_what_it_still_does()
    {
        await using var move = await OnAsync(TwoNodes);
        await using var screen = new ScreenOf((frontEnd, cancel) =>
            new Mover(move.Settings, frontEnd, TimeProvider.System).RunAsync(new MoveRequest(MovePurpose.Move, new StepId("stop-old-server")), cancel), 120, 40);
        await screen.ShouldShow("What moves?");
        await screen.Press(Key.F5);
        await screen.ShouldShow("The plan");
        await screen.Press(Key.F5);
        await screen.ShouldShow("Connection string");
        await screen.Press(Key.F5);
        foreach (var step in TheMove.Steps.TakeWhile(each => each.Id.Word != "back-up-database").Where(each => each.Id.Word != "install-octopus-server"))
        {
            await screen.ShouldShow($"{step.Words.Title}: do it?");
            await screen.Press(Key.Enter);
            await screen.ShouldNotShow($"{step.Words.Title}: do it?");
        }

        await screen.ShouldShow("1 node on another machine is waited for:");
        await screen.ShouldShow("OLD-SERVER-2: still there: ");
        await using var colleague = new SecondAdministrator(move.World, TimeSpan.Zero);
        await screen.ShouldShow("Stopped after stop-old-server");
        (await screen.Engine).Outcome.ShouldBe(MoveOutcome.Finished);
        move.World.OldSecond!.Services.All.Single().State.ShouldBe(ServiceState.Stopped);
    }

    private static async Task<AMove> OnAsync(WorldOptions options)
    {
        var move = await AMove.OnAsync(options);
        move.Settings.Timing.NodeSilent = TimeSpan.FromMilliseconds(500);
        return move;
    }

    private static async Task<object?> ScalarAsync(string connectionString, string text)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteScalarAsync();
    }
}
