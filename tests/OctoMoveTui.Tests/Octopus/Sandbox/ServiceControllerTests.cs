using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class ServiceControllerTests
{
    /// <summary>On Unix an exit code has eight bits.</summary>
    private static int AsExitCode(int number) => OperatingSystem.IsWindows() ? number : number & 0xFF;

    [Fact]
    public async Task A_service_is_described_as_sc_describes_it()
    {
        await using var at = new AMachine();
        at.InstallIdleService();
        (await at.Machine.ScAsync("query", "OctopusDeploy")).Output.ShouldContain("        STATE              : 1  STOPPED");
        var configuration = (await at.Machine.ScAsync("qc", "OctopusDeploy")).Output;
        configuration.ShouldContain("START_TYPE         : 2   AUTO_START");
        configuration.ShouldContain($"BINARY_PATH_NAME   : \"{at.Machine.OctopusServer}\" run --instance=\"OctopusServer\"");
        (await at.Machine.ScAsync("queryex", "OctopusDeploy")).Output.ShouldContain("        PID                : 0");
    }

    [Theory]
    [InlineData("query")]
    [InlineData("qc")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task An_unknown_service_is_error_1060(string verb)
    {
        await using var at = new AMachine();
        var said = await at.Machine.ScAsync(verb, "Octopus");
        said.ExitCode.ShouldBe(AsExitCode(1060));
        said.Output.ShouldContain("FAILED 1060:");
        said.Output.ShouldContain("The specified service does not exist as an installed service.");
    }

    [Fact]
    public async Task A_disabled_service_does_not_start_until_it_is_on_demand_again()
    {
        await using var at = new AMachine();
        var service = at.InstallIdleService("OctopusDeploy: Second");
        (await at.Machine.ScAsync("config", "OctopusDeploy: Second", "start=", "disabled")).Output.ShouldContain("[SC] ChangeServiceConfig SUCCESS");
        service.StartType.ShouldBe(ServiceStartType.Disabled);

        var refused = await at.Machine.ScAsync("start", "OctopusDeploy: Second");
        refused.ExitCode.ShouldBe(AsExitCode(1058));
        refused.Output.ShouldContain("[SC] StartService FAILED 1058:");

        (await at.Machine.ScAsync("config", "OctopusDeploy: Second", "start=", "demand")).ExitCode.ShouldBe(0);
        (await at.Machine.ScAsync("start", "OctopusDeploy: Second")).Output.ShouldContain("START_PENDING");
    }

    [Fact]
    public async Task Starting_what_runs_is_error_1056_and_stopping_what_does_not_is_1062()
    {
        await using var at = new AMachine();
        var service = at.InstallIdleService();
        (await at.Machine.ScAsync("stop", "OctopusDeploy")).ExitCode.ShouldBe(AsExitCode(1062));
        await service.StartAsync(default);
        (await at.Machine.ScAsync("query", "OctopusDeploy")).Output.ShouldContain("STATE              : 4  RUNNING");
        (await at.Machine.ScAsync("start", "OctopusDeploy")).ExitCode.ShouldBe(AsExitCode(1056));
    }

    [Fact]
    public async Task An_option_that_sc_does_not_have_changes_nothing()
    {
        await using var at = new AMachine();
        var service = at.InstallIdleService();
        (await at.Machine.ScAsync("config", "OctopusDeploy", "start=", "disabled", "begin=", "never")).ExitCode.ShouldNotBe(0);
        service.StartType.ShouldBe(ServiceStartType.Auto);
    }
}
