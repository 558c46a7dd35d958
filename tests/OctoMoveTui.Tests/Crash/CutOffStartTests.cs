using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Killed;

namespace OctoMoveTui.Tests.Crash;

/// <summary>What the kill matrix found.</summary>
public sealed class CutOffStartTests
{
    [Fact]
    public async Task Killed_as_soon_as_the_new_server_runs_the_next_run_keeps_it_from_taking_tasks_and_does_not_index_twice()
    {
        await using var move = await KilledMove.OnAsync();
        (await move.KillAsync(
            new KillOrder("start-new-server: Command: \"~/new-server/Program Files/Octopus Deploy/Octopus/Octopus.Server\" service*", 1, KillMoment.After))).ShouldBeTrue();

        (await move.Move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Move.Person.Story);
        (await AskAsync(move, "SELECT COUNT(*) FROM dbo.OctopusServerNode WHERE Name = 'NEW-SERVER' AND IsInMaintenanceMode = 1;")).ShouldBe(
            1, "what was queued on the old server must not start before the new one is verified");

        (await move.KillAsync(new KillOrder("reindex-packages: Request: POST /api/tasks", 1, KillMoment.After))).ShouldBeTrue();
        await move.FinishAsync(byProgram: false);
        (await AskAsync(move, "SELECT COUNT(*) FROM dbo.ServerTask WHERE Name = 'SynchronizeBuiltInPackageRepositoryIndex';")).ShouldBe(3, "one for each space");
        await move.Move.ShouldHaveMovedAsync();
    }

    private static async Task<int> AskAsync(KilledMove move, string question)
    {
        await using var connection = new SqlConnection(move.Move.World.NewAdminConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
