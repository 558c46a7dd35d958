using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.CommandLine;

/// <summary>What the program finds around itself: streams, keyboard, environment, clock, and the engine behind it.</summary>
internal sealed record Surroundings
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required IKeyboard Keyboard { get; init; }

    /// <summary>True when a screen can be drawn here.</summary>
    public required Func<bool> HasTerminal { get; init; }

    /// <summary>How many columns the terminal has; null where the output goes elsewhere.</summary>
    public Func<int?> Width { get; init; } = () => null;

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string CurrentFolder { get; init; }

    public required string ProgramFolder { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The engine's front door.</summary>
    public required RunMove Run { get; init; }

    /// <summary>Opens the screen and stays in it until the end; returns the exit code.</summary>
    public required Func<ProgramSettings, RunMove, CancellationToken, Task<int>> ShowScreen { get; init; }

    /// <summary>Cancelled by a signal.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>Does what is asked of the engine; in the program this is <see cref="Mover"/>.</summary>
internal delegate Task<MoveEnded> RunMove(MoveSettings settings, IFrontEnd frontEnd, MoveRequest request, CancellationToken cancel);
