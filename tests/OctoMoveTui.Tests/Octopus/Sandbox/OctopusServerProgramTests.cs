using System.Text.Json.Nodes;
using OctoMoveTui.Sandbox.OctopusServer;

namespace OctoMoveTui.Tests.SandboxOctopus;

public sealed class OctopusServerProgramTests
{
    [Fact]
    public async Task An_unknown_command_ends_with_exit_code_2()
    {
        await using var at = new AMachine();
        (await at.Machine.OctopusAsync("frobnicate")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_option_is_a_controlled_error_between_lines_of_equals_signs_and_its_value_is_not_repeated()
    {
        await using var at = new AMachine();
        at.AddInstance();
        var said = await at.Machine.OctopusAsync("database", "--instance=OctopusServer", "--masterkeyy=c2VjcmV0");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("Unrecognized command line arguments: --masterkeyy");
        said.Errors.ShouldNotContain("c2VjcmV0");
        said.Errors.Split('\n')[0].Trim().ShouldBe(new string('=', 79));
    }

    [Fact]
    public async Task A_command_that_no_move_needs_is_refused_with_that_reason()
    {
        await using var at = new AMachine();
        var said = await at.Machine.OctopusAsync("lost-master-key", "--iReallyWantToResetAllMySensitiveData");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("a move has no business with it");
    }

    [Fact]
    public async Task Without_an_administrator_s_rights_commands_end_with_exit_code_42_but_the_version_is_told()
    {
        await using var at = new AMachine();
        at.Machine.Elevated = false;
        (await at.Machine.OctopusAsync("list-instances")).ExitCode.ShouldBe(42);
        (await at.Machine.OctopusAsync("version")).Output.Trim().ShouldBe("2026.2.4120");
    }

    [Fact]
    public async Task An_instance_that_is_not_there_is_named_together_with_those_that_are()
    {
        await using var at = new AMachine();
        at.AddInstance("Second");
        var said = await at.Machine.OctopusAsync("show-master-key", "--instance", "OctopusServer", "--console", "--noconsolelogging");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("has not been configured on this machine");
        said.Errors.ShouldContain("Second");
    }

    [Fact]
    public async Task Instances_are_listed_as_json_behind_a_line_of_noise()
    {
        await using var at = new AMachine();
        (await at.Machine.OctopusAsync("create-instance", "--instance", "OctopusServer", "--config=" + at["home/OctopusServer.config"], "--home", at["home"])).ExitCode.ShouldBe(0);

        var output = (await at.Machine.OctopusAsync("list-instances", "--format=json")).Output;
        output.ShouldStartWith("Migrating OctopusServer instance from registry");
        var listed = JsonNode.Parse(output[output.IndexOf('[', StringComparison.Ordinal)..])!.AsArray().ShouldHaveSingleItem()!;
        ((string?)listed["InstanceName"]).ShouldBe("OctopusServer");
        ((string?)listed["ConfigurationFilePath"]).ShouldBe(at["home/OctopusServer.config"]);
        ConfigFile.Load(at["home/OctopusServer.config"])[ConfigFile.Home].ShouldBe(at["home"]);
    }

    [Fact]
    public async Task Creating_an_instance_keeps_a_config_file_that_is_there_without_a_word()
    {
        await using var at = new AMachine();
        var left = ConfigFile.LoadOrCreate(at["OctopusServer.config"]);
        left[ConfigFile.ConnectionString] = "Server=somebody-else;Database=Octopus";
        left.Save();

        (await at.Machine.OctopusAsync("create-instance", "--config", at["OctopusServer.config"])).ExitCode.ShouldBe(0);
        ConfigFile.Load(at["OctopusServer.config"])[ConfigFile.ConnectionString].ShouldBe("Server=somebody-else;Database=Octopus");
    }

    [Fact]
    public async Task Deleting_an_instance_leaves_its_config_file()
    {
        await using var at = new AMachine();
        var record = at.AddInstance();
        (await at.Machine.OctopusAsync("delete-instance", "--instance=OctopusServer")).ExitCode.ShouldBe(0);
        at.Machine.Instances.All.ShouldBeEmpty();
        File.Exists(record.ConfigurationFile).ShouldBeTrue();
    }

    [Fact]
    public async Task A_master_key_is_shown_where_it_was_set_and_its_config_file_is_useless_on_another_machine()
    {
        const string key = "5qJcW9E6B99teMmrOzaYNA==";
        await using var at = new AMachine();
        await using var other = new AMachine();
        var record = at.AddInstance();
        (await at.Machine.OctopusAsync("set-master-key", "--masterKey", key)).ExitCode.ShouldBe(0);
        (await at.Machine.OctopusAsync("show-master-key")).Output.Trim().ShouldBe(key);
        ((string?)JsonNode.Parse((await at.Machine.OctopusAsync("show-master-key", "--format=json")).Output)!["MasterKey"]).ShouldBe(key);
        File.ReadAllText(record.ConfigurationFile).ShouldNotContain(key);

        File.Copy(record.ConfigurationFile, other.AddInstance().ConfigurationFile, overwrite: true);
        var said = await other.Machine.OctopusAsync("show-master-key");
        said.ExitCode.ShouldBe(1);
        said.Errors.ShouldContain("Unable to parse configuration key 'Octopus.Storage.MasterKey' as a 'Byte[]'.");
    }

    [Fact]
    public async Task The_help_lists_the_commands_and_the_options_of_one()
    {
        await using var at = new AMachine();
        (await at.Machine.OctopusAsync("help")).Output.ShouldContain("show-configuration");
        (await at.Machine.OctopusAsync("path", "--help")).Output.ShouldContain("--eventExports=VALUE");
    }
}
