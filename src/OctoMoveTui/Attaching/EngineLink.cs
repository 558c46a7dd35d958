using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Attaching;

/// <summary>Where the engine is that a screen, or lines of text, belong to.</summary>
internal enum EngineTie
{
    /// <summary>In this very process: it ends with it.</summary>
    ThisProcess,

    /// <summary>In a process of its own: it goes on when this one ends.</summary>
    ItsOwnProcess,

    /// <summary>In a process of its own, and is only looked at.</summary>
    OnlyLookedAt,
}

/// <summary>An engine as whoever shows it sees it: in this process, or in one of its own.</summary>
internal interface IEngineLink
{
    EngineTie Tie { get; }

    /// <summary>The engine's process.</summary>
    int Process { get; }

    /// <summary>Lets the front end hear and answer until the engine has ended.</summary>
    /// <param name="frontEnd">Whom the engine speaks to.</param>
    /// <param name="leave">Cancelled when the front end goes: an engine of its own process runs on, one of this process stops at its next safe point.</param>
    /// <returns>How the move ended, also told as the last event; null when the engine runs on without this front end.</returns>
    Task<MoveEnded?> RunAsync(IFrontEnd frontEnd, CancellationToken leave);

    /// <summary>Asks the engine to stop at its next safe point, or at once.</summary>
    void Stop(bool atOnce);
}
