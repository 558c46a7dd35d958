using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class ScheduledTasksTests
{
    [Fact]
    public async Task The_watchdog_task_is_listed_disabled_and_deleted()
    {
        await using var at = new AMachine();
        (await at.Machine.OctopusAsync("watchdog", "--create", "--instances=*", "--interval", "5")).ExitCode.ShouldBe(0);
        (await at.Machine.SchtasksAsync("/query", "/fo", "CSV", "/nh")).Output.ShouldStartWith("\"\\Octopus Watchdog OctopusServer\",");

        (await at.Machine.SchtasksAsync("/change", "/tn", @"\Octopus Watchdog OctopusServer", "/disable")).Output.ShouldStartWith("SUCCESS");
        var listed = (await at.Machine.SchtasksAsync("/query", "/fo", "CSV", "/v")).Output.Split('\n');
        listed[0].ShouldContain("\"TaskName\"");
        listed[1].ShouldContain("\"Disabled\"");

        (await at.Machine.SchtasksAsync("/delete", "/tn", "Octopus Watchdog OctopusServer", "/f")).ExitCode.ShouldBe(0);
        at.Machine.ScheduledTasks.All.ShouldBeEmpty();
        (await at.Machine.SchtasksAsync("/change", "/tn", "Octopus Watchdog OctopusServer", "/disable")).ExitCode.ShouldBe(1);
        (await at.Machine.SchtasksAsync("/query", "/xml")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task While_it_is_enabled_the_watchdog_starts_a_stopped_service_again_unless_that_is_disabled()
    {
        var time = new FakeTimeProvider();
        await using var at = new AMachine(options => options with { Time = time });
        at.AddInstance();
        var service = at.InstallIdleService();
        at.Machine.CreateWatchdog("*");

        service.StartType = ServiceStartType.Disabled;
        (await at.Machine.StartStoppedServicesAsync("*", default)).ShouldBeEmpty();

        service.StartType = ServiceStartType.Auto;
        var started = new TaskCompletionSource();
        at.Machine.Services.Changed += _ => started.TrySetResult();
        time.Advance(at.Machine.Options.WatchdogInterval);
        await started.Task;
        service.State.ShouldBe(ServiceState.Running);
    }
}
