using System.Diagnostics;

namespace OctoMoveTui.Engine.Effects;

/// <summary>How octomove reaches beyond its own memory.</summary>
public enum EffectKind
{
    /// <summary>A statement to a SQL Server.</summary>
    Statement,

    /// <summary>A program that is run.</summary>
    Command,

    /// <summary>A request to an Octopus Server.</summary>
    Request,

    /// <summary>A file, written under another name until then, gets the name that is believed.</summary>
    Rename,

    /// <summary>A line of the journal.</summary>
    JournalWrite,

    /// <summary>Lines of a manifest, or a small file that is written in its place.</summary>
    FileWrite,

    /// <summary>A file, link or directory goes.</summary>
    Removal,
}

/// <summary>One effect.</summary>
/// <param name="Kind">What kind of effect.</param>
/// <param name="What">The statement, the command line with its secrets masked, the request, or what the journal's line says.</param>
/// <param name="Where">The database, or the file; empty where <paramref name="What"/> tells.</param>
/// <param name="Step">The step that has it; empty between steps.</param>
public sealed record EffectSeen(EffectKind Kind, string What, string Where, string Step);

/// <summary>
/// Tells whoever in this process listens (<see cref="DiagnosticListener"/>) of every effect, on the thread that is about to have it and waits for
/// the listener: <see cref="Begun"/> before the server, the program or the disk hears of it, <see cref="Ended"/> once it has answered or failed. Each comes with
/// an <see cref="EffectSeen"/>. For traces, and for tests that have to know where a move can be cut off; nobody listens otherwise, and then it costs nothing.
/// A statement's text may hold what must not be written down.
/// </summary>
public readonly struct Effect : IDisposable
{
    /// <summary>The name of the listener.</summary>
    public const string Listener = "OctoMoveTui.Effects";

    /// <summary>The event before.</summary>
    public const string Begun = "Begun";

    /// <summary>The event after.</summary>
    public const string Ended = "Ended";

    private static readonly DiagnosticListener Listeners = new(Listener);
    private static readonly AsyncLocal<string?> StepNow = new();

    private readonly EffectSeen? seen;

    private Effect(EffectSeen seen) => this.seen = seen;

    /// <summary>From here to the end of the asynchronous method that says so, and in all that it calls, effects are those of a step.</summary>
    internal static void AreOf(string step) => StepNow.Value = step;

    /// <summary>To be disposed of when it is over.</summary>
    internal static Effect Of(EffectKind kind, string what, string where = "")
    {
        if (!Listeners.IsEnabled())
            return default;
        var seen = new EffectSeen(kind, what, where, StepNow.Value ?? "");
        Listeners.Write(Begun, seen);
        return new Effect(seen);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (seen is not null)
            Listeners.Write(Ended, seen);
    }
}
