using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tui;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Tui.Views;
using OctoMoveTui.Words;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;

namespace OctoMoveTui.Tests.Screens.Support;

/// <summary>The screen without its loop: what is told is there at once, a key acts at once, and the text of the screen can be read.</summary>
internal sealed class StillScreen : IScreenHost, IDisposable
{
    private readonly IApplication app;
    private readonly ScreenSession session;
    private readonly SessionToken token;

    public StillScreen(int width = 80, int height = 24, bool ascii = false, bool colours = true)
    {
        // The library puts its own context on the thread; without a loop nothing that is awaited there would ever go on.
        var before = SynchronizationContext.Current;
        app = Application.Create();
        app.Init(DriverRegistry.Names.ANSI);
        app.Driver!.SetScreenSize(width, height);
        session = new ScreenSession(app, this, Glyphs.For(ascii), new Palette(colours), Clock);
        token = app.Begin(session.Window)!;
        SynchronizationContext.SetSynchronizationContext(before);
    }

    public FakeTimeProvider Clock { get; } = SampleMove.Clock();

    public ScreenModel Model => session.Model;

    public bool StopWasAsked { get; private set; }

    public bool StoppedAtOnce { get; private set; }

    public bool? LeftAtOnce { get; private set; }

    public int Redraws { get; private set; }

    public List<string> SavedLog { get; } = [];

    public Exception? SavingFailsWith { get; set; }

    /// <summary>The rows of the screen as one text.</summary>
    public string Text
    {
        get
        {
            session.Flush();
            app.LayoutAndDraw();
            return app.Driver!.ToString()!;
        }
    }

    public IReadOnlyList<string> Rows => [.. Text.ReplaceLineEndings("\n").Split('\n').Select(row => row.TrimEnd())];

    public string KeyBar => Rows.Last(row => row.Length > 0);

    public StillScreen Connect(Action<MoveCommand> say)
    {
        session.FrontEnd.Connect(say);
        session.Flush();
        return this;
    }

    public StillScreen Tell(params MoveEvent[] events)
    {
        foreach (var happening in events)
        {
            session.FrontEnd.Tell(happening);
        }

        session.Flush();
        return this;
    }

    public Task<MoveAnswer> Ask(MoveQuestion question, CancellationToken cancel = default)
    {
        var answer = session.FrontEnd.AskAsync(question, cancel);
        session.Flush();
        _ = Text;
        return answer;
    }

    public StillScreen Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            app.InjectKey(key);
            _ = Text;
        }

        return this;
    }

    public StillScreen Type(string text)
    {
        foreach (var letter in text)
        {
            Press(new Key(letter));
        }

        return this;
    }

    public StillScreen Resize(int width, int height)
    {
        app.Driver!.SetScreenSize(width, height);
        _ = Text;
        return this;
    }

    public Terminal.Gui.Drawing.Attribute AttributeOf(string text)
    {
        var rows = Text.ReplaceLineEndings("\n").Split('\n');
        var row = Array.FindIndex(rows, candidate => candidate.Contains(text, StringComparison.Ordinal));
        return app.Driver!.Contents![row, rows[row].IndexOf(text, StringComparison.Ordinal)].Attribute!.Value;
    }

    public void StopMove(bool atOnce)
    {
        StopWasAsked = true;
        StoppedAtOnce |= atOnce;
    }

    public void Leave(bool atOnce) => LeftAtOnce = atOnce;

    public void Redraw() => Redraws++;

    public string SaveLog(string moveFolder, IEnumerable<string> lines)
    {
        SavedLog.AddRange(SavingFailsWith is { } refused ? throw refused : lines);
        return moveFolder + "/logs/saved.txt";
    }

    public void Dispose()
    {
        app.End(token);
        session.Dispose();
        app.Dispose();
    }
}
