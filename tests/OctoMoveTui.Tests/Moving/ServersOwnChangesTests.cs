using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Tests.Moving;

public sealed class ServersOwnChangesTests
{
    [Theory]
    [InlineData("dbo.ServerTask", 10, 12, true)]
    [InlineData("dbo.ServerTask", 10, 9, false)]
    [InlineData("dbo.Event", 10, 11, true)]
    [InlineData("Project.Deployments", 10, 11, true)]
    [InlineData("Project.Deployments", 10, 9, false)]
    [InlineData("Library.Packages", 10, 9, true)]
    [InlineData("Library.Packages", 10, 11, true)]
    [InlineData("Project.Releases", 10, 11, false)]
    [InlineData("Project.Releases", 10, 9, false)]
    [InlineData("dbo.SchemaVersions", 10, 11, false)]
    public void Only_what_a_server_does_by_itself_explains_another_number(string kind, long before, long now, bool isExplained) =>
        (ServersOwnChanges.WhyDifferent(kind, before, now) is not null).ShouldBe(isExplained);
}
