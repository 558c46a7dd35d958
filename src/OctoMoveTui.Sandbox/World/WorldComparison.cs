using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Sandbox.World;

namespace OctoMoveTui.Sandbox;

/// <summary>One thing that must hold after a move.</summary>
public sealed record ComparedLine(string What, bool Holds, string Details);

/// <summary>
/// Compares the two worlds after a move, without asking octomove anything: rows with rows, files with files, and who is alive. What it can't read it
/// reports as not holding.
/// </summary>
public static class WorldComparison
{
    /// <summary>Tables that a living server goes on writing: every old row must have arrived, more may have come.</summary>
    private static readonly string[] Growing = ["Configuration", "Event", "KeyAllocation", "Mutex", "OctopusServerInstallationHistory", "ServerTask"];

    internal static readonly ServerFolder[] Moved = [ServerFolder.Artifacts, ServerFolder.TaskLogs, ServerFolder.Packages, ServerFolder.EventExports, ServerFolder.Imports];

    /// <summary>What has to hold depends on what moved.</summary>
    public static Task<IReadOnlyList<ComparedLine>> CompareAsync(SandboxWorld world, CancellationToken cancel = default) => world.Shape switch
    {
        "database-only" => ShapeComparison.OfDatabaseAsync(world, cancel),
        "server-only" => ShapeComparison.OfServerAsync(world, cancel),
        "folders-only" => ShapeComparison.OfFoldersAsync(world, cancel),
        "rehearsal" => ShapeComparison.OfRehearsalAsync(world, cancel),
        _ => OfServerAndDatabaseAsync(world, cancel),
    };

    private static async Task<IReadOnlyList<ComparedLine>> OfServerAndDatabaseAsync(SandboxWorld world, CancellationToken cancel)
    {
        var lines = new List<ComparedLine>();
        var oldDatabase = OctopusDatabase.ForCommand(world.OldAdminConnectionString);
        var newDatabase = OctopusDatabase.ForCommand(world.NewAdminConnectionString);

        await TryAsync(lines, "New database there", async () => (await newDatabase.CountAsync("Configuration", cancel) > 0, world.NewSql.DataSource));
        if (lines is [{ Holds: true }])
        {
            foreach (var table in DatabaseSchema.Tables.Where(table => table != "OctopusServerNode"))
                await TryAsync(lines, $"Table {table}", () => table == "NuGetPackage" ? ComparePackagesAsync(world, oldDatabase, newDatabase, cancel) : CompareTableAsync(table, oldDatabase, newDatabase, cancel));
            foreach (var folder in Moved)
                await TryAsync(lines, $"Directory {folder.Default}", () => CompareDirectoryAsync(folder, world, newDatabase, cancel));
            await TryAsync(lines, "Master key on the new server", () => ProveKeyAsync(world, newDatabase, cancel));
            await TryAsync(lines, "New database writable", () => IsReadOnlyAsync(world.NewAdminConnectionString, expected: false, cancel));
            await TryAsync(lines, "New server out of maintenance mode", async () =>
                (await newDatabase.ReadDocumentAsync("maintenance", cancel) is { } json && (bool?)JsonNode.Parse(json)!["IsInMaintenanceMode"] == false, "document 'maintenance'"));
            await TryAsync(lines, "New node takes tasks", async () =>
                (await newDatabase.CountAsync("OctopusServerNode", cancel, "Name = @name AND IsInMaintenanceMode = 0", ("@name", world.New.Name)) == 1, world.New.Name));
        }

        await TryAsync(lines, "Old service stopped and disabled", () => Answer(world.Old.Services.Find(world.Service) is { State: ServiceState.Stopped, StartType: ServiceStartType.Disabled }, Show(world.Old, world.Service)));
        if (world.OldSecond is { } second)
            await TryAsync(lines, "Old service of the second node stopped and disabled", () => Answer(second.Services.Find(world.Service) is { State: ServiceState.Stopped, StartType: ServiceStartType.Disabled }, Show(second, world.Service)));
        await TryAsync(lines, "Other instances untouched", () => Answer(
            world.Old.Services.All.Where(service => service.Name != world.Service).All(service => service is { State: ServiceState.Running, StartType: ServiceStartType.Auto }), "services of the old machine"));
        await TryAsync(lines, "Old watchdog off", () => Answer(world.Old.ScheduledTasks.All.All(task => !task.Enabled), "scheduled tasks"));
        await TryAsync(lines, "Old database read-only", () => IsReadOnlyAsync(world.OldAdminConnectionString, expected: true, cancel));
        await TryAsync(lines, "New service running", () => Answer(world.New.Services.All is [{ State: ServiceState.Running } only] && only.Name == world.Service, Show(world.New, world.Service)));
        await TryAsync(lines, "Never both at once", () => NeverTwoLiveServers(world));
        return lines;
    }

