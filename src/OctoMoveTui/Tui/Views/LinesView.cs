using OctoMoveTui.Tui.Models;
using Terminal.Gui.ViewBase;

namespace OctoMoveTui.Tui.Views;

/// <summary>Draws the rows of a model. It redraws only when they changed: the line to the terminal may be slow.</summary>
internal sealed class LinesView : View
{
    private readonly Func<int, int, IReadOnlyList<ScreenLine>> rows;
    private readonly Palette palette;
    private IReadOnlyList<ScreenLine> drawn = [];

    public LinesView(Palette palette, Func<int, int, IReadOnlyList<ScreenLine>> rows)
    {
        this.palette = palette;
        this.rows = rows;
        CanFocus = false;
    }

    public void Refresh()
    {
        if (Visible && Viewport is { Width: > 0, Height: > 0 } && !rows(Viewport.Width, Viewport.Height).SequenceEqual(drawn))
        {
            SetNeedsDraw();
        }
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        if (Viewport is not { Width: > 0, Height: > 0 })
        {
            return true;
        }

        drawn = [.. rows(Viewport.Width, Viewport.Height)];
        for (var row = 0; row < drawn.Count && row < Viewport.Height; row++)
        {
            SetAttribute(palette.Of(drawn[row].Tone));
            Move(0, row);
            AddStr(drawn[row].Text);
        }

        return true;
    }
}
