using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class TypedAnswersTests : IDisposable
{
    private readonly ACommandLine octomove = new();

    public void Dispose() => octomove.Dispose();

    [Fact]
    public async Task A_step_is_shown_and_confirmed()
    {
        (await Asked(SampleMove.ConfirmBackUp, "what", "y")).ShouldBeOfType<Go>();
        octomove.Out.ShouldContain("BACKUP DATABASE [Octo_pus]");
        octomove.Out.ShouldContain("Undo: delete the backup file.");
    }

    [Fact]
    public async Task An_optional_step_can_be_left_out() =>
        (await Asked(SampleMove.ConfirmBackUp with { MaySkip = true }, "o")).ShouldBeOfType<Skip>();

    [Fact]
    public async Task A_wrong_name_is_said_and_asked_again()
    {
        (await Asked(new TypeName("Octo_pus", "It is overwritten.", true), "octopus", "Octo_pus")).ShouldBe(new Typed("Octo_pus"));
        octomove.Out.ShouldContain("That is not the name");
    }

    [Fact]
    public async Task Only_enter_at_a_name_stops() =>
        (await Asked(new TypeName("Octo_pus", "It is overwritten.", true), "")).ShouldBeOfType<StopHere>();

    [Fact]
    public async Task The_end_of_input_stops_and_never_goes()
    {
        octomove.Keyboard.IsThere = true;
        octomove.Asking(SampleMove.ConfirmBackUp);
        (await octomove.Run("run")).ShouldBe(130);
    }

    [Fact]
    public async Task The_shape_is_chosen_by_its_number_and_Enter_takes_the_proposed_one()
    {
        var question = new ChooseShape(
        [
            new(MoveShape.ServerAndDatabase, "Both", "Everything goes.", "Long."),
            new(MoveShape.DatabaseOnly, "Database", "Only the database goes.", "Short."),
        ], MoveShape.ServerAndDatabase);
        (await Asked(question, "9", "2")).ShouldBe(new ShapeChosen(MoveShape.DatabaseOnly));
        octomove.Out.ShouldContain("2 = Database: Only the database goes. Outage: short.");
        (await Asked(question, "")).ShouldBe(new ShapeChosen(MoveShape.ServerAndDatabase));
        (await Asked(question, "s")).ShouldBeOfType<StopHere>();
    }

    [Fact]
    public async Task A_secret_is_handed_over_and_not_printed()
    {
        var answer = await Asked(new GiveSecret(SecretKind.ApiKey, "To ask the server."), "API-HUNTER2");
        answer.ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe("API-HUNTER2");
        octomove.Out.ShouldNotContain("HUNTER2");
    }

    [Fact]
    public async Task The_master_key_is_shown_only_on_request()
    {
        var question = new ProveMasterKeySaved(new Secret("s3cret=="), "ab12", "2 values");
        await Asked(question, "", "typed");
        octomove.Out.ShouldNotContain("s3cret");
        octomove.Out.ShouldContain("ab12");
        await Asked(question, "r", "", "typed");
        octomove.Out.ShouldContain("s3cret==");
    }

    [Fact]
    public async Task The_master_key_is_saved_to_a_key_file_when_the_passphrase_was_typed_twice_alike()
    {
        var question = new ProveMasterKeySaved(new Secret("s3cret=="), "ab12", "2 values") { KeyFile = "/move/master-key.octomove" };
        var given = (await Asked(question, "f", "", "four words in a row", "four words in a raw", "four words in a row", "four words in a row"))
            .ShouldBeOfType<KeyFileGiven>();
        given.File.ShouldBe("/move/master-key.octomove");
        given.Passphrase.Reveal().ShouldBe("four words in a row");
        octomove.Out.ShouldContain("! The two passphrases differ");
        octomove.Out.ShouldNotContain("four words");
    }

    [Fact]
    public async Task The_master_key_is_typed_opened_from_a_file_or_lost()
    {
        var question = new GiveSecret(SecretKind.MasterKey, "To attach the database.") { KeyFile = "/move/master-key.octomove" };
        (await Asked(question, "", "s3cret==")).ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe("s3cret==");
        var given = (await Asked(question, "f", "/vault/key", "four words in a row")).ShouldBeOfType<KeyFileGiven>();
        (given.File, given.Passphrase.Reveal()).ShouldBe(("/vault/key", "four words in a row"));
        (await Asked(question, "l")).ShouldBeOfType<MasterKeyLost>();
        octomove.Out.ShouldNotContain("s3cret");
        octomove.Out.ShouldNotContain("four words");
    }

    [Fact]
    public async Task Plan_fields_keep_change_and_empty_their_value()
    {
        var plan = new FillPlan([new("A", "a", "1", "help a"), new("B", "b", "2", "help b", "wrong"), new("C", "c", "3", "help c")]);
        var values = (await Asked(plan, "", "new", "-")).ShouldBeOfType<PlanFilled>().Values;
        values.ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "new", ["C"] = "" });
        octomove.Out.ShouldContain("! wrong");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("production")]
    [InlineData("", "7", "Nonsense", "Production")]
    public async Task Of_several_instances_one_is_chosen_by_number_or_name(params string[] typed)
    {
        var plan = new FillPlan([new("Old:Instance", "Old instance", "", "The instance that moves.")
        {
            Choices = [new("OctopusServer", "its service runs"), new("Production", "it has no service")],
        }]);

        (await Asked(plan, typed)).ShouldBeOfType<PlanFilled>().Values["Old:Instance"].ShouldBe("Production");

        octomove.Out.ShouldContain("  2  Production: it has no service");
        octomove.Out.Split("That is none of them.").Length.ShouldBe(typed.Length, "each wrong one is said to be wrong");
    }

    [Fact]
    public async Task A_connection_string_is_edited_tested_and_given()
    {
        var question = new GiveConnectionString(ConnectionPurpose.NewDatabase, "Server=a", false)
        {
            Findings = [new(Verdict.Fail, "No such server.")],
        };
        var given = (await Asked(question, "e", "Server=b;User ID=sa", "hunter2", "t")).ShouldBeOfType<ConnectionStringGiven>();
        given.OnlyTest.ShouldBeTrue();
        given.Value.Reveal().ShouldContain("Source=b");
        given.Value.Reveal().ShouldContain("hunter2");
        octomove.Out.ReplaceLineEndings("\n").ShouldContain("\n  Server=a\n  ! FAIL: No such server.\n", customMessage: "what is tested can be read before a letter is typed");
        octomove.Out.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Tasks_are_listed_with_what_each_choice_does_and_cancelled_by_typing_their_ids()
    {
        (await Asked(TasksOnScreenTests.Question, "c", "7, 8")).ShouldBe(new TasksDecided(TaskDecision.Cancel, "7, 8"));
        octomove.Out.ShouldContain("Executing ServerTasks-7 (Web shop, Spaces-2, on SRV_01): Deploy Web_Shop");
        octomove.Out.ShouldContain("g = go on with the move: They travel in the database.");
        (await Asked(TasksOnScreenTests.Question, "g", "", "w")).ShouldBe(new TasksDecided(TaskDecision.KeepWaiting), "nothing typed is nothing decided");
        (await Asked(TasksOnScreenTests.Question, "s")).ShouldBeOfType<StopHere>();
    }

    [Fact]
    public async Task What_has_to_be_done_by_hand_is_said_step_by_step_with_what_happens_otherwise()
    {
        var byHand = new DoByHand("Turn it on.", ["Log in.", "Click it."]) { Otherwise = "It stays off." };
        (await Asked(byHand, "d")).ShouldBeOfType<Go>();
        octomove.Out.ShouldContain("  2. Click it.");
        octomove.Out.ShouldContain("Without it: It stays off.");
        (await Asked(byHand, "o")).ShouldBeOfType<Skip>();
        (await Asked(byHand with { Otherwise = null }, "o", "s")).ShouldBeOfType<StopHere>("without it there is no going on");
    }

    [Fact]
    public async Task A_failure_offers_retry()
    {
        (await Asked(new RetryOrStop(SampleMove.AccessDenied), "r")).ShouldBeOfType<Retry>();
        octomove.Out.ShouldContain("Then retry.");
    }

    private async Task<MoveAnswer> Asked(MoveQuestion question, params string[] typed)
    {
        octomove.Keyboard.Types(typed);
        octomove.Asking(question);
        await octomove.Run("run");
        return octomove.Answers[^1];
    }
}
