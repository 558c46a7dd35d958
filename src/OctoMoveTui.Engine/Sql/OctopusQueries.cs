using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// What the database of Octopus says where its API can't be asked. Which columns a table has differs between versions: only those that exist are
/// selected.
/// </summary>
internal static class OctopusQueries
{
    /// <summary>What stands for the one space of servers before 2019.1, which know none.</summary>
    internal static readonly OctopusSpace OnlySpace = new("Spaces-1", "Default");

    /// <summary>The columns of a table; empty when there is no such table.</summary>
    internal static async Task<IReadOnlySet<string>> ListColumnsAsync(this SqlSession sql, string table, CancellationToken cancel) =>
        (await sql.QueryAsync(SqlScript.Text("list-columns"), row => row.Text("column_name"), cancel, ("@name", table))).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tasks that are queued, executing or cancelling, in all spaces.</summary>
    internal static async Task<IReadOnlyList<RunningTask>> ListTasksAsync(this SqlSession sql, CancellationToken cancel)
    {
        var columns = await sql.ListColumnsAsync("ServerTask", cancel);
        var text = SqlScript.Text(
            "list-tasks", ("waits", Of(columns, "HasPendingInterruptions")), ("node", Of(columns, "ServerNodeId", "ServerNode")), ("space", Of(columns, "SpaceId")),
            ("details", Of(columns, "JSON")));
        return await sql.QueryAsync(text, row => new RunningTask(
            row.Text("id"), row.Text("description"), row.Text("state"), row.TextOrNull("space"), row.InstantOrNull("started"), row.Flag("waits"))
        {
            Name = row.Text("name"),
            Node = row.TextOrNull("node"),
            Queued = row.InstantOrNull("queued"),
            Expires = ExpiryIn(row.Text("details")),
        }, cancel);
    }

    /// <summary>State and error message of a task, or null when there is no such task.</summary>
    internal static async Task<(string State, string Error)?> FindTaskAsync(this SqlSession sql, string id, CancellationToken cancel) =>
        await sql.QueryAsync(SqlScript.Text("find-task"), row => (row.Text("state"), row.Text("error")), cancel, ("@id", id)) is [var found, ..] ? found : null;

    /// <summary>The id of the last task of that kind in a space, or null.</summary>
    internal static async Task<string?> FindNewestTaskAsync(this SqlSession sql, string name, string space, CancellationToken cancel) =>
        await sql.FirstAsync(
            SqlScript.Text("find-newest-task", ("space", SpaceOf(await sql.ListColumnsAsync("ServerTask", cancel)))), row => row.Text("id"), cancel, ("@name", name), ("@space", space));

    /// <summary>The spaces.</summary>
    internal static async Task<IReadOnlyList<OctopusSpace>> ListSpacesAsync(this SqlSession sql, CancellationToken cancel) =>
        (await sql.ListColumnsAsync("Space", cancel)).Count == 0 ? [OnlySpace]
            : await sql.QueryAsync(SqlScript.Text("list-spaces"), row => new OctopusSpace(row.Text("id"), row.Text("name")), cancel);

    /// <summary>How many packages the built-in repository of a space lists.</summary>
    internal static Task<long> CountPackagesAsync(this SqlSession sql, string space, CancellationToken cancel) => sql.CountAsync("count-packages", "NuGetPackage", space, cancel);

    /// <summary>How many deployment targets of a space poll the server.</summary>
    internal static Task<long> CountPollingTentaclesAsync(this SqlSession sql, string space, CancellationToken cancel) =>
        sql.CountAsync("count-polling-tentacles", "Machine", space, cancel);

    private static async Task<long> CountAsync(this SqlSession sql, string script, string table, string space, CancellationToken cancel)
    {
        var columns = await sql.ListColumnsAsync(table, cancel);
        return columns.Count == 0 ? 0
            : (await sql.QueryAsync(SqlScript.Text(script, ("space", SpaceOf(columns))), row => row.Number("found"), cancel, ("@space", space)))[0];
    }

    private static string Of(IReadOnlySet<string> columns, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (columns.Contains(name))
                return "t." + SqlScript.Quote(name);
        }

        return "NULL";
    }

    private static string SpaceOf(IReadOnlySet<string> columns) => columns.Contains("SpaceId") ? "t.[SpaceId]" : $"N'{OnlySpace.Id}'";

    private static DateTimeOffset? ExpiryIn(string details)
    {
        using var document = LenientJson.Find(details);
        return document?.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("QueueTimeExpiry", out var expiry)
            && expiry.ValueKind == JsonValueKind.String && expiry.TryGetDateTimeOffset(out var moment) ? moment : null;
    }
}
