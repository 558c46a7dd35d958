using System.Globalization;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tui.Models;
using Terminal.Gui.App;

namespace OctoMoveTui.Tui;

/// <summary>What the screen does to the world around it, in the program itself.</summary>
internal sealed class ScreenHost(IEngineLink engine, TimeProvider time) : IScreenHost
{
    private IApplication? app;
    private IRunnable? window;

    /// <summary>True when the person would not wait for the safe point.</summary>
    public bool LeftAtOnce { get; private set; }

    public void Attach(IApplication application, IRunnable mainWindow)
    {
        app = application;
        window = mainWindow;
    }

    public void StopMove(bool atOnce) => engine.Stop(atOnce);

    public void Leave(bool atOnce)
    {
        LeftAtOnce = atOnce;
        app!.RequestStop(window!);
    }

    public void Redraw()
    {
        app!.ClearScreenNextIteration = true;
        app.LayoutAndDraw(forceRedraw: true);
    }

    public string SaveLog(string moveFolder, IEnumerable<string> lines)
    {
        var name = $"octomove-screen-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.txt";
        var logs = Path.Combine(moveFolder.Length > 0 ? moveFolder : Environment.CurrentDirectory, "logs");
        OwnFile.CreateDirectory(logs);
        var file = Path.Combine(logs, name);
        OwnFile.Write(file, string.Concat(lines.Select(line => line + Environment.NewLine)));
        return file;
    }
}
