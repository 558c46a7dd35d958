using System.Globalization;

namespace OctoMoveTui.Tests.Killed;

/// <summary>When, seen from one effect.</summary>
public enum KillMoment
{
    /// <summary>Before anybody hears of it.</summary>
    Before,

    /// <summary>The server or the program has received it and works on it; a line is half written.</summary>
    Within,

    /// <summary>It is done, and octomove knows it, and has not gone on yet.</summary>
    After,
}

/// <summary>One place to die at.</summary>
/// <param name="Effect">The name of the effect, without what differs from run to run.</param>
/// <param name="Nth">Which of those that have this name.</param>
/// <param name="Moment">When.</param>
public sealed record KillOrder(string Effect, int Nth, KillMoment Moment)
{
    /// <summary>True for the effect of that name; an order whose name ends with * is for all that begin so.</summary>
    public bool IsFor(string name) => Effect == name || (Effect.EndsWith('*') && name.StartsWith(Effect[..^1], StringComparison.Ordinal));

    /// <summary>As it stands in an environment variable.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moment}\t{Nth}\t{Effect}");

    /// <summary>Reads that; null when there is none.</summary>
    public static KillOrder? Parse(string? text) =>
        text?.Split('\t', 3) is [var moment, var nth, var effect]
            ? new KillOrder(effect, int.Parse(nth, CultureInfo.InvariantCulture), Enum.Parse<KillMoment>(moment)) : null;
}

/// <summary>How the one who starts the process tells it what to do.</summary>
public static class KillVariables
{
    /// <summary>The file to write all effects into, as they come.</summary>
    public const string List = "OCTOMOVE_TEST_EFFECTS";

    /// <summary>The order to kill.</summary>
    public const string Order = "OCTOMOVE_TEST_KILL";

    /// <summary>The port on 127.0.0.1 of whoever plays the servers.</summary>
    public const string Port = "OCTOMOVE_TEST_PLAYER";

    /// <summary>The folder of the pretend world: its name differs from run to run.</summary>
    public const string Root = "OCTOMOVE_TEST_ROOT";
}