    /// <summary>One line; what can't be read doesn't hold.</summary>
    internal static async Task TryAsync(List<ComparedLine> lines, string what, Func<Task<(bool Holds, string Details)>> compare)
    {
        try
        {
            var (holds, details) = await compare();
            lines.Add(new ComparedLine(what, holds, details));
        }
        catch (Exception e) when (e is SqlException or IOException or UnauthorizedAccessException or ControlledFailure or InvalidOperationException or CryptographicException)
        {
            lines.Add(new ComparedLine(what, false, e.Message.Split('\n')[0].Trim()));
        }
    }

    /// <summary>At no moment did an old server live, or could have come to life, beside a new one: two live servers on one identity is the sin.</summary>
    internal static Task<(bool, string)> NeverTwoLiveServers(SandboxWorld world) =>
        Answer(world.Watch.Seen.Count == 0, world.Watch.Seen.Count == 0 ? "services of both machines" : world.Watch.Seen[0]);

    internal static async Task<(bool, string)> CompareTableAsync(string table, OctopusDatabase oldDatabase, OctopusDatabase newDatabase, CancellationToken cancel)
    {
        var key = table switch { "KeyAllocation" => "CollectionName", "OctopusServerInstallationHistory" => "[Version]", _ => "Id" };
        if (Growing.Contains(table))
        {
            var (old, @new) = (await ReadKeysAsync(oldDatabase, table, key, cancel), await ReadKeysAsync(newDatabase, table, key, cancel));
            var missing = old.Except(@new).Count();
            return (missing == 0, missing == 0 ? FormattableString.Invariant($"{old.Count} rows, {@new.Count - old.Count} new") : FormattableString.Invariant($"{missing} of {old.Count} rows are missing"));
        }

        var (before, after) = (await ReadRowsAsync(oldDatabase, table, cancel), await ReadRowsAsync(newDatabase, table, cancel));
        var same = before.SetEquals(after);
        return (same, same ? FormattableString.Invariant($"{before.Count} rows") : FormattableString.Invariant($"{before.Count} rows in the old, {after.Count} in the new, {before.Intersect(after).Count()} equal"));
    }

