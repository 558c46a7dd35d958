using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Sandbox.Machines;
using OctoMoveTui.Tests.SandboxOctopus;

namespace OctoMoveTui.Tests.Faults;

/// <summary>Which requests are sent again by themselves, when, and how that is told.</summary>
public sealed class ApiPatienceTests(SharedWorld shared) : IClassFixture<SharedWorld>, IDisposable
{
    private readonly WatchedTime time = new();
    private readonly List<string> told = [];
    private readonly List<ApiCall> calls = [];
    private readonly TimingSettings timing = new();

    private OctopusMachine Server => shared.World.Old;

    public void Dispose() => Server.AnswerInstead = null;

    [Theory]
    [InlineData("20")]
    [InlineData("Sun, 01 Mar 2026 02:00:20 GMT")]
    public async Task A_server_that_limits_requests_is_left_alone_for_as_long_as_it_asks_and_that_is_told(string retryAfter)
    {
        Answer(new ApiAnswer(429, "Too many requests") { RetryAfter = retryAfter });
        using var api = Api();

        var asking = api.ListSpacesAsync(default);
        (await time.PassAsync()).ShouldBe(TimeSpan.FromSeconds(20));

        (await asking).ShouldNotBeEmpty();
        calls.Count.ShouldBe(2);
        told.ShouldHaveSingleItem().ShouldContain("HTTP 429");
        told[0].ShouldEndWith("tried again in 20 seconds.");
    }

    [Fact]
    public async Task A_request_that_starts_something_is_sent_again_when_it_was_put_off_for_then_it_was_not_carried_out()
    {
        Answer(new ApiAnswer(429, "") { RetryAfter = "3" });
        using var api = Api();

        var asking = api.CheckIntegrityAsync(default);
        await time.PassAsync();

        (await asking).Task.ShouldNotBeNullOrEmpty();
        calls.ShouldBe([new("POST", "/api/tasks", calls[0].Body), new("POST", "/api/tasks", calls[0].Body)]);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(0)]
    public async Task A_busy_server_and_a_broken_connection_are_asked_again_after_pauses_that_grow(int status)
    {
        var trouble = status == 0 ? ApiAnswer.Cut : new ApiAnswer(status, "<html>busy</html>") { ContentType = "text/html" };
        Answer(trouble, trouble, trouble);
        using var api = Api();

        var asking = api.IsInMaintenanceModeAsync(default);
        TimeSpan[] pauses = [await time.PassAsync(), await time.PassAsync(), await time.PassAsync()];

        (await asking).ShouldBeFalse();
        pauses.ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)]);
        told.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_made_once_more_and_is_the_same()
    {
        Answer(null, ApiAnswer.CutAfterwards);
        using var api = Api();

        var asking = api.SetMaintenanceModeAsync(true, default);
        await time.PassAsync();

        await asking;
        calls.Select(each => each.Method).ShouldBe(["GET", "PUT", "PUT"]);
        Server.AnswerInstead = null;
        (await api.IsInMaintenanceModeAsync(default)).ShouldBeTrue();
        await api.SetMaintenanceModeAsync(false, default);
    }

    [Fact]
    public async Task What_starts_something_is_not_sent_twice_when_nobody_knows_whether_it_was_carried_out()
    {
        Answer(ApiAnswer.CutAfterwards, new ApiAnswer(503, ""));
        using var api = Api();

        var report = (await Should.ThrowAsync<MoveFailure>(() => api.CheckIntegrityAsync(default))).Report;
        report.What.ShouldContain("broke during POST /api/tasks");
        report.Why.ShouldContain("Whether the request was still carried out, nobody said");
        (await Should.ThrowAsync<MoveFailure>(() => api.CheckIntegrityAsync(default))).Report.What.ShouldContain("HTTP 503");
        calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_node_that_is_gone_already_is_removed()
    {
        using var api = Api();
        (await api.RemoveNodeAsync("OctopusServerNodes-NEVER-WAS", default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_longer_wait_than_there_is_time_for_is_told_instead_of_taken()
    {
        Answer(new ApiAnswer(429, "slow down") { RetryAfter = "3600" });
        using var api = Api();

        var report = (await Should.ThrowAsync<MoveFailure>(() => api.ListSpacesAsync(default))).Report;

        report.ToDo.ShouldContain("Wait 1 hour, then try again.");
        calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_waited_for_in_vain_is_not_waited_for_again_before_it_has_answered()
    {
        timing.ServerBusy = TimeSpan.FromSeconds(5);
        Server.AnswerInstead = call => Remember(call, new ApiAnswer(503, "stopping"));
        using var api = Api();

        var asking = api.ListSpacesAsync(default);
        await time.PassAsync();
        await time.PassAsync();
        (await Should.ThrowAsync<MoveFailure>(() => asking)).Report.What.ShouldContain("HTTP 503");
        calls.Count.ShouldBe(3, "after 2 and 4 seconds the 5 are over");

        await Should.ThrowAsync<MoveFailure>(() => api.ListNodesAsync(default));
        calls.Count.ShouldBe(4);

        Answer(null, new ApiAnswer(503, ""));
        await api.ListSpacesAsync(default);
        asking = api.ListSpacesAsync(default);
        await time.PassAsync();
        (await asking).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_is_asked_to_stop_does_not_sit_a_pause_out()
    {
        Answer(new ApiAnswer(503, ""));
        using var api = Api();
        using var stop = new CancellationTokenSource();

        var asking = api.ListSpacesAsync(stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Who_only_looks_whether_anybody_answers_does_not_wait()
    {
        Answer(new ApiAnswer(503, "starting"), new ApiAnswer(500, "in trouble"));
        using var api = Api();

        (await api.FindIdentityAsync(default)).ShouldBeNull();
        (await api.FindNodeAsync(default)).ShouldBe("OLD-SERVER", "a server in trouble is a server");
        told.ShouldBeEmpty();
    }

    private OctopusApi Api() =>
        new(Server.Url, new Secret(shared.World.Secrets.ApiKey), new ApiPatience(timing, time, told.Add), _ => { }, () => { });

    // These in place of the first answers, null: the server's own; then its own.
    private void Answer(params ApiAnswer?[] answers)
    {
        var left = new Queue<ApiAnswer?>(answers);
        Server.AnswerInstead = call => Remember(call, left.TryDequeue(out var next) ? next : null);
    }

    private ApiAnswer? Remember(ApiCall call, ApiAnswer? answer)
    {
        lock (calls)
            calls.Add(call);
        return answer;
    }
}
