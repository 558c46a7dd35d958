using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Screens.Support;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class FormTests
{
    private static readonly TypeName Overwrite = new("Octo_pus", "The database Octo_pus is overwritten.", Destroys: true);

    [Fact]
    public async Task The_plan_form_shows_values_help_and_problems_and_gives_all_values_back()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new FillPlan([
            new("Old:Home", "Old home directory", "/var/octo_old", "Where the old server keeps its files."),
            new("New:Home", "New home directory", "/var/new_", "Where the new server will.", "That is a file."),
            new("Backup:FolderOnOldSql", "Backup folder", "", "As the old SQL Server sees it."),
        ]));
        screen.Text.ShouldContain("/var/octo_old");
        screen.Text.ShouldContain("! That is a file.");
        screen.Text.ShouldContain("> New home directory");
        screen.Text.ShouldContain("Where the new server will. (New:Home)");

        screen.Type("dir").Press(Key.Enter).Type("/backup");
        screen.Text.ShouldNotContain("That is a file.");
        screen.Press(Key.F5);
        (await answer.Given()).ShouldBeOfType<PlanFilled>().Values.ShouldBe(new Dictionary<string, string>
        {
            ["Old:Home"] = "/var/octo_old",
            ["New:Home"] = "/var/new_dir",
            ["Backup:FolderOnOldSql"] = "/backup",
        });
        screen.Text.ShouldContain("Steps:");
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    public async Task The_shapes_are_listed_and_one_is_chosen_by_keys(int width, int height)
    {
        using var screen = new StillScreen(width, height);
        var answer = screen.Ask(new ChooseShape(
        [
            new(MoveShape.ServerAndDatabase, "Both_of_them", "Everything goes.", "Long."),
            new(MoveShape.DatabaseOnly, "The_database", "Only the database goes.", "Short."),
            new(MoveShape.Rehearsal, "A_trial", "Nothing goes.", "None."),
        ], MoveShape.ServerAndDatabase));
        screen.Text.ShouldContain("The_database: Only the database goes. Outage: short.");
        screen.Text.ShouldContain("< Both_of_them >");
        screen.Press(Key.CursorRight);
        screen.Text.ShouldContain("< The_database >");
        screen.Press(Key.Enter);
        (await answer.Given()).ShouldBe(new ShapeChosen(MoveShape.DatabaseOnly));
    }

    [Fact]
    public async Task Of_several_instances_one_is_chosen_and_none_is_chosen_beforehand()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new FillPlan([new("Old:Instance", "Old instance", "", "The instance that moves.", "There are 2 instances on this machine.")
        {
            Choices = [new("OctopusServer", "its service OctopusDeploy runs"), new("Production", "it has no service")],
        }]));
        screen.Text.ShouldContain("< choose one: Space >");

        screen.Press(Key.Space);
        screen.Text.ShouldContain("< OctopusServer >");
        screen.Text.ShouldContain("its service OctopusDeploy runs");
        screen.Press(Key.Space);
        screen.Text.ShouldContain("< Production >");
        screen.Press(Key.F5);
        (await answer.Given()).ShouldBeOfType<PlanFilled>().Values["Old:Instance"].ShouldBe("Production");
    }

    [Fact]
    public void A_plan_with_more_fields_than_rows_scrolls_to_the_field_in_use()
    {
        using var screen = new StillScreen();
        _ = screen.Ask(new FillPlan([.. Enumerable.Range(1, 30).Select(n => new PlanField($"Key{n}", $"Field_{n}", $"value_{n}.", "Help."))]));
        screen.Text.ShouldNotContain("value_30.");
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 29)]);
        screen.Text.ShouldContain("> Field_30");
        screen.Text.ShouldContain("value_30.");
        screen.Text.ShouldNotContain("value_1.");
    }

    [Fact]
    public async Task A_secret_is_masked_until_it_is_revealed()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new GiveSecret(SecretKind.ApiKey, "To ask the old server for its tasks.") { Problem = "That key is not known there." });
        screen.Text.ShouldContain("API key");
        screen.Text.ShouldContain("! That key is not known there.");
        screen.Type("API-HUNTER2");
        screen.Text.ShouldNotContain("HUNTER2");
        screen.Press(Key.F4);
        screen.Text.ShouldContain("API-HUNTER2");
        screen.Press(Key.F4);
        screen.Text.ShouldNotContain("HUNTER2");
        screen.Press(Key.Enter);
        (await answer.Given()).ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe("API-HUNTER2");
    }

    [Fact]
    public async Task An_empty_secret_is_refused_unless_it_may_be_left_out()
    {
        using var screen = new StillScreen();
        var needed = screen.Ask(new GiveSecret(SecretKind.ApiKey, "Why."));
        screen.Press(Key.Enter);
        screen.Text.ShouldContain("! Nothing was typed.");
        needed.IsCompleted.ShouldBeFalse();
        screen.Type("x").Press(Key.Enter);
        var optional = screen.Ask(new GiveSecret(SecretKind.ApiKey, "Why.", MaySkip: true));
        screen.Text.ShouldContain("It may stay empty.");
        screen.Press(Key.Enter);
        (await optional.Given()).ShouldBeOfType<SecretGiven>().Value.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task The_master_key_is_shown_on_request_and_hidden_again_while_it_is_typed()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.MasterKey);
        screen.Text.ShouldContain("ab12cd34");
        screen.Text.ShouldContain("14 sensitive values");
        screen.Text.ShouldNotContain("c2VjcmV0");
        screen.Press(Key.F4);
        screen.Text.ShouldContain("c2VjcmV0LWtleQ==");
        screen.Type("c2VjcmV0LWtleQ==");
        screen.Text.ShouldNotContain("c2VjcmV0");
        screen.Press(Key.Enter);
        (await answer.Given()).ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe("c2VjcmV0LWtleQ==");

        _ = screen.Ask(AScreen.MasterKey with { Problem = "That is another key." });
        screen.Text.ShouldContain("! That is another key.");
        screen.Text.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public async Task The_master_key_is_saved_to_a_file_when_its_passphrase_was_typed_twice()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.MasterKey with { KeyFile = "/move/key" });
        screen.Press(Key.Tab, Key.Tab).Type("four words in a row").Press(Key.Tab).Type("four words in a raw").Press(Key.F5);
        screen.Text.ShouldContain("! The two passphrases differ.");
        screen.Text.ShouldNotContain("four words");
        answer.IsCompleted.ShouldBeFalse();
        screen.Type("four words in a row").Press(Key.Tab, Key.Tab, Key.Tab, Key.Tab).Type("four words in a row").Press(Key.F5);
        var given = (await answer.Given()).ShouldBeOfType<KeyFileGiven>();
        (given.File, given.Passphrase.Reveal()).ShouldBe(("/move/key", "four words in a row"));
    }

    [Fact]
    public async Task A_key_file_is_opened_and_a_lost_key_can_be_said_to_be_lost()
    {
        using var screen = new StillScreen();
        var opened = screen.Ask(new GiveSecret(SecretKind.MasterKey, "Why.") { KeyFile = "/move/key" });
        screen.Press(Key.Tab, Key.Tab).Type("four words in a row");
        screen.Text.ShouldNotContain("four words");
        screen.Press(Key.Enter);
        (await opened.Given()).ShouldBeOfType<KeyFileGiven>().File.ShouldBe("/move/key");

        var lost = screen.Ask(new GiveSecret(SecretKind.MasterKey, "Why.") { KeyFile = "/move/key" });
        screen.Press(Key.Tab, Key.Tab, Key.Tab, Key.Tab);
        screen.Text.ShouldContain("octomove never resets a key");
        screen.Press(Key.Enter);
        (await lost.Given()).ShouldBeOfType<MasterKeyLost>();
    }

    [Fact]
    public async Task A_wrong_name_is_said_and_the_form_stays()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(Overwrite);
        screen.Text.ShouldContain("The database Octo_pus is overwritten.");
        screen.Text.ShouldContain("To go on, type:  Octo_pus");
        screen.Type("octo_pus").Press(Key.Enter);
        screen.Text.ShouldContain("! That is not the name. Nothing was done.");
        answer.IsCompleted.ShouldBeFalse();
        screen.Press([.. Enumerable.Repeat(Key.Backspace, 8)]).Type("Octo_pus").Press(Key.F5);
        (await answer.Given()).ShouldBe(new Typed("Octo_pus"));
    }

    [Fact]
    public void All_that_would_be_lost_can_be_read_on_a_small_screen_beside_the_field()
    {
        const string loss = "The database Octo_pus on SQL-NEW (owner dba, created 2025-11-22 23:10, ONLINE) and everything in it will be destroyed. "
            + "There is no way back. It was last restored on 2026-01-05 04:12 by CORP\\somebody from a backup of OctopusTest. "
            + "It is a database of Octopus Server: 96 tables, 41.2 GB. 7 sessions are connected to it and will be cut off: "
            + "Octopus Server as CORP\\svc-octopus from OCTO-TEST-01, Reports as reader from BI-SERVER-17, SQLAgent as sa from SQL-NEW.";
        using var screen = new StillScreen();
        _ = screen.Ask(Overwrite with { Consequence = loss });
        var read = string.Join(' ', screen.Rows.SelectMany(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        read.ShouldContain(loss);
        screen.Text.ShouldContain("To go on, type:  Octo_pus");
        screen.Text.ShouldContain("> Name");
        screen.Text.ShouldNotContain("(more below)");
    }

    [Fact]
    public async Task Letters_that_are_keys_elsewhere_are_letters_in_a_field()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new TypeName("qrs xyz/?n", "It is lost.", true));
        screen.Type("qrs xyz/?n").Press(Key.Enter);
        (await answer.Given()).ShouldBe(new Typed("qrs xyz/?n"));
    }

    [Fact]
    public async Task Escape_in_a_form_asks_and_gives_the_form_back()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(Overwrite);
        screen.Type("Octo").Press(Key.Esc);
        screen.Text.ShouldContain("Leave octomove?");
        screen.Press(new Key('x'), Key.Esc).Type("_pus").Press(Key.Enter);
        (await answer.Given()).ShouldBe(new Typed("Octo_pus"));
    }

    [Fact]
    public async Task A_question_that_the_engine_gives_up_takes_its_form_away()
    {
        using var screen = AScreen.WithTheMoveOpen();
        using var stop = new CancellationTokenSource();
        var answer = screen.Ask(Overwrite, stop.Token);
        await stop.CancelAsync();
        screen.Text.ShouldContain("Steps:");
        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Two_questions_at_once_are_asked_one_after_the_other()
    {
        using var screen = AScreen.WithTheMoveOpen();
        var first = screen.Ask(SampleMove.ConfirmBackUp);
        var second = screen.Ask(Overwrite);
        screen.Text.ShouldContain("Back up the database: do it?");
        screen.Press(Key.Enter);
        (await first.Given()).ShouldBeOfType<Go>();
        screen.Text.ShouldContain("To go on, type:  Octo_pus");
        second.IsCompleted.ShouldBeFalse();
    }
}
