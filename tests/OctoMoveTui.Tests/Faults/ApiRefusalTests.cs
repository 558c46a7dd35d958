using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;

namespace OctoMoveTui.Tests.Faults;

/// <summary>Whatever answers in place of Octopus Server's API, and however: a failure that says what to do, never a defect and never half a resource put back.</summary>
public sealed class ApiRefusalTests(SharedWorld shared) : IClassFixture<SharedWorld>, IDisposable
{
    private readonly TimingSettings timing = new() { ServerBusy = TimeSpan.Zero };
    private bool isKeyForgotten;

    private OctopusMachine Server => shared.World.Old;

    public void Dispose() => Server.AnswerInstead = null;

    [Theory]
    [InlineData(401, "was revoked", "you are asked for the key", true)]
    [InlineData(403, "may not do that", "AdministerSystem", true)]
    [InlineData(429, "more requests than it allows", "Wait", false)]
    [InlineData(500, "an error of its own", "server log", false)]
    [InlineData(502, "proxy", "without the proxy", false)]
    [InlineData(503, "starting, stopping or overloaded", "its service runs", false)]
    [InlineData(504, "proxy", "without the proxy", false)]
    [InlineData(418, "", "what it said below", false)]
    public async Task A_refusal_says_why_and_what_to_do_and_only_one_of_the_key_makes_it_forgotten(int status, string why, string toDo, bool forgets)
    {
        Server.AnswerInstead = _ => new ApiAnswer(status, "{ \"ErrorMessage\": \"in its own words\" }");
        using var api = Api();

        var report = (await Should.ThrowAsync<MoveFailure>(() => api.ListNodesAsync(default))).Report;

        report.Cause.ShouldBe(FailureCause.OctopusApi);
        report.What.ShouldBe($"Octopus Server at {Server.Url} refused GET /api/octopusservernodes/summary (HTTP {status}).");
        report.Why.ShouldContain(why);
        string.Join(' ', report.ToDo).ShouldContain(toDo);
        report.Raw.ShouldBe("in its own words");
        isKeyForgotten.ShouldBe(forgets);
    }

    public static TheoryData<string, string> Garbage => new()
    {
        { "text/html", "<html><body>Please sign in</body></html>" },
        { "text/html; charset=no-such-thing", "<html>" },
        { "application/json", "" },
        { "application/json", "[1, 2]" },
        { "application/json", "\"text\"" },
        { "application/json", "null" },
        { "application/json", "{ \"Items\": [ { \"Id\"" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_is_no_answer_of_Octopus_is_called_that(string contentType, string body)
    {
        Server.AnswerInstead = _ => new ApiAnswer(200, body) { ContentType = contentType, Node = "" };
        using var api = Api();

        foreach (var ask in new Func<Task>[]
        {
            () => api.IsInMaintenanceModeAsync(default), () => api.SetMaintenanceModeAsync(true, default), () => api.ListSpacesAsync(default),
            () => api.ListActiveTasksAsync(default), () => api.FindNodeLimitAsync(default), () => api.GetIdentityAsync(default), () => api.FindWakeUpAsync(default),
        })
        {
            (await Should.ThrowAsync<MoveFailure>(ask)).Report.What.ShouldContain("is not the API of an Octopus Server");
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"Items\": [ 1, \"two\", null, [], { \"Id\": 7, \"Endpoint\": 3, \"MachineCleanupPolicy\": [] } ], \"Links\": { \"Page.Next\": null } }")]
    [InlineData("{ \"Items\": 5, \"Nodes\": \"none\", \"Limits\": {}, \"Links\": [] }")]
    public async Task Json_of_another_shape_breaks_nothing_and_is_never_put_back(string body)
    {
        var changes = 0;
        Server.AnswerInstead = call =>
        {
            if (call.Method != "GET")
                Interlocked.Increment(ref changes);
            return new ApiAnswer(200, body);
        };
        using var api = Api();

        foreach (var ask in new Func<Task>[]
        {
            () => api.ListSpacesAsync(default), () => api.ListNodesAsync(default), () => api.ListActiveTasksAsync(default), () => api.FindNodeLimitAsync(default),
            () => api.FindWakeUpAsync(default), () => api.ListTargetsAsync(default), () => api.FindCountsAsync(default), () => api.GetLicenceAsync(default),
        })
        {
            await Should.NotThrowAsync(ask);
        }

        await Should.ThrowAsync<MoveFailure>(() => api.SetMaintenanceModeAsync(true, default));
        await Should.ThrowAsync<MoveFailure>(() => api.SetDrainAsync("OctopusServerNodes-OLD-SERVER", true, default));
        await Should.ThrowAsync<MoveFailure>(() => api.SetServerUriAsync("http://new", default));
        changes.ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/spaces?skip=1", "leads back to itself")]
    [InlineData("@elsewhere.example/api/spaces", "leads to another host, with the key")]
    [InlineData("5", "leads nowhere")]
    public async Task A_list_whose_next_page_can_not_be_is_refused(string next, string because)
    {
        Server.AnswerInstead = _ => new ApiAnswer(200, $"{{ \"Items\": [], \"Links\": {{ \"Page.Next\": \"{next}\" }} }}");
        using var api = Api();

        (await Should.ThrowAsync<MoveFailure>(() => api.ListSpacesAsync(default), because)).Report.What.ShouldContain("is not the API of an Octopus Server");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_not_waited_for_for_ever()
    {
        timing.Request = TimeSpan.FromMilliseconds(200);
        Server.AnswerInstead = _ => ApiAnswer.Silence;
        using var api = Api();

        var report = (await Should.ThrowAsync<MoveFailure>(() => api.ListSpacesAsync(default))).Report;

        report.What.ShouldEndWith("did not answer GET /api/spaces?take=100 within 200 milliseconds.");
        report.ToDo.ShouldContain(each => each.Contains("Timing:Request", StringComparison.Ordinal));
    }

    private OctopusApi Api() => new(
        Server.Url, new Secret(shared.World.Secrets.ApiKey), new ApiPatience(timing, TimeProvider.System, _ => { }), _ => { }, () => isKeyForgotten = true);
}
