using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The old server is down when the service manager, the list of processes and the database say so.</summary>
public sealed class StopOldServerTests
{
    [Fact]
    [Proves("P7")]
    public async Task A_watchdog_that_starts_the_server_again_between_two_looks_is_caught()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { WatchdogInterval = TimeSpan.FromMilliseconds(5) });

        // It can neither be seen nor be turned off, and the start type is set back by a policy as soon as it is changed.
        move.World.Old.Intercept = call => Task.FromResult<int?>(call.Tool == "schtasks" ? 1 : call.Arguments is ["config", .., "disabled"] ? 0 : null);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldMatch("was started again|runs again, or may start again");
        move.World.Old.ServiceChanges.Count(each => each.State == ServiceState.Running).ShouldBeGreaterThan(1, "it really was started again");
        Warnings(move).ShouldContain(each => each.Contains("so a watchdog may be on", StringComparison.Ordinal) && each.Contains("whoever sets its start type back", StringComparison.Ordinal));
        move.BackupsTaken.ShouldBeEmpty();
    }

    [Fact]
    [Proves("P7")]
    public async Task A_watchdog_that_can_not_be_turned_off_is_told_with_its_consequence_and_defeated_by_the_disabled_service()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { WatchdogInterval = TimeSpan.FromMilliseconds(5) });
        move.World.Old.Intercept = call => Task.FromResult<int?>(call.Tool == "schtasks" && call.Arguments.Contains("/disable") ? 1 : null);

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        Warnings(move).ShouldContain(each => each.Contains("\"Octopus Watchdog OctopusServer\" can't be disabled", StringComparison.Ordinal)
            && each.Contains("is disabled, which defeats it", StringComparison.Ordinal));
        move.World.Old.Services.All.Single().State.ShouldBe(ServiceState.Stopped);
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Proof && each.Text.Contains("is gone, and no other server of this instance runs (seen by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watchdog_of_other_instances_is_left_alone()
    {
        await using var move = await AMove.OnAsync();
        await move.World.Old.OctopusAsync("watchdog", "--create", "--instances=Another, Third");

        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.World.Old.ScheduledTasks.All.ShouldHaveSingleItem().Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_process_that_does_not_end_is_named_with_what_to_do()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Timing.ServiceStop = TimeSpan.FromMilliseconds(200);
        var process = move.World.Old.Services.All.Single().ProcessId;
        move.World.Old.StrayProcesses.Add(process);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.Service);
        failure.What.ShouldContain($"its process {process} is still there");
        failure.ToDo.ShouldContain(each => each.Contains($"taskkill /pid {process}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_a_service_and_a_machine_that_lists_no_processes_are_told()
    {
        await using var move = await AMove.OnAsync();
        move.World.Old.StrayProcesses.Add(4711);
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        Warnings(move).ShouldContain(each => each.Contains("also runs without a service: process 4711", StringComparison.Ordinal));

        await using var blind = await AMove.OnAsync();
        blind.Settings.Old.Tasklist = Path.Combine(blind.World.Root, "no-tasklist");
        (await blind.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, blind.Person.Story);
        Warnings(blind).ShouldContain(each => each.Contains("The processes of this machine can't be listed", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Warnings(AMove move) => move.Person.Events.OfType<Logged>().Where(each => each.Kind == LogKind.Warning).Select(each => each.Text);
}
