using System.Net;
using System.Net.Sockets;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>Each a sentence that says what happened, to what, and what to do; nothing changed, and the move can go on once it is put right.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task A_connection_string_that_is_none()
    {
        await using var move = await AMove.OnAsync();
        await RefusedAtTheFormAsync(move, settings => settings.New.ConnectionString, "Server=somewhere;Datbase=Octopus", "can't be read");
    }

    [Fact]
    public async Task A_keyword_of_older_clients_in_the_old_server_s_connection_string_is_left_out_and_told()
    {
        await using var move = await AMove.OnAsync();
        var old = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder
        {
            DataSource = move.World.OldSql.DataSource, InitialCatalog = "Octopus", UserID = "octopus", Password = move.World.Secrets.OldSqlPassword, TrustServerCertificate = true,
        };
        move.Settings.Old.ConnectionString = $"{old.ConnectionString};Network Library=dbmssocn";
        move.Person.Answers = question => question is ConfirmStep ? new StopHere() : null;

        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);

        move.Person.Events.OfType<Logged>().ShouldContain(each => each.Kind == LogKind.Warning && each.Text.StartsWith("network library in the connection string", StringComparison.OrdinalIgnoreCase));
        move.Person.Questions.OfType<ConfirmStep>().ShouldNotBeEmpty("the old server is reached without that keyword");
    }

    [Fact]
    public async Task A_wrong_password()
    {
        await using var move = await AMove.OnAsync();
        var right = move.Settings.New.Password;
        move.Settings.New.Password = "not the password";

        (await RefusedFormAsync(move)).ShouldContain("18456");

        move.Settings.New.Password = right;
        await ShouldGoOnAsync(move);
    }

    [Fact]
    public async Task A_wrong_password_that_was_typed_does_not_take_the_place_of_the_one_that_is_known()
    {
        await using var move = await AMove.OnAsync();
        var asked = 0;
        move.Person.Answers = question => question is GiveConnectionString connection
            ? new ConnectionStringGiven(new Secret(asked++ == 0 ? $"{connection.Current};Password=not the password" : connection.Current), OnlyTest: asked < 3) : null;

        (await move.RunAsync(until: "check-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var tests = move.Person.Questions.OfType<GiveConnectionString>().Select(each => each.Findings).ToList();
        tests[1].ShouldContain(each => each.Verdict == Verdict.Fail && !each.IsAdvice && each.Text.Contains("18456", StringComparison.Ordinal));
        tests[1].ShouldContain(each => each.IsAdvice && each.Text.Contains("ERRORLOG", StringComparison.Ordinal));
        tests[2].ShouldContain(each => each.Verdict == Verdict.Pass && each.Text.StartsWith("Connected to NEW-SQL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unreachable_host()
    {
        await using var move = await AMove.OnAsync();
        await RefusedAtTheFormAsync(
            move, settings => settings.New.ConnectionString, $"Server=127.0.0.1,{FreePort()};Database=Octopus;User ID=octopus", "nothing listens on port");
    }

    [Fact]
    public async Task A_host_name_that_is_not_known()
    {
        await using var move = await AMove.OnAsync();
        await RefusedAtTheFormAsync(
            move, settings => settings.New.ConnectionString, "Server=no-such-host.invalid;Database=Octopus;User ID=octopus", "No address was found");
    }

    [Fact]
    public async Task The_old_database_itself_as_the_new_one()
    {
        await using var move = await AMove.OnAsync();
        await RefusedAtTheFormAsync(
            move, settings => settings.New.ConnectionString, $"Server={move.World.OldSql.DataSource};Database=Octopus;User ID=octopus", "old database itself");
    }

    [Theory]
    [InlineData("5qJcW9E6B99teMmrOzaYNA==", "not the key of the old server")]
    [InlineData("5qJcW9E6B99te", "not a master key")]
    [Proves("P1", "P2")]
    public async Task A_wrong_master_key(string key, string says)
    {
        await using var move = await AMove.OnAsync();
        var right = move.Settings.MasterKey;
        move.Settings.MasterKey = key;

        await RefusedAsync(move, FailureCause.MasterKey, says);

        move.Settings.MasterKey = right;
        await ShouldGoOnAsync(move);
    }

    [Fact]
    public async Task A_key_that_is_typed_wrong_is_asked_for_again()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.MasterKey = null;
        var wrong = new Queue<string>(["", "5qJcW9E6B99teMmrOzaYNA==", "not base64 at all"]);
        move.Person.Answers = question => question is ProveMasterKeySaved && wrong.TryDequeue(out var typed) ? new SecretGiven(new Secret(typed)) : null;
        var usual = move.Person.Answers;
        move.Person.Answers = question => usual(question) ?? (question is ProveMasterKeySaved key ? new SecretGiven(key.Key) : null);

        (await move.RunAsync(until: "save-master-key")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);

        var problems = move.Person.Questions.OfType<ProveMasterKeySaved>().Select(each => each.Problem).ToList();
        problems.Count.ShouldBe(4);
        problems[2]!.ShouldContain("not the key of this database");
        problems[3]!.ShouldContain("not base64");
    }

    [Fact]
    [Proves("P5")]
    public async Task Another_version_on_the_new_server()
    {
        await using var move = await AMove.OnAsync(AMove.Small with { NewVersion = "2026.3.100" });

        var failure = await RefusedAsync(move, FailureCause.VersionMismatch, "2026.3.100");
        failure.ToDo.ShouldContain(each => each.Contains(".msi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_directory()
    {
        await using var move = await AMove.OnAsync();
        var (artifacts, away) = (Path.Combine(move.World.Old.Home, "Artifacts"), Path.Combine(move.World.Root, "away"));
        Directory.Move(artifacts, away);

        await RefusedAsync(move, FailureCause.Files, "Artifacts");

        Directory.Move(away, artifacts);
        await ShouldGoOnAsync(move, until: "copy-directories");
    }

    [Fact]
    public async Task No_right_to_back_up()
    {
        await using var move = await AMove.OnAsync();
        move.World.OldSql.Faults.DenyPermission("octopus", "BACKUP DATABASE");

        (await RefusedAsync(move, FailureCause.SqlRight, "may not back up")).ToDo.ShouldContain(each => each.Contains("ALTER ROLE", StringComparison.Ordinal));

        move.World.OldSql.Faults.AllowPermission("octopus", "BACKUP DATABASE");
        await ShouldGoOnAsync(move, until: "back-up-database");
    }

    [Fact]
    public async Task No_right_to_restore()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.New.AdminConnectionString = ""; // Octopus' own login has no such right

        await RefusedAsync(move, FailureCause.SqlRight, "may not restore");
    }

    [Fact]
    public async Task No_space_for_the_backup()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "stop-old-server")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.OldSql.Faults.FailNext("BACKUP DATABASE @db", 3202,
            $"Write on \"{move.World.Share}/Octopus.bak\" failed: 112(There is not enough space on the disk.)");

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.Files);
        failure.Why.ShouldContain("full");
        move.World.NewSql.Databases.ShouldBeEmpty();

        await ShouldGoOnAsync(move, until: "bring-backup-over");
    }

    [Fact]
    public async Task No_space_for_the_restore()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "bring-backup-over")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        move.World.NewSql.Faults.FailNext("RESTORE DATABASE", 3257, "There is insufficient free space on disk volume '/' to create the database.");

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.Files);
        failure.What.ShouldContain("not enough space");

        await ShouldGoOnAsync(move, until: "fix-database-users");
    }

    [Fact]
    public async Task A_database_of_that_name_on_the_new_server_is_overwritten_only_when_its_name_is_typed()
    {
        await using var move = await AMove.OnAsync();
        await move.World.NewSql.CreateDatabaseAsync("Octopus", "mover", []);

        // Nobody types the name: the usual answer to a question that destroys is to stop.
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped);
        move.Person.Questions.OfType<TypeName>().ShouldHaveSingleItem().Consequence.ShouldContain("destroyed");
        move.World.NewSql.Statements.ShouldNotContain(each => each.Contains("RESTORE DATABASE @db", StringComparison.Ordinal));

        move.Person.Answers = question => question is TypeName { Destroys: true } name ? new Typed(name.Name) : null;
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_run_with_yes_does_not_overwrite_a_database_unless_its_name_is_given()
    {
        await using var move = await AMove.OnAsync();
        await move.World.NewSql.CreateDatabaseAsync("Octopus", "mover", []);

        (await move.RunProgramAsync("run", "--yes")).ShouldBe((int)FailureCause.NeedsAnswer, move.Printed);
        move.World.NewSql.Statements.ShouldNotContain(each => each.Contains("RESTORE DATABASE @db", StringComparison.Ordinal));

        (await move.RunProgramAsync("run", "--yes", "--overwrite-database", "Octopus")).ShouldBe(ExitCodes.Done, move.Printed);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task An_unknown_instance()
    {
        await using var move = await AMove.OnAsync();
        move.Settings.Old.Instance = "NoSuchInstance";

        var form = (await RefusedPlanAsync(move)).ShouldNotBeNull();
        form.Problem!.ShouldContain("OctopusServer");
        move.Person.Questions.OfType<FillPlan>().Last().Problem.ShouldBe("1 field has to be put right.");

        move.Settings.Old.Instance = "OctopusServer";
        await ShouldGoOnAsync(move);
    }

    [Fact]
    public async Task A_wrong_address_can_be_put_right_in_the_form_when_the_move_is_started_again()
    {
        await using var move = await AMove.OnAsync();
        var right = move.Settings.Old.Url;
        move.Settings.Old.Url = $"http://127.0.0.1:{FreePort()}";
        await RefusedAsync(move, FailureCause.OctopusApi, "does not answer");

        move.Person = new APerson
        {
            Answers = question => question is FillPlan plan
                ? new PlanFilled(plan.Fields.ToDictionary(each => each.Key, each => each.Key == "Old:Url" ? right : each.Value)) : null,
        };
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_wrong_address_in_octomove_json_is_put_right_there_for_a_run_without_questions()
    {
        await using var move = await AMove.OnAsync();
        var json = File.ReadAllText(move.World.ConfigurationFile);
        File.WriteAllText(move.World.ConfigurationFile, json.Replace(move.World.Old.Url, $"http://127.0.0.1:{FreePort()}", StringComparison.Ordinal));
        (await move.RunProgramAsync("run", "--yes")).ShouldBe((int)FailureCause.OctopusApi, move.Printed);

        File.WriteAllText(move.World.ConfigurationFile, json);
        (await move.RunProgramAsync("run", "--yes")).ShouldBe(ExitCodes.Done, move.Printed);
        await move.ShouldHaveMovedAsync();
    }

    [Fact]
    public async Task A_SAS_token_in_the_backup_folder_is_refused_and_never_shown()
    {
        const string container = "https://account.blob.core.windows.net/moves";
        await using var move = await AMove.OnAsync();
        move.Person.Answers = question => question is FillPlan { Problem: null } plan
            ? new PlanFilled(plan.Fields.ToDictionary(each => each.Key, each => each.Key == "Backup:FolderOnOldSql" ? $"{container}?sv=1&sig=s3cret" : each.Value)) : null;
        var field = await RefusedPlanAsync(move);
        field.Value.ShouldBe(container);
        field.Problem!.ShouldContain("CREATE CREDENTIAL");
        move.Person.Heard.ShouldNotContain("s3cret");

        move.Person = new APerson();
        move.Settings.Backup.FolderOnOldSql = $"{container}?sv=1&sig=s3cret";
        await RefusedAsync(move, FailureCause.Usage, "Backup:FolderOnOldSql");
        move.Person.Questions.ShouldBeEmpty();
        move.Person.Heard.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_wrong_API_key()
    {
        await using var move = await AMove.OnAsync();
        var right = move.Settings.ApiKey;
        move.Settings.ApiKey = "API-WRONGWRONGWRONGWRONGWRONGWRO";

        (await RefusedAsync(move, FailureCause.OctopusApi, "401")).ToDo.ShouldContain(each => each.Contains("AdministerSystem", StringComparison.Ordinal));

        move.Settings.ApiKey = right;
        await ShouldGoOnAsync(move);
    }

    [Fact]
    [Proves("P3")]
    public async Task A_config_file_left_over_on_the_new_server()
    {
        await using var move = await AMove.OnAsync();
        var left = Path.Combine(move.World.New.Home, "OctopusServer.config");
        Directory.CreateDirectory(move.World.New.Home);
        File.Copy(Path.Combine(move.World.Old.Home, "OctopusServer.config"), left);

        await RefusedAsync(move, FailureCause.InTheWay, "OctopusServer.config");

        File.Delete(left);
        await ShouldGoOnAsync(move, until: "create-instance");
    }

    [Fact]
    [Proves("P12")]
    public async Task A_package_lost_on_the_way_keeps_the_new_server_from_starting()
    {
        await using var move = await AMove.OnAsync();
        (await move.RunAsync(until: "place-directories")).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
        var lost = Directory.EnumerateFiles(Path.Combine(move.World.New.Home, "Packages"), "*", SearchOption.AllDirectories).First();
        File.Delete(lost);

        var failure = (await move.RunAsync()).Failure.ShouldNotBeNull();
        failure.Cause.ShouldBe(FailureCause.Differs);
        failure.Why.ShouldContain(Path.GetFileName(lost));
        move.World.New.ServiceChanges.ShouldNotContain(each => each.State == ServiceState.Running, "the new server has not been started");
    }

    private static async Task<FailureReport> RefusedAsync(AMove move, FailureCause cause, string says)
    {
        var ended = await move.RunAsync();
        var failure = ended.Failure.ShouldNotBeNull(move.Person.Story);
        failure.Cause.ShouldBe(cause);
        failure.What.ShouldContain(says);
        failure.ToDo.ShouldNotBeEmpty();
        move.ShouldHaveChangedNothing();
        return failure;
    }

    private static async Task RefusedAtTheFormAsync(AMove move, System.Linq.Expressions.Expression<Func<MoveSettings, string>> setting, string bad, string says)
    {
        var property = (System.Reflection.PropertyInfo)((System.Linq.Expressions.MemberExpression)setting.Body).Member;
        var right = (string)property.GetValue(move.Settings.New)!;
        property.SetValue(move.Settings.New, bad);
        if (bad.Contains("Datbase", StringComparison.Ordinal))
            move.Person.Answers = question => question is GiveConnectionString { Problem: null } ? new ConnectionStringGiven(new Secret(bad), false) : null;

        (await RefusedFormAsync(move)).ShouldContain(says);

        property.SetValue(move.Settings.New, right);
        await ShouldGoOnAsync(move);
    }

    // The form is asked again with the problem; the person gives up there.
    private static async Task<string> RefusedFormAsync(AMove move)
    {
        var ended = await move.RunAsync();
        ended.Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        ended.Sentence.ShouldContain("Nothing was changed");
        move.ShouldHaveChangedNothing();
        return move.Person.Questions.OfType<GiveConnectionString>().Last().Problem.ShouldNotBeNull();
    }

    private static async Task<PlanField> RefusedPlanAsync(AMove move)
    {
        (await move.RunAsync()).Outcome.ShouldBe(MoveOutcome.Stopped, move.Person.Story);
        move.ShouldHaveChangedNothing();
        return move.Person.Questions.OfType<FillPlan>().Last().Fields.Single(each => each.Problem is not null);
    }

    // Past whatever refused it. That the move then ends well is proven elsewhere, and the same whatever was wrong in the beginning.
    private static async Task ShouldGoOnAsync(AMove move, string until = "enter-maintenance-mode")
    {
        move.Person = new APerson();
        (await move.RunAsync(until)).Outcome.ShouldBe(MoveOutcome.Finished, move.Person.Story);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
