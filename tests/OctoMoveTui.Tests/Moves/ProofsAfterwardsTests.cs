using System.Text.Json.Nodes;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The last gate before users come in: the new server as it would look with each of the faults that nobody finds before Monday.</summary>
public sealed class ProofsAfterwardsTests(ReindexedMove shared) : IClassFixture<ReindexedMove>
{
    private AMove Move => shared.Move;

    [Fact, Proves("P10")]
    public async Task An_artifact_that_is_not_where_the_new_server_looks()
    {
        var file = Sample(ContentKind.Artifact, out var sample);
        File.Move(file, file + ".away");
        try
        {
            var failure = await FailureAsync();
            failure.Cause.ShouldBe(FailureCause.Differs);
            failure.What.ShouldContain($"does not have artifact {sample.Content.Id}");
            failure.ToDo.ShouldContain(each => each.Contains("everything can be taken back", StringComparison.Ordinal));
            Receipt().ShouldContain("The new server is NOT what the old one was");
            Receipt().ShouldContain($"| DIFFERS | Artifact {sample.Content.Id}");
        }
        finally
        {
            File.Move(file + ".away", file);
        }
    }

    [Fact, Proves("P10")]
    public async Task A_package_of_another_content()
    {
        var file = Sample(ContentKind.Package, out var sample);
        var content = await File.ReadAllBytesAsync(file);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        try
        {
            (await FailureAsync()).What.ShouldContain($"another content for package {sample.Content.Name}");
        }
        finally
        {
            content[^1] ^= 1;
            await File.WriteAllBytesAsync(file, content);
        }
    }

    [Fact, Proves("P10")]
    public async Task A_task_log_that_is_gone()
    {
        Stock.Samples.ShouldContain(each => each.Content.Kind == ContentKind.TaskLog);
        var failure = await FailureAsync(call => call.Path.EndsWith("/raw", StringComparison.Ordinal) && call.Path.Contains("/tasks/", StringComparison.Ordinal) ? new ApiAnswer(404, "{}") : null);
        failure.What.ShouldContain("does not have the log of");
    }

    [Fact]
    public async Task A_count_that_is_off_by_one_is_told_by_kind_and_only_a_person_lets_exactly_that_pass()
    {
        await SqlAsync("DELETE FROM dbo.Release WHERE Id = 'Releases-20';");
        try
        {
            var failure = await FailureAsync();
            failure.What.ShouldBe("Project.Releases: 20 before, 19 now (1 fewer).");
            failure.Why.ShouldContain("retention");

            Move.Person = new APerson { Answers = question => question is TypeName ? new StopHere() : null };
            (await Move.RunAsync(until: "verify-new-server")).Outcome.ShouldBe(MoveOutcome.Stopped, Move.Person.Story);
            var asked = Move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem();
            asked.NeedsPerson.ShouldBeTrue();
            asked.Consequence.ShouldContain("Project.Releases: 20 before, 19 now (1 fewer)");

            // Another difference than the one that was told is a failure again, not a question.
            await SqlAsync("DELETE FROM dbo.Release WHERE Id = 'Releases-19';");
            (await FailureAsync()).What.ShouldContain("18 now (2 fewer)");
        }
        finally
        {
            await SqlAsync("""
                INSERT INTO dbo.Release (Id, Version, ProjectId, Assembled, SpaceId, JSON) VALUES
                ('Releases-19', '2.9.0', 'Projects-5', SYSDATETIMEOFFSET(), 'Spaces-1', '{}'), ('Releases-20', '3.0.0', 'Projects-1', SYSDATETIMEOFFSET(), 'Spaces-1', '{}');
                """);
        }
    }

    [Fact]
    public async Task A_server_that_says_that_it_is_not_normal_is_quoted()
    {
        var failure = await FailureAsync(Health("The message bus is down"));
        failure.What.ShouldContain("does not operate normally: \"The message bus is down\" (it gave no reason)");
    }

