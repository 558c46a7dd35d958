using OctoMoveTui.Attaching;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Views;
using OctoMoveTui.Words;
using Terminal.Gui.App;

namespace OctoMoveTui.Tui;

/// <summary>The screen on one application: model, window and front end, joined.</summary>
internal sealed class ScreenSession : IDisposable
{
    // The outage clock goes by seconds; four looks a second keep it from skipping one.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    public ScreenSession(IApplication app, IScreenHost host, Glyphs glyphs, Palette palette, TimeProvider time, EngineTie tie = EngineTie.ThisProcess)
    {
        Model = new ScreenModel(host, glyphs, time);
        Model.Leaving.Tie = tie;
        Window = new MainWindow(Model, palette, glyphs);
        FrontEnd = new TuiFrontEnd(Model, () => app.Invoke(Flush));
        app.AddTimeout(Tick, () =>
        {
            Flush();
            return true;
        });
    }

    public ScreenModel Model { get; }

    public MainWindow Window { get; }

    public TuiFrontEnd FrontEnd { get; }

    /// <summary>On the screen's thread: takes over what the engine said, and redraws what changed.</summary>
    public void Flush()
    {
        FrontEnd.Flush();
        Window.Refresh();
    }

    public void Dispose() => Window.Dispose();
}
