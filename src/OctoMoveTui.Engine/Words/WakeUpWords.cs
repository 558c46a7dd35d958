using System.Globalization;
using Humanizer;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of all that fires by itself once a server runs again.</summary>
internal static class WakeUpWords
{
    internal static string WillFire(WakeUp found) =>
        $"Once the new server runs: {"enabled trigger".ToQuantity(found.Triggers.Count)}, {"subscription".ToQuantity(found.Subscriptions.Count)} (mails, webhooks), retention, and health checks fire by themselves"
        + (found.CleanUps.Count == 0 ? "; no machine policy deletes targets." : $"; {CleanUps(found.CleanUps)}.");

    internal static string[] CleanUpToDo(IReadOnlyList<CleanUpPolicy> policies) =>
    [
        $"Targets that the new server can't reach look offline, and {string.Join(", ", policies.Select(each => $"\"{each.Name}\" ({each.Space})"))} deletes them, with all that they are configured to be.",
        "Until all targets answer the new server: set \"Automatically delete machines\" of these policies to never (Infrastructure > Machine Policies), before the outage.",
    ];

    internal static string WakesUp(WakeUp found, TimeSpan? outage) =>
        (outage is { } lasted ? $"The outage lasts {lasted.Humanize(2, CultureInfo.InvariantCulture)} so far. " : "")
        + $"What was due meanwhile fires now: {Named("trigger", found.Triggers)}, {Named("subscription", found.Subscriptions)}, retention, health checks.";

    internal static string WakesUpUnknown(string why) => $"What fires by itself now can't be told: {why}";

    internal static string CleanUpNow(IReadOnlyList<CleanUpPolicy> policies) => $"{CleanUps(policies)}: see that all targets answer before that, or set the policy to never.";

    private static string CleanUps(IReadOnlyList<CleanUpPolicy> policies) => string.Join(", ", policies.Select(each =>
        $"machine policy \"{each.Name}\" ({each.Space}) deletes targets that look offline{(each.After is { } after ? $" for {after.Humanize(2, CultureInfo.InvariantCulture)}" : "")}"));

    private static string Named(string what, IReadOnlyList<string> names) =>
        what.ToQuantity(names.Count) + (names.Count == 0 ? "" : $" ({string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", …" : "")})");
}
