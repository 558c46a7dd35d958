using System.Net.Sockets;
using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.CommandLine.Support;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

public sealed class EngineHostTests
{
    private static readonly Secret Key = new("5qJcW9E6B99teMmrOzaYNA==");
    private static readonly ProveMasterKeySaved KeyQuestion = new(Key, "a1b2c3", "a certificate");

    private static Logged Line(string text) => new(LogKind.Info, text);

    [Fact]
    public async Task Whoever_attaches_late_is_told_the_past_then_asked_the_open_question_then_told_what_happens()
    {
        await using var meeting = AMeeting.Begin();
        meeting.Host.Tell(SampleMove.Opened());
        for (var n = 0; n < 1000; n++)
        {
            meeting.Host.Tell(Line($"line {n}"));
            meeting.Host.Tell(new Progressed(SampleMove.BackUp, "Backing up", n, 1000, ProgressUnit.Items));
        }

        var asking = meeting.Host.AskAsync(SampleMove.ConfirmBackUp, CancellationToken.None);
        var late = await meeting.AttachAsync();
        late.Heard[0].ShouldBeOfType<MoveOpened>().Steps.Count.ShouldBe(SampleMove.Opened().Steps.Count);
        late.Heard.OfType<Logged>().Select(each => each.Text).ShouldBe(Enumerable.Range(0, 1000).Select(n => $"line {n}"));
        late.Heard.OfType<Progressed>().ShouldHaveSingleItem("of progress only the latest is of use").Done.ShouldBe(999);
        var question = await late.ShouldBeAsked();
        question.Question.ShouldBeOfType<ConfirmStep>().Title.ShouldBe(SampleMove.ConfirmBackUp.Title);

        meeting.Host.Tell(Line("live"));
        await late.ShouldHear(each => each is Logged { Text: "live" });
        question.Answer.SetResult(new Go());
        (await asking).ShouldBeOfType<Go>();
    }

    [Fact]
    public async Task The_first_answer_counts_and_the_question_is_taken_back_everywhere_else()
    {
        await using var meeting = AMeeting.Begin();
        var (first, second) = (await meeting.AttachAsync(), await meeting.AttachAsync());
        var asking = meeting.Host.AskAsync(SampleMove.ConfirmBackUp, CancellationToken.None);
        var (atFirst, atSecond) = (await first.ShouldBeAsked(), await second.ShouldBeAsked());
        atSecond.Answer.SetResult(new Skip());
        (await asking).ShouldBeOfType<Skip>();
        await atFirst.ShouldBeDropped();
    }

    [Fact]
    public async Task The_answer_may_come_from_the_prompt_of_the_engine_s_own_terminal_or_from_elsewhere()
    {
        var dropped = new TaskCompletionSource();
        var here = new APerson
        {
            Later = (question, cancel) =>
            {
                if (question is not ConfirmStep)
                {
                    return Task.FromResult<MoveAnswer>(new Retry());
                }

                cancel.Register(() => dropped.SetResult());
                return Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith<MoveAnswer>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
            },
        };
        await using var meeting = AMeeting.Begin(here);
        var attached = await meeting.AttachAsync();
        var asking = meeting.Host.AskAsync(SampleMove.ConfirmBackUp, CancellationToken.None);
        (await attached.ShouldBeAsked()).Answer.SetResult(new Go());
        (await asking).ShouldBeOfType<Go>();
        await dropped.Task;
        (await meeting.Host.AskAsync(KeyQuestion, CancellationToken.None)).ShouldBeOfType<Retry>("the prompt answered at once");
    }

