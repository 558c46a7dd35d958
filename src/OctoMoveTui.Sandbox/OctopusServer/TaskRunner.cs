using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Data.SqlClient;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>A task that was executing when a world began.</summary>
/// <param name="TaskId">Its id.</param>
/// <param name="Lasts">How long it goes on once its node is drained.</param>
/// <param name="WaitsForPerson">It waits for a manual intervention instead: until its row says that none is pending any more.</param>
/// <param name="IsDeaf">It goes on when it is cancelled.</param>
internal sealed record TaskInProgress(string TaskId, TimeSpan Lasts, bool WaitsForPerson = false, bool IsDeaf = false);

/// <summary>
/// Executes what is queued, unless the node is drained or its task cap is 0; says every few seconds that the node is alive. Maintenance mode does not
/// stop it: that is what the guide's "wait for running tasks" is about.
/// </summary>
internal sealed class TaskRunner(ServerContext server) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim poke = new(0);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> executing = new(StringComparer.Ordinal);
    private readonly List<Task> work = [];
    private Task looking = Task.CompletedTask;
    private long lastHeartbeat;

    /// <summary>There is something new to look at.</summary>
    public void Poke() => poke.Release();

    /// <summary>What this node left executing when it stopped is cancelled when it returns; the tasks that a new world begins with go on.</summary>
    public async Task TakeOverAsync(IReadOnlyList<TaskInProgress> inProgress, CancellationToken cancel)
    {
        var now = server.Time.GetUtcNow();
        var left = await server.Database.QueryAsync(
            "SELECT Id FROM dbo.ServerTask WHERE State IN ('Executing', 'Cancelling') AND ServerNodeId = @node;", cancel, ("@node", server.Instance.NodeId));
        foreach (var id in left.Select(task => task.Text("Id")).Where(id => inProgress.All(task => task.TaskId != id)))
            await ServerTasks.FinishAsync(server.Database, id, "Canceled", "The task was canceled because the Octopus Server was restarted while it was executing.", now, cancel);
        foreach (var task in inProgress)
            Execute(task.TaskId, cancelled => FinishDeploymentAsync(task, task.IsDeaf ? stopping.Token : cancelled));
    }

    public void Start() => looking = LookAsync();

    /// <summary>False: it isn't executing here.</summary>
    public bool Cancel(string taskId)
    {
        if (!executing.TryGetValue(taskId, out var cancelled))
            return false;

        cancelled.Cancel();
        return true;
    }

    private async Task LookAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await BeatAsync();
                await StartQueuedAsync();
            }
            catch (SqlException e)
            {
                // The real one also logs and tries again: a database may come back.
                server.Log.Write($"ERROR {e.Message}");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
                await Task.WhenAny(poke.WaitAsync(wait.Token), Task.Delay(server.Machine.Options.Heartbeat < Look ? server.Machine.Options.Heartbeat : Look, server.Time, wait.Token));
                await wait.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task BeatAsync()
    {
        if (lastHeartbeat != 0 && server.Time.GetElapsedTime(lastHeartbeat) < server.Machine.Options.Heartbeat)
            return;

        await server.Database.ExecuteAsync("UPDATE dbo.OctopusServerNode SET LastSeen = @now WHERE Id = @id;", stopping.Token, ("@now", server.Time.GetUtcNow()), ("@id", server.Instance.NodeId));
        lastHeartbeat = server.Time.GetTimestamp();
    }

    private async Task StartQueuedAsync()
    {
        var now = server.Time.GetUtcNow();
        var queued = await server.Database.QueryAsync(
            "SELECT Id, Name, SpaceId, QueueTime, JSON FROM dbo.ServerTask WHERE State = 'Queued' ORDER BY QueueTime;", stopping.Token);
        var blocked = queued.Count == 0 ? [] : await BlockedAsync();
        var due = queued.Where(task => task.Instant("QueueTime") <= now && (TagOf(task) is not { } tag || !blocked.Contains(tag))).ToArray();
        if (due.Length == 0)
            return;

        var node = await server.Database.FindAsync("SELECT IsInMaintenanceMode, MaxConcurrentTasks FROM dbo.OctopusServerNode WHERE Id = @id;", stopping.Token, ("@id", server.Instance.NodeId));
        if (node is null || node.Flag("IsInMaintenanceMode"))
            return;

        foreach (var task in due.Take(Math.Max(0, node.Number("MaxConcurrentTasks") - executing.Count)))
        {
            var (id, name, space) = (task.Text("Id"), task.Text("Name"), task.TextOrNull("SpaceId"));
            var taken = await server.Database.ExecuteAsync(
                "UPDATE dbo.ServerTask SET State = 'Executing', StartTime = @now, ServerNodeId = @node WHERE Id = @id AND State = 'Queued';",
                stopping.Token, ("@now", now), ("@node", server.Instance.NodeId), ("@id", id));
            if (taken == 1)
                Execute(id, cancelled => RunAsync(id, name, space, cancelled));
        }
    }

    // Of one project and environment one deployment executes at a time.
    private async Task<HashSet<string>> BlockedAsync() =>
        [.. (await server.Database.QueryAsync("SELECT JSON FROM dbo.ServerTask WHERE State IN ('Executing', 'Cancelling');", stopping.Token)).Select(TagOf).OfType<string>()];

    private static string? TagOf(Row task) => (string?)JsonNode.Parse(task.Text("JSON"))!["ConcurrencyTag"];

    private void Execute(string id, Func<CancellationToken, Task> run)
    {
        var cancelled = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        executing[id] = cancelled;
        lock (work)
            work.Add(Task.Run(() => ExecuteAsync(id, run, cancelled)));
    }

    private async Task ExecuteAsync(string id, Func<CancellationToken, Task> run, CancellationTokenSource cancelled)
    {
        try
        {
            await run(cancelled.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stays "Executing" in the database: the next start of this node finds and cancels it.
        }
        catch (OperationCanceledException)
        {
            await ServerTasks.FinishAsync(server.Database, id, "Canceled", "The task was canceled by a person.", server.Time.GetUtcNow(), stopping.Token);
        }
        catch (Exception e) when (e is SqlException or IOException or UnauthorizedAccessException)
        {
            server.Log.Write($"ERROR {id}: {e.Message}");
            try
            {
                await ServerTasks.FinishAsync(server.Database, id, "Failed", e.Message, server.Time.GetUtcNow(), stopping.Token);
            }
            catch (Exception again) when (again is SqlException or OperationCanceledException)
            {
                // The database won't take it; the log above has it.
            }
        }
        finally
        {
            executing.TryRemove(id, out _);
            cancelled.Dispose();
        }
    }

    private async Task RunAsync(string id, string name, string? space, CancellationToken cancel)
    {
        await LogAsync(id, space, $"Task {name} started on {server.Instance.NodeName}", cancel);
        if (name == ServerTasks.Reindex)
        {
            await Task.Delay(server.Machine.Options.ReindexLasts, server.Time, cancel);
            var (added, removed) = await PackageIndex.SynchronizeAsync(server, space, cancel);
            await LogAsync(id, space, $"{added} packages were added to the index, {removed} were removed", cancel);
        }

        if (name == ServerTasks.IntegrityCheck && await FindMissingTablesAsync(cancel) is { Count: > 0 } missing)
        {
            var error = $"The database schema is not as expected. Missing tables: {string.Join(", ", missing)}";
            await LogAsync(id, space, error, cancel);
            await ServerTasks.FinishAsync(server.Database, id, "Failed", error, server.Time.GetUtcNow(), cancel);
            return;
        }

        await LogAsync(id, space, "The task completed successfully", cancel);
        await ServerTasks.FinishAsync(server.Database, id, "Success", null, server.Time.GetUtcNow(), cancel);
    }

    private async Task<IReadOnlyList<string>> FindMissingTablesAsync(CancellationToken cancel)
    {
        var there = (await server.Database.QueryAsync("SELECT name FROM sys.tables;", cancel)).Select(row => row.Text("name"));
        return [.. World.DatabaseSchema.Tables.Except(there, StringComparer.OrdinalIgnoreCase)];
    }

    // Whoever comes to this world, however late, finds the deployment executing: its end comes so long after the node was drained.
    private async Task FinishDeploymentAsync(TaskInProgress inProgress, CancellationToken cancel)
    {
        var (id, lasts) = (inProgress.TaskId, inProgress.Lasts);
        while (inProgress.WaitsForPerson ? await WaitsForPersonAsync(id, cancel) : lasts > TimeSpan.Zero && !await IsDrainedAsync(cancel))
            await Task.Delay(Look, server.Time, cancel);
        await Task.Delay(lasts, server.Time, cancel);
        var task = await server.Database.FindAsync("SELECT SpaceId FROM dbo.ServerTask WHERE Id = @id;", cancel, ("@id", id));
        await LogAsync(id, task?.TextOrNull("SpaceId"), "Deployment completed: The task completed successfully", cancel);
        await ServerTasks.FinishAsync(server.Database, id, "Success", null, server.Time.GetUtcNow(), cancel);
    }

    private async Task<bool> WaitsForPersonAsync(string id, CancellationToken cancel) =>
        await server.Database.FindAsync("SELECT HasPendingInterruptions FROM dbo.ServerTask WHERE Id = @id;", cancel, ("@id", id)) is { } task
        && task.Flag("HasPendingInterruptions");

    private async Task<bool> IsDrainedAsync(CancellationToken cancel) =>
        await server.Database.FindAsync(
            "SELECT IsInMaintenanceMode FROM dbo.OctopusServerNode WHERE Id = @id;", cancel, ("@id", server.Instance.NodeId)) is { } node
        && node.Flag("IsInMaintenanceMode");

    private async Task LogAsync(string id, string? space, string line, CancellationToken cancel)
    {
        var folders = await server.ReadFoldersAsync(cancel);
        var file = ServerFolders.TaskLogFile(folders[ServerFolder.TaskLogs], space, id);
        if (!server.Machine.Sees(file))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.AppendAllTextAsync(file, $"{server.Time.GetUtcNow():HH:mm:ss}   Info     |   {line}\n", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await looking;
        Task[] all;
        lock (work)
            all = [.. work];
        await Task.WhenAll(all);
        stopping.Dispose();
        poke.Dispose();
    }
}
