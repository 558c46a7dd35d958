using OctoMoveTui.Engine.Moving;

namespace OctoMoveTui.Engine.Sql;

/// <summary>The server nodes as the database knows them, for when no API answers. Columns are chosen by their existence: they changed over the years.</summary>
public static class NodeQueries
{
    private const string Nodes = "OctopusServerNode";
    private const string Status = "OctopusServerNodeStatus";

    // A node that reported an hour less lately than the last one to report is taken for one that is switched off. Only rows are compared with
    // rows: the clocks of three machines need not agree.
    private static readonly TimeSpan LongSilent = TimeSpan.FromHours(1);

    // How the status table names the node is not documented; its id and its name are told apart by their values.
    private static readonly string[] NodeColumns = ["OctopusServerNodeId", "ServerNodeId", "NodeId", "Id", "Name"];

    /// <summary>All rows, in the order of their names; none when the database has no such table.</summary>
    public static async Task<IReadOnlyList<KnownNode>> ReadNodesAsync(this SqlSession sql, CancellationToken cancel)
    {
        var columns = await sql.QueryAsync(
            SqlScript.Text("find-node-columns"), row => (Table: row.Text("table_name"), Column: row.Text("column_name")), cancel);
        if (!Has(Nodes, "Id") || !Has(Nodes, "Name"))
            return [];

        var rows = await sql.QueryAsync(
            SqlScript.Text("read-nodes", ("cap", ColumnOrNull("MaxConcurrentTasks")), ("drain", ColumnOrNull("IsInMaintenanceMode"))),
            row => (Id: row.Text("id"), Name: row.Text("name"), Cap: row.IsNull("task_cap") ? (long?)null : row.Number("task_cap"), Drains: row.Flag("is_draining")),
            cancel);
        var sightings = await ReadSightingsAsync();
        var seen = rows.ToDictionary(each => each.Id, each => sightings.Where(sighting => Means(sighting.Node, each.Id, each.Name)).Max(sighting => sighting.LastSeen));
        var newest = seen.Values.Max();
        return [.. rows.Select(each => new KnownNode(
            each.Name, seen[each.Id], seen[each.Id] is not { } last || last >= newest - LongSilent, each.Drains) { TaskCap = each.Cap })];

        bool Has(string table, string column) => columns.Any(each => each.Table == table && each.Column == column);

        string ColumnOrNull(string column) => Has(Nodes, column) ? SqlScript.Quote(column) : "NULL";

        async Task<IReadOnlyList<(string Node, DateTimeOffset? LastSeen)>> ReadSightingsAsync()
        {
            var (table, column) = Has(Status, "LastSeen") && NodeColumns.FirstOrDefault(each => Has(Status, each)) is { } found
                ? (Status, found) : (Nodes, "Id");
            if (!Has(table, "LastSeen"))
                return [];
            return await sql.QueryAsync(
                SqlScript.Text("read-node-sightings", ("column", SqlScript.Quote(column)), ("table", $"dbo.{SqlScript.Quote(table)}")),
                row => (row.Text("node"), row.InstantOrNull("last_seen")), cancel);
        }
    }

    private static bool Means(string node, string id, string name) =>
        string.Equals(node, id, StringComparison.OrdinalIgnoreCase) || string.Equals(node, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(node, $"OctopusServerNodes-{name}", StringComparison.OrdinalIgnoreCase);
}
