using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Words;

/// <summary>What is said of what was found on a machine.</summary>
internal static class DiscoveryWords
{
    internal static string About(FoundInstance instance) => string.Join("; ", new[]
    {
        instance.Service switch
        {
            ServiceState.Running => $"its service {InstanceRecord.ServiceOf(instance.Name)} runs",
            ServiceState.NotRunning => $"its service {InstanceRecord.ServiceOf(instance.Name)} does not run",
            ServiceState.Missing => "it has no service",
            _ => null,
        },
        instance.Database is { } database ? $"database {database}" : null,
        instance.Home is { } home ? $"home {home}" : $"config file {instance.Record.ConfigFile}",
    }.OfType<string>());

    internal static string SeveralInstances(IReadOnlyList<PlanChoice> choices) =>
        $"There are {choices.Count} instances on this machine; choose the one that moves. {string.Join(". ", choices.Select(each => $"{each.Value}: {each.About}"))}.";

    internal static string FoundOne(FoundInstance instance, string version, string file) =>
        $"Found Octopus Server {version} at {file}, instance {instance.Name}: {About(instance)}.";

    internal static string OtherPath(string setting, string path) =>
        $"The old server's setting {setting} names {path}, which octomove neither copies nor re-points. See whether the new server needs it: then copy it there "
        + "yourself, to the same path.";

    internal static string OtherPaths(IReadOnlyDictionary<string, string> paths) => string.Join(" ", paths.Select(each => OtherPath(each.Key, each.Value)));
}
