using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;

namespace OctoMoveTui.Tests.Support;

/// <summary>What has to hold of both servers when a move was taken back.</summary>
internal static class TakenBack
{
    /// <summary>The old server works as before the move; on the new one nothing is left that counts as ours; and the two never ran together.</summary>
    public static async Task ShouldBeTakenBackAsync(this AMove move)
    {
        await move.OldServerShouldWorkAsync();
        var world = move.World;
        if (world.Shape is not ("database-only" or "folders-only"))
            world.New.Services.All.ShouldBeEmpty("the new service is uninstalled");
        world.NewSql.Databases.ShouldBeEmpty("the restored database is dropped");
        if (world.Shape is not ("database-only" or "folders-only"))
            File.Exists(Path.Combine(world.New.Home, "OctopusServer.config")).ShouldBeFalse("the new config file is gone");
        move.TheServersShouldNeverHaveRunTogether();

        var state = MoveJournal.Read(new MoveFolder(world.MoveFolder));
        state.IsTakenBack.ShouldBeTrue();
        state.Touched.ShouldBeEmpty();
        state.Facts.ShouldBeEmpty();
    }

    /// <summary>Running, automatic, watched, writable, open, and no node drained.</summary>
    public static async Task OldServerShouldWorkAsync(this AMove move)
    {
        var world = move.World;
        var service = world.Old.Services.All.ShouldHaveSingleItem();
        service.State.ShouldBe(ServiceState.Running);
        service.StartType.ShouldBe(ServiceStartType.Auto);
        world.Old.ScheduledTasks.All.ShouldAllBe(each => each.Enabled);

        using var api = new AnApi(world.Old, world.Secrets.ApiKey);
        ((bool)(await api.GetAsync("/api/maintenanceconfiguration"))["IsInMaintenanceMode"]!).ShouldBeFalse("users are let in");
        foreach (var node in (await api.GetAsync("/api/octopusservernodes/summary"))["Nodes"]!.AsArray())
        {
            ((bool)node!["IsInMaintenanceMode"]!).ShouldBeFalse($"{node["Name"]} is drained");
            ((bool)node["IsOffline"]!).ShouldBeFalse($"{node["Name"]} is a node of nobody");
        }

        // Writable, by writing.
        var tasks = await world.CountAsync("ServerTask");
        (await api.StatusAsync("POST", "/api/tasks", new System.Text.Json.Nodes.JsonObject { ["Name"] = "Health", ["Description"] = "Check health", ["Arguments"] = new System.Text.Json.Nodes.JsonObject() }))
            .ShouldBe(201);
        (await world.CountAsync("ServerTask")).ShouldBe(tasks + 1);
    }

    /// <summary>Two live servers on one identity is the failure that must not happen.</summary>
    public static void TheServersShouldNeverHaveRunTogether(this AMove move)
    {
        if (move.World.Shape is "database-only" or "folders-only" or "rehearsal")
            return;
        var running = new HashSet<string>();
        foreach (var change in move.World.Old.ServiceChanges.Concat(move.World.New.ServiceChanges).OrderBy(each => each.When))
        {
            if (change.State is ServiceState.Stopped)
                running.Remove(change.Machine);
            else
                running.Add(change.Machine);
            running.Count.ShouldBeLessThan(2, $"{change.Service} on {change.Machine} came up at {change.When:O} beside the other");
        }
    }

    /// <summary>What the journal says of a step.</summary>
    public static JournalledStep Of(this AMove move, string step) => MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId(step));
}
