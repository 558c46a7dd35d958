using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using ServiceState = OctoMoveTui.Engine.Octopus.ServiceState;

namespace OctoMoveTui.Tests.Octopus;

/// <summary>What there is of Octopus Server on a machine, asked of its programs and files.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task The_executable_is_where_the_installer_wrote_that_it_put_it()
    {
        await using var at = new AMachine();

        (await Discovery(at).FindExecutableAsync(default)).ShouldBe(at.Machine.OctopusServer);

        at.Machine.Calls.ShouldHaveSingleItem().Arguments.ShouldBe(["query", @"HKLM\Software\Octopus\OctopusServer", "/v", "InstallLocation", "/reg:64"]);
    }

    [Fact]
    public async Task Without_a_word_of_the_installer_it_is_the_program_of_the_service()
    {
        await using var at = new AMachine();
        at.Machine.Registry.Delete(WindowsRegistry.OctopusServer);
        at.InstallIdleService("OctopusDeploy: Production");

        (await Discovery(at, settings => settings.Instance = "Production").FindExecutableAsync(default)).ShouldBe(at.Machine.OctopusServer);
    }

    [Fact]
    public async Task On_a_machine_that_has_neither_registry_nor_services_it_is_looked_for_where_the_container_has_it()
    {
        await using var at = new AMachine();

        (await Discovery(at, settings => (settings.Reg, settings.Sc) = (at["no/reg"], at["no/sc"])).FindExecutableAsync(default))
            .ShouldBe(OperatingSystem.IsWindows() ? @"C:\Program Files\Octopus Deploy\Octopus\Octopus.Server.exe" : "/Octopus/Octopus.Server");
    }

    [Fact]
    public async Task Instances_are_found_with_their_services_homes_and_databases()
    {
        await using var at = new AMachine();
        Describe(at.AddInstance("OctopusServer").ConfigurationFile, @"D:\Octopus", "Server=SQL01;Database=Octopus;User ID=octopus;Password=hush");
        at.AddInstance("Test");
        at.AddInstance("Old one");
        await at.InstallIdleService().StartAsync(default);
        at.InstallIdleService("OctopusDeploy: Test");

        var found = await Discovery(at).FindInstancesAsync(at.Machine.OctopusServer, default);

        found.Select(each => (each.Name, each.Service)).ShouldBe(
            [("OctopusServer", ServiceState.Running), ("Old one", ServiceState.Missing), ("Test", ServiceState.NotRunning)], ignoreOrder: true);
        var main = found.Single(each => each.Name == "OctopusServer");
        (main.Home, main.Database).ShouldBe((@"D:\Octopus", "SQL01/Octopus as octopus"));
        found.Single(each => each.Name == "Test").Database.ShouldBeNull();
    }

    [Fact]
    public async Task Where_no_service_can_be_asked_for_it_is_unknown_and_not_missing()
    {
        await using var at = new AMachine();
        at.AddInstance();

        (await Discovery(at, settings => settings.Sc = at["no/sc"]).FindInstancesAsync(at.Machine.OctopusServer, default))
            .ShouldHaveSingleItem().Service.ShouldBe(ServiceState.Unknown);
    }

    [Theory]
    [InlineData("3.5.9", false)]
    [InlineData("2019.13.7", true)]
    public async Task Instances_that_an_old_version_keeps_in_the_registry_are_found(string version, bool lists)
    {
        await using var at = new AMachine(options => options with { Version = version });
        at.AddInstance("Production");
        Directory.Exists(at.Machine.InstanceFolder).ShouldBeFalse("in that version it was all registry");

        (await Discovery(at).FindInstancesAsync(at.Machine.OctopusServer, default)).ShouldHaveSingleItem().Record
            .ShouldBe(new InstanceRecord("Production", at["Production.config"]));

        at.Machine.Calls.Any(each => each.Arguments[0] == "list-instances").ShouldBe(lists);
    }

    [Fact]
    public async Task A_newer_version_takes_a_record_over_from_the_registry_and_says_so_before_its_answer()
    {
        await using var at = new AMachine(options => options with { NoiseBeforeInstances = false });
        at.Machine.Instances.Register(new("Production", at["Production.config"]));

        (await Discovery(at).FindInstancesAsync(at.Machine.OctopusServer, default)).ShouldHaveSingleItem().Name.ShouldBe("Production");

        Directory.EnumerateFiles(at.Machine.InstanceFolder).ShouldHaveSingleItem();
        (await at.Machine.RegAsync("query", @"HKLM\Software\Octopus\OctopusServer\Production")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Where_listing_fails_what_the_machine_recorded_counts_and_a_broken_record_is_none()
    {
        await using var at = new AMachine();
        at.AddInstance("Production");
        await File.WriteAllTextAsync(Path.Combine(at.Machine.InstanceFolder, "Broken.config"), "{ \"Name\": 5");
        at.Machine.Intercept = call => Task.FromResult(call.Arguments[0] == "list-instances" ? 43 : (int?)null);

        (await Discovery(at).FindInstancesAsync(at.Machine.OctopusServer, default)).ShouldHaveSingleItem().Name.ShouldBe("Production");

        Directory.Delete(at.Machine.InstanceFolder, recursive: true);
        (await Should.ThrowAsync<MoveFailure>(() => Discovery(at).FindInstancesAsync(at.Machine.OctopusServer, default))).Report.What.ShouldContain("exit code 43");
    }

    [Theory]
    [InlineData("http://localhost:8080/octopus,https://octopus.acme.example/", false, "https://octopus.acme.example")]
    [InlineData("http://+:80/", false, "http://srv01")]
    [InlineData("http://*:8080/octopus; http://localhost:8080/octopus", false, "http://srv01:8080/octopus")]
    [InlineData("http://octopus.acme.example/,https://octopus.acme.example:8443/", true, "https://octopus.acme.example:8443")]
    [InlineData("http://octopus.acme.example/,https://octopus.acme.example:8443/", false, "http://octopus.acme.example")]
    [InlineData("http://127.0.0.1:41234/", false, "http://127.0.0.1:41234")]
    [InlineData("", false, "")]
    [InlineData("nonsense,ftp://x", true, "")]
    public void The_address_is_proposed_from_what_the_portal_listens_on(string prefixes, bool isSecure, string address) =>
        PortalAddress.From(prefixes, isSecure, "SRV01").ShouldBe(address);

    private static OctopusDiscovery Discovery(AMachine at, Action<ServerSettings>? change = null)
    {
        var settings = new ServerSettings { Sc = at.Machine.Sc, Reg = at.Machine.Reg, InstanceRecords = at.Machine.InstanceFolder };
        change?.Invoke(settings);
        return new OctopusDiscovery(settings, _ => { }, new Redactor());
    }

    private static void Describe(string configFile, string home, string connectionString)
    {
        var config = OctoMoveTui.Sandbox.OctopusServer.ConfigFile.Load(configFile);
        config[OctoMoveTui.Sandbox.OctopusServer.ConfigFile.Home] = home;
        config[OctoMoveTui.Sandbox.OctopusServer.ConfigFile.ConnectionString] = connectionString;
        config.Save();
    }
}
