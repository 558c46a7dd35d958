using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class CommandTests : IDisposable
{
    private readonly ACommandLine octomove = new();

    public void Dispose() => octomove.Dispose();

    [Theory]
    [InlineData(MovePurpose.Check, "check", "new")]
    [InlineData(MovePurpose.Plan, "plan")]
    [InlineData(MovePurpose.Move, "run")]
    [InlineData(MovePurpose.Status, "status")]
    public async Task Each_command_asks_the_engine_for_its_purpose(MovePurpose purpose, params string[] typed)
    {
        (await octomove.Run(typed)).ShouldBe(0);
        octomove.Request!.Purpose.ShouldBe(purpose);
    }

    [Fact]
    public async Task Check_says_which_server()
    {
        await octomove.Run("check", "old");
        octomove.Request!.Side.ShouldBe(Side.Old);
        (await octomove.Run("check", "middle")).ShouldBe(2);
        (await octomove.Run("check")).ShouldBe(2);
        octomove.Error.ShouldContain("octomove check --help");
    }

    [Fact]
    public async Task Until_names_the_last_step()
    {
        await octomove.Run("run", "--until", "back-up-database");
        octomove.Request!.Until.ShouldBe(SampleMove.BackUp);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(50)]
    [InlineData(130)]
    public async Task The_exit_code_is_the_engines(int code)
    {
        octomove.Engine = (_, _) => Task.FromResult(ACommandLine.Ended(MoveOutcome.Failed, code));
        (await octomove.Run("run")).ShouldBe(code);
    }

    [Fact]
    public async Task A_defect_is_called_one()
    {
        octomove.Engine = (_, _) => throw new InvalidOperationException("oops");
        (await octomove.Run("run")).ShouldBe(1);
        octomove.Error.ShouldContain("defect");
        octomove.Error.ShouldContain("oops");
    }

    [Fact]
    public async Task A_signal_reaches_the_engine_and_its_code_comes_back()
    {
        octomove.Engine = async (_, cancel) =>
        {
            await octomove.Signal.CancelAsync();
            cancel.IsCancellationRequested.ShouldBeTrue();
            return ACommandLine.Ended(MoveOutcome.Stopped, ExitCodes.Stopped);
        };
        (await octomove.Run("run")).ShouldBe(130);
    }

    [Fact]
    public async Task Without_a_terminal_the_screen_is_refused_with_what_to_do()
    {
        (await octomove.Run()).ShouldBe(2);
        octomove.Error.ShouldContain("needs a terminal");
        octomove.Error.ShouldContain("octomove run --yes");
        octomove.Settings.ShouldBeNull();
    }

    [Fact]
    public async Task With_a_terminal_the_screen_opens()
    {
        octomove.HasTerminal = true;
        (await octomove.Run("--move", "m")).ShouldBe(0);
        octomove.ShownOnScreen!.Move.Move.ShouldBe("m");
    }

    [Fact]
    public async Task Plain_runs_the_same_move_as_lines_of_text()
    {
        octomove.HasTerminal = true;
        octomove.Telling(SampleMove.Opened(), SampleMove.Failed);
        (await octomove.Run("--plain")).ShouldBe(11);
        octomove.Request!.Purpose.ShouldBe(MovePurpose.Move);
        octomove.Out.ShouldContain("OCTO_OLD → OCTO_NEW");
    }

    [Theory]
    [InlineData("redo")]
    [InlineData("--nonsense")]
    [InlineData("run", "--until")]
    public async Task What_is_not_understood_is_a_usage_failure(params string[] typed)
    {
        (await octomove.Run(typed)).ShouldBe(2);
        octomove.Error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Undo_takes_back_down_to_a_step()
    {
        octomove.Telling(SampleMove.Opened(), SampleMove.Failed);
        await octomove.Run("undo", "--until", "restore-database", "--yes", "--drop-database", "Octopus");
        octomove.Request.ShouldBe(new MoveRequest(MovePurpose.Undo, new StepId("restore-database")));
    }

    [Fact]
    public async Task Help_lists_what_there_is()
    {
        (await octomove.Run("--help")).ShouldBe(0);
        foreach (var there in new[] { "check", "plan", "run", "status", "verify", "agree", "report", "undo", "attach", "--move", "--config", "--set", "--plain", "--ascii", "--driver" })
        {
            octomove.Out.ShouldContain(there);
        }
    }

    [Fact]
    public async Task Version_is_printed()
    {
        (await octomove.Run("--version")).ShouldBe(0);
        octomove.Out.Trim().ShouldNotBeEmpty();
    }
}
