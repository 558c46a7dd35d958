using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class StandInTests
{
    [Fact]
    public async Task Arguments_arrive_as_they_were_given()
    {
        await using var at = new AMachine();
        string[] words = ["no-such-command", "a b", "", "ü'\"$HOME;*", "--x=y z", "line\nbreak"];
        await at.Machine.OctopusAsync(words);
        at.Machine.Calls.ShouldHaveSingleItem().Arguments.ShouldBe(words);
    }

    [Fact]
    public async Task Where_there_is_no_bash_the_same_is_carried_by_a_stand_in_that_needs_none()
    {
        await using var at = new AMachine();
        string[] words = ["", "ü'\"$HOME;*", "line\nbreak"];
        at.Machine.Intercept = async call =>
        {
            await call.WriteLineAsync("größer\n\n  and indented\\n");
            await call.WriteErrorLineAsync("but");
            return 43;
        };

        var inBash = await at.Machine.OctopusAsync(words);
        var inDotnet = await StandInPrograms.RunAsync(Launcher.DotnetHost, [.. at.StandInWithoutShell("Octopus.Server"), .. words]);

        inDotnet.ShouldBe(inBash);
        inDotnet.Output.ReplaceLineEndings("\n").ShouldBe("größer\n\n  and indented\\n\n");
        at.Machine.Calls.Count.ShouldBe(2);
        at.Machine.Calls.ShouldAllBe(each => each.Arguments.SequenceEqual(words));

        await at.SwitchTheHostOffAsync();
        var alone = await StandInPrograms.RunAsync(Launcher.DotnetHost, [.. at.StandInWithoutShell("sc")]);
        alone.ExitCode.ShouldBe(StandInClient.SandboxGone);
        alone.Errors.ShouldContain("no longer running");
    }

    [Fact]
    public async Task A_command_that_is_killed_is_cancelled_in_the_sandbox()
    {
        await using var at = new AMachine();
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        at.Machine.Intercept = async call =>
        {
            call.Cancelled.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
            call.Cancelled.ThrowIfCancellationRequested();
            return 0;
        };

        using var kill = new CancellationTokenSource();
        var running = StandInPrograms.RunAsync(at.Machine.OctopusServer, ["version"], kill.Token);
        await started.Task;
        await kill.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        await cancelled.Task;
    }

    [Fact]
    public async Task A_fault_ends_a_command_with_the_exit_code_that_was_asked_for()
    {
        await using var at = new AMachine();
        at.Machine.Intercept = async call =>
        {
            await call.WriteErrorLineAsync("the disk is full");
            return 43;
        };
        var said = await at.Machine.OctopusAsync("version");
        said.ExitCode.ShouldBe(43);
        said.Errors.ShouldContain("the disk is full");
    }

    [Fact]
    public async Task Without_its_sandbox_a_command_says_so_and_ends_with_exit_code_100()
    {
        await using var at = new AMachine();
        await at.SwitchTheHostOffAsync();
        var said = await at.Machine.OctopusAsync("version");
        said.ExitCode.ShouldBe(100);
        said.Errors.ShouldContain("no longer running");
    }
}
