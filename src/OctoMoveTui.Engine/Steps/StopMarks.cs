using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// What the old service and its watchdogs were like before they were stopped. Each is marked before it is changed: the fact of the step comes at
/// its end, and a crash before that would lose what has to be put back.
/// </summary>
internal static class StopMarks
{
    private const string StartTypeWas = "start-type ";
    private const string WatchdogOff = "watchdog ";
    private const string Usual = "auto";

    private static readonly StepId StopStep = new("stop-old-server");

    /// <summary>Remembers the start type, unless an earlier run of the step has: that one saw it as it was.</summary>
    internal static void KeepStartType(MoveContext move, string word)
    {
        if (MarkedStartType(move) is null)
            move.Mark(StartTypeWas + word);
    }

    /// <summary>Remembers that a watchdog is turned off.</summary>
    internal static void KeepWatchdog(MoveContext move, string task)
    {
        if (!move.HasMarked(WatchdogOff + task))
            move.Mark(WatchdogOff + task);
    }

    /// <summary>The start type that the service gets back. Nobody knows what one was that was disabled before: automatic is usual.</summary>
    internal static string StartType(MoveContext move) => MarkedStartType(move) ?? move.Facts.Find<OldServerStopped>()?.StartTypeBefore ?? Usual;

    /// <summary>The watchdogs that the step turned off, or was about to.</summary>
    internal static IReadOnlyList<string> Watchdogs(MoveContext move) =>
    [
        .. move.As(StopStep).Journalled.Marks.Where(each => each.StartsWith(WatchdogOff, StringComparison.Ordinal)).Select(each => each[WatchdogOff.Length..])
            .Union(move.Facts.Find<OldServerStopped>()?.WatchdogsDisabled ?? [], StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
    ];

    private static string? MarkedStartType(MoveContext move) =>
        move.As(StopStep).Journalled.Marks.FirstOrDefault(each => each.StartsWith(StartTypeWas, StringComparison.Ordinal))?[StartTypeWas.Length..];
}
