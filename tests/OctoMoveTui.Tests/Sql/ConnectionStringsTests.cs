using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;

namespace OctoMoveTui.Tests.Sql;

public sealed class ConnectionStringsTests
{
    [Fact]
    public void Keywords_of_the_old_client_are_left_out_instead_of_refused() =>
        ConnectionStrings.Parse("Server=sql;Database=Octopus;Network Library=dbmssocn;Asynchronous Processing=true;Connection Reset=false")
            .InitialCatalog.ShouldBe("Octopus");

    [Fact]
    public void What_can_not_be_read_is_refused_with_an_example()
    {
        var failure = Should.Throw<MoveFailure>(() => ConnectionStrings.Parse("Server=sql;Datbase=Octopus"));
        failure.Report.ToDo.ShouldContain(each => each.Contains("Database=Octopus", StringComparison.Ordinal));
    }

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
    [InlineData(@"sql\NAMED,1500", "sql", 1500)]
    public void Host_and_port_are_found_where_the_name_tells_them(string source, string host, int port) =>
        ConnectionStrings.HostAndPort(source).ShouldBe((host, port));

    [Theory]
    [InlineData(@"sql\SQLEXPRESS")]
    [InlineData(@"(localdb)\MSSQLLocalDB")]
    public void A_named_instance_without_port_is_left_to_the_client(string source) => ConnectionStrings.HostAndPort(source).ShouldBeNull();
}
