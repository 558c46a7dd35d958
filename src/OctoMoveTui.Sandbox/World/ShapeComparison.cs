using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Sandbox;

/// <summary>What must hold after moves in which something stays where it is.</summary>
internal static class ShapeComparison
{
    /// <summary>The same server on another database; the old one read-only, and nothing on the new machine.</summary>
    internal static async Task<IReadOnlyList<ComparedLine>> OfDatabaseAsync(SandboxWorld world, CancellationToken cancel)
    {
        var lines = new List<ComparedLine>();
        var (old, @new) = (OctopusDatabase.ForCommand(world.OldAdminConnectionString), OctopusDatabase.ForCommand(world.NewAdminConnectionString));
        foreach (var table in DatabaseSchema.Tables.Where(table => table != "OctopusServerNode"))
            await WorldComparison.TryAsync(lines, $"Table {table}", () => WorldComparison.CompareTableAsync(table, old, @new, cancel));
        await WorldComparison.TryAsync(lines, "Master key fits the new database", () => WorldComparison.ProveKeyAsync(world, @new, cancel, world.Old));
        await WorldComparison.TryAsync(lines, "Server works on the new database", () => WorldComparison.Answer(
            Instance(world.Old, world.Instance).ConnectionString.Contains(world.NewSql.DataSource, StringComparison.OrdinalIgnoreCase), "its config file"));
        await WorldComparison.TryAsync(lines, "New database writable", () => WorldComparison.IsReadOnlyAsync(world.NewAdminConnectionString, expected: false, cancel));
        await WorldComparison.TryAsync(lines, "Old database read-only", () => WorldComparison.IsReadOnlyAsync(world.OldAdminConnectionString, expected: true, cancel));
        await AddAtWorkAsync(lines, world.Old, @new, cancel);
        await AddAwakeAsync(lines, world.Old);
        await WorldComparison.TryAsync(lines, "Nothing on the other machine", () => WorldComparison.Answer(world.New.Services.All.Count == 0, WorldComparison.Show(world.New, world.Service)));
        return lines;
    }

    /// <summary>Another server on the same database, its files beside it; the old one down for good.</summary>
    internal static async Task<IReadOnlyList<ComparedLine>> OfServerAsync(SandboxWorld world, CancellationToken cancel)
    {
        var lines = new List<ComparedLine>();
        var database = OctopusDatabase.ForCommand(world.OldAdminConnectionString);
        foreach (var folder in WorldComparison.Moved)
            await WorldComparison.TryAsync(lines, $"Directory {folder.Default}", () => WorldComparison.CompareDirectoryAsync(folder, world, database, cancel));
        await WorldComparison.TryAsync(lines, "Master key on the new server", () => WorldComparison.ProveKeyAsync(world, database, cancel));
        await WorldComparison.TryAsync(lines, "New server works on the old database", () => WorldComparison.Answer(
            Instance(world.New, world.Instance).ConnectionString.Contains(world.OldSql.DataSource, StringComparison.OrdinalIgnoreCase), "its config file"));
        await WorldComparison.TryAsync(lines, "Database writable", () => WorldComparison.IsReadOnlyAsync(world.OldAdminConnectionString, expected: false, cancel));
        await WorldComparison.TryAsync(lines, "No database on the other SQL Server", () => WorldComparison.Answer(world.NewSql.Databases.Count == 0, world.NewSql.DataSource));
        await WorldComparison.TryAsync(lines, "No backup taken", () => WorldComparison.Answer(world.OldSql.BackupsTaken.Count == 0, world.OldSql.DataSource));
        await AddAtWorkAsync(lines, world.New, database, cancel);
        await WorldComparison.TryAsync(lines, "Old node removed", async () =>
            (await database.CountAsync("OctopusServerNode", cancel, "Name = @name", ("@name", world.Old.Name)) == 0, world.Old.Name));
        await WorldComparison.TryAsync(lines, "Old service stopped and disabled", () => WorldComparison.Answer(
            world.Old.Services.All is [{ State: ServiceState.Stopped, StartType: ServiceStartType.Disabled }], WorldComparison.Show(world.Old, world.Service)));
        await WorldComparison.TryAsync(lines, "Old watchdog off", () => WorldComparison.Answer(world.Old.ScheduledTasks.All.All(task => !task.Enabled), "scheduled tasks"));
        await WorldComparison.TryAsync(lines, "Never both at once", () => WorldComparison.NeverTwoLiveServers(world));
        return lines;
    }

