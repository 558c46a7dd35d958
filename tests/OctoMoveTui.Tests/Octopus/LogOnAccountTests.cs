using OctoMoveTui.Engine.Octopus;

namespace OctoMoveTui.Tests.Octopus;

public sealed class LogOnAccountTests
{
    [Theory]
    [InlineData("", LogOnKind.LocalSystem, "LocalSystem")]
    [InlineData("Local System", LogOnKind.LocalSystem, "LocalSystem")]
    [InlineData(@".\LocalSystem", LogOnKind.LocalSystem, "LocalSystem")]
    [InlineData(@"NT AUTHORITY\SYSTEM", LogOnKind.LocalSystem, "LocalSystem")]
    [InlineData(@"NT AUTHORITY\NETWORK SERVICE", LogOnKind.BuiltIn, @"NT AUTHORITY\NetworkService")]
    [InlineData("NetworkService", LogOnKind.BuiltIn, @"NT AUTHORITY\NetworkService")]
    [InlineData(@"nt authority\LocalService", LogOnKind.BuiltIn, @"NT AUTHORITY\LocalService")]
    [InlineData(@"CORP\octo$", LogOnKind.Managed, @"CORP\octo$")]
    [InlineData(@" CORP\octo ", LogOnKind.User, @"CORP\octo")]
    [InlineData("octo@corp.example", LogOnKind.User, "octo@corp.example")]
    public void An_account_is_recognised_however_it_is_written(string configured, LogOnKind kind, string name) =>
        LogOnAccount.Of(configured).ShouldBe(new LogOnAccount(kind, name));

    [Theory]
    [InlineData("", "LocalSystem", true)]
    [InlineData("", @"CORP\octo", false)]
    [InlineData(@"CORP\octo", @"corp\OCTO", true)]
    [InlineData(@"CORP\octo", @"OTHER\octo", false)]
    [InlineData(@"CORP\octo", "octo@corp.example", true)]
    [InlineData(@"SRV\octo", @".\octo", true)]
    [InlineData(@"NT AUTHORITY\NETWORK SERVICE", @"NT AUTHORITY\NetworkService", true)]
    [InlineData(@"CORP\octo", "LocalSystem", false)]
    public void What_the_service_controller_shows_is_compared_by_its_meaning(string configured, string shown, bool same) =>
        LogOnAccount.Of(configured).IsShownAs(shown).ShouldBe(same);

    [Fact]
    public void Account_and_dependencies_are_read_by_position_for_the_labels_may_be_translated()
    {
        const string Output = """
            [SC] QueryServiceConfig ERFOLG

            SERVICE_NAME: OctopusDeploy
                    TYP                : 10  WIN32_OWN_PROCESS
                    STARTTYP           : 2   AUTO_START
                    DISPLAY_NAME       : OctopusDeploy
                    ABHÄNGIGKEITEN     : MSSQL$SQLEXPRESS
                                       : Tcpip
                    DIENST_STARTNAME   : CORP\octo-service
            """;
        var (account, depends) = ServiceControl.ReadConfiguration(Output);
        account.ShouldBe(@"CORP\octo-service");
        depends.ShouldBe(["MSSQL$SQLEXPRESS", "Tcpip"]);

        ServiceControl.ReadConfiguration("        DEPENDENCIES       : \n        SERVICE_START_NAME : LocalSystem\n").DependsOn.ShouldBeEmpty();
        ServiceControl.ReadConfiguration("").Account.ShouldBe("");
    }
}
