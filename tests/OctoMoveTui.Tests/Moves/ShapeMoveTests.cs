using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Whole moves in which something stays where it is.</summary>
public sealed class ShapeMoveTests
{
    [Theory]
    [InlineData("database-only")]
    [InlineData("server-only")]
    [InlineData("folders-only")]
    public async Task The_real_program_makes_a_move_of_each_shape_and_writes_no_secret(string shape)
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = shape });

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);

        await move.ShouldHaveMovedAsync();
        move.ShouldHaveWrittenNoSecret();
    }

    [Theory]
    [InlineData("", "in its new place already")]
    [InlineData("Inner", "lie in each other")]
    [InlineData("..", "lie in each other")]
    [InlineData("../Artifacts", "(Artifacts) are the same or lie in each other")]
    public async Task A_directory_can_not_go_where_one_is_already(string beside, string told)
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "folders-only" });
        move.Settings.Folders.Packages = Path.GetFullPath(Path.Combine(move.World.Old.Home, "Packages", beside));

        (await move.RunAsync()).Failure.ShouldNotBeNull().What.ShouldContain(told);
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task Without_a_new_place_of_any_directory_nothing_is_begun_and_a_new_base_folder_moves_all()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "folders-only" });
        move.Settings.Folders = new FolderSettings();
        (await move.RunAsync()).Failure.ShouldNotBeNull().What.ShouldContain("nothing would move");
        move.ShouldHaveChangedNothing();

        move.Settings.New.Home = Path.Combine(move.World.Old.Folder, "F");
        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var plan = MovePlan.FromJson(await File.ReadAllTextAsync(Path.Combine(move.World.MoveFolder, "plan.json")));
        plan.Directories.ShouldAllBe(each => each.To == Path.Combine(move.World.Old.Folder, "F", Path.GetFileName(each.From)));
        plan.New.Home.ShouldBe(plan.Old.Home, "the home directory itself stays");
    }

    [Fact]
    public async Task Where_the_packages_stay_nothing_is_re_indexed()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "folders-only" });
        move.Settings.Folders.Packages = "";

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<StepChanged>().ShouldContain(each => each.Step.Word == "reindex-packages" && each.State == StepState.NotNeeded);
        move.World.Old.Services.All.ShouldHaveSingleItem().StartType.ShouldBe(OctoMoveTui.Sandbox.Machines.ServiceStartType.Auto);
    }

    [Fact, Proves("P30")]
    public async Task The_real_program_rehearses_with_a_mute_copy_of_another_installation_while_the_old_server_works_on()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "rehearsal" });
        await ExecuteAsync(move.World.OldAdminConnectionString, """
            CREATE TABLE dbo.ExtensionConfiguration (Id nvarchar(50) NOT NULL PRIMARY KEY, JSON nvarchar(max) NOT NULL);
            INSERT dbo.ExtensionConfiguration VALUES ('jira-integration', '{}'), ('authentication-octopusid', '{}'), ('authentication-ldap', '{}');
            """);

        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);

        await move.ShouldHaveMovedAsync();
        (await CountAsync(move.World.NewAdminConnectionString, "dbo.ExtensionConfiguration")).ShouldBe(1);
        (await CountAsync(move.World.OldAdminConnectionString, "dbo.ExtensionConfiguration")).ShouldBe(3);
        const string Scheduled = "dbo.ServerTask WHERE Id = 'ServerTasks-22' AND State = ";
        (await CountAsync(move.World.NewAdminConnectionString, Scheduled + "'Canceled'")).ShouldBe(1, "what was queued on the old server must not be done by the copy");
        (await CountAsync(move.World.OldAdminConnectionString, Scheduled + "'Queued'")).ShouldBe(1);
        move.Printed.ShouldContain("This was a rehearsal");
        move.Printed.ShouldContain("delete-instance");
        move.Printed.ShouldNotContain("leave-maintenance-mode");
        move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    public async Task A_scratch_database_that_is_called_like_the_real_one_is_refused()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "rehearsal" });

        (await move.RunProgramAsync("run", "--yes", "--set", "New:ConnectionString=" + move.Settings.New.ConnectionString.Replace("-Rehearsal", "", StringComparison.Ordinal)))
            .ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);

        move.Printed.ShouldContain("must not be called Octopus like the real one");
        move.ShouldHaveChangedNothing();
    }

    [Fact]
    public async Task A_server_is_not_started_on_a_scratch_database_that_somebody_woke_up()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "rehearsal" });
        (await move.RunAsync(until: "place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await ExecuteAsync(move.World.NewAdminConnectionString, "UPDATE dbo.Machine SET IsDisabled = 0 WHERE Id = 'Machines-1';");

        move.Person = new APerson();
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story);
        failure.What.ShouldContain("1 row of Machine not disabled");
        failure.ToDo[0].ShouldContain("UPDATE [dbo].[Machine] SET IsDisabled = 1;");
        move.World.New.Services.All.ShouldHaveSingleItem().State.ShouldBe(OctoMoveTui.Sandbox.Machines.ServiceState.Stopped);

        // Put right as it says, between the two proofs once more, and put right again.
        await ExecuteAsync(move.World.NewAdminConnectionString, "UPDATE dbo.Machine SET IsDisabled = 1;");
        move.Person = new APerson();
        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await ExecuteAsync(move.World.NewAdminConnectionString, "UPDATE dbo.ProjectTrigger SET IsDisabled = 0 WHERE Id = 'ProjectTriggers-1';");
        move.Person = new APerson();
        (await move.RunAsync()).Failure.ShouldNotBeNull(move.Person.Story).What.ShouldContain("ProjectTrigger");

        await ExecuteAsync(move.World.NewAdminConnectionString, "UPDATE dbo.ProjectTrigger SET IsDisabled = 1;");
        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task The_shape_is_the_first_question_and_decides_what_else_is_asked()
    {
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question => question is ChooseShape ? new ShapeChosen(MoveShape.DatabaseOnly) : null;

        (await move.RunAsync(until: "check-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Questions[0].ShouldBeOfType<ChooseShape>().Choices.Select(each => each.Shape).ShouldBe(TheMove.Shapes);
        move.Person.Questions.OfType<FillPlan>().Single().Fields.Select(each => each.Key).ShouldNotContain(key => key.StartsWith("New:", StringComparison.Ordinal));
        move.Person.Events.OfType<MoveOpened>().Single().Shape.ShouldBe(MoveShape.DatabaseOnly);
        move.Person.Events.OfType<CheckMade>().ShouldNotContain(each => each.Id == "N1" || each.Id == "N3", "nothing is installed anew");
    }

    [Theory]
    [InlineData("database-only", "back-up-database")]
    [InlineData("database-only", "attach-database")]
    [InlineData("database-only", "start-server")]
    [InlineData("server-only", "create-instance")]
    [InlineData("rehearsal", "mute-database")]
    [InlineData("rehearsal", "create-instance")]
    [InlineData("folders-only", "place-directories")]
    public async Task Stopped_as_soon_as_a_step_begins_the_move_goes_on_from_there(string shape, string step)
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = shape });
        move.Settings.Old.Password = move.World.Secrets.OldSqlPassword; // once the server is attached to the new database, only the person knows it
        using var stop = new CancellationTokenSource();
        move.Person.On = happening =>
        {
            if (happening is StepChanged { State: StepState.Running } begun && begun.Step.Word == step)
                stop.Cancel();
        };

        (await move.RunAsync(cancel: stop.Token)).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();

        move.Person = new APerson();
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, "a finished move has nothing left to do: " + move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task The_server_that_was_attached_to_the_new_database_can_never_write_to_the_old_one_again()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "database-only" });
        move.Settings.Old.Password = move.World.Secrets.OldSqlPassword;
        (await move.RunAsync(until: "verify-before-start")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        // Somebody makes the old database writable again: the next run says so instead of going on.
        await using (var session = await new Engine.Sql.SqlServer(move.World.OldAdminConnectionString, _ => { }, () => { }).OpenMasterAsync(default))
            await session.ExecuteAsync("ALTER DATABASE [Octopus] SET READ_WRITE;", default);

        move.Person = new APerson();
        (await move.RunAsync()).Failure.ShouldNotBeNull().What.ShouldContain("writable");
    }

    [Fact]
    public async Task Where_the_database_stays_a_connection_string_to_another_one_is_not_taken_over()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "server-only" });

        (await move.RunAsync(until: "check-new-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.Contains("does not lead there", StringComparison.Ordinal));
        move.Person.Events.OfType<CheckMade>().Single(each => each.Id == "Q14c").Verdict.ShouldBe(Verdict.Pass);
        move.Person.Questions.OfType<GiveConnectionString>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_move_that_has_begun_can_not_become_another()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { Shape = "server-only" });
        (await move.RunAsync(until: "enter-maintenance-mode")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        move.Settings.Shape = "database-only";
        move.Person = new APerson();
        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.Usage);
        failure.What.ShouldContain("\"server-only\", not \"database-only\"");

        move.Settings.Shape = "everything";
        (await move.RunAsync()).Failure.ShouldNotBeNull().ToDo.ShouldHaveSingleItem().ShouldContain("database-only");
    }

    private static async Task ExecuteAsync(string connection, string text)
    {
        var sql = new Engine.Sql.SqlServer(connection, _ => { }, () => { });
        await using var session = await sql.OpenAsync(sql.Database, default);
        await session.ExecuteAsync(text, default);
    }

    private static async Task<long> CountAsync(string connection, string table)
    {
        var sql = new Engine.Sql.SqlServer(connection, _ => { }, () => { });
        await using var session = await sql.OpenAsync(sql.Database, default);
        return (await session.QueryAsync($"SELECT COUNT_BIG(*) AS row_count FROM {table};", row => row.Number("row_count"), default)).Single();
    }
}