    /// <summary>The same server on the same database: two directories are used in their new places and still lie in the old ones, the others never moved.</summary>
    internal static async Task<IReadOnlyList<ComparedLine>> OfFoldersAsync(SandboxWorld world, CancellationToken cancel)
    {
        var lines = new List<ComparedLine>();
        var database = OctopusDatabase.ForCommand(world.OldAdminConnectionString);
        var places = await ServerFolders.ReadAsync(database, world.Old.Home, cancel);
        foreach (var folder in WorldComparison.Moved)
        {
            var old = Path.Combine(world.Old.Home, folder.Default);
            var expected = world.NewPlaces.GetValueOrDefault(folder.Default, old);
            await WorldComparison.TryAsync(lines, $"Place of {folder.Default}", () => WorldComparison.Answer(places[folder] == expected, places[folder]));
            await WorldComparison.TryAsync(lines, $"Directory {folder.Default}", () => WorldComparison.CompareDirectoryAsync(folder, world, database, cancel, world.Old));
            await WorldComparison.TryAsync(lines, $"Old directory {folder.Default} left", () => WorldComparison.Answer(Directory.EnumerateFiles(old, "*", SearchOption.AllDirectories).Any(), old));
        }

        await WorldComparison.TryAsync(lines, "Packages listed", async () =>
        {
            var files = WorldContent.Spaces.Sum(space => PackageFile.Find(world.NewPlaces["Packages"], space.Id).Count());
            return (files > 0 && await database.CountAsync("NuGetPackage", cancel) == files, FormattableString.Invariant($"{files} files"));
        });
        await WorldComparison.TryAsync(lines, "Master key as it was", () => WorldComparison.ProveKeyAsync(world, database, cancel, world.Old));
        await WorldComparison.TryAsync(lines, "Database writable", () => WorldComparison.IsReadOnlyAsync(world.OldAdminConnectionString, expected: false, cancel));
        await WorldComparison.TryAsync(lines, "No backup taken", () => WorldComparison.Answer(world.OldSql.BackupsTaken.Count == 0, world.OldSql.DataSource));
        await AddAtWorkAsync(lines, world.Old, database, cancel);
        await AddAwakeAsync(lines, world.Old);
        await WorldComparison.TryAsync(lines, "Nothing on the other machine", () => WorldComparison.Answer(world.New.Services.All.Count == 0, WorldComparison.Show(world.New, world.Service)));
        return lines;
    }

