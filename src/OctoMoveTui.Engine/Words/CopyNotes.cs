using Humanizer;
using OctoMoveTui.Engine.Files;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of a directory copy while it runs.</summary>
internal static class CopyNotes
{
    internal const string Paused = "Copying is paused, by hand. What runs beside it goes on, and so does the outage.";
    internal const string Unlimited = "Copying is no longer limited.";
    internal const string LimitTooLow = "A limit has to be above zero; nothing was changed.";
    internal const string Polite = "Copying politely: it waits for whatever else wants the disk (Copy:PoliteAhead).";

    internal static string Resumed(TimeSpan after) =>
        $"Copying goes on, after a pause of {(after < TimeSpan.FromSeconds(1) ? "under a second" : after.Humanize(2, System.Globalization.CultureInfo.InvariantCulture, minUnit: TimeUnit.Second))}.";

    internal static string Limited(TransferRate rate) => $"Copying is limited to {rate}, by hand, until this step ends.";

    internal static string LimitedBySettings(TransferRate rate) => $"Copying is limited to {rate}, by the settings.";

    internal static string NotCopiedYet(string kind, string file) => $"{kind}: not copied yet: {file}";

    internal static string Unsettled(string kind, long count) =>
        $"{kind}: {"file".ToQuantity(count)} changed or vanished while copied, as is natural while Octopus works; copied inside the outage.";
}
