using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.OctopusServer;
using OctoMoveTui.Tests.SandboxOctopus;
using OctopusServerExe = OctoMoveTui.Engine.Octopus.OctopusServerExe;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>Executables of several ages, at the wire: each refuses what it doesn't know, as the real one does.</summary>
public sealed class VersionGateTests
{
    [Theory]
    [InlineData("2026.2.4120", "2026.2.4120")]
    [InlineData("3.17.14\n", "3.17.14")]
    [InlineData("2023.3.13026-hotfix1+Branch.release.Sha.0123abc", "2023.3.13026-hotfix1")]
    [InlineData("Octopus Deploy: Octopus version 3.5.9 (3.5.9+Branch.master)\n3.5.9", "3.5.9")]
    [InlineData("Loaded in 0.25 s\n2018.6.1\n\n", "2018.6.1")]
    public void A_version_is_read_whatever_stands_around_it(string printed, string version) => OctopusVersion.Find(printed)!.Text.ShouldBe(version);

    [Theory]
    [InlineData("2018.5.7", "2018.6", false)]
    [InlineData("2018.6.0", "2018.6", true)]
    [InlineData("2018.10.1", "2018.6", true)]
    [InlineData("3.16.3", "3.16.4", false)]
    [InlineData("4.0.0", "3.16.4", true)]
    [InlineData("2026.1.1", "3.5", true)]
    public void Versions_are_compared_by_number_and_not_by_letter(string version, string since, bool isAtLeast) =>
        OctopusVersion.Find(version)!.IsAtLeast(since).ShouldBe(isAtLeast);

    [Theory]
    [InlineData("3.12.9", false, false)]
    [InlineData("3.17.14", true, false)]
    [InlineData("2018.5.7", true, false)]
    [InlineData("2026.2.4120", true, true)]
    public async Task An_instance_is_created_with_the_options_that_its_version_knows(string version, bool home, bool nodeName)
    {
        await using var at = new AMachine(options => options with { Version = version });
        var exe = Exe(at);

        await exe.RunAsync(exe.CreateInstance(at["home/OctopusServer.config"], at["home"], "NODE-1"), default);

        var created = at.Machine.Calls.Last(each => each.Arguments[0] == "create-instance");
        created.ExitCode.ShouldBe(0);
        created.Arguments.Contains("--home=" + at["home"]).ShouldBe(home);
        created.Arguments.Contains("--serverNodeName=NODE-1").ShouldBe(nodeName);
        (await exe.HasAsync(VersionGates.NodeNameAtCreation, default)).ShouldBe(nodeName, "the caller has to name the node with configure otherwise");
        ConfigFile.Load(at["home/OctopusServer.config"])[ConfigFile.Home].ShouldBe(at["home"], "with or without --home");
    }

    [Fact]
    public async Task The_version_is_asked_once_and_what_was_refused_is_not_tried_again()
    {
        await using var at = new AMachine(options => options with { DroppedOptions = ["noconsolelogging"] });
        at.AddInstance();
        (await at.Machine.OctopusAsync("set-master-key", "--masterKey", "5qJcW9E6B99teMmrOzaYNA==")).ExitCode.ShouldBe(0);
        var exe = Exe(at);
        var before = at.Machine.Calls.Count;

        (await exe.ShowMasterKeyAsync(default)).Reveal().ShouldBe("5qJcW9E6B99teMmrOzaYNA==");
        (await exe.ShowMasterKeyAsync(default)).Reveal().ShouldBe("5qJcW9E6B99teMmrOzaYNA==");

        at.Machine.Calls.Skip(before).Select(each => string.Join(' ', each.Arguments)).ShouldBe(
        [
            "version --format=text",
            "show-master-key --instance=OctopusServer --console --noconsolelogging",
            "show-master-key --instance=OctopusServer --console",
            "show-master-key --instance=OctopusServer --console",
        ]);
    }

    [Fact]
    public async Task A_failure_that_is_no_misunderstanding_is_not_tried_again()
    {
        await using var at = new AMachine();

        (await Should.ThrowAsync<MoveFailure>(() => Exe(at).ShowMasterKeyAsync(default))).Report.Raw!.ShouldContain("has not been configured on this machine");

        at.Machine.Calls.Count(each => each.Arguments[0] == "show-master-key").ShouldBe(1);
    }

    [Fact]
    public async Task A_version_before_the_settings_were_in_the_database_is_refused_in_a_clear_sentence()
    {
        await using var at = new AMachine(options => options with { Version = "3.4.15" });

        var failure = await Should.ThrowAsync<MoveFailure>(() => Exe(at).ShowConfigurationAsync(default));

        failure.Report.What.ShouldEndWith("is Octopus Server 3.4.15; octomove moves 3.5 and later.");
        at.Machine.Calls.ShouldHaveSingleItem().Arguments[0].ShouldBe("version");
    }

    [Fact]
    public void A_command_that_a_version_has_not_is_not_given_and_an_option_that_means_nothing_to_it_is_left_out()
    {
        var old = OctopusVersion.Find("2018.5.7")!;

        VersionGates.Missing(["node", "--instance=X", "--taskCap=0"], old).ShouldBe(VersionGates.TaskCap);
        VersionGates.Missing(["node", "--instance=X", "--drain=true"], old).ShouldBeNull();
        VersionGates.Fit(["path", "--instance=X", "--artifacts=/a", "--imports=/i", "--eventExports=/e"], OctopusVersion.Find("2021.1.1")!)
            .ShouldBe(["path", "--instance=X", "--artifacts=/a", "--imports=/i"]);
    }

    [Fact]
    public async Task What_is_not_Octopus_Server_is_told_by_its_silence_on_the_version()
    {
        await using var at = new AMachine();
        at.Machine.Intercept = async call =>
        {
            await call.WriteLineAsync("hello");
            return 0;
        };

        (await Should.ThrowAsync<MoveFailure>(() => Exe(at).VersionAsync(default))).Report.What.ShouldContain("can't find out which version");
    }

    private static OctopusServerExe Exe(AMachine at) => new(new Programs(at.Machine.OctopusServer, _ => { }, new Redactor()), "OctopusServer", new Redactor());
}
