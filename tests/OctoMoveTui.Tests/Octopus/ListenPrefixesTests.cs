using System.Text.Json;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Octopus;

public sealed class ListenPrefixesTests
{
    [Theory]
    [InlineData("http://OLD01:80/octopus", "http://NEW01:80/octopus")]
    [InlineData("http://old01.corp.example/", "http://NEW01.corp.example/")]
    [InlineData("http://OLD011/,https://octopus.example.com", "http://OLD011/,https://octopus.example.com")]
    [InlineData("http://+:80/;http://localhost", "http://+:80/,http://localhost")]
    public void Only_the_old_machines_own_name_is_replaced(string before, string after) =>
        ListenPrefixes.Of(before).Renamed("OLD01", "NEW01").ToString().ShouldBe(after);

    [Theory]
    [InlineData("http://+:80/", "http://octopus.example.com", true)]
    [InlineData("http://localhost/", "http://octopus.example.com/", true)]
    [InlineData("http://localhost/", "https://octopus.example.com/", false)]
    [InlineData("https://octopus.example.com/octopus", "https://OCTOPUS.example.com/octopus/", true)]
    [InlineData("https://octopus.example.com/octopus", "https://octopus.example.com", false)]
    [InlineData("http://a:81,http://b:81", "http://b:81", true)]
    public void An_address_is_covered_by_scheme_port_host_and_directory(string prefixes, string url, bool covered) =>
        ListenPrefixes.Of(prefixes).Cover(url).ShouldBe(covered);

    [Fact]
    public void What_is_reserved_has_its_port_and_its_slash() =>
        ListenPrefixes.Of("http://+,https://octopus.example.com/octopus,http://localhost:8080/").Reservable
            .ShouldBe(["http://+:80/", "https://octopus.example.com:443/octopus/", "http://localhost:8080/"]);

    [Theory]
    // Everything came with the database, and a DNS name leads to the new machine.
    [InlineData("https://octopus.example.com", "https://octopus.example.com", "https://octopus.example.com", 10943, 10943, "")]
    // The prefixes stayed behind in the old config file: the address demands one.
    [InlineData("https://octopus.example.com", "http://localhost/", "https://octopus.example.com", 10943, 10943, "ListenPrefixes=http://localhost/,https://octopus.example.com/")]
    // Something stands before the server and speaks https for it: its own address is nothing to listen at.
    [InlineData("http://localhost/", "http://localhost/", "https://octopus.example.com", 10943, 10943, "")]
    // So did the port that polling Tentacles call.
    [InlineData("http://+:80/", "http://+:80/", "http://octopus.example.com", 10944, 10943, "CommunicationsPort=10944")]
    public void Only_what_does_not_fit_the_new_machine_is_set(string old, string now, string url, int oldPort, int port, string wanted)
    {
        var plan = SamplePlan.Make();
        plan = plan with { Old = plan.Old with { Url = url }, New = plan.New with { Url = url } };
        var surroundings = new OldSurroundings { ListenPrefixes = old, CommunicationsPort = oldPort, ForceSsl = false };
        var shown = JsonSerializer.Serialize(new
        {
            Octopus = new { Communications = new { ServicesPort = $"{port}" }, WebPortal = new { ListenPrefixes = now, ForceSSL = "False" } },
        });

        var found = MachineSettings.Wanted(plan, surroundings, InstanceConfiguration.From(JsonDocument.Parse(shown).RootElement));
        string.Join(" ", found.Select(each => $"{each.Setting}={each.Value}")).ShouldBe(wanted);
    }
}
