using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class ConnectionStringsTests
{
    private const string Plain = "Server=sql;Database=Octopus;User ID=octopus;Password=hunter2";

    [Theory]
    [InlineData("Network Library=dbmssocn", "Network Library")]
    [InlineData("Net=dbmssocn", "Net")]
    [InlineData("Network=dbnmpntw", "Network")]
    [InlineData("Asynchronous Processing=true", "Asynchronous Processing")]
    [InlineData("async=true", "async")]
    [InlineData("Connection Reset=false", "Connection Reset")]
    [InlineData("Context Connection=false", "Context Connection")]
    [InlineData("Transparent Network IP Resolution=true", "Transparent Network IP Resolution")]
    [InlineData("TransparentNetworkIPResolution=true", "TransparentNetworkIPResolution")]
    public void Keywords_that_the_client_refuses_are_left_out_and_told(string old, string keyword)
    {
        ConnectionStrings.Parse($"{Plain};{old}").InitialCatalog.ShouldBe("Octopus");
        ConnectionStrings.WithoutPassword($"{Plain};{old}").ShouldBe(ConnectionStrings.WithoutPassword(Plain));
        ConnectionStrings.Notices($"{Plain};{old}").ShouldHaveSingleItem().ShouldStartWith(keyword, Case.Insensitive);
        ConnectionStrings.Notices(Plain).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Address=sql;UID=octopus;PWD=hunter2;Initial Catalog=Octopus")]
    [InlineData("Addr=sql;User=octopus;Pwd=hunter2;database=Octopus")]
    [InlineData("Network Address=sql;user id=octopus;Password=hunter2;Database=Octopus")]
    [InlineData("Data Source=sql;UID=octopus;password='hunter2';Initial Catalog=\"Octopus\"")]
    public void Other_names_for_the_same_are_understood(string text) =>
        ConnectionStrings.Read(text).ShouldBe(new ConnectionParts("sql", "Octopus", "octopus", "hunter2"));

    [Fact]
    public void Trusted_connections_need_no_password() => ConnectionStrings.LacksPassword("Server=sql;Trusted_Connection=yes").ShouldBeFalse();

    [Theory]
    [InlineData("Server=sql;Datbase=Octopus;Password=hunter2", "datbase")]
    [InlineData("Provider=SQLOLEDB;Server=sql;Password=hunter2", "provider")]
    [InlineData("Server=sql;Driver={ODBC Driver 18 for SQL Server};Password=hunter2", "driver")]
    public void A_keyword_that_nobody_knows_is_named(string text, string keyword)
    {
        var failure = Should.Throw<MoveFailure>(() => ConnectionStrings.Parse(text));

        failure.Report.Cause.ShouldBe(FailureCause.Usage);
        failure.Report.What.ShouldContain(keyword, Case.Insensitive);
        failure.Report.ToDo.ShouldContain(each => each.Contains("Database=Octopus", StringComparison.Ordinal));
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("Server=sql;Encrypt=perhaps;Password=hunter2", "encrypt")]
    [InlineData("Server=sql;Connect Timeout=soon;Password=hunter2", "connect timeout")]
    [InlineData("Server=sql;ApplicationIntent=hunter2", "applicationintent")]
    [InlineData("Server=sql;Password='hunter2", "")]
    [InlineData("hunter2", "")]
    public void A_value_that_can_not_be_used_is_named_by_its_keyword_and_not_shown(string text, string keyword)
    {
        var failure = Should.Throw<MoveFailure>(() => ConnectionStrings.Parse(text));

        failure.Report.What.ShouldContain(keyword, Case.Insensitive);
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(".", "OLD01")]
    [InlineData("(local)", "OLD01")]
    [InlineData("localhost", "OLD01")]
    [InlineData("127.0.0.1", "OLD01")]
    [InlineData("::1", "OLD01")]
    [InlineData(@".\SQLEXPRESS", @"OLD01\SQLEXPRESS")]
    [InlineData(@"(LOCAL)\SQLEXPRESS", @"OLD01\SQLEXPRESS")]
    [InlineData("tcp:localhost,1500", "tcp:OLD01,1500")]
    [InlineData("sql.example.com", "sql.example.com")]
    [InlineData(@"sql\OCTO", @"sql\OCTO")]
    public void The_old_server_s_own_machine_has_a_name_elsewhere(string source, string elsewhere) =>
        ConnectionStrings.Read(ConnectionStrings.FromElsewhere($"Server={source};Database=Octopus;User ID=octopus;Password=hunter2", "OLD01"))
            .ShouldBe(new ConnectionParts(elsewhere, "Octopus", "octopus", "hunter2"));

    [Fact]
    public void LocalDB_is_out_of_reach_from_elsewhere() =>
        Should.Throw<MoveFailure>(() => ConnectionStrings.FromElsewhere(@"Server=(localdb)\MSSQLLocalDB;Database=Octopus;Integrated Security=true", "OLD01"))
            .Report.What.ShouldContain("only on OLD01");

    [Fact]
    public void A_password_is_taken_out_and_put_back()
    {
        var plain = ConnectionStrings.WithoutPassword("Server=sql;Database=Octopus;User ID=octopus;Password=hunter2");

        plain.ShouldNotContain("hunter2");
        ConnectionStrings.LacksPassword(plain).ShouldBeTrue();
        ConnectionStrings.WithPassword(plain, "hunter2").ShouldContain("hunter2");
        ConnectionStrings.LacksPassword("Server=sql;Integrated Security=true").ShouldBeFalse();
    }

    [Theory]
    [InlineData("sql.example.com", "sql.example.com", 1433)]
    [InlineData("127.0.0.1,14333", "127.0.0.1", 14333)]
    [InlineData("tcp:sql,1500", "sql", 1500)]
    [InlineData(".", "localhost", 1433)]
    [InlineData("(local)", "localhost", 1433)]
    [InlineData(@"sql\NAMED,1500", "sql", 1500)]
    public void Host_and_port_are_found_where_the_name_tells_them(string source, string host, int port) =>
        ConnectionStrings.HostAndPort(source).ShouldBe((host, port));

    [Theory]
    [InlineData(@"sql\SQLEXPRESS")]
    [InlineData(@"(localdb)\MSSQLLocalDB")]
    public void A_named_instance_without_port_is_left_to_the_client(string source) => ConnectionStrings.HostAndPort(source).ShouldBeNull();
}
