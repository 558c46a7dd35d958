using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>The re-index of the built-in package repository under control: with a forecast, followed or left running, and compared.</summary>
public sealed class ReindexMoveTests
{
    private const string TaskName = "SynchronizeBuiltInPackageRepositoryIndex";

    [Fact]
    [Proves("P12")]
    public async Task A_start_that_is_a_re_index_is_told_and_accepted_before_the_outage_and_followed_instead_of_another_one()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 2 });
        await AskAsync(move.World.OldAdminConnectionString, "UPDATE dbo.Configuration SET JSON = REPLACE(JSON, '\"IndexAtStartUp\":false', '\"IndexAtStartUp\":true') WHERE Id = 'builtinrepositoryconfigurations-single';");
        move.Person.Answers = question => question is TypeName { Setting: not null } name ? new Typed(name.Name) : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var asked = move.Person.Questions.OfType<TypeName>().Single(each => each.Setting is not null);
        asked.Step.ShouldBe(new StepId("compare-before-outage"), "before anything is stopped, and once");
        asked.Name.ShouldBe("drop 2");
        asked.Consequence.ShouldContain("IndexAtStartUp is on");
        asked.Consequence.ShouldContain("Library > Packages");
        var preview = move.Person.Questions.OfType<ConfirmStep>().Single(each => each.Step == new StepId("reindex-packages")).Lines.Select(each => each.Text).ToList();
        preview.ShouldContain(each => each.Contains("without a file will be dropped", StringComparison.Ordinal));
        preview.ShouldContain(each => each.Contains("8 hours for 52,000 packages", StringComparison.Ordinal));
        (await CountReindexTasksAsync(move)).ShouldBe(3, "the server's own, one a space");
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task With_yes_packages_are_dropped_only_when_a_setting_allows_so_many()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { MissingBeforeMove = 2 });

        (await move.RunProgramAsync("run", "--yes", "--until", "compare-before-outage")).ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);
        move.Printed.ShouldContain("Agreement:MayDrop=2");
        move.ShouldHaveChangedNothing();

        (await move.RunProgramAsync("run", "--yes", "--until", "compare-before-outage", "--set", "Agreement:MayDrop=2")).ShouldBe(ExitCodes.Done, move.Printed);
    }

    [Fact]
    [Proves("P12")]
    public async Task A_package_that_the_re_index_dropped_although_its_file_was_there_is_named_and_comes_back()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "start-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var package = Directory.EnumerateFiles(Path.Combine(move.World.New.Home, "Packages"), "Acme.Api.*.zip", SearchOption.AllDirectories).First();
        var away = Path.Combine(move.World.Root, "away");
        File.Move(package, away);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);

        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.Why.ShouldContain("Acme.Api");
        File.Move(away, package);
        (await move.RunAsync(until: "reindex-packages")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        (await CountReindexTasksAsync(move)).ShouldBe(6, "indexed again, for the first answer was wrong");
    }

    [Fact]
    [Proves("P13")]
    public async Task A_re_index_that_takes_hours_runs_on_while_the_move_goes_on_and_is_told_until_the_end()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { ReindexLasts = TimeSpan.FromHours(8) });
        move.Person.On = happening =>
        {
            if (happening is Progressed { What: "Re-indexing packages" })
                move.Person.Say(new LeaveReindexRunning());
        };

        var ended = await move.RunAsync();

        ended.Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        ended.Sentence.ShouldContain("The re-index still runs");
        move.Person.Events.OfType<Logged>().Where(each => each.Text.StartsWith("The re-index still runs", StringComparison.Ordinal)).Select(each => each.Step!.Value.Word)
            .ShouldBe(["verify-new-server", "leave-maintenance-mode", "retire-old-server"]);
    }

    [Fact]
    [Proves("P13")]
    public async Task What_a_re_index_that_was_left_running_has_done_is_compared_at_the_end()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { ReindexLasts = TimeSpan.FromMilliseconds(300) });
        move.Settings.Timing.Reindex = TimeSpan.Zero;
        (await move.RunAsync(until: "reindex-packages")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.Person.Story.ShouldContain("The re-index runs on by itself");

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Octopus-ApiKey", move.World.Secrets.ApiKey);
        while ((await http.GetStringAsync(new Uri($"{move.World.New.Url}/api/tasks?active=true&spaces=all&includeSystem=true&name={TaskName}"))).Contains("\"State\":\"", StringComparison.Ordinal))
            await Task.Delay(20);
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Story.ShouldContain("listed after the re-index");
        await move.ShouldHaveMovedAsync();
    }

    private static async Task<int> CountReindexTasksAsync(AMove move) => Convert.ToInt32(
        await AskAsync(move.World.NewAdminConnectionString, $"SELECT COUNT(*) FROM dbo.ServerTask WHERE Name = '{TaskName}';"), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new Microsoft.Data.SqlClient.SqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