    /// <summary>The old server works as before; beside it a mute copy that is nobody's twin.</summary>
    internal static async Task<IReadOnlyList<ComparedLine>> OfRehearsalAsync(SandboxWorld world, CancellationToken cancel)
    {
        var lines = new List<ComparedLine>();
        var (old, scratch) = (OctopusDatabase.ForCommand(world.OldAdminConnectionString), OctopusDatabase.ForCommand(world.NewAdminConnectionString));
        foreach (var table in new[] { "Subscription", "ProjectTrigger", "Machine", "Worker" })
        {
            await WorldComparison.TryAsync(lines, $"Table {table} there", async () => (await scratch.CountAsync(table, cancel) == await old.CountAsync(table, cancel), table));
            await WorldComparison.TryAsync(lines, $"Table {table} mute", async () => (await scratch.CountAsync(table, cancel, "IsDisabled = 0") == 0, table));
            await WorldComparison.TryAsync(lines, $"Old table {table} as before", async () => (await old.CountAsync(table, cancel, "IsDisabled = 0") > 0, table));
        }

        await WorldComparison.TryAsync(lines, "An installation id of its own", async () =>
            (await scratch.ReadDocumentAsync("upgradeavailability", cancel) is { } mine && mine != await old.ReadDocumentAsync("upgradeavailability", cancel), "document 'upgradeavailability'"));
        await WorldComparison.TryAsync(lines, "Only the new node, drained", async () => (await scratch.CountAsync("OctopusServerNode", cancel) == 1
            && await scratch.CountAsync("OctopusServerNode", cancel, "Name = @name AND IsInMaintenanceMode = 1", ("@name", world.New.Name)) == 1, world.New.Name));
        await WorldComparison.TryAsync(lines, "Master key on the new server", () => WorldComparison.ProveKeyAsync(world, scratch, cancel));
        foreach (var folder in WorldComparison.Moved)
            await WorldComparison.TryAsync(lines, $"Directory {folder.Default}", () => WorldComparison.CompareDirectoryAsync(folder, world, scratch, cancel));
        await WorldComparison.TryAsync(lines, "New service running", () => WorldComparison.Answer(world.New.Services.All is [{ State: ServiceState.Running }], WorldComparison.Show(world.New, world.Service)));

        await AddAtWorkAsync(lines, world.Old, old, cancel);
        await AddAwakeAsync(lines, world.Old);
        await WorldComparison.TryAsync(lines, "Old service never stopped", () => WorldComparison.Answer(
            world.Old.ServiceChanges.All(change => change.State == ServiceState.Running), WorldComparison.Show(world.Old, world.Service)));
        await WorldComparison.TryAsync(lines, "Old database writable", () => WorldComparison.IsReadOnlyAsync(world.OldAdminConnectionString, expected: false, cancel));
        await WorldComparison.TryAsync(lines, "Backups are copies only", () => WorldComparison.Answer(world.OldSql.BackupsTaken.All(each => each.CopyOnly), world.OldSql.DataSource));
        return lines;
    }

    private static async Task AddAtWorkAsync(List<ComparedLine> lines, OctopusMachine machine, OctopusDatabase database, CancellationToken cancel)
    {
        await WorldComparison.TryAsync(lines, "Service running", () => WorldComparison.Answer(machine.Services.All is [{ State: ServiceState.Running }], WorldComparison.Show(machine, machine.Services.All is [var only] ? only.Name : "")));
        await WorldComparison.TryAsync(lines, "Out of maintenance mode", async () =>
            (await database.ReadDocumentAsync("maintenance", cancel) is { } json && (bool?)JsonNode.Parse(json)!["IsInMaintenanceMode"] == false, "document 'maintenance'"));
        await WorldComparison.TryAsync(lines, "Node takes tasks", async () =>
            (await database.CountAsync("OctopusServerNode", cancel, "Name = @name AND IsInMaintenanceMode = 0", ("@name", machine.Name)) == 1, machine.Name));
    }

    // What was switched off for the move is switched on again.
    private static async Task AddAwakeAsync(List<ComparedLine> lines, OctopusMachine machine)
    {
        await WorldComparison.TryAsync(lines, "Service starts by itself", () => WorldComparison.Answer(
            machine.Services.All is [{ StartType: ServiceStartType.Auto }], WorldComparison.Show(machine, machine.Services.All is [var only] ? only.Name : "")));
        await WorldComparison.TryAsync(lines, "Watchdog on", () => WorldComparison.Answer(machine.ScheduledTasks.All.All(task => task.Enabled), "scheduled tasks"));
    }

    private static Instance Instance(OctopusMachine machine, string name) =>
        new(machine, machine.Instances.Find(name) ?? throw new ControlledFailure("no instance"));
}
