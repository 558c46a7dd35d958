using System.Drawing;

namespace OctoMoveTui.Tui.Models;

/// <summary>The panes of the screen.</summary>
internal enum Pane
{
    Steps,
    Detail,
    Log,
}

/// <summary>Where everything is, for a size. 80×24 is enough, 200×60 is used, less is still usable: one pane at a time.</summary>
internal sealed record ScreenLayout
{
    private const int NarrowestForTwoColumns = 60;
    private const int LowestForAll = 16;

    public Rectangle Title { get; private init; }

    /// <summary>The panes; an empty rectangle is a hidden one. A form or the help takes all of <see cref="Body"/>.</summary>
    public Rectangle Steps { get; private init; }

    public Rectangle Detail { get; private init; }

    public Rectangle Log { get; private init; }

    public Rectangle Body { get; private init; }

    /// <summary>Progress, outage clock, way back.</summary>
    public Rectangle Status { get; private init; }

    /// <summary>The question in hand.</summary>
    public Rectangle Strip { get; private init; }

    public Rectangle Keys { get; private init; }

    /// <param name="size">The size of the terminal.</param>
    /// <param name="stripHeight">Rows that the question in hand needs.</param>
    /// <param name="focus">The pane in use.</param>
    /// <param name="zoomed">True to show that one alone.</param>
    /// <param name="toRead">True when the step's own text has to be read now: it gets most of the room.</param>
    public static ScreenLayout For(Size size, int stripHeight, Pane focus, bool zoomed, bool toRead)
    {
        var (width, height) = (Math.Max(0, size.Width), Math.Max(0, size.Height));
        var title = height >= 4 ? 1 : 0;
        var keys = height >= 3 ? 1 : 0;
        var strip = Math.Clamp(stripHeight, 0, Math.Max(0, (height - title - keys) / 2));
        var status = height >= LowestForAll ? 4 : height >= 9 ? 2 : 0;
        var bodyHeight = Math.Max(0, height - title - keys - strip - status);
        var body = new Rectangle(0, title, width, bodyHeight);
        var layout = new ScreenLayout
        {
            Title = new Rectangle(0, 0, width, title),
            Body = body,
            Status = new Rectangle(0, body.Bottom, width, status),
            Strip = new Rectangle(0, body.Bottom + status, width, strip),
            Keys = new Rectangle(0, body.Bottom + status + strip, width, keys),
        };

        if (zoomed || width < NarrowestForTwoColumns || bodyHeight < 8)
        {
            return focus switch
            {
                Pane.Steps => layout with { Steps = body },
                Pane.Detail => layout with { Detail = body },
                _ => layout with { Log = body },
            };
        }

        var left = Math.Clamp(width * 2 / 5, 26, 52);
        var upper = toRead ? bodyHeight - Math.Max(4, bodyHeight / 5) : (bodyHeight * 11 / 20) + (bodyHeight % 2);
        return layout with
        {
            Steps = new Rectangle(0, body.Y, left, bodyHeight),
            Detail = new Rectangle(left + 1, body.Y, width - left - 1, upper),
            Log = new Rectangle(left + 1, body.Y + upper, width - left - 1, bodyHeight - upper),
        };
    }
}