    /// <summary>A re-index forgets the packages whose file is not there and lists those that lie there without a row: all others are as they were.</summary>
    private static async Task<(bool, string)> ComparePackagesAsync(SandboxWorld world, OctopusDatabase oldDatabase, OctopusDatabase newDatabase, CancellationToken cancel)
    {
        var files = WorldContent.Spaces.SelectMany(space => PackageFile.Find(Path.Combine(world.Old.Home, ServerFolder.Packages.Default), space.Id))
            .Select(file => file.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var before = await oldDatabase.QueryAsync("SELECT * FROM dbo.NuGetPackage;", cancel);
        var after = await newDatabase.QueryAsync("SELECT * FROM dbo.NuGetPackage;", cancel);
        var kept = before.Where(row => files.Contains(KeyOf(row))).Select(row => row.Everything).ToHashSet(StringComparer.Ordinal);
        var added = after.Where(row => !kept.Contains(row.Everything)).ToArray();
        var holds = after.Count == files.Count && kept.IsSubsetOf(after.Select(row => row.Everything)) && added.All(row => files.Contains(KeyOf(row)));
        return (holds, FormattableString.Invariant($"{before.Count} rows in the old, {kept.Count} of them with a file; {after.Count} in the new, {added.Length} of them new"));

        static string KeyOf(Row row) => $"{row.Text("SpaceId")}/{row.Text("PackageId")}.{row.Text("Version")}";
    }

    private static async Task<HashSet<string>> ReadKeysAsync(OctopusDatabase database, string table, string key, CancellationToken cancel) =>
        [.. (await database.QueryAsync($"SELECT {key} AS row_key FROM dbo.[{table}];", cancel)).Select(row => row.Text("row_key"))];

    private static async Task<HashSet<string>> ReadRowsAsync(OctopusDatabase database, string table, CancellationToken cancel) =>
        [.. (await database.QueryAsync($"SELECT * FROM dbo.[{table}];", cancel)).Select(row => row.Everything)];

    internal static async Task<(bool, string)> CompareDirectoryAsync(
        ServerFolder folder, SandboxWorld world, OctopusDatabase newDatabase, CancellationToken cancel, OctopusMachine? on = null, string? instance = null)
    {
        on ??= world.New;
        var home = on.Instances.Find(instance ?? world.Instance) is { } record ? new Instance(on, record).Home : on.Home;
        var place = (await ServerFolders.ReadAsync(newDatabase, home, cancel))[folder];
        if (!on.Sees(place))
            return (false, $"the new server would look in {place}, which is on the old machine");

        // Where the old server keeps it is what its own database says; all worlds begin with it below home.
        var old = await ReadFilesAsync(Path.Combine(world.Old.Home, folder.Default), cancel);
        var arrived = await ReadFilesAsync(place, cancel);
        var broken = old.Where(file => arrived.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToArray();
        var more = arrived.Keys.Except(old.Keys).ToArray();
        // A living server writes task logs.
        var holds = broken.Length == 0 && (more.Length == 0 || folder == ServerFolder.TaskLogs);
        return (holds, FormattableString.Invariant($"{old.Count} entries") + (broken.Length == 0 ? "" : FormattableString.Invariant($", {broken.Length} missing or different, such as {broken[0]}"))
            + (more.Length == 0 ? "" : FormattableString.Invariant($", {more.Length} more, such as {more[0]}")));
    }

    /// <summary>Relative path to hash; directories end with a slash and have none.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> ReadFilesAsync(string root, CancellationToken cancel)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(root))
            return found;

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options))
        {
            var path = Path.GetRelativePath(root, entry.FullName);
            if (entry is FileInfo file)
                found[path] = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file.FullName, cancel))) + file.LastWriteTimeUtc.ToString(" yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            else
                found[path + "/"] = "";
        }

        return found;
    }

    internal static async Task<(bool, string)> ProveKeyAsync(
        SandboxWorld world, OctopusDatabase newDatabase, CancellationToken cancel, OctopusMachine? on = null, string? instance = null)
    {
        on ??= world.New;
        if (on.Instances.Find(instance ?? world.Instance) is not { } record)
            return (false, "no instance");

        var key = new Instance(on, record).RequireMasterKey();
        using var certificate = await Instance.ReadCertificateAsync(newDatabase, key, cancel);
        var variables = await newDatabase.QueryAsync("SELECT JSON FROM dbo.VariableSet;", cancel);
        var values = variables.SelectMany(row => JsonNode.Parse(row.Text("JSON"))!["Variables"]!.AsArray())
            .Where(variable => (string?)variable!["Type"] == "Sensitive" && variable["Value"] is not null)
            .Select(variable => Encoding.UTF8.GetString(SensitiveValues.Decrypt(key, (string)variable!["Value"]!)))
            .ToArray();
        var known = values.Count(world.Secrets.SensitiveValues.Contains);
        return (certificate.Thumbprint == ServerCertificate.Thumbprint && known == values.Length, FormattableString.Invariant($"certificate and {known} of {values.Length} sensitive variables"));
    }

    internal static async Task<(bool, string)> IsReadOnlyAsync(string connectionString, bool expected, CancellationToken cancel)
    {
        var rows = await OctopusDatabase.ForCommand(connectionString).QueryAsync("SELECT is_read_only FROM sys.databases WHERE name = @name;", cancel, ("@name", SandboxWorld.Database));
        var found = rows is [var row] && row.Flag("is_read_only");
        return (rows.Count == 1 && found == expected, found ? "READ_ONLY" : "READ_WRITE");
    }

    internal static string Show(OctopusMachine machine, string name) => machine.Services.Find(name) is { } service ? $"{service.Name}: {service.State}, start type {service.StartType}" : "no service";

    internal static Task<(bool, string)> Answer(bool holds, string details) => Task.FromResult((holds, details));
}
