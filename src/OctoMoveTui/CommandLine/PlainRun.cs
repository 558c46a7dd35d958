using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>An engine of a process of its own as lines of text, and questions at the prompt.</summary>
internal sealed class PlainRun(Surroundings surroundings, ProgramSettings settings)
{
    /// <summary>Prints until the move has ended or the person leaves (Ctrl+C).</summary>
    public async Task<int> RunAsync(IEngineLink link)
    {
        if (link.Tie != EngineTie.ThisProcess)
        {
            surroundings.SayAtSignal(AttachWords.Leaving);
        }

        var glyphs = surroundings.GlyphsOf(settings.Screen);
        IAnswers answers = link.Tie == EngineTie.OnlyLookedAt
            ? new OnlookerAnswers(sentence => surroundings.Out.WriteLine(glyphs.Line(sentence)))
            : new TypedAnswers(surroundings.Keyboard, surroundings.Out, glyphs, surroundings.Time);
        var frontEnd = new TextFrontEnd(surroundings.Out, answers, glyphs, surroundings.Time, MovePurpose.Move)
        {
            Width = surroundings.Width() ?? TextFrontEnd.UsualWidth,
        };

        if (await link.RunAsync(frontEnd, surroundings.Stop) is { } ended)
        {
            return ended.ExitCode;
        }

        var looksOn = link.Tie == EngineTie.OnlyLookedAt;
        await surroundings.Out.WriteLineAsync(looksOn ? AttachWords.LooksOnNoMore(link.Process) : AttachWords.GoesOn(link.Process, settings.Move.Move));
        return looksOn ? ExitCodes.Done : ExitCodes.GoesOn;
    }

    /// <summary>Says what waits, and leaves the answer to others.</summary>
    private sealed class OnlookerAnswers(Action<string> say) : IAnswers
    {
        public async Task<MoveAnswer> AnswerAsync(MoveQuestion question, CancellationToken cancel)
        {
            say(AttachWords.Waits(question));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new OperationCanceledException(cancel);
        }
    }
}
