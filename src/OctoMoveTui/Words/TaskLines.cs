using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Words;

/// <summary>A task of the old server as a line: what it is, where it belongs, who works on it, how old it is, and what it waits for.</summary>
internal static class TaskLines
{
    public static string Of(RunningTask task, TimeProvider time)
    {
        var where = string.Join(", ", new[] { Space(task), task.Node is { } node ? $"on {NodeName(node)}" : "" }.Where(part => part.Length > 0));
        var kind = task.Name.Length > 0 && !task.Description.StartsWith(task.Name, StringComparison.OrdinalIgnoreCase) ? $"{task.Name}: " : "";
        var person = task.WaitsForPerson ? ", WAITS FOR A PERSON" : "";
        return $"{task.State} {task.Id} ({where}): {kind}{task.Description}, {Age(task, time)}{person}";
    }

    private static string Space(RunningTask task) =>
        task is { SpaceName: { } name, Space: { } id } ? $"{name}, {id}" : task.Space ?? "system";

    // Octopus names nodes by an id that has their name in it.
    private static string NodeName(string node) =>
        node.StartsWith("OctopusServerNodes-", StringComparison.Ordinal) ? node["OctopusServerNodes-".Length..] : node;

    private static string Age(RunningTask task, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (task.Started is { } started && now > started)
        {
            return Quantities.Duration(now - started);
        }

        if (task.Queued is not { } queued)
        {
            return "not started";
        }

        if (queued > now)
        {
            return $"scheduled for {queued.ToLocalTime(time):yyyy-MM-dd HH:mm}";
        }

        return task.Expires is { } expires && expires > now
            ? $"queued for {Quantities.Duration(now - queued)}, times out in {Quantities.Duration(expires - now)}"
            : $"queued for {Quantities.Duration(now - queued)}";
    }

    private static DateTimeOffset ToLocalTime(this DateTimeOffset moment, TimeProvider time) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
}
