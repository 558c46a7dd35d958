using OctoMoveTui.Sandbox.StandIns;

namespace OctoMoveTui.Tests.SandboxOctopus;

/// <summary>The sandbox as it is typed. What it does with a world is proven by worlds.</summary>
public sealed class SandboxProgramTests
{
    [Theory]
    [InlineData("--help", "")]
    [InlineData("serve", "--help")]
    [InlineData("--keep", "--help")]
    public async Task Help_is_shown_and_no_world_built(string first, string second)
    {
        var said = await RunAsync(first, second);
        said.ExitCode.ShouldBe(0);
        said.Output.ShouldContain("Usage:");
        said.Output.ShouldContain("OctoMoveTui.Sandbox");
    }

    [Fact]
    public async Task A_word_that_serving_has_no_use_for_is_refused()
    {
        var said = await RunAsync("serve", "nonsense");
        said.ExitCode.ShouldNotBe(0);
        said.Errors.ShouldContain("nonsense");
    }

    private static Task<Said> RunAsync(params string[] words) =>
        StandInPrograms.RunAsync(Launcher.DotnetHost, ["exec", typeof(Launcher).Assembly.Location, .. words.Where(each => each.Length > 0)]);
}
