using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class LiveScreenTests
{
    [Fact]
    public async Task A_whole_conversation_by_typed_keys()
    {
        var answers = new List<MoveAnswer>();
        await using var screen = new ScreenOf(async (frontEnd, cancel) =>
        {
            frontEnd.Tell(SampleMove.Opened());
            answers.Add(await frontEnd.AskAsync(new GiveSecret(SecretKind.ApiKey, "To ask."), cancel));
            answers.Add(await frontEnd.AskAsync(SampleMove.ConfirmBackUp, cancel));
            frontEnd.Tell(new StepChanged(SampleMove.BackUp, StepState.Running));
            frontEnd.Tell(new StepChanged(SampleMove.BackUp, StepState.Done));
            var ended = new MoveEnded(MoveOutcome.Finished, "All is moved.", null, 0);
            frontEnd.Tell(ended);
            return ended;
        });

        await screen.ShouldShow("API key");
        await screen.Type("API-1");
        await screen.Press(Key.Enter);
        await screen.ShouldShow("Back up the database: do it?");
        await screen.Press(Key.F5);
        await screen.ShouldShow("Finished. All is moved.");
        await screen.Press(new Key('q'));
        await screen.Left;
        (await screen.Engine).ExitCode.ShouldBe(0);
        answers.Select(answer => answer.GetType()).ShouldBe([typeof(SecretGiven), typeof(Go)]);
    }

    [Fact]
    public async Task A_stop_cancels_what_the_engine_asks()
    {
        await using var screen = new ScreenOf(async (frontEnd, cancel) =>
        {
            frontEnd.Tell(SampleMove.Opened());
            await Should.ThrowAsync<OperationCanceledException>(() => frontEnd.AskAsync(SampleMove.ConfirmBackUp, cancel));
            var ended = new MoveEnded(MoveOutcome.Stopped, "Nothing was done.", null, 130);
            frontEnd.Tell(ended);
            return ended;
        });

        await screen.ShouldShow("do it?");
        await screen.Press(Key.Q.WithCtrl);
        await screen.ShouldShow("Nothing runs until you answer.");
        await screen.Press(new Key('s'));
        await screen.Left;
        (await screen.Engine).ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task A_flood_of_log_lines_does_not_block_the_keys()
    {
        await using var screen = new ScreenOf(async (frontEnd, cancel) =>
        {
            frontEnd.Tell(SampleMove.Opened());
            var question = frontEnd.AskAsync(SampleMove.ConfirmBackUp, cancel);
            for (var n = 0; n < 50_000; n++)
            {
                frontEnd.Tell(AScreen.Line($"copied file_{n}", LogKind.Detail));
            }

            await question;
            var ended = new MoveEnded(MoveOutcome.Finished, "Done.", null, 0);
            frontEnd.Tell(ended);
            return ended;
        });
        await screen.ShouldShow("do it?");
        await screen.Press(Key.Enter);
        await screen.ShouldShow("copied file_49999");
        await screen.ShouldShow("Finished. Done.");
    }
}
