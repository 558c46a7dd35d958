using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

namespace OctoMoveTui.CommandLine;

/// <summary>What a run without the screen was asked to do.</summary>
internal sealed record HeadlessOrder(MoveRequest Request, bool Json = false, bool Yes = false, string? OverwriteDatabase = null, bool Queries = false, string? DropDatabase = null);

/// <summary>The move without a screen: chooses who prints and who answers, and turns the end into an exit code.</summary>
internal sealed class HeadlessRun(Surroundings surroundings, ProgramSettings settings)
{
    public async Task<int> RunAsync(HeadlessOrder order)
    {
        var glyphs = surroundings.GlyphsOf(settings.Screen);
        var answers = Answers(order, glyphs);
        IFrontEnd frontEnd = order.Json
            ? new JsonFrontEnd(surroundings.Out, answers)
            : new TextFrontEnd(surroundings.Out, answers, glyphs, surroundings.Time, order.Request.Purpose)
            {
                Width = surroundings.Width() ?? TextFrontEnd.UsualWidth,
                WithQueries = order.Queries,
            };

        var ended = await surroundings.Run(settings.Move, frontEnd, order.Request, surroundings.Stop);
        if (order is { Json: false, Request.Purpose: MovePurpose.Status })
        {
            await SayWhetherItRunsAsync();
        }

        return ended.ExitCode;
    }

    // The journal says what was begun; whether somebody is at work on it can be seen on this machine only.
    private async Task SayWhetherItRunsAsync()
    {
        if (settings.Move.Move.Length > 0 && await surroundings.FindEngine(new MoveFolder(settings.Move.Move).Path, true, surroundings.Stop) is { } running)
        {
            await surroundings.Out.WriteLineAsync(AttachWords.RunsHere(running, settings.Move.Move));
        }
    }

    private IAnswers Answers(HeadlessOrder order, Glyphs glyphs)
    {
        if (!order.Yes && !order.Json && surroundings.Keyboard.IsThere)
        {
            return new TypedAnswers(surroundings.Keyboard, surroundings.Out, glyphs, surroundings.Time);
        }

        // With --json nothing but JSON goes to the standard output.
        var record = order.Json ? surroundings.Error : surroundings.Out;
        return new UnattendedAnswers(order.Yes, order.OverwriteDatabase, settings.Move, sentence => record.WriteLine(glyphs.Line(sentence)))
        {
            IsUndo = order.Request.Purpose == MovePurpose.Undo,
            DropDatabase = order.DropDatabase,
        };
    }
}
