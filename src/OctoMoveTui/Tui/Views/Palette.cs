using OctoMoveTui.Tui.Models;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OctoMoveTui.Tui.Views;

/// <summary>
/// Tones as the terminal shows them. The terminal's own colours are the ground, light or dark; with NO_COLOR there is nothing but bold and
/// reverse. Each meaning is told by a glyph or a word as well.
/// </summary>
internal sealed class Palette
{
    private readonly bool colours;

    public Palette(bool colours)
    {
        this.colours = colours;
        var plain = Of(Tone.Normal);
        var bold = Of(Tone.Strong);
        var reverse = Of(Tone.Selected);
        var underline = Make(Color.None, TextStyle.Underline);
        Scheme = new Scheme(plain)
        {
            Normal = plain,
            HotNormal = bold,
            Focus = underline,
            HotFocus = underline,
            Active = reverse,
            HotActive = reverse,
            Highlight = reverse,
            Editable = underline,
            ReadOnly = plain,
            Disabled = plain,
        };
    }

    /// <summary>For the views that draw themselves.</summary>
    public Scheme Scheme { get; }

    public Attribute Of(Tone tone) => tone switch
    {
        Tone.Quiet => Make(Color.None, colours ? TextStyle.Faint : TextStyle.None),
        Tone.Strong => Make(Color.None, TextStyle.Bold),
        Tone.Selected => Make(Color.None, TextStyle.Reverse),
        Tone.Good => Make(Color.Green, TextStyle.None),
        Tone.Warning => Make(Color.Magenta, TextStyle.Bold),
        Tone.Failure => Make(Color.Red, TextStyle.Bold),
        Tone.Question => Make(Color.None, TextStyle.Bold | TextStyle.Reverse),
        _ => Make(Color.None, TextStyle.None),
    };

    private Attribute Make(Color colour, TextStyle style) => new(colours ? colour : Color.None, Color.None, style);
}
