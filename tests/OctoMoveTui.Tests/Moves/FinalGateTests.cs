using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

public sealed class FinalGateTests
{
    [Fact, Proves("P26", "P27")]
    public async Task Maintenance_mode_is_off_and_no_node_is_drained_because_the_server_says_so_and_the_receipt_keeps_it()
    {
        await using var move = await AMove.OnAsync();
        await AcceptADifferenceAsync(move);
        var receipt = Path.Combine(move.World.MoveFolder, "octopus-receipt.md");
        (await File.ReadAllTextAsync(receipt)).ShouldContain("still locked by maintenance mode: everything can still be taken back");

        // Somebody drains the new node again, and a proxy swallows what would put it right.
        await AWorld.AskSqlAsync<object>(move.World.NewAdminConnectionString, "UPDATE dbo.OctopusServerNode SET IsInMaintenanceMode = 1 WHERE Name = 'NEW-SERVER';");
        (await FailureAsync(move, "/api/octopusservernodes/")).What.ShouldContain("would be left drained: NEW-SERVER");
        (await AWorld.AskSqlAsync<string>(move.World.NewAdminConnectionString, "SELECT JSON FROM dbo.Configuration WHERE Id = 'maintenance';")).ShouldNotBeNull()
            .ShouldContain("true", Case.Sensitive, "until no node is drained users stay out, and all can be taken back");

        (await FailureAsync(move, "/api/maintenanceconfiguration")).What.ShouldContain("is still in maintenance mode");
        move.Person = new APerson();
        (await move.RunAsync(until: "leave-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Proof && each.Text.StartsWith("No node of the new server is left drained", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(receipt)).ShouldContain("Maintenance mode was off, as the server itself said, and no node of it was left drained");

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await ShouldBeCompleteAsync(move, receipt);
        move.ShouldHaveWrittenNoSecret();
        await move.ShouldHaveMovedAsync();
    }

    // A project more than before: a failure, then a question, and when that is answered no hindrance any more.
    private static async Task AcceptADifferenceAsync(AMove move)
    {
        (await move.RunAsync(until: "reindex-packages")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.New.AnswerInstead = call => call.Path == "/api/serverstatus/counts"
            ? new ApiAnswer(200, "{\"Project\":{\"Projects\":6,\"Releases\":20,\"Deployments\":41},\"Library\":{\"Packages\":19}}") : null;
        (await move.RunAsync(until: "verify-new-server")).Failure.ShouldNotBeNull().What.ShouldBe("Project.Projects: 5 before, 6 now (1 more).");
        (await move.RunAsync(until: "verify-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.New.AnswerInstead = null;
        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().NeedsPerson.ShouldBeTrue();
    }

    // Each thing that was proven is there to be kept, and what is left to do.
    private static async Task ShouldBeCompleteAsync(AMove move, string receipt)
    {
        var text = await File.ReadAllTextAsync(receipt);
        text.ShouldContain("The move is done");
        text.ShouldContain("| Before the outage, against the old database | opened, ");
        text.ShouldContain("| After the restore, with the key that the new instance holds | opened, ");
        text.ShouldContain("| equal | The installation id | ");
        text.ShouldContain("| good | The node that answers | OLD-SERVER | NEW-SERVER | ");
        text.ShouldContain("| equal | Project.Releases | 20 | 20 |");
        text.ShouldContain("| note | Project.Projects | 5 | 6 | Project.Projects: 5 before, 6 now (1 more): accepted by somebody who typed the instance's name. |");
        text.ShouldContain("| note | Project.Deployments | 40 | 41 | ");
        text.ShouldContain("| note | Library.Packages | 20 | 19 | ");
        text.ShouldContain("| note | Global.Users | 4 |  | Global.Users: the new server does not count them. |");
        text.ShouldContain("| equal | Artifact Artifacts-");
        text.ShouldContain("| equal | Package ");
        text.ShouldContain("| equal | Log of ServerTasks-");
        text.ShouldContain("| good | Health of the cluster | ");
        text.ShouldContain("| good | The server's own check of its database | ");
        text.ShouldContain("## What remains");
        text.ShouldContain("DNS");
        text.ShouldNotContain("DIFFERS");
        Directory.EnumerateFiles(move.World.MoveFolder, "*.part").ShouldBeEmpty();

        var stock = MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId("take-stock")).Fact.ShouldBeOfType<StockTaken>();
        stock.Samples.Select(each => each.Content.Kind).ShouldBe(Enum.GetValues<Engine.Octopus.ContentKind>());
        var json = System.Text.Json.JsonSerializer.Deserialize<OctopusReceipt>(await File.ReadAllTextAsync(Path.ChangeExtension(receipt, ".json")), MoveJson.Indented).ShouldNotBeNull();
        json.Keys.Count.ShouldBe(2);
        json.Keys.ShouldAllBe(each => each.Fit >= 3 && each.Fit == each.Tried && each.Thumbprint.Length == 40);
    }

    private static async Task<FailureReport> FailureAsync(AMove move, string swallowed)
    {
        move.World.New.AnswerInstead = call => call.Method == "PUT" && call.Path.StartsWith(swallowed, StringComparison.Ordinal) ? new ApiAnswer(200, "{}") : null;
        var ended = await move.RunAsync(until: "leave-maintenance-mode");
        move.World.New.AnswerInstead = null;
        return ended.Failure.ShouldNotBeNull(move.Person.Story);
    }
}
