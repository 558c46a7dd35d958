using System.Collections.Concurrent;
using OctoMoveTui.Sandbox.Machines;

namespace OctoMoveTui.Sandbox.World;

/// <summary>
/// Looks for the sin at every change of a world: an old server that runs while the new one does, or that could be started and would find its database
/// writable. From the world's own state, whatever octomove believes.
/// </summary>
internal sealed class TwoLiveServers
{
    private readonly SandboxWorld world;
    private readonly ConcurrentQueue<string> seen = new();

    internal TwoLiveServers(SandboxWorld world)
    {
        this.world = world;
        foreach (var machine in Machines)
        {
            machine.Services.Changed += service => Look($"{machine.Name}: {service.Name} is {service.State}");
            machine.Services.Configured += () => Look($"{machine.Name}: a service was given another start type");
        }

        world.OldSql.Altered += () => Look("a database of the old SQL Server was altered");
    }

    /// <summary>Each moment at which two servers lived, or could have.</summary>
    internal IReadOnlyList<string> Seen => [.. seen];

    private IEnumerable<OctopusMachine> Machines => new[] { world.Old, world.OldSecond, world.New, world.NewSecond }.OfType<OctopusMachine>();

    private void Look(string change)
    {
        var (old, now) = (ServicesOf(world.Old, world.OldSecond), ServicesOf(world.New, world.NewSecond));
        if (!now.Any(IsAlive))
            return;
        if (old.Any(IsAlive))
            seen.Enqueue($"both run ({change})");
        else if (old.Any(service => service.StartType != ServiceStartType.Disabled) && world.OldSql.IsWritable(SandboxWorld.Database))
            seen.Enqueue($"the new one runs, and the old one could be started on a database that it can write ({change})");
    }

    private WindowsService[] ServicesOf(params OctopusMachine?[] machines) =>
        [.. machines.Select(machine => machine?.Services.Find(world.Service)).OfType<WindowsService>()];

    private static bool IsAlive(WindowsService service) => service.State is ServiceState.Running or ServiceState.StartPending;
}
