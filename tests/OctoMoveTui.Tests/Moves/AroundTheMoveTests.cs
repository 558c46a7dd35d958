using Microsoft.Data.SqlClient;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moves;

/// <summary>One move of a server with all sorts of things around it, to another address; each test looks at one of them.</summary>
public sealed class AroundTheMoveTests(AroundTheMoveTests.Moved moved) : IClassFixture<AroundTheMoveTests.Moved>
{
    private const string Thumbprint = "0F3C0E5D1F0B6A1E2D3C4B5A69788796A5B4C3D2";

    private AMove Move => moved.Move;

    [Fact]
    public async Task None_of_it_stops_the_move()
    {
        moved.Ended.Outcome.ShouldBe(MoveOutcome.Finished, Move.Person.Story);
        await Move.ShouldHaveMovedAsync();
        Move.ShouldHaveWrittenNoSecret();
    }

    [Fact]
    [Proves("P20")]
    public void A_certificate_binding_that_is_missing_on_the_new_machine_is_told_with_the_command_that_makes_it()
    {
        var made = Made("A4");
        made.Verdict.ShouldBe(Verdict.Warn);
        made.Finding.ShouldContain("No certificate is bound at 0.0.0.0:443 here");
        made.Advice.ShouldContain(each => each.EndsWith(
            $"http add sslcert ipport=0.0.0.0:443 certhash={Thumbprint} appid={{e2096a4c-2391-4be1-9f17-e353f930e7f1}} certstorename=My", StringComparison.Ordinal));
        made.Finding.ShouldNotContain("0.0.0.0:9999", Case.Sensitive, "that belongs to another program");
    }

    [Fact]
    [Proves("P22")]
    public void Tentacles_that_poll_an_address_that_changes_get_a_command_each()
    {
        Made("A6").Verdict.ShouldBe(Verdict.Warn);
        Made("A6").Finding.ShouldContain("polling Tentacles (1 worker among them)");

        var file = File.ReadAllText(Path.Combine(Move.World.MoveFolder, "polling-tentacles.txt"));
        file.ShouldContain("# worker-2 (Workers-2, worker in ");
        file.ShouldContain("# web-01 (Machines-1, deployment target in Default");
        file.ShouldContain($"Tentacle poll-server --server={Move.Settings.New.Url} --apikey=API-YOUR-KEY --server-comms-port=10943\nTentacle service --restart\n");
        file.ShouldNotContain("web-03", Case.Sensitive, "that one listens");
        file.ShouldContain("A Kubernetes agent");
        moved.Ended.Sentence.ShouldNotBeEmpty();
        Move.Person.Story.ShouldContain("poll this server at an address that changes");
    }

    [Fact]
    [Proves("P23")]
    public void A_listening_Tentacle_that_the_new_server_can_not_reach_is_named()
    {
        var made = Made("A8");
        made.Verdict.ShouldBe(Verdict.Warn);
        made.Finding.ShouldStartWith("1 of 4 listening Tentacles can't be reached from here: web-08 at https://127.0.0.1:");
        made.Advice[0].ShouldContain("firewall");
    }

    [Fact]
    [Proves("P25")]
    public void An_expired_licence_is_told_up_front()
    {
        var made = Made("A5");
        made.Verdict.ShouldBe(Verdict.Warn);
        made.Finding.ShouldContain("has expired on 2020-01-31");
    }

    [Fact]
    public void What_fires_by_itself_is_told_before_the_node_takes_tasks()
    {
        Made("A9").Verdict.ShouldBe(Verdict.Warn);
        Made("A9").Finding.ShouldContain("3 enabled triggers, 1 subscription");
        Made("A9").Finding.ShouldContain("\"Short-lived machines\"");

        var told = Move.Person.Events.OfType<Logged>().Select(each => each.Text).ToList();
        var wakesUp = told.FindIndex(each => each.Contains("What was due meanwhile fires now: 3 triggers (Every night 1", StringComparison.Ordinal));
        wakesUp.ShouldBeGreaterThan(0);
        told[wakesUp].ShouldStartWith("The outage lasts ");
        told.FindIndex(each => each.Contains("takes tasks again", StringComparison.Ordinal)).ShouldBeGreaterThan(wakesUp);
        told.ShouldContain(each => each.Contains("see that all targets answer before that", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_that_mails_begin_with_follows_when_it_was_the_old_one()
    {
        Made("A7").Finding.ShouldContain($"retire-old-server changes that to {Move.Settings.New.Url}");
        using var api = new AnApi(Move.World.New, Move.World.Secrets.ApiKey);
        ((string?)(await api.GetAsync("/api/serverconfiguration"))["ServerUri"]).ShouldBe(Move.Settings.New.Url);
    }

    private CheckMade Made(string id) => Move.Person.Events.OfType<CheckMade>().First(each => each.Id == id);

    /// <summary>The move.</summary>
    public sealed class Moved : IAsyncLifetime
    {
        public AMove Move { get; private set; } = null!;

        public MoveEnded Ended { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Move = await AMove.OnAsync(AMove.Small with { DeafTarget = true });
            var world = Move.World;
            Move.Settings.New.Url = world.New.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
            await world.ListenAtAsync($"{world.Old.Url}/,https://octopus.example.com");
            (world.Old.HttpSys.SpeaksGerman, world.New.HttpSys.SpeaksGerman) = (true, false);
            world.Old.HttpSys.Add(new SslBinding("0.0.0.0:443", Thumbprint));
            world.Old.HttpSys.Add(new SslBinding("0.0.0.0:9999", Thumbprint, "{00000000-0000-0000-0000-000000000001}"));
            await ExecuteAsync(world.OldAdminConnectionString, $$"""
                INSERT INTO dbo.Configuration (Id, JSON) VALUES (N'serverconfiguration', N'{"Id": "serverconfiguration", "ServerUri": "{{world.Old.Url}}"}');
                UPDATE dbo.Configuration SET JSON = REPLACE(JSON, N'{"Id":"licenses-current"', N'{"MaintenanceExpires":"2020-01-31T00:00:00.000+00:00","Id":"licenses-current"') WHERE Id = N'licenses-current';
                """);
            Ended = await Move.RunAsync();
        }

        public ValueTask DisposeAsync() => Move.DisposeAsync();

        private static async Task ExecuteAsync(string connection, string sql)
        {
            await using var open = new SqlConnection(new SqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
            await open.OpenAsync();
            await using var command = open.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }
}
