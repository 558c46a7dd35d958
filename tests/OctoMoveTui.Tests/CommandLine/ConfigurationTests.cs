using OctoMoveTui.Engine.Files;
using OctoMoveTui.Tests.CommandLine.Support;

namespace OctoMoveTui.Tests.CommandLine;

public sealed class ConfigurationTests : IDisposable
{
    private readonly ACommandLine octomove = new();

    public void Dispose() => octomove.Dispose();

    [Fact]
    public async Task Defaults_stand_when_nothing_is_configured()
    {
        (await octomove.Run("status")).ShouldBe(0);
        octomove.Settings!.Old.Sc.ShouldBe("sc.exe");
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_and_an_option_over_both()
    {
        octomove.WithConfiguration("""{ "Move": "file", "Old": { "Home": "file", "Instance": "file" }, "New": { "Home": "file" } }""")
            .WithVariable("OCTOMOVE_Old__Home", "environment")
            .WithVariable("OCTOMOVE_New__Home", "environment");

        await octomove.Run("status", "--set", "New:Home=option", "--move", "option");

        octomove.Settings!.Old.Instance.ShouldBe("file");
        octomove.Settings.Old.Home.ShouldBe("environment");
        octomove.Settings.New.Home.ShouldBe("option");
        octomove.Settings.Move.ShouldBe("option");
    }

    [Fact]
    public async Task Options_may_stand_before_and_after_the_command()
    {
        await octomove.Run("--move", "here", "status");
        octomove.Settings!.Move.ShouldBe("here");
    }

    [Fact]
    public async Task A_file_beside_the_program_is_found_when_the_current_folder_has_none()
    {
        Directory.CreateDirectory(Path.Combine(octomove.Folder, "program"));
        octomove.WithConfiguration("""{ "Move": "beside" }""", "program/octomove.json");
        await octomove.Run("status");
        octomove.Settings!.Move.ShouldBe("beside");
    }

    [Fact]
    public async Task A_given_file_is_read_in_place_of_the_usual_one()
    {
        octomove.WithConfiguration("""{ "Move": "usual" }""").WithConfiguration("""{ "Move": "given" }""", "other.json");
        await octomove.Run("status", "--config", "other.json");
        octomove.Settings!.Move.ShouldBe("given");
    }

    [Fact]
    public async Task A_given_file_that_is_not_there_is_refused()
    {
        (await octomove.Run("status", "--config", "gone.json")).ShouldBe(2);
        octomove.Error.ShouldContain("gone.json");
    }

    [Theory]
    [InlineData("""{ "Old": { "Hoem": "x" } }""", "Old:Hoem", "Old:Home")]
    [InlineData("""{ "Bakcup": { "FolderOnOldSql": "x" } }""", "Bakcup:FolderOnOldSql", "Backup:FolderOnOldSql")]
    public async Task An_unknown_key_in_the_file_is_named_and_the_near_one_suggested(string json, string key, string near)
    {
        octomove.WithConfiguration(json);
        (await octomove.Run("status")).ShouldBe(2);
        octomove.Error.ShouldContain(key);
        octomove.Error.ShouldContain($"Did you mean {near}?");
        octomove.Settings.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_key_is_refused_wherever_it_comes_from()
    {
        (await octomove.Run("status", "--set", "Colour=red")).ShouldBe(2);
        octomove.WithVariable("OCTOMOVE_New__Pasword", "hunter2");
        (await octomove.Run("status")).ShouldBe(2);
        octomove.Error.ShouldContain("New:Pasword");
        octomove.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Secrets_come_from_the_environment_only()
    {
        octomove.WithVariable("OCTOMOVE_MasterKey", "k").WithVariable("OCTOMOVE_New__Password", "p");
        (await octomove.Run("status")).ShouldBe(0);
        octomove.Settings!.MasterKey.ShouldBe("k");
        octomove.Settings.New.Password.ShouldBe("p");

        (await octomove.Run("status", "--set", "new:password=hunter2")).ShouldBe(2);
        octomove.Error.ShouldContain("OCTOMOVE_New__Password");
        octomove.WithConfiguration("""{ "MasterKey": "hunter2" }""");
        (await octomove.Run("status")).ShouldBe(2);
        octomove.Error.ShouldContain("OCTOMOVE_MasterKey");
        octomove.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_value_that_cannot_be_understood_is_named_with_its_key()
    {
        (await octomove.Run("status", "--set", "Timing:Poll=soon")).ShouldBe(2);
        octomove.Error.ShouldContain("Timing:Poll");
        octomove.Error.ShouldContain("soon");
    }

    [Fact]
    public async Task Broken_JSON_is_said_with_the_name_of_the_file()
    {
        octomove.WithConfiguration("{ nonsense");
        (await octomove.Run("status")).ShouldBe(2);
        octomove.Error.ShouldContain("octomove.json");
    }

    [Fact]
    public async Task A_set_without_its_equals_sign_is_refused()
    {
        (await octomove.Run("status", "--set", "Move")).ShouldBe(2);
        octomove.Error.ShouldContain("Key=Value");
    }

    [Fact]
    public async Task The_address_of_a_test_server_is_no_key()
    {
        octomove.WithVariable("OCTOMOVE_TEST_SQL", "Server=here");
        (await octomove.Run("status")).ShouldBe(0);
    }

    [Fact]
    public async Task How_the_screen_shows_itself_is_configured_too()
    {
        octomove.HasTerminal = true;
        octomove.WithVariable("OCTOMOVE_Screen__Driver", "dotnet");
        await octomove.Run("--ascii");
        octomove.ShownOnScreen!.Screen.Driver.ShouldBe("dotnet");
        octomove.ShownOnScreen.Screen.Ascii.ShouldBe(true);
    }

    [Fact]
    public async Task How_directories_are_copied_is_read_in_the_words_of_people()
    {
        await octomove.Run(
            "status", "--set", "Copy:BytesPerSecond=50MB", "--set", "Copy:BytesPerSecondAhead=160 Mbit/s", "--set", "Copy:PoliteAhead=true",
            "--set", "Copy:Hash=SHA256", "--set", "Copy:CompareContents=true", "--set", "Copy:Verify=times");
        var copy = octomove.Settings!.Copy;
        copy.BytesPerSecond!.Value.BytesPerSecond.ShouldBe(50 << 20);
        copy.BytesPerSecondAhead!.Value.BytesPerSecond.ShouldBe(20_000_000);
        copy.PoliteAhead.ShouldBeTrue();
        copy.Hash.ShouldBe(FileHashKind.Sha256);
        copy.CompareContents.ShouldBeTrue();
        copy.Verify.ShouldBe(VerifyDepth.SizesAndTimes);
    }

    [Fact]
    public async Task Without_a_word_copies_have_no_limit_and_are_verified_by_content()
    {
        await octomove.WithVariable("OCTOMOVE_Copy__BytesPerSecond", "").Run("status", "--set", "Copy:BytesPerSecondAhead=1000");
        octomove.Settings!.Copy.BytesPerSecond.ShouldBeNull();
        octomove.Settings.Copy.BytesPerSecondAhead!.Value.BytesPerSecond.ShouldBe(1000);
        octomove.Settings.Copy.Hash.ShouldBe(FileHashKind.XxHash128);
        octomove.Settings.Copy.Verify.ShouldBe(VerifyDepth.Contents);
    }

    [Theory]
    [InlineData("Copy:BytesPerSecond", "fast", "50MB, 20 MB/s, 160 Mbit/s")]
    [InlineData("Copy:BytesPerSecondAhead", "0", "50MB, 20 MB/s, 160 Mbit/s")]
    [InlineData("Copy:Hash", "md5", "It is one of: xxh128, sha256.")]
    [InlineData("Copy:Verify", "1", "It is one of: contents, times.")]
    [InlineData("Copy:PoliteAhead", "very", "true or false")]
    public async Task A_value_that_cannot_be_read_is_refused_with_how_it_is_written(string key, string value, string help)
    {
        (await octomove.Run("status", "--set", $"{key}={value}")).ShouldBe(2);
        octomove.Error.ShouldContain($"The value \"{value}\" of the configuration key {key} can't be understood.");
        octomove.Error.ShouldContain(help);
    }
}
