using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Tests.Screens.Support;
using OctoMoveTui.Tests.SqlServer;
using Terminal.Gui.Input;

namespace OctoMoveTui.Tests.Screens;

public sealed class ConnectionFormTests
{
    [Fact]
    public void The_string_is_shown_in_fields_and_as_a_whole()
    {
        using var screen = new StillScreen();
        _ = screen.Ask(AScreen.NewConnection);
        screen.Text.ShouldContain("The new database, as the new Octopus Server will connect to it");
        screen.Text.ShouldContain("> Server                 sql01");
        screen.Text.ShouldContain("Login                  octo_user");
        screen.Text.ShouldContain("< Mandatory >");
        screen.Text.ShouldContain("Server=sql01;Database=Octo_pus;User ID=octo_user");
    }

    [Fact]
    public async Task A_field_changes_the_whole_and_the_password_is_in_neither_view()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.NewConnection);
        screen.Type("_b").Press(Key.Tab, Key.Tab, Key.Tab).Type("hunter;2");
        screen.Text.ShouldContain("Data Source=sql01_b");
        screen.Text.ShouldNotContain("hunter");
        screen.Press(Key.F5);
        var given = (await answer.Given()).ShouldBeOfType<ConnectionStringGiven>();
        given.OnlyTest.ShouldBeFalse();
        var whole = new SqlConnectionStringBuilder(given.Value.Reveal());
        whole.DataSource.ShouldBe("sql01_b");
        whole.Password.ShouldBe("hunter;2");
    }

    [Fact]
    public async Task A_pasted_string_fills_the_fields_and_its_password_is_hidden_from_the_start()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new GiveConnectionString(ConnectionPurpose.OldDatabase, "", false));
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 6)]);
        screen.Text.ShouldContain("> As a whole");
        screen.Type("Server=s1;Database=D_1;User Id=u;Password=hunter2;Encrypt=Strict");
        screen.Text.ShouldNotContain("hunter2");
        screen.Press(Key.Tab);
        screen.Text.ShouldNotContain("hunter2");
        screen.Text.ShouldContain("Database               D_1");
        screen.Text.ShouldContain("< Strict >");
        screen.Press(Key.F5);
        new SqlConnectionStringBuilder((await answer.Given()).ShouldBeOfType<ConnectionStringGiven>().Value.Reveal()).Password.ShouldBe("hunter2");
    }

    [Fact]
    public async Task Choices_say_their_consequences()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.NewConnection);
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 4)]);
        screen.Text.ShouldContain("the server's certificate is checked");
        screen.Press(Key.Space, Key.CursorRight);
        screen.Text.ShouldContain("all else crosses the network in the clear");
        screen.Press(Key.CursorDown, Key.Space);
        screen.Text.ShouldContain("somebody in between could pass as the server");
        screen.Press(Key.F5);
        var whole = new SqlConnectionStringBuilder((await answer.Given()).ShouldBeOfType<ConnectionStringGiven>().Value.Reveal());
        whole.Encrypt.ShouldBe(SqlConnectionEncryptOption.Optional);
        whole.TrustServerCertificate.ShouldBeTrue();
    }

    [Fact]
    public async Task A_test_keeps_the_form_open_with_what_was_typed_and_shows_what_was_found()
    {
        using var screen = new StillScreen();
        var test = screen.Ask(AScreen.NewConnection);
        screen.Press(Key.Tab, Key.Tab, Key.Tab).Type("hunter2").Press(Key.F6);
        (await test.Given()).ShouldBeOfType<ConnectionStringGiven>().OnlyTest.ShouldBeTrue();
        screen.Text.ShouldContain("Testing the connection ...");
        screen.KeyBar.ShouldNotContain("Test");

        var again = screen.Ask(AScreen.NewConnection with
        {
            Findings = [new(Verdict.Pass, "Reached sql01."), new(Verdict.Fail, "No right to create databases."), new(Verdict.Warn, "Express edition.")],
        });
        screen.Text.ShouldNotContain("Testing");
        screen.Text.ShouldContain("✓ ok: Reached sql01.");
        screen.Text.ShouldContain("! FAIL: No right to create databases.");
        screen.Text.ShouldContain("~ warn: Express edition.");
        screen.Text.ShouldContain("> Password");
        screen.Press(Key.F5);
        new SqlConnectionStringBuilder((await again.Given()).ShouldBeOfType<ConnectionStringGiven>().Value.Reveal()).Password.ShouldBe("hunter2");
    }

    [Fact]
    public async Task The_choices_about_a_certificate_can_be_read_on_a_small_screen()
    {
        await using var server = await ASqlServer.StartAsync();
        var findings = await ConnectionTest.TryAsync(
            server.ConnectionString("Octopus", with: each => each.TrustServerCertificate = false), "old", "Octopus", CancellationToken.None);
        using var screen = new StillScreen();
        _ = screen.Ask(AScreen.NewConnection with { Findings = findings });

        screen.Text.ShouldContain("Connection string (more below)");
        screen.Text.ShouldContain("is not trusted");
        screen.Press([.. Enumerable.Repeat(Key.Tab, 8)]);
        foreach (var choice in (string[])["Best: give the SQL Server a certificate", "Or pin it: ServerCertificate=FILE", "Or TrustServerCertificate=True", "read the password."])
        {
            screen.Text.ShouldContain(choice);
        }
    }

    [Fact]
    public void A_password_that_is_known_is_said_to_stay()
    {
        using var screen = new StillScreen();
        _ = screen.Ask(AScreen.NewConnection with { HasPassword = true });
        screen.Text.ShouldContain("Password               (known; stays as it is)");
    }

    [Fact]
    public void Asked_again_after_going_on_it_still_has_what_was_typed()
    {
        using var screen = new StillScreen();
        _ = screen.Ask(AScreen.NewConnection);
        screen.Type("_b").Press(Key.F5);
        screen.Text.ShouldContain("Steps:");
        _ = screen.Ask(AScreen.NewConnection with { Problem = "The login failed." });
        screen.Text.ShouldContain("sql01_b");
        screen.Text.ShouldContain("! The login failed.");
    }

    [Fact]
    public void What_cannot_be_read_is_not_sent()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(new GiveConnectionString(ConnectionPurpose.OldDatabase, "", false));
        screen.Press(Key.F5);
        screen.Text.ShouldContain("! The server is missing.");
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 6)]).Type("nonsense").Press(Key.F5);
        screen.Text.ShouldContain("The connection string can't be read");
        answer.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_keyword_that_is_none_is_named()
    {
        using var screen = new StillScreen(120, 40);
        _ = screen.Ask(AScreen.NewConnection);
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 6)]).Type(";Datbase=x").Press(Key.F5);
        screen.Text.ShouldContain("keyword datbase", Case.Insensitive);
    }

    [Fact]
    public async Task A_connection_string_of_an_older_client_is_taken()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.NewConnection);
        screen.Press([.. Enumerable.Repeat(Key.CursorDown, 6)]).Type(";Network Library=dbmssocn").Press(Key.F5);
        (await answer.Given()).ShouldBeOfType<ConnectionStringGiven>().Value.Reveal().ShouldContain("sql01");
    }

    [Fact]
    public void What_to_do_about_a_failure_is_no_warning()
    {
        using var screen = new StillScreen();
        _ = screen.Ask(AScreen.NewConnection with
        {
            Findings = [new(Verdict.Fail, "The login failed."), new(Verdict.Fail, "Check the password.") { IsAdvice = true }],
        });
        screen.Text.ShouldContain("! FAIL: The login failed.");
        screen.Text.ShouldContain("→ Check the password.");
    }

    [Fact]
    public async Task The_actions_at_the_end_are_reached_by_tab_and_pressed_by_enter()
    {
        using var screen = new StillScreen();
        var answer = screen.Ask(AScreen.NewConnection);
        screen.Press([.. Enumerable.Repeat(Key.Tab, 7)]);
        screen.Text.ShouldContain("> [ Test (F6) ]");
        screen.Press(Key.Enter);
        (await answer.Given()).ShouldBeOfType<ConnectionStringGiven>().OnlyTest.ShouldBeTrue();
    }
}
