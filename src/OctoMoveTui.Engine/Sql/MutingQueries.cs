using System.Text.Json;
using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Sql;

/// <summary>
/// What makes a copy of an Octopus database mute: the list of the guide "creating a test instance", and, which that leaves out, the tasks that were
/// queued or at work when the backup was taken: a server takes them up within seconds of its start. Which of the tables there are depends on the
/// version; only those that exist, with the column that is meant, are written.
/// </summary>
internal static class MutingQueries
{
    // The child before its parent.
    private static readonly string[] OfNodes = ["OctopusServerNodeStatus", "OctopusServerNode"];

    private static readonly string[] CanBeDisabled = ["Subscription", "ProjectTrigger", "Machine", "Worker"];

    private const string Extensions = "ExtensionConfiguration";
    private const string Tasks = "ServerTask";
    private const string Installation = "upgradeavailability";

    /// <summary>All that may be run, for a person to read.</summary>
    internal static string Shown { get; } = Text(
        [.. CanBeDisabled.Select(Disable), .. OfNodes.Select(Delete), SqlScript.Text("cancel-tasks-of-copy"),
            SqlScript.Text("delete-connected-extensions"), SqlScript.Text("write-configuration-document")]);

    /// <summary>Runs what this database needs, in one transaction. What was muted before stays so.</summary>
    /// <param name="session">A session in the scratch database.</param>
    /// <param name="oldInstallation">The installation id of the original: a copy that has another already keeps it.</param>
    /// <param name="cancel">The person stops.</param>
    internal static async Task MuteAsync(this SqlSession session, string oldInstallation, CancellationToken cancel)
    {
        var statements = (await ListAsync(session, CanBeDisabled, "IsDisabled", cancel)).Select(Disable)
            .Concat((await ListAsync(session, OfNodes, null, cancel)).Select(Delete)).ToList();
        if ((await session.ListColumnsAsync(Tasks, cancel)).Contains("State"))
            statements.Add(SqlScript.Text("cancel-tasks-of-copy"));
        if ((await session.ListColumnsAsync(Extensions, cancel)).Contains("Id"))
            statements.Add(SqlScript.Text("delete-connected-extensions"));
        var parameters = new List<(string, object?)>();
        if (await FindInstallationAsync(session, cancel) is var (document, id) && (id.Length == 0 || IsSame(id, oldInstallation)))
        {
            document["InstallationId"] = Guid.NewGuid().ToString();
            statements.Add(SqlScript.Text("write-configuration-document"));
            parameters.AddRange([("@id", Installation), ("@document", document.ToJsonString())]);
        }

        await session.ExecuteAsync(Text(statements), cancel, [.. parameters]);
    }

    /// <summary>What could still act, in words; none when the database is mute.</summary>
    /// <param name="session">A session in the scratch database.</param>
    /// <param name="oldInstallation">The installation id of the original.</param>
    /// <param name="withNodes">True before anything of the new server can have written a node or a task of its own.</param>
    /// <param name="cancel">The person stops.</param>
    internal static async Task<IReadOnlyList<string>> FindAwakeAsync(
        this SqlSession session, string oldInstallation, bool withNodes, CancellationToken cancel)
    {
        var awake = new List<string>();
        foreach (var table in await ListAsync(session, CanBeDisabled, "IsDisabled", cancel))
            await AddAsync(SqlScript.Text("count-enabled", ("table", Name(table))), rows => RehearsalWords.Enabled(table, rows));
        foreach (var table in withNodes ? await ListAsync(session, OfNodes, null, cancel) : [])
            await AddAsync(SqlScript.Text("count-rows", ("table", Name(table))), rows => RehearsalWords.Left(table, rows));
        if (withNodes && (await session.ListColumnsAsync(Tasks, cancel)).Contains("State"))
            await AddAsync(SqlScript.Text("count-tasks-of-copy"), RehearsalWords.TasksLeft);
        if ((await session.ListColumnsAsync(Extensions, cancel)).Contains("Id"))
            await AddAsync(SqlScript.Text("count-connected-extensions"), rows => RehearsalWords.Left(Extensions, rows));
        if (await FindInstallationAsync(session, cancel) is var (_, id) && IsSame(id, oldInstallation))
            awake.Add(RehearsalWords.KeptInstallation(id));
        return awake;

        async Task AddAsync(string text, Func<long, string> words)
        {
            if ((await session.QueryAtLeisureAsync(text, row => row.Number("row_count"), cancel)).Single() is var rows and > 0)
                awake.Add(words(rows));
        }
    }

    /// <summary>The installation id that the database holds; null when it holds none where it is looked for.</summary>
    internal static async Task<string?> FindInstallationIdAsync(this SqlSession session, CancellationToken cancel) =>
        (await FindInstallationAsync(session, cancel))?.Id;

    private static async Task<(JsonObject Document, string Id)?> FindInstallationAsync(SqlSession session, CancellationToken cancel)
    {
        var text = await session.FirstAsync(SqlScript.Text("read-configuration-document"), row => row.TextOrNull("document") ?? "", cancel, ("@id", Installation));
        try
        {
            return text is { Length: > 0 } && JsonNode.Parse(text) is JsonObject document ? (document, document["InstallationId"]?.ToString() ?? "") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>> ListAsync(SqlSession session, IEnumerable<string> tables, string? column, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var table in tables)
        {
            var columns = await session.ListColumnsAsync(table, cancel);
            if (column is null ? columns.Count > 0 : columns.Contains(column))
                found.Add(table);
        }

        return found;
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Text(IEnumerable<string> statements) =>
        SqlScript.Text("mute-database", ("statements", string.Join('\n', statements.Select(each => SqlScript.Readable(each)))));

    private static string Disable(string table) => SqlScript.Text("disable-rows", ("table", Name(table)));

    private static string Delete(string table) => SqlScript.Text("delete-rows", ("table", Name(table)));

    private static string Name(string table) => $"[dbo].{SqlScript.Quote(table)}";
}
