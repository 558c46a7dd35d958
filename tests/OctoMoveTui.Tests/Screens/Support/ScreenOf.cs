using System.Collections.Concurrent;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tui;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Views;
using OctoMoveTui.Words;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;

namespace OctoMoveTui.Tests.Screens.Support;

/// <summary>
/// The screen with its real loop on a thread of its own and an engine behind it: types keys and waits until the screen shows what is expected.
/// </summary>
internal sealed class ScreenOf : IScreenHost, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BlockingCollection<Exception> broken = [];
    private readonly IApplication app;
    private readonly ScreenSession session;
    private readonly Thread loop;

    /// <param name="engine">What runs behind the screen, for instance <c>(frontEnd, cancel) =&gt; mover.RunAsync(…)</c>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public ScreenOf(Func<IFrontEnd, CancellationToken, Task<MoveEnded>> engine, int width = 80, int height = 24)
    {
        app = Application.Create();
        var ready = new ManualResetEventSlim();
        ScreenSession? made = null;
        loop = new Thread(() =>
        {
            try
            {
                app.Init(DriverRegistry.Names.ANSI);
                app.Driver!.SetScreenSize(width, height);
                made = new ScreenSession(app, this, Glyphs.Unicode, new Palette(colours: true), TimeProvider.System);
                ready.Set();
                app.Run(made.Window);
            }
            catch (Exception failure)
            {
                broken.Add(failure);
            }

            ready.Set();
            left.TrySetResult();
        })
        { IsBackground = true };
        loop.Start();
        ready.Wait(Patience);
        session = made ?? throw new InvalidOperationException("The screen did not start.", broken.FirstOrDefault());
        Engine = Task.Run(() => engine(session.FrontEnd, stop.Token));
    }

    /// <summary>The engine's run.</summary>
    public Task<MoveEnded> Engine { get; }

    /// <summary>Completes when the person has left the screen.</summary>
    public Task Left => left.Task;

    /// <summary>What the screen shows now.</summary>
    public Task<string> TextAsync() => OnScreenAsync(() =>
    {
        session.Flush();
        app.LayoutAndDraw();
        return app.Driver!.ToString()!;
    });

    /// <summary>Waits until the screen shows a text.</summary>
    public Task ShouldShow(string text) => WaitUntil(screen => screen.Contains(text, StringComparison.Ordinal), $"to show \"{text}\"");

    /// <summary>Waits until the screen shows a text no more.</summary>
    public Task ShouldNotShow(string text) => WaitUntil(screen => !screen.Contains(text, StringComparison.Ordinal), $"not to show \"{text}\"");

    /// <summary>Waits until what the screen shows is as wanted. Looks once a pass of the loop.</summary>
    public async Task WaitUntil(Func<string, bool> wanted, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var screen = await TextAsync();
            if (wanted(screen))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"The screen was expected {what}. It shows:\n{screen}");
            }
        }
    }

    /// <summary>Presses keys, one after the other.</summary>
    public async Task Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            await OnScreenAsync(() =>
            {
                app.InjectKey(key);
                return true;
            });
        }
    }

    /// <summary>Types a text.</summary>
    public Task Type(string text) => Press([.. text.Select(letter => new Key(letter))]);

    public void StopMove(bool atOnce) => stop.Cancel();

    public void Leave(bool atOnce) => app.RequestStop(session.Window);

    public void Redraw() => app.LayoutAndDraw(forceRedraw: true);

    public string SaveLog(string moveFolder, IEnumerable<string> lines) => Path.Combine(moveFolder, "logs", "saved.txt");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        app.Invoke(() => app.RequestStop(session.Window));
        loop.Join(Patience);
        session.Dispose();
        app.Dispose();
        stop.Dispose();
        broken.Dispose();
    }

    private async Task<T> OnScreenAsync<T>(Func<T> look)
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Invoke(() =>
        {
            try
            {
                seen.SetResult(look());
            }
            catch (Exception failure)
            {
                seen.SetException(failure);
            }
        });
        await Task.WhenAny(seen.Task, left.Task);
        return seen.Task.IsCompleted ? await seen.Task : throw new InvalidOperationException("The screen was left.", broken.FirstOrDefault());
    }
}
