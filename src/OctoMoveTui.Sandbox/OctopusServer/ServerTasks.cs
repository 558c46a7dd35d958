using System.Globalization;
using System.Text.Json.Nodes;

namespace OctoMoveTui.Sandbox.OctopusServer;

/// <summary>The rows of <c>ServerTask</c>: how one comes to be and how one ends.</summary>
internal static class ServerTasks
{
    public const string Reindex = "SynchronizeBuiltInPackageRepositoryIndex";
    public const string IntegrityCheck = "SystemIntegrityCheck";

    /// <summary>One new id at a time, whoever asks.</summary>
    private static readonly SemaphoreSlim Allocating = new(1);

    public static async Task<string> QueueAsync(ServerContext server, string name, string description, string? space, JsonNode? arguments, CancellationToken cancel)
    {
        var now = server.Time.GetUtcNow();
        var id = await AllocateAsync(server.Database, cancel);
        await server.Database.ExecuteAsync(
            """
            INSERT INTO dbo.ServerTask (Id, Name, Description, QueueTime, State, HasPendingInterruptions, HasWarningsOrErrors, DurationSeconds, JSON, SpaceId)
            VALUES (@id, @name, @description, @now, 'Queued', 0, 0, 0, @json, @space);
            """,
            cancel,
            ("@id", id), ("@name", name), ("@description", description), ("@now", now), ("@space", space),
            ("@json", new JsonObject { ["Arguments"] = arguments?.DeepClone() ?? new JsonObject(), ["QueueTimeExpiry"] = now.AddDays(1).ToString("O", CultureInfo.InvariantCulture) }.ToJsonString()));
        return id;
    }

    public static Task FinishAsync(OctopusDatabase database, string id, string state, string? error, DateTimeOffset now, CancellationToken cancel) =>
        database.ExecuteAsync(
            "UPDATE dbo.ServerTask SET State = @state, ErrorMessage = @error, CompletedTime = @now WHERE Id = @id AND State IN ('Queued', 'Executing', 'Cancelling');",
            cancel, ("@state", state), ("@error", error), ("@now", now), ("@id", id));

    private static async Task<string> AllocateAsync(OctopusDatabase database, CancellationToken cancel)
    {
        await Allocating.WaitAsync(cancel);
        try
        {
            await database.ExecuteAsync("UPDATE dbo.KeyAllocation SET Allocated = Allocated + 1 WHERE CollectionName = 'ServerTasks';", cancel);
            var rows = await database.QueryAsync("SELECT Allocated FROM dbo.KeyAllocation WHERE CollectionName = 'ServerTasks';", cancel);
            return string.Create(CultureInfo.InvariantCulture, $"ServerTasks-{rows[0].Number("Allocated")}");
        }
        finally
        {
            Allocating.Release();
        }
    }
}
