using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Octopus;

public sealed class StartUpIndexingTests
{
    [Theory]
    [InlineData("""{"PackagesDirectory":"Packages","IndexAtStartUp":true}""", true, "IndexAtStartUp")]
    [InlineData("""{"IsIndexed":false,"ReIndexOnStartup":"True"}""", true, "ReIndexOnStartup")]
    [InlineData("""{"Settings":{"IndexPackagesAtStartup":false}}""", false, "IndexPackagesAtStartup")]
    [InlineData("""{"DisableStartupIndexing":true}""", false, "DisableStartupIndexing")]
    [InlineData("""{"DeleteUnreleasedPackagesAfter":null,"PackagesDirectory":"Index"}""", null, "")]
    [InlineData("not a document", null, "")]
    public void A_switch_that_speaks_of_an_index_is_taken_for_the_setting_and_what_can_not_be_told_counts_as_on(string document, bool? isOn, string property)
    {
        var found = StartUpIndexing.Of(document);

        found.ShouldBe(new StartUpIndexing(isOn, property));
        found.MayRun.ShouldBe(isOn != false);
    }
}
