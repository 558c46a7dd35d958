using OctoMoveTui.Engine.Steps;

namespace OctoMoveTui.Tests.Moving;

/// <summary>Accounts that exist on one machine only never get a login on another.</summary>
public sealed class MachineBoundAccountsTests
{
    [Theory]
    [InlineData(@"OLD-SERVER\svc-octopus", true)]
    [InlineData(@"old-sql\backup", true)]
    [InlineData(@"NT SERVICE\OctopusDeploy", true)]
    [InlineData(@"NT AUTHORITY\SYSTEM", true)]
    [InlineData(@"CORP\OLD-SERVER$", true)]
    [InlineData(@"CORP\OTHER$", false)]
    [InlineData(@"CORP\svc-octopus", false)]
    [InlineData("octopus", false)]
    public void Local_accounts_virtual_ones_and_the_machine_itself(string user, bool isBound) =>
        DatabaseLogins.IsMachineBound(user, "OLD-SERVER", @"OLD-SQL\OCTOPUS").ShouldBe(isBound);
}
