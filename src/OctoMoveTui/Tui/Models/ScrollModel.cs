namespace OctoMoveTui.Tui.Models;

/// <summary>Where a pane of rows is scrolled to.</summary>
internal sealed class ScrollModel
{
    private int pageHeight = 1;

    /// <summary>The first visible row.</summary>
    public int Top { get; private set; }

    /// <summary>True when there are rows below the visible ones.</summary>
    public bool HasMoreBelow { get; private set; }

    public void ToTop() => Top = 0;

    public void ToEnd() => Top = int.MaxValue;

    public void By(int rows) => Top = (int)Math.Clamp((long)Top + rows, 0, int.MaxValue);

    public void ByPage(int pages) => By(pages * Math.Max(1, pageHeight - 1));

    public void Do(ScreenCommand command)
    {
        switch (command)
        {
            case ScreenCommand.Up:
                By(-1);
                break;
            case ScreenCommand.Down:
                By(1);
                break;
            case ScreenCommand.PageUp:
                ByPage(-1);
                break;
            case ScreenCommand.PageDown:
                ByPage(1);
                break;
            case ScreenCommand.Top:
                ToTop();
                break;
            default:
                ToEnd();
                break;
        }
    }

    /// <summary>Makes a row visible.</summary>
    public void Reveal(int row)
    {
        if (row < Top)
        {
            Top = row;
        }
        else if (row >= Top + pageHeight)
        {
            Top = row - pageHeight + 1;
        }
    }

    /// <summary>The part of <paramref name="rows"/> that is visible in <paramref name="height"/> rows.</summary>
    public IEnumerable<T> Visible<T>(IReadOnlyList<T> rows, int height)
    {
        Fit(rows.Count, height);
        return rows.Skip(Top).Take(height);
    }

    public void Fit(int count, int height)
    {
        pageHeight = Math.Max(1, height);
        Top = Math.Clamp(Top, 0, Math.Max(0, count - pageHeight));
        HasMoreBelow = Top + pageHeight < count;
    }
}
