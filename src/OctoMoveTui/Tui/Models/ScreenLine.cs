namespace OctoMoveTui.Tui.Models;

/// <summary>A line as a view draws it.</summary>
/// <param name="Text">Printable, one row.</param>
/// <param name="Tone">How it is meant.</param>
/// <param name="Part">What begins with this line, or null; a pane that is drawn anew keeps the part that was read at its top.</param>
internal readonly record struct ScreenLine(string Text, Tone Tone = Tone.Normal, string? Part = null);

/// <summary>How a line is meant. Every tone that carries a meaning is told by a glyph or a word too.</summary>
internal enum Tone
{
    /// <summary>Plain text.</summary>
    Normal,

    /// <summary>Less important.</summary>
    Quiet,

    /// <summary>A title, or the thing in hand.</summary>
    Strong,

    /// <summary>The selected row, a focused header, a bar.</summary>
    Selected,

    /// <summary>Proven or done.</summary>
    Good,

    /// <summary>To be known.</summary>
    Warning,

    /// <summary>Failed, or about to destroy something.</summary>
    Failure,

    /// <summary>Waits for the person.</summary>
    Question,
}