    [Fact]
    public async Task A_check_of_the_database_that_fails()
    {
        await SqlAsync("DROP TABLE dbo.Mutex;");
        try
        {
            var failure = await FailureAsync();
            failure.What.ShouldContain("check of its database ended as Failed");
            failure.Raw.ShouldNotBeNull().ShouldContain("Missing tables: Mutex");
        }
        finally
        {
            await SqlAsync("CREATE TABLE dbo.Mutex (Id nvarchar(450) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);");
        }
    }

    [Fact, Proves("P7")]
    public async Task The_old_server_that_answers_under_the_new_address()
    {
        var old = new JsonObject { ["Version"] = Move.World.Old.Version, ["InstallationId"] = Checked.InstallationId }.ToJsonString();
        var failure = await FailureAsync(call => call.Path == "/api" ? new ApiAnswer(200, old) { Node = "OLD-SERVER" } : null);

        failure.What.ShouldContain("the old server answers: node OLD-SERVER");
        Receipt().ShouldNotContain("## Counts", Case.Sensitive, "of another server nothing else is worth comparing");
    }

    [Fact, Proves("P30")]
    public async Task An_installation_id_that_changed()
    {
        var other = new JsonObject { ["Version"] = Move.World.Old.Version, ["InstallationId"] = "another" }.ToJsonString();
        (await FailureAsync(call => call.Path == "/api" ? new ApiAnswer(200, other) : null)).What.ShouldContain("The installation id differs: another on the new server");
    }

    [Fact, Proves("P30")]
    public async Task What_a_version_can_not_tell_and_what_has_a_reason_is_told_and_stops_nothing()
    {
        // The missing log alone fails, so that the move stays where it is.
        var failure = await FailureAsync(
            call => call.Path == "/api/serverstatus" ? new ApiAnswer(200, "{\"IsInMaintenanceMode\":true,\"IsPotentialClone\":true}") : null,
            call => call.Path == "/api/serverstatus/counts" ? new ApiAnswer(404, "{}") : null,
            call => call.Body.Contains("SystemIntegrityCheck", StringComparison.Ordinal) ? new ApiAnswer(400, "{\"ErrorMessage\":\"The task name is not known.\"}") : null,
            Health("Too many nodes", "IsCompliantWithLicense", false),
            call => call.Path.Contains("/artifacts/", StringComparison.Ordinal) ? new ApiAnswer(404, "{}") : null);

        failure.What.ShouldContain("does not have artifact");
        failure.What.ShouldNotContain("(2)", Case.Sensitive, "nothing else fails");
        var told = Move.Person.Events.OfType<Logged>().Where(each => each.Kind == LogKind.Warning).Select(each => each.Text).ToList();
        told.ShouldContain(each => each.Contains("IsPotentialClone", StringComparison.Ordinal) && each.Contains(Checked.InstallationId, StringComparison.Ordinal));
        told.ShouldContain(each => each.Contains("\"The task name is not known.\"", StringComparison.Ordinal));
        told.ShouldContain(each => each.Contains("the old server's node counts until retire-old-server removes it", StringComparison.Ordinal));
        told.ShouldContain(each => each.StartsWith("dbo.ServerTask: ", StringComparison.Ordinal) && each.Contains("system tasks of its own", StringComparison.Ordinal));

        var receipt = Receipt();
        receipt.ShouldContain("| equal | dbo.SchemaVersions | 120 | 120 |");
        receipt.ShouldContain("| note | Takes itself for a copy |");
    }

