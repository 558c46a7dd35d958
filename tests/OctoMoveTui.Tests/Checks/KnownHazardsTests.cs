using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Checks;

public sealed class KnownHazardsTests
{
    [Theory]
    [InlineData("2018.4.1", "#5852, #3017", "#6366", "#9561")]
    [InlineData("2019.6.3", "#5852, #3017", "#5410")]
    [InlineData("2020.3.2", "#6507")]
    [InlineData("2021.1.7000", "#6899")]
    [InlineData("2022.1.2121", "#7501")]
    [InlineData("2023.1.9000", "#8111, #8338")]
    [InlineData("2026.3.100", "#10155")]
    public void Each_version_has_its_known_troubles(string version, params string[] issues)
    {
        var found = KnownHazards.Of(OctopusVersion.Find(version)!).Select(each => each.Issue).ToList();
        foreach (var issue in issues)
            found.ShouldContain(issue);
    }

    [Theory]
    [InlineData("2019.9.1", "#5852, #3017")]
    [InlineData("2020.3.3", "#6507")]
    [InlineData("2020.3.0", "#6366")]
    [InlineData("2021.1.7198", "#6899")]
    [InlineData("2025.3.10568", "#9561")]
    [InlineData("2026.2.4120", "#10155")]
    public void And_not_those_of_others(string version, string issue) =>
        KnownHazards.Of(OctopusVersion.Find(version)!).ShouldNotContain(each => each.Issue == issue);

    [Fact]
    public void What_octomove_deals_with_passes_and_what_is_left_for_the_person_warns()
    {
        KnownHazards.Check("2019.6.3").Verdict.ShouldBe(Verdict.Pass);
        var warned = KnownHazards.Check("2021.1.7000");
        warned.Verdict.ShouldBe(Verdict.Warn);
        warned.Advice.ShouldContain(each => each.Contains("TrustServerCertificate", StringComparison.Ordinal) && each.Contains("#6899", StringComparison.Ordinal));
        KnownHazards.Check("").Verdict.ShouldBe(Verdict.Unknown);
    }
}
