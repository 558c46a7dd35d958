using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>The few drawn characters, each with a twin for terminals that know ASCII only. Shapes differ, so colour never has to tell.</summary>
internal sealed record Glyphs
{
    private Glyphs(bool ascii) => IsAscii = ascii;

    /// <summary>For terminals that show UTF-8.</summary>
    public static Glyphs Unicode { get; } = new(ascii: false);

    /// <summary>For all others.</summary>
    public static Glyphs Ascii { get; } = new(ascii: true);

    /// <summary>Chooses between the two.</summary>
    public static Glyphs For(bool ascii) => ascii ? Ascii : Unicode;

    /// <summary>True for the seven-bit twin.</summary>
    public bool IsAscii { get; }

    /// <summary>From here to there.</summary>
    public string Arrow => IsAscii ? "->" : "→";

    /// <summary>The done part of a bar.</summary>
    public char BarFull => IsAscii ? '#' : '█';

    /// <summary>The open part of a bar.</summary>
    public char BarEmpty => IsAscii ? '.' : '░';

    /// <summary>A horizontal rule.</summary>
    public char Rule => IsAscii ? '-' : '─';

    /// <summary>A vertical rule.</summary>
    public char Wall => IsAscii ? '|' : '│';

    /// <summary>What a hidden character looks like.</summary>
    public char Hidden => IsAscii ? '*' : '•';

    /// <summary>The state of a step, one column wide.</summary>
    public string State(StepState state) => state switch
    {
        StepState.Done => IsAscii ? "x" : "✓",
        StepState.Probing or StepState.Running or StepState.Verifying => IsAscii ? ">" : "▶",
        StepState.Waiting => "?",
        StepState.Failed => "!",
        StepState.NotNeeded => IsAscii ? "-" : "–",
        StepState.OnOtherServer => IsAscii ? "=" : "»",
        StepState.Undoing => IsAscii ? "<" : "◀",
        StepState.Undone => IsAscii ? "u" : "↶",
        _ => IsAscii ? "." : "·",
    };

    /// <summary>A finding, one column wide.</summary>
    public string Verdict(Verdict verdict) => verdict switch
    {
        Engine.Moving.Verdict.Pass => IsAscii ? "x" : "✓",
        Engine.Moving.Verdict.Warn => "~",
        Engine.Moving.Verdict.Fail => "!",
        _ => "?",
    };

    /// <summary>Text as this terminal can show it: one line.</summary>
    public string Line(string? text) => IsAscii ? Printable.Ascii(Printable.Line(text)) : Printable.Line(text);

    /// <summary>Text as this terminal can show it: line breaks stay.</summary>
    public string Block(string? text) => IsAscii ? Printable.Ascii(Printable.Block(text)) : Printable.Block(text);

    /// <summary>One line of at most <paramref name="width"/> columns.</summary>
    public string Fit(string? text, int width) => Printable.CutMiddle(Line(text), width, IsAscii);
}
