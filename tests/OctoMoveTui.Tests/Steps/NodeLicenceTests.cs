using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Tests.Steps;

public sealed class NodeLicenceTests
{
    [Theory]
    [InlineData("""{"LicenseText":"<License Signature='x'><LicensedTo>Acme</LicensedTo><NodeLimit>3</NodeLimit></License>"}""", 3L)]
    [InlineData("""{"LicenseText":"<License><LicensedTo>Acme</LicensedTo></License>"}""", 1L)]
    [InlineData("""{"LicenseText":"<License><NodeLimit>Unlimited</NodeLimit></License>"}""", null)]
    [InlineData("""{"LicenseText":"<License>"}""", null)]
    [InlineData("""{"LicenseText":{}}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("not JSON", null)]
    public void The_licence_names_its_limit_and_one_that_does_not_is_for_one_node(string document, long? limit) =>
        NodeLicence.LimitIn(document).ShouldBe(limit);

    [Fact]
    public void The_old_rows_count_until_they_are_removed_unless_a_new_node_takes_one_over()
    {
        ClusterCheckWords.Licensed(2, ["NEW"], ["OLD"]).Verdict.ShouldBe(Verdict.Pass);
        ClusterCheckWords.Licensed(2, ["NEW"], ["OLD", "GHOST"]).Finding.ShouldBe(
            "The licence allows 2 nodes. Until retire-old-server removes the old rows there are 3: NEW, OLD and GHOST.");
        ClusterCheckWords.Licensed(2, ["old"], ["OLD", "GHOST"]).Verdict.ShouldBe(Verdict.Pass);
        ClusterCheckWords.Licensed(2, ["A", "B", "C"], ["A"]).Finding.ShouldStartWith("The licence allows 2 nodes; the new server is planned with 3: ");
        ClusterCheckWords.Licensed(null, ["A"], []).Verdict.ShouldBe(Verdict.Unknown);
    }
}
