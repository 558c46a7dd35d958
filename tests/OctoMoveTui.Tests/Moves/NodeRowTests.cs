using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The list of nodes after a move: who stays on it, under which name, and that all that stay take tasks.</summary>
public sealed class NodeRowTests
{
    [Fact]
    [Proves("P8")]
    public async Task Old_rows_are_removed_stale_ones_when_their_name_is_typed_and_none_that_lives_and_the_licence_is_watched()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { LicensedNodes = 1 });
        foreach (var ghost in new[] { "GHOST", "SPECTRE" })
        {
            await SqlAsync(move.World.OldAdminConnectionString,
                $"INSERT dbo.OctopusServerNode VALUES ('OctopusServerNodes-{ghost}', '{ghost}', 5, 0, '2024-03-01T12:00:00+00:00', '{{}}');");
        }

        (await move.RunAsync(until: "leave-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var licence = move.Person.Events.OfType<CheckMade>().First(each => each.Id == "C2");
        licence.Verdict.ShouldBe(Verdict.Warn);
        licence.Finding.ShouldStartWith("The licence allows 1 node. Until retire-old-server removes the old rows there are 4: ");
        licence.Advice[0].ShouldContain("Your Octopus Deploy license only allows 1 active nodes. You currently have 4 active nodes.");
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.StartsWith("The licence allows 1 node, and 4 are on the list", StringComparison.Ordinal));

        // Somebody attached the old node to the new database.
        await SqlAsync(move.World.NewAdminConnectionString, "UPDATE dbo.OctopusServerNode SET LastSeen = '2099-01-01T00:00:00+00:00' WHERE Name = 'OLD-SERVER';");
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.ChangedBehindOurBack);
        failure.What.ShouldStartWith("The old node OLD-SERVER works on the new database");
        (await NodesAsync(move)).ShouldBe(["GHOST", "NEW-SERVER", "OLD-SERVER", "SPECTRE"]);

        await SqlAsync(move.World.NewAdminConnectionString, "UPDATE dbo.OctopusServerNode SET LastSeen = '2026-01-01T00:00:00+00:00' WHERE Name = 'OLD-SERVER';");
        move.Person.Answers = question => question switch
        {
            TypeName { Name: "GHOST" } => new Typed("GHOST"),
            TypeName { MaySkip: true } => new Skip(),
            _ => null,
        };
        var ended = await move.RunAsync();
        ended.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Questions.OfType<TypeName>().Single(each => each.Name == "GHOST").Consequence.ShouldContain("last seen 2024-03-01");
        (await NodesAsync(move)).ShouldBe(["NEW-SERVER", "SPECTRE"]);
        ended.Sentence.ShouldContain("Remove SPECTRE in Configuration > Nodes");
    }

    [Fact]
    [Proves("P27")]
    public async Task A_node_that_takes_over_an_old_name_keeps_its_row_and_is_not_left_drained()
    {
        await using var move = await AMove.OnAsync();
        await SqlAsync(move.World.OldAdminConnectionString, "UPDATE dbo.OctopusServerNode SET MaxConcurrentTasks = 17 WHERE Name = 'OLD-SERVER';");
        move.Settings.New.NodeName = "OLD-SERVER";

        // A colleague drains it once more at the last moment: then the step is not done.
        move.Person.On = happening =>
        {
            if (happening is StepChanged { Step.Word: "leave-maintenance-mode", State: StepState.Verifying })
                SqlAsync(move.World.NewAdminConnectionString, "UPDATE dbo.OctopusServerNode SET IsInMaintenanceMode = 1;").GetAwaiter().GetResult();
        };
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.What.ShouldContain("would be left drained: OLD-SERVER");

        await SqlAsync(move.World.NewAdminConnectionString, "UPDATE dbo.OctopusServerNode SET IsInMaintenanceMode = 0;");
        move.Person.On = _ => { };
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<CheckMade>().First(each => each.Id == "C3").Finding.ShouldContain("takes over that node's row");
        move.World.New.Calls.ShouldContain(each => each.Arguments.Contains("--serverNodeName=OLD-SERVER"));
        (await NodesAsync(move)).ShouldBe(["OLD-SERVER"]);
        (await NodesAsync(move, "MaxConcurrentTasks = 17 AND IsInMaintenanceMode = 0")).ShouldBe(["OLD-SERVER"]);
    }

    private static async Task<IReadOnlyList<string>> NodesAsync(AMove move, string where = "1 = 1") =>
        await SqlAsync(move.World.NewAdminConnectionString, $"SELECT Name FROM dbo.OctopusServerNode WHERE {where} ORDER BY Name");

    private static async Task<IReadOnlyList<string>> SqlAsync(string connectionString, string text)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
