using System.Text.Json.Nodes;
using Microsoft.Data.SqlClient;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Sandbox.RestApi;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>
/// Octopus Server while its service runs: refuses what the real one refuses, registers its node, answers the REST API and executes tasks.
/// </summary>
internal sealed class OctopusServerProcess(OctopusMachine machine, string instanceName) : IServiceProcess
{
    private OctopusDatabase? database;
    private ApiServer? api;
    private TaskRunner? tasks;

    public async Task StartAsync(CancellationToken cancel)
    {
        var record = machine.Instances.Find(instanceName) ?? throw new ControlledFailure($"Instance {instanceName} has not been configured on this machine.");
        var instance = new Instance(machine, record);
        var log = new ServerLog(Path.Combine(instance.Home, "Logs"), machine.Options.Time);
        try
        {
            await Task.Delay(machine.Options.StartDelay, machine.Options.Time, cancel);
            var masterKey = instance.RequireMasterKey();
            database = OctopusDatabase.ForServer(instance.ConnectionString, $"Octopus Server {instance.NodeName}", machine.Options.Host);

            var installed = await OctopusVersions.ReadInstalledAsync(database, cancel);
            OctopusVersions.RefuseNewerDatabase(machine.Version, installed);
            if (machine.UpgradesSilently)
                await OctopusVersions.UpgradeAsync(database, machine, cancel);
            else
                OctopusVersions.RefuseOlderDatabase(machine.Version, installed);
            using var certificate = await Instance.ReadCertificateAsync(database, masterKey, cancel);

            await RefuseForLackOfRightsAsync(instance, database, cancel);
            var server = new ServerContext(machine, instance, database, log);
            await RegisterNodeAsync(server, cancel);
            tasks = new TaskRunner(server);
            await tasks.TakeOverAsync(machine.TasksInProgress, cancel);
            machine.TasksInProgress = [];
            await IndexAtStartUpAsync(server, cancel);

            machine.Port.Release();
            api = await ApiServer.StartAsync(server, tasks, certificate.Thumbprint, cancel);
            tasks.Start();
            log.Write($"Octopus Server {machine.Version} is listening on {machine.Url}");
        }
        catch (Exception e) when (e is ControlledFailure or SqlException)
        {
            log.Write($"FATAL {e.Message}");
            throw;
        }
    }

    /// <summary>Local System may do everything on its machine; any other account what it was given.</summary>
    private async Task RefuseForLackOfRightsAsync(Instance instance, OctopusDatabase database, CancellationToken cancel)
    {
        var account = machine.Services.Find(instance.Record.ServiceName)?.Account ?? "LocalSystem";
        if (DomainAccounts.IsLocalSystem(account))
            return;

        var folders = await ServerFolders.ReadAsync(database, instance.Home, cancel);
        foreach (var folder in ServerFolder.All.Select(each => folders[each]).Where(each => each is { Length: > 0 }).Prepend(instance.Home))
        {
            if (!machine.Access.HasFullControl(folder!, account))
                throw new ControlledFailure($"Access to the path '{folder}' is denied.");
        }

        WebPortal.RefuseUnreserved(instance, account, await WebPortal.ReadListenPrefixesAsync(instance, database, cancel));
    }

    private static async Task RegisterNodeAsync(ServerContext server, CancellationToken cancel)
    {
        var now = server.Machine.Options.Time.GetUtcNow();
        var changed = await server.Database.ExecuteAsync(
            "UPDATE dbo.OctopusServerNode SET LastSeen = @now, JSON = @json WHERE Id = @id;",
            cancel, ("@now", now), ("@json", NodeDocument(server)), ("@id", server.Instance.NodeId));
        if (changed == 0)
        {
            await server.Database.ExecuteAsync(
                "INSERT INTO dbo.OctopusServerNode (Id, Name, MaxConcurrentTasks, IsInMaintenanceMode, LastSeen, JSON) VALUES (@id, @name, 5, 0, @now, @json);",
                cancel, ("@id", server.Instance.NodeId), ("@name", server.Instance.NodeName), ("@now", now), ("@json", NodeDocument(server)));
        }
    }

    private static string NodeDocument(ServerContext server) => new JsonObject { ["Version"] = server.Machine.Version }.ToJsonString();

    /// <summary>Off by default; where it is on, the first start on an empty Packages directory forgets every package.</summary>
    private static async Task IndexAtStartUpAsync(ServerContext server, CancellationToken cancel)
    {
        if (await server.Database.ReadDocumentAsync(ServerFolder.Packages.Document, cancel) is not { } json || (bool?)JsonNode.Parse(json)!["IndexAtStartUp"] != true)
            return;

        foreach (var space in await server.Database.QueryAsync("SELECT Id FROM dbo.[Space];", cancel))
            await ServerTasks.QueueAsync(server, ServerTasks.Reindex, "Re-index the built-in package repository at start-up", space.Text("Id"), arguments: null, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (api is not null)
            await api.DisposeAsync();
        machine.Port.Take();
        if (tasks is not null)
            await tasks.DisposeAsync();
        database?.CloseSessions();
    }
}

/// <summary>What all parts of a running Octopus Server work with.</summary>
internal sealed record ServerContext(OctopusMachine Machine, Instance Instance, OctopusDatabase Database, ServerLog Log)
{
    public TimeProvider Time => Machine.Options.Time;

    public Task<ServerFolders> ReadFoldersAsync(CancellationToken cancel) => ServerFolders.ReadAsync(Database, Instance.Home, cancel);
}

/// <summary>The server's own log, <c>Logs/OctopusServer.txt</c>: never part of a move.</summary>
internal sealed class ServerLog(string folder, TimeProvider time)
{
    private readonly Lock writing = new();

    public void Write(string line)
    {
        lock (writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(Path.Combine(folder, "OctopusServer.txt"), $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss.ffff}   INFO  {line}\n");
        }
    }
}
