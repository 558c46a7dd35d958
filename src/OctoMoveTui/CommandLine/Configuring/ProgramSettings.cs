using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine.Configuring;

/// <summary>All that was configured: the engine's settings, and the screen's beside them under <c>Screen</c>.</summary>
internal sealed record ProgramSettings(MoveSettings Move, ScreenSettings Screen);

/// <summary>How octomove shows itself.</summary>
internal sealed class ScreenSettings
{
    /// <summary>Lines of text in place of the screen.</summary>
    public bool Plain { get; set; }

    /// <summary>ASCII only; null = chosen by the terminal.</summary>
    public bool? Ascii { get; set; }

    /// <summary>Terminal.Gui's driver; empty = its choice.</summary>
    public string Driver { get; set; } = "";
}
