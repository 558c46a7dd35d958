using OctoMoveTui.Attaching;
using OctoMoveTui.CommandLine.Configuring;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Words;

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

    /// <summary>Attaches to the engine that runs on this machine for a move folder (true: only to look on), or says null where none does.</summary>
    public Func<string, bool, CancellationToken, Task<IEngineLink?>> FindEngine { get; init; } = (_, _, _) => Task.FromResult<IEngineLink?>(null);

    /// <summary>The engine for a move folder: the one that runs on this machine, or one that is started with these options. Null: it is in this process.</summary>
    public Func<ProgramSettings, IReadOnlyList<string>, CancellationToken, Task<IEngineLink>>? StartEngine { get; init; }

    /// <summary>Waits to be given the environment that this process was not started with.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyDictionary<string, string>>> ReceiveEnvironment { get; init; } = (_, _) => throw new NotSupportedException();

    /// <summary>Is the engine, until the move has ended; returns the exit code.</summary>
    public Func<MoveSettings, Task<int>> BeEngine { get; init; } = _ => throw new NotSupportedException();

    /// <summary>Opens the screen on an engine and stays in it until the end; returns the exit code.</summary>
    public required Func<ProgramSettings, IEngineLink, CancellationToken, Task<int>> ShowScreen { get; init; }

    /// <summary>Cancelled by a signal.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Says what a signal means now: it is printed when one comes.</summary>
    public Action<string> SayAtSignal { get; init; } = _ => { };

    /// <summary>The signs for lines of text. .NET writes '?' for what a terminal's encoding lacks; our own twins say more.</summary>
    public Glyphs GlyphsOf(ScreenSettings screen) => Glyphs.For(screen.Ascii ?? Out.Encoding.CodePage is not (65001 or 1200 or 1201));
}

/// <summary>Does what is asked of the engine; in the program this is <see cref="Mover"/>.</summary>
internal delegate Task<MoveEnded> RunMove(MoveSettings settings, IFrontEnd frontEnd, MoveRequest request, CancellationToken cancel);
