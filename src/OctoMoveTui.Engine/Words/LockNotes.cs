using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Journal;

namespace OctoMoveTui.Engine.Words;

/// <summary>Who holds the move folder, and what was proven of who held it before, in words.</summary>
internal static class LockNotes
{
    internal static string Who(RunIdentity run) =>
        $"{run.User} on {run.Machine}{(string.Equals(run.Machine, run.Host, StringComparison.OrdinalIgnoreCase) ? "" : $" ({run.Host})")}, process {run.Process}";

    internal static string Since(LockRecord holder) =>
        $"It began {Time(holder.Since)} and last gave a sign of life {Time(holder.BeatAt)}, by the clock of that machine.";

    internal static string Holder(LockRecord holder) => $"It is {Who(holder.By)}. {Since(holder)}";

    internal static string LastSeen(JournalEntry last) => $"Last seen: {last.User} on {last.Machine}, process {last.Process}, at {last.At:u}.";

    internal static string Watching(LockRecord left, TimeSpan silence) =>
        $"The lock of {Who(left.By)} lies in the move folder. Watching for {Span(silence)} whether it gives a sign of life.";

    internal static string TakenOver(LockRecord left, Life life) => $"The lock of {Who(left.By)}, held since {left.Since:u}, was taken over: " + life switch
    {
        Life.Restarted => "this machine was started anew since, and no sign of life came.",
        Life.NumberReused => $"that process is gone; its number {left.By.Process} belongs to another one by now.",
        _ => "that process is gone from this machine.",
    };

    internal static string TakenOverByWord(LockRecord left, RunIdentity me) =>
        $"The lock of {Who(left.By)}, held since {left.Since:u}, was taken over: {me.User} on {me.Machine} has typed that nobody works there any more. "
        + "No sign of life had come; more can't be proven from here.";

    internal static string MayStillHold(string folder, LockRecord left, TimeSpan silence) =>
        $"The move folder {folder} is held by {Who(left.By)}. {Since(left)} For {Span(silence)} no sign of life came. That proves nothing: that machine may have lost "
        + "its way to this folder, or this folder is a copy. Two at once would spoil the move. Go to that machine, see that no octomove runs there, and only then "
        + "type its name here.";

    internal static string NoSignOfLife(string file, string error) =>
        $"No sign of life could be written into {file}: {error} The move goes on; it is tried again.";

    private static string Time(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span.Humanize(2, CultureInfo.InvariantCulture);
}
