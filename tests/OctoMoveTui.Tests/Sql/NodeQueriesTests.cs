using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Tests.SqlServer;

namespace OctoMoveTui.Tests.Sql;

/// <summary>The node tables of three ages of Octopus Server.</summary>
public sealed class NodeQueriesTests
{
    [Theory]
    [InlineData("""
        CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, MaxConcurrentTasks int NOT NULL, IsInMaintenanceMode bit NOT NULL, LastSeen datetimeoffset NULL, JSON nvarchar(max) NOT NULL);
        INSERT OctopusServerNode VALUES ('OctopusServerNodes-A', 'A', 5, 1, '2026-05-01T10:00:00+02:00', '{}'), ('OctopusServerNodes-B', 'B', 3, 0, '2024-01-01T00:00:00+00:00', '{}');
        """)]
    [InlineData("""
        CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, MaxConcurrentTasks int NOT NULL, IsInMaintenanceMode bit NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.OctopusServerNodeStatus (OctopusServerNodeId nvarchar(250) NOT NULL PRIMARY KEY, LastSeen datetimeoffset NOT NULL);
        INSERT OctopusServerNode VALUES ('OctopusServerNodes-A', 'A', 5, 1, '{}'), ('OctopusServerNodes-B', 'B', 3, 0, '{}');
        INSERT OctopusServerNodeStatus VALUES ('OctopusServerNodes-A', '2026-05-01T08:00:00+00:00'), ('OctopusServerNodes-B', '2024-01-01T00:00:00+00:00');
        """)]
    [InlineData("""
        CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL, MaxConcurrentTasks int NOT NULL, IsInMaintenanceMode bit NOT NULL, JSON nvarchar(max) NOT NULL);
        CREATE TABLE dbo.OctopusServerNodeStatus (Id int NOT NULL PRIMARY KEY, NodeId nvarchar(250) NOT NULL, LastSeen datetime NOT NULL);
        INSERT OctopusServerNode VALUES ('OctopusServerNodes-A', 'A', 5, 1, '{}'), ('OctopusServerNodes-B', 'B', 3, 0, '{}');
        INSERT OctopusServerNodeStatus VALUES (1, 'A', '2026-05-01T08:00:00'), (2, 'B', '2024-01-01T00:00:00');
        """)]
    public async Task The_nodes_are_read_from_whatever_columns_there_are(string tables)
    {
        var nodes = await ReadAsync(tables);

        nodes.Select(each => each.Name).ShouldBe(["A", "B"]);
        nodes.Select(each => each.LastSeen).ShouldBe([new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)]);
        nodes.Select(each => each.IsOnline).ShouldBe([true, false], "the other has not reported for two years");
        nodes.Select(each => each.IsDraining).ShouldBe([true, false]);
        nodes.Select(each => each.TaskCap).ShouldBe([5L, 3L]);
    }

    [Fact]
    public async Task A_node_whose_reports_are_not_kept_counts_as_online() =>
        (await ReadAsync("CREATE TABLE dbo.OctopusServerNode (Id nvarchar(250) NOT NULL PRIMARY KEY, Name nvarchar(200) NOT NULL); INSERT OctopusServerNode VALUES ('OctopusServerNodes-A', 'A');"))
            .ShouldBe([new Engine.Moving.KnownNode("A", null, IsOnline: true, IsDraining: false)]);

    [Fact]
    public async Task A_database_without_such_a_table_has_no_nodes() => (await ReadAsync("CREATE TABLE dbo.Other (Id int NOT NULL);")).ShouldBeEmpty();

    private static async Task<IReadOnlyList<Engine.Moving.KnownNode>> ReadAsync(string tables)
    {
        await using var server = await ASqlServer.WithDatabaseAsync();
        await using (var connection = await server.OpenAsync("Octopus"))
            await connection.ExecuteAsync(tables);
        await using var session = await new Engine.Sql.SqlServer(server.ConnectionString("Octopus"), _ => { }, () => { }).OpenAsync("Octopus", default);
        return await session.ReadNodesAsync(default);
    }
}
