using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Between the checks and the users: whatever makes the new server's version or its database's schema another is found out.</summary>
public sealed class SameVersionMoveTests
{
    [Fact]
    [Proves("P5")]
    public async Task A_schema_that_the_first_start_upgrades_silently_is_found_out()
    {
        await using var move = await AMove.OnAsync();
        move.World.New.UpgradesSilently = true;

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.VersionMismatch);
        failure.What.ShouldContain("121 scripts up to Octopus.Core.UpgradeScripts.Script9001");
        failure.What.ShouldContain("120 scripts");
        failure.Why.ShouldContain("when it started");
        StandingOf(move, "start-new-server").ShouldBe(JournalStanding.Started);
        StandingOf(move, "reindex-packages").ShouldBe(JournalStanding.Nothing);

        // It stays found out.
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).Cause.ShouldBe(FailureCause.VersionMismatch);
    }

    [Fact]
    [Proves("P5")]
    public async Task A_schema_or_a_program_that_somebody_changed_before_the_first_start_keeps_the_new_server_from_starting()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync("place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var schema = MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId("back-up-database")).Fact.ShouldBeOfType<BackupSet>().Schema.ShouldNotBeNull();
        (schema.Version, schema.Scripts).ShouldBe((move.World.Old.Version, 120));

        // As many scripts as before, but other ones.
        await ChangeAsync(move, $"UPDATE dbo.SchemaVersions SET ScriptName = N'Script of another version.sql' WHERE ScriptName = N'{schema.NewestScript}';");
        var failure = (await move.RunAsync("verify-before-start")).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.VersionMismatch);
        failure.Why.ShouldContain("Somebody attached");

        await ChangeAsync(move, $"UPDATE dbo.SchemaVersions SET ScriptName = N'{schema.NewestScript}' WHERE ScriptName = N'Script of another version.sql';");
        move.World.New.Version = "2026.2.4121";
        failure = (await move.RunAsync("verify-before-start")).Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(FailureCause.VersionMismatch);
        failure.What.ShouldContain("2026.2.4121");
        move.World.New.ServiceChanges.ShouldBeEmpty();

        move.World.New.Version = move.World.Old.Version;
        (await move.RunAsync("verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    [Fact]
    public void A_journal_of_an_earlier_version_has_no_schema_and_can_be_read() =>
        System.Text.Json.JsonSerializer.Deserialize<StepFact>(
            """{"fact":"backup-set","setId":"6f1d3f0a-3f0e-4a53-9f5c-3c9a3f1d2b11","file":"a.bak","position":1,"bytes":1,"finishedAt":"2026-03-01T02:00:00","sqlVersion":"15.0","rows":[]}""",
            MoveJson.Line).ShouldBeOfType<BackupSet>().Schema.ShouldBeNull();

    private static JournalStanding StandingOf(AMove move, string step) => MoveJournal.Read(new MoveFolder(move.World.MoveFolder)).Of(new StepId(step)).Standing;

    private static async Task ChangeAsync(AMove move, string statement)
    {
        await using var connection = new SqlConnection(move.World.NewAdminConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
