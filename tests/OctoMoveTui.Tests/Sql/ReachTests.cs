using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;
using OctoMoveTui.Sandbox.SqlServer;
using OctoMoveTui.Tests.SqlServer;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Sql;

/// <summary>How far one comes on the way to a SQL Server is found out with real sockets, and said.</summary>
public sealed class ReachTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    [Fact]
    [Proves("11001")]
    public async Task A_name_without_an_address()
    {
        var failure = await RefusedAsync("Server=no-such-host.invalid;Database=Octopus;User ID=octopus;Password=x");

        failure.Report.Why.ShouldBe("No address was found for the name no-such-host.invalid.");
    }

    [Fact]
    [Proves("10061")]
    public async Task A_port_nobody_listens_on()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = Port(closed);
        closed.Stop();

        var failure = await RefusedAsync($"Server=127.0.0.1,{port};Database=Octopus;User ID=octopus;Password=x");

        failure.Report.Why.ShouldBe($"127.0.0.1 answers, but nothing listens on port {port}.");
        failure.Report.ToDo.ShouldContain(each => each.Contains("TCP/IP", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("10060")]
    public async Task A_machine_that_drops_the_packets()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is silent when the queue of a listener is full.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var end = (IPEndPoint)listener.LocalEndPoint!;
        using var first = new TcpClient();
        await first.ConnectAsync(end);
        using var second = new TcpClient();
        using var third = new TcpClient();
        _ = second.ConnectAsync(end);
        _ = third.ConnectAsync(end);

        var reach = await ReachProbe.FindObstacleAsync($"127.0.0.1,{end.Port}", Short, CancellationToken.None);

        reach.ShouldNotBeNull().Phase.ShouldBe(ReachPhase.Silent);
        SqlNetworkAdvice.Unreached(Trouble(reach)).Why.ShouldContain("firewall drops the packets");
    }

    [Fact]
    [Proves("-2", "258")]
    public async Task A_listener_that_never_says_a_word()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var failure = await RefusedAsync($"Server=127.0.0.1,{Port(listener)};Database=Octopus;User ID=octopus;Password=x");

        failure.Report.What.ShouldContain($"accepted the connection on port {Port(listener)} and then said nothing");
    }

    [Fact]
    [Proves("0")]
    public async Task A_listener_that_is_no_SQL_Server()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = AnswerEveryoneAsync(listener, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");

        var failure = await RefusedAsync($"Server=127.0.0.1,{Port(listener)};Database=Octopus;User ID=octopus;Password=x");

        failure.Report.Why.ShouldBe($"What listens on 127.0.0.1, port {Port(listener)}, does not speak SQL Server's language.");
    }

    [Fact]
    [Proves("-2")]
    public async Task A_server_that_does_not_finish_the_login()
    {
        await using var server = await ASqlServer.StartAsync();
        server.Faults.FailNextLogin();

        var failure = await RefusedAsync(server.ConnectionString());

        failure.Report.What.ShouldContain("answers, but did not finish the login in time");
    }

    [Fact]
    [Proves("26", "-1")]
    public async Task A_named_instance_that_no_browser_knows()
    {
        var failure = await RefusedAsync(@"Server=127.0.0.1\NOWHERE;Database=Octopus;User ID=octopus;Password=x");

        failure.Report.Why.ShouldBe("SQL Server Browser on 127.0.0.1 (UDP port 1434) did not tell the port of the instance NOWHERE.");
        failure.Report.ToDo[0].ShouldContain("Server=127.0.0.1,PORT");
    }

    [Theory]
    [InlineData("tcp;{0};np;\\\\SQL01\\pipe\\MSSQL$OCTO\\sql\\query;;", ReachPhase.Answers)]
    [InlineData("np;\\\\SQL01\\pipe\\MSSQL$OCTO\\sql\\query;;", ReachPhase.InstanceWithoutTcp)]
    public async Task The_browser_tells_where_a_named_instance_listens(string how, ReachPhase phase)
    {
        await using var server = await ASqlServer.StartAsync();
        using var browser = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var text = $"ServerName;SQL01;InstanceName;OCTO;IsClustered;No;Version;16.0.1000.6;{string.Format(System.Globalization.CultureInfo.InvariantCulture, how, server.Double.DataSource.Split(',')[1])}";
        var answering = AnswerOnceAsync(browser, text);

        var reach = await ReachProbe.LookAsync(
            @"127.0.0.1\OCTO", TimeSpan.FromSeconds(3), CancellationToken.None, ((IPEndPoint)browser.Client.LocalEndPoint!).Port);

        (await answering).ShouldBe([4, .. "OCTO"u8, 0]);
        reach.ShouldNotBeNull().Phase.ShouldBe(phase);
        reach.Instance.ShouldBe("OCTO");
    }

    [Fact]
    [Proves("-2146893019", "35", "P18")]
    public async Task The_certificate_of_a_default_installation_is_explained_and_the_choices_have_their_price()
    {
        await using var server = await ASqlServer.StartAsync();

        var failure = await RefusedAsync(server.ConnectionString(with: each => each.TrustServerCertificate = false));

        failure.Report.What.ShouldContain("is not trusted");
        failure.Report.Why.ShouldContain("nobody vouches for it");
        failure.Report.ToDo.Count.ShouldBe(4);
        failure.Report.ToDo[0].ShouldContain("a certificate for 127.0.0.1 that this machine trusts");
        failure.Report.ToDo[1].ShouldContain("ServerCertificate=");
        failure.Report.ToDo[1].ShouldContain("A renewed one is refused");
        failure.Report.ToDo[2].ShouldContain("TrustServerCertificate=True");
        failure.Report.ToDo[2].ShouldContain("could read the password");
    }

    [Fact]
    public async Task The_certificate_that_was_seen_can_be_pinned()
    {
        await using var server = await ASqlServer.StartAsync();
        using var folder = new TemporaryFolder();

        var reach = await ReachProbe.LookAsync(server.Double.DataSource, TimeSpan.FromSeconds(3), CancellationToken.None);
        await File.WriteAllTextAsync(folder["sql.cer"], reach.ShouldNotBeNull().Certificate.ShouldNotBeNull().Pem);

        await using var pinned = await server.OpenAsync(with: each => { each.TrustServerCertificate = false; each.ServerCertificate = folder["sql.cer"]; });
        (await pinned.ScalarAsync("SELECT 1")).ShouldBe(1);
    }

    [Fact]
    [Proves("20")]
    public async Task A_server_without_encryption()
    {
        await using var server = await ASqlServer.StartAsync(options => options with { Encryption = EncryptionMode.NotSupported });

        var failure = await RefusedAsync(server.ConnectionString());

        failure.Report.What.ShouldContain("offers no encryption");
        failure.Report.ToDo[1].ShouldContain("Encrypt=Optional");
    }

    [Fact]
    [Proves("-2146893022")]
    public void A_certificate_that_is_made_out_to_another_name()
    {
        var advice = Advise(Certificate("sql.example.com", DateTimeOffset.UnixEpoch.AddYears(200)), "sql01");

        advice.Why.ShouldBe("It is made out to sql.example.com, not to sql01. CN=Example CA has issued it.");
        advice.ToDo[1].ShouldContain("HostNameInCertificate=sql.example.com");
    }

    [Fact]
    [Proves("-2146893019")]
    public void A_certificate_that_has_run_out() =>
        Advise(Certificate("sql01", DateTimeOffset.UnixEpoch.AddYears(50)), "sql01").Why.ShouldContain("It was valid until 2020-01-01");

    [Fact]
    [Proves("-2146893019")]
    public void A_certificate_of_somebody_unknown() => Advise(Certificate("sql01", DateTimeOffset.UnixEpoch.AddYears(200)), "sql01").Why
        .ShouldBe("CN=Example CA has issued it, whom this machine does not trust. It is made out to sql01.");

    [Fact]
    [Proves("18452", "17806")]
    public async Task Windows_authentication_without_a_ticket()
    {
        await using var server = await ASqlServer.StartAsync();

        var failure = await RefusedAsync($"Server={server.Double.DataSource};Database=master;Integrated Security=True;TrustServerCertificate=True");

        failure.Report.Cause.ShouldBe(FailureCause.SqlConnection);
        var toDo = string.Join("\n", failure.Report.ToDo);
        toDo.ShouldContain("kinit");
        toDo.ShouldContain("setspn -L shows MSSQLSvc/127.0.0.1");
        toDo.ShouldContain("use a SQL login");
    }

    [Theory]
    [InlineData("Active Directory Default")]
    [InlineData("Active Directory Integrated")]
    [InlineData("Active Directory Password")]
    public async Task A_login_of_Entra_ID(string method)
    {
        var failure = await RefusedAsync($"Server=sql.example.com;Database=Octopus;Authentication={method}");

        failure.Report.What.ShouldContain("Authentication=");
        failure.Report.Why.ShouldContain("Entra ID");
    }

    [Fact]
    public async Task A_certificate_file_that_is_not_there()
    {
        await using var server = await ASqlServer.StartAsync();

        var failure = await RefusedAsync(server.ConnectionString(with: each => { each.TrustServerCertificate = false; each.ServerCertificate = "/nowhere/sql.cer"; }));

        failure.Report.Cause.ShouldBe(FailureCause.SqlConnection);
    }

    private static async Task<MoveFailure> RefusedAsync(string connection) => await Should.ThrowAsync<MoveFailure>(async () =>
    {
        var sql = new Engine.Sql.SqlServer(connection, _ => { }, () => { }) { Patience = TimeSpan.FromSeconds(1) };
        await (await sql.OpenMasterAsync(CancellationToken.None)).DisposeAsync();
    });

    private static SqlTrouble Trouble(ServerReach reach) => new() { Server = reach.Host, Login = "octopus", Messages = [], Reach = reach };

    private static SqlAdvice Advise(X509Certificate2 certificate, string host)
    {
        using (certificate)
        {
            var seen = new SeenCertificate(certificate, DateTimeOffset.UnixEpoch.AddYears(55));
            return SqlAdvice.For(Trouble(new ServerReach(ReachPhase.Answers, host, 1433, null, seen)) with
            {
                Messages = [new(0, 0, 20, "")],
                IsCertificateRefused = true,
            });
        }
    }

    private static X509Certificate2 Certificate(string name, DateTimeOffset until)
    {
        using var key = ECDsa.Create();
        using var authorityKey = ECDsa.Create();
        var authority = new CertificateRequest("CN=Example CA", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(DateTimeOffset.UnixEpoch, until.AddDays(1));
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(issuer, DateTimeOffset.UnixEpoch, until, [1]);
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task AnswerEveryoneAsync(TcpListener listener, string words)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(words));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException)
        {
        }
    }

    private static async Task<byte[]> AnswerOnceAsync(UdpClient browser, string text)
    {
        var asked = await browser.ReceiveAsync();
        var body = Encoding.ASCII.GetBytes(text);
        await browser.SendAsync(new ReadOnlyMemory<byte>([5, (byte)body.Length, (byte)(body.Length >> 8), .. body]), asked.RemoteEndPoint);
        return asked.Buffer;
    }
}
