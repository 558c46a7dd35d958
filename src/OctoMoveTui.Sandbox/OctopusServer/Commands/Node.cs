using System.Globalization;

namespace OctoMoveTui.Sandbox.OctopusServer.Commands;

/// <summary><c>node</c>: drain and task cap of this node, kept in its row of the database; a node that never started has none.</summary>
internal sealed class Node : OctopusCommand
{
    public override string Name => "node";
    public override string Description => "Configure settings related to this Octopus Server node";
    public override IReadOnlyList<OctopusOption> Options =>
    [
        InstanceOption, ConfigOption,
        OctopusOption.Value("drain", "Enable or disable drain mode"),
        OctopusOption.Value("wait", "The maximum time, in seconds, to wait for running tasks to finish"),
        OctopusOption.Value("taskCap", "How many tasks run at the same time on this node") with { Since = "2018.6" },
        OctopusOption.Flag("cancel-tasks") with { Since = "2024.2" }, OctopusOption.Value("cancel-wait") with { Since = "2024.2" },
        SkipCompatibilityCheck, SkipUpgradeCheck,
    ];

    public override async Task RunAsync(CommandContext context)
    {
        var (drain, taskCap, wait) = (context.Options.Switch("drain"), context.Options.Number("taskCap"), context.Options.Number("wait") ?? 0);
        if (drain is null && taskCap is null)
            throw new ControlledFailure("No option was given: try --drain or --taskCap.");
        if (context.Options.Has("wait") && drain != true)
            throw new ControlledFailure("The option --wait can only be used with --drain=true.");

        var instance = context.Instance;
        var database = instance.Database;
        if (drain is { } on)
        {
            await UpdateAsync(database, instance, "IsInMaintenanceMode", on, context.Cancel);
            await context.LogAsync(on ? "Node is draining." : "Node is no longer draining.");
        }

        if (taskCap is { } cap)
        {
            await UpdateAsync(database, instance, "MaxConcurrentTasks", cap, context.Cancel);
            await context.LogAsync(string.Create(CultureInfo.InvariantCulture, $"Set task cap to: {cap}"));
        }

        if (drain == true && wait > 0)
            await WaitAsync(context, database, instance, TimeSpan.FromSeconds(wait));
    }

    private static async Task UpdateAsync(OctopusDatabase database, Instance instance, string column, object value, CancellationToken cancel)
    {
        if (await database.ExecuteAsync($"UPDATE dbo.OctopusServerNode SET {column} = @value WHERE Id = @id;", cancel, ("@value", value), ("@id", instance.NodeId)) == 0)
            throw new ControlledFailure($"The node {instance.NodeName} has not been registered in this database: it never started.");
    }

    private static async Task WaitAsync(CommandContext context, OctopusDatabase database, Instance instance, TimeSpan limit)
    {
        var time = context.Machine.Options.Time;
        var since = time.GetTimestamp();
        while (await database.CountAsync("ServerTask", context.Cancel, "State IN ('Executing', 'Cancelling') AND ServerNodeId = @node", ("@node", instance.NodeId)) is > 0 and var running)
        {
            if (time.GetElapsedTime(since) > limit)
                throw new ControlledFailure(string.Create(CultureInfo.InvariantCulture, $"The node did not finish draining in time: {running} task(s) still running."));

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, context.Cancel);
        }

        await context.LogAsync("Node has been drained.");
    }
}
