using System.Drawing;
using OctoMoveTui.Tui.Models;
using OctoMoveTui.Words;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace OctoMoveTui.Tui.Views;

/// <summary>Puts the panes where the layout says and hands every key to the model. It decides nothing.</summary>
internal sealed class MainWindow : Runnable
{
    private readonly ScreenModel screen;
    private readonly Palette palette;
    private readonly Glyphs glyphs;
    private readonly List<(LinesView View, Func<ScreenLayout, Rectangle> Place)> panes = [];
    private readonly FormView form;
    private ScreenLayout layout = ScreenLayout.For(new Size(80, 24), 0, Pane.Steps, false, false);

    public MainWindow(ScreenModel screen, Palette palette, Glyphs glyphs)
    {
        this.screen = screen;
        this.palette = palette;
        this.glyphs = glyphs;
        CanFocus = true;
        SetScheme(palette.Scheme);

        AddPane(at => at.Title, (width, _) => [new(screen.Title(width).PadRight(width), Tone.Selected)]);
        AddPane(at => Panes(at.Steps), (width, height) => WithHeader(
            Pane.Steps, ScreenWords.StepsTitle(screen.Steps.DoneCount, screen.Steps.Steps.Count), width, screen.Steps.Rows(width, height - 1)));
        AddPane(at => Panes(at.Steps is { Width: > 0 } steps && steps.Width < at.Body.Width
            ? steps with { X = steps.Right, Width = 1 }
            : Rectangle.Empty), (_, height) => [.. Enumerable.Repeat(new ScreenLine(glyphs.Wall.ToString(), Tone.Quiet), height)]);
        AddPane(at => Panes(at.Detail), (width, height) => Detail(width, height));
        AddPane(at => Panes(at.Log), (width, height) => Log(width, height));
        AddPane(at => screen.Help.IsShown ? at.Body : Rectangle.Empty, (width, height) =>
            [Header(ScreenWords.HelpTitle, width, focused: true), .. screen.Help.Rows(width, height - 1)]);
        AddPane(at => at.Status, (width, height) =>
        {
            IReadOnlyList<ScreenLine> all = [.. screen.Progress.Rows(width), screen.Clock.Row, screen.Clock.WayBack];
            return [.. (height >= all.Count ? all : all.Skip(2)).Select(line => line with { Text = glyphs.Fit(line.Text, width) })];
        });
        AddPane(at => at.Strip, (width, _) => screen.Strip(width));
        AddPane(at => at.Keys, (width, _) => [new(KeyBarModel.Line(screen, width).PadRight(width), Tone.Selected)]);

        form = new FormView(screen, palette, glyphs, Press)
        {
            X = Pos.Func(_ => layout.Body.X),
            Y = Pos.Func(_ => layout.Body.Y),
            Width = Dim.Func(_ => layout.Body.Width),
            Height = Dim.Func(_ => layout.Body.Height),
            Visible = false,
        };
        Add(form);
    }

    /// <summary>Called after every change of the model, on the screen's own thread.</summary>
    public void Refresh()
    {
        var now = Arrange();
        var formVisible = screen.Form is not null && !screen.Help.IsShown;
        if (now != layout || form.Visible != formVisible)
        {
            layout = now;
            form.Visible = formVisible;
            SetNeedsLayout();
            SetNeedsDraw();
        }

        foreach (var (view, place) in panes)
        {
            var visible = !place(layout).IsEmpty;
            if (view.Visible != visible)
            {
                view.Visible = visible;
                SetNeedsLayout();
            }

            view.Refresh();
        }

        form.Refresh();
    }

    /// <summary>Gives a key to the model.</summary>
    public bool Press(string key)
    {
        var handled = key.Length > 0 && screen.Press(key);
        if (handled)
        {
            Refresh();
        }

        return handled;
    }

    protected override void OnSubViewLayout(LayoutEventArgs args)
    {
        layout = Arrange();
        base.OnSubViewLayout(args);
    }

    protected override void OnSubViewsLaidOut(LayoutEventArgs args)
    {
        base.OnSubViewsLaidOut(args);
        form.Refresh();
    }

    // Esc is the application's own "quit" unless a view takes it; here it always asks.
    protected override bool OnKeyDown(Key key) => Press(KeyNames.Of(key)) || key == Key.Esc || base.OnKeyDown(key);

    private Rectangle Panes(Rectangle place) => screen.Form is null && !screen.Help.IsShown ? place : Rectangle.Empty;

    private ScreenLayout Arrange() => ScreenLayout.For(Viewport.Size, screen.Strip(Viewport.Width).Count, screen.Focus, screen.IsZoomed, screen.HasToBeRead);

    private void AddPane(Func<ScreenLayout, Rectangle> place, Func<int, int, IReadOnlyList<ScreenLine>> rows)
    {
        var view = new LinesView(palette, rows)
        {
            X = Pos.Func(_ => place(layout).X),
            Y = Pos.Func(_ => place(layout).Y),
            Width = Dim.Func(_ => place(layout).Width),
            Height = Dim.Func(_ => place(layout).Height),
        };
        panes.Add((view, place));
        Add(view);
    }

    private IReadOnlyList<ScreenLine> Detail(int width, int height)
    {
        // The rows first: drawing them is what finds out whether there are more below.
        var rows = screen.Detail.Rows(width, height - 1);
        var more = screen.Detail.Scroll.HasMoreBelow ? ScreenWords.MoreBelow : "";
        return WithHeader(Pane.Detail, ScreenWords.DetailTitle(screen.Detail.Title) + more, width, rows);
    }

    private IReadOnlyList<ScreenLine> Log(int width, int height)
    {
        var rows = screen.Log.Rows(width, height - 1);
        return WithHeader(Pane.Log, ScreenWords.LogTitle(screen.Log.Status), width, rows);
    }

    private IReadOnlyList<ScreenLine> WithHeader(Pane pane, string title, int width, IReadOnlyList<ScreenLine> rows) =>
        [Header(title, width, screen.Focus == pane), .. rows];

    private ScreenLine Header(string title, int width, bool focused)
    {
        var mark = focused ? '>' : glyphs.Rule;
        var text = $"{glyphs.Rule}{mark} {glyphs.Fit(title, Math.Max(0, width - 5))} ".PadRight(Math.Max(0, width), glyphs.Rule);
        return new(text, focused ? Tone.Strong : Tone.Quiet);
    }
}
