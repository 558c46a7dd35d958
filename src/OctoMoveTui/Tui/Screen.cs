using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Views;
using OctoMoveTui.Words;
using Terminal.Gui.App;

namespace OctoMoveTui.Tui;

/// <summary>Opens the screen on an engine, and stays until the person leaves.</summary>
internal sealed class Screen(StopSignals signals, TimeProvider time, TextWriter terminal, IReadOnlyDictionary<string, string> environment)
{
    private const int UsualWidth = 80;

    private static readonly TimeSpan SafePoint = TimeSpan.FromSeconds(30);

    /// <returns>The exit code.</returns>
    public async Task<int> ShowAsync(ProgramSettings settings, IEngineLink link, CancellationToken cancel)
    {
        var choice = TerminalChoice.For(settings.Screen, environment, OperatingSystem.IsWindows());
        choice.Apply();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var guard = new TerminalGuard(signals, time, terminal);
        var glyphs = Glyphs.For(choice.Ascii);
        var engine = Task.FromResult<MoveEnded?>(null);
        var host = new ScreenHost(link, time);
        var app = Application.Create();
        var width = UsualWidth;
        try
        {
            app.Init(choice.Driver);
            using var session = new ScreenSession(app, host, glyphs, new Palette(choice.Colours), time, link.Tie);
            host.Attach(app, session.Window);
            engine = Task.Run(() => MoveAsync(link, session.FrontEnd, leave.Token), CancellationToken.None);
            _ = engine.ContinueWith(
                _ => app.Invoke(() => LeaveAfterSignal(guard, host)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            app.Run(session.Window);
        }
        finally
        {
            width = app.Driver?.Cols ?? width;
            leave.Cancel();
            app.Dispose();
            guard.Clean();

            // The library leaves its own behind, and what is awaited from here on would wait for a loop that has ended.
            SynchronizationContext.SetSynchronizationContext(null);
        }

        var ended = host.LeftAtOnce ? null : await EndOf(engine);
        SayGoodbye(ended is not null ? EndWords(ended, glyphs) : WordsWithout(link, settings, glyphs), width);
        return ended?.ExitCode ?? guard.Signal ?? link.Tie switch
        {
            EngineTie.ThisProcess => ExitCodes.Stopped,
            EngineTie.OnlyLookedAt => ExitCodes.Done,
            _ => ExitCodes.GoesOn,
        };
    }

    // The screen is gone, and with it what it said: the terminal keeps how it ended, and what to do.
    private void SayGoodbye(IEnumerable<string> lines, int width)
    {
        try
        {
            foreach (var row in lines.SelectMany(line => Wrapping.Rows(line, width, line.Length - line.TrimStart(' ').Length)))
            {
                terminal.WriteLine(row);
            }
        }
        catch (IOException)
        {
            // The terminal itself is gone.
        }
    }

    private static IEnumerable<string> EndWords(MoveEnded ended, Glyphs glyphs) =>
        [.. ended.Failure is { } failure ? FailureLines.Of(failure, glyphs).Select(line => line.Text) : [], .. glyphs.Block(ended.Sentence).Split('\n')];

    private static IEnumerable<string> WordsWithout(IEngineLink link, ProgramSettings settings, Glyphs glyphs) => link.Tie switch
    {
        EngineTie.ThisProcess => [ScreenWords.Stopped],
        EngineTie.OnlyLookedAt => [AttachWords.LooksOnNoMore(link.Process)],
        _ => glyphs.Block(AttachWords.GoesOn(link.Process, settings.Move.Move)).Split('\n'),
    };

    private static void LeaveAfterSignal(TerminalGuard guard, ScreenHost host)
    {
        if (guard.Signal is not null)
        {
            guard.Hurry();
            host.Leave(atOnce: false);
        }
    }

    private async Task<MoveEnded?> MoveAsync(IEngineLink link, TuiFrontEnd frontEnd, CancellationToken leave)
    {
        try
        {
            return await link.RunAsync(frontEnd, leave);
        }
#pragma warning disable CA1031 // The engine never throws for expected trouble: what comes here is a defect, and the screen is where it is read.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            var report = new FailureReport(
                FailureCause.Defect, CommandLineWords.Defect, "", [CommandLineWords.DefectToDo(log: null)], defect.ToString());
            var ended = new MoveEnded(MoveOutcome.Failed, CommandLineWords.Defect, report, (int)FailureCause.Defect) { At = time.GetUtcNow() };
            frontEnd.Tell(ended);
            return ended;
        }
    }

    private async Task<MoveEnded?> EndOf(Task<MoveEnded?> engine)
    {
        try
        {
            return await engine.WaitAsync(SafePoint, time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