    [Fact]
    public async Task A_question_that_the_engine_gives_up_is_taken_back()
    {
        await using var meeting = AMeeting.Begin();
        var attached = await meeting.AttachAsync();
        using var cancel = new CancellationTokenSource();
        var asking = meeting.Host.AskAsync(SampleMove.ConfirmBackUp, cancel.Token);
        var question = await attached.ShouldBeAsked();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
        await question.ShouldBeDropped();
        (await meeting.AttachAsync()).Run.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_master_key_goes_to_whoever_may_answer_and_never_to_an_onlooker()
    {
        await using var meeting = AMeeting.Begin();
        var (answers, looksOn) = (await meeting.AttachAsync(), await meeting.AttachAsync(looksOn: true));
        var asking = meeting.Host.AskAsync(KeyQuestion, CancellationToken.None);
        var question = await answers.ShouldBeAsked();
        question.Question.ShouldBeOfType<ProveMasterKeySaved>().Key.Reveal().ShouldBe(Key.Reveal());
        (await looksOn.ShouldBeAsked()).Question.ShouldBeOfType<ProveMasterKeySaved>().Key.Reveal().ShouldBe(Secret.Mask);
        (await (await meeting.AttachAsync(looksOn: true)).ShouldBeAsked()).Question.ShouldBeOfType<ProveMasterKeySaved>().Key.Reveal().ShouldBe(Secret.Mask, "late");
        question.Answer.SetResult(new SecretGiven(Key));
        (await asking).ShouldBeOfType<SecretGiven>().Value.Reveal().ShouldBe(Key.Reveal());
    }

    [Fact]
    public async Task An_onlooker_can_neither_answer_nor_command_nor_stop()
    {
        await using var meeting = AMeeting.Begin();
        var (looksOn, answers) = (await meeting.AttachAsync(looksOn: true), await meeting.AttachAsync());
        var asking = meeting.Host.AskAsync(SampleMove.ConfirmBackUp, CancellationToken.None);
        looksOn.Say(new PauseCopy());
        looksOn.Client.Stop(atOnce: true);
        (await looksOn.ShouldBeAsked()).Answer.SetResult(new StopHere());

        answers.Say(new ResumeCopy());
        answers.Client.Stop(atOnce: false);
        (await answers.ShouldBeAsked()).Answer.SetResult(new Go());
        (await asking).ShouldBeOfType<Go>();
        meeting.Commands.ShouldHaveSingleItem().ShouldBeOfType<ResumeCopy>();
        meeting.Stops.ShouldHaveSingleItem().ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_never_reads_is_let_go_of_and_the_engine_does_not_wait_for_it()
    {
        await using var meeting = AMeeting.Begin();
        using var stuck = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await stuck.ConnectAsync(new UnixDomainSocketEndPoint(meeting.Place.SocketFile));
        await stuck.SendAsync(System.Text.Encoding.UTF8.GetBytes(WireLine.Of(new Introduced(WireLine.Protocol, Mover.Version, LooksOn: false)) + "\n"));
        var reads = await meeting.AttachAsync();
        var long_line = Line(new string('x', 100));
        for (var n = 0; n < 60_000; n++)
        {
            meeting.Host.Tell(long_line);
            if (n % 1000 == 0)
            {
                await reads.ShouldHear(_ => reads.Heard.Count > n);
            }
        }

        meeting.Host.Tell(Line("last"));
        await reads.ShouldHear(each => each is Logged { Text: "last" });

        // What was sent to it before is still there to be read, and then comes the end.
        var buffer = new byte[1 << 20];
        while (await stuck.ReceiveAsync(buffer) > 0)
        {
        }
    }

    [Fact]
    public async Task The_end_reaches_everybody_before_the_engine_goes()
    {
        await using var meeting = AMeeting.Begin();
        var (one, other) = (await meeting.AttachAsync(), await meeting.AttachAsync(looksOn: true));
        for (var n = 0; n < 10_000; n++)
        {
            meeting.Host.Tell(Line($"line {n}"));
        }

        meeting.Host.Tell(new MoveEnded(MoveOutcome.Finished, "All is moved.", null, 0));
        await meeting.Host.DisposeAsync();
        (await one.Run).ShouldNotBeNull().Sentence.ShouldBe("All is moved.");
        (await other.Run).ShouldNotBeNull();
        other.Heard.Count.ShouldBe(10_001);
        File.Exists(meeting.Place.SocketFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_version_is_refused_with_what_to_do()
    {
        await using var meeting = AMeeting.Begin();
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await other.ConnectAsync(new UnixDomainSocketEndPoint(meeting.Place.SocketFile));
        await other.SendAsync(System.Text.Encoding.UTF8.GetBytes("""{"message":"introduced","protocol":1,"program":"9.9.9","looksOn":false,"later":1}""" + "\n"));
        using var reader = new StreamReader(new NetworkStream(other));
        var refused = WireLine.Parse((await reader.ReadLineAsync())!).ShouldBeOfType<Refused>();
        refused.ShouldBe(new Refused(Mover.Version, RefusalReason.OtherVersion));
        (await reader.ReadLineAsync()).ShouldBeNull();
        OctoMoveTui.Words.AttachFailures.Refused(new Refused("9.9.9", RefusalReason.OtherVersion)).Report.What.ShouldContain("9.9.9");
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"message\":\"stop-wanted\",\"atOnce\":true}\n")]
    [InlineData("{\"message\":\"nobody-knows-this\"}\n")]
    public async Task Who_does_not_introduce_himself_is_not_listened_to(string line)
    {
        await using var meeting = AMeeting.Begin();
        using var stranger = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await stranger.ConnectAsync(new UnixDomainSocketEndPoint(meeting.Place.SocketFile));
        await stranger.SendAsync(System.Text.Encoding.UTF8.GetBytes(line));
        (await stranger.ReceiveAsync(new byte[100])).ShouldBe(0);
        meeting.Stops.ShouldBeEmpty();
    }
}