    [Fact]
    public async Task A_node_that_is_drained_until_users_come_in_is_waited_for_by_nothing()
    {
        await SqlAsync("UPDATE dbo.OctopusServerNode SET IsInMaintenanceMode = 1 WHERE Name = 'NEW-SERVER';");
        try
        {
            var failure = await FailureAsync(call => call.Path.Contains("/artifacts/", StringComparison.Ordinal) ? new ApiAnswer(404, "{}") : null);
            failure.What.ShouldStartWith("The new server at", Case.Sensitive, "only the artifact fails");

            var told = Move.Person.Events.OfType<Logged>().Where(each => each.Kind == LogKind.Warning).Select(each => each.Text).ToList();
            told.ShouldContain(each => each.StartsWith("Node NEW-SERVER is drained and takes no tasks yet", StringComparison.Ordinal));
            told.ShouldContain(each => each.Contains("\"All nodes are draining tasks\"", StringComparison.Ordinal));
            told.ShouldContain(each => each.StartsWith("The server did not check its database itself", StringComparison.Ordinal));
        }
        finally
        {
            await SqlAsync("UPDATE dbo.OctopusServerNode SET IsInMaintenanceMode = 0 WHERE Name = 'NEW-SERVER';");
        }
    }

    [Fact]
    public async Task All_that_differs_is_told_at_once()
    {
        var failure = await FailureAsync(
            Health("The message bus is down"), call => call.Path.Contains("/artifacts/", StringComparison.Ordinal) ? new ApiAnswer(404, "{}") : null);

        failure.What.ShouldStartWith("2 things are not as they were: (1) ");
        failure.What.ShouldContain("does not have artifact");
        failure.What.ShouldContain("The message bus is down");
        failure.ToDo.Count.ShouldBe(failure.ToDo.Distinct().Count());
    }

    private StockTaken Stock => (StockTaken)FactOf("take-stock");

    private OldServerChecked Checked => (OldServerChecked)FactOf("check-old-server");

    private StepFact FactOf(string step) => Engine.Journal.MoveJournal.Read(new Engine.Journal.MoveFolder(Move.World.MoveFolder)).Of(new StepId(step)).Fact!;

    // The file that the new server gives when it is asked for the sample.
    private string Sample(ContentKind kind, out SampleRead sample)
    {
        var found = sample = Stock.Samples.Single(each => each.Content.Kind == kind);
        var home = Path.Combine(Move.World.New.Home, kind == ContentKind.Artifact ? "Artifacts" : "Packages", found.Content.Space);
        return Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).First(file =>
            new FileInfo(file).Length == found.Bytes && Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))) == found.Hash);
    }

    private static Func<ApiCall, ApiAnswer?> Health(string description, string? flag = null, bool value = true)
    {
        var body = new JsonObject { ["IsOperatingNormally"] = false, ["Description"] = description, ["IsCompliantWithLicense"] = true };
        if (flag is not null)
            body[flag] = value;
        var text = body.ToJsonString();
        return call => call.Path == "/api/serverstatus/health" ? new ApiAnswer(418, text) : null;
    }

    private async Task<FailureReport> FailureAsync(params Func<ApiCall, ApiAnswer?>[] faults)
    {
        Move.Person = new APerson();
        Move.World.New.AnswerInstead = call => faults.Select(each => each(call)).FirstOrDefault(each => each is not null);
        try
        {
            return (await Move.RunAsync(until: "verify-new-server")).Failure.ShouldNotBeNull(Move.Person.Story);
        }
        finally
        {
            Move.World.New.AnswerInstead = null;
        }
    }

    private string Receipt() => File.ReadAllText(Path.Combine(Move.World.MoveFolder, "octopus-receipt.md"));

    private Task SqlAsync(string sql) => AWorld.AskSqlAsync<object>(Move.World.NewAdminConnectionString, sql);
}

/// <summary>A move that has come to its last gate; the tests of a class leave it there.</summary>
public sealed class ReindexedMove : IAsyncLifetime
{
    public AMove Move { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Move = await AMove.OnAsync();
        (await Move.RunAsync(until: "reindex-packages")).Outcome.ShouldBe(MoveOutcome.Finished, Move.Person.Story);
    }

    public ValueTask DisposeAsync() => Move.DisposeAsync();
}
