using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Moving;

/// <summary>What a front end says unasked changes the pace of the copy that runs, and every front end is told.</summary>
public sealed class CopyPacingTests : IDisposable
{
    private readonly APerson person = new();
    private readonly FakeTimeProvider clock = new();
    private readonly TemporaryFolder folder = new();
    private readonly Conversation conversation;
    private readonly MoveContext move;

    public CopyPacingTests()
    {
        var redactor = new Redactor();
        var settings = new MoveSettings();
        conversation = new Conversation(person, redactor, clock);
        var session = new MoveSession(
            SamplePlan.Make(), new MoveFolder(folder.Path), new MoveSecrets(settings, redactor), settings, conversation, redactor, clock);
        move = new MoveContext(session, new StepId("copy-directories"));
    }

    public void Dispose()
    {
        conversation.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Pause_and_resume_are_obeyed_told_and_logged()
    {
        using (var pacing = CopyPacing.Begin(move, null))
        {
            person.Say(new PauseCopy());
            pacing.Pace.IsPaused.ShouldBeTrue();
            clock.Advance(TimeSpan.FromMinutes(3));
            person.Say(new ResumeCopy());
            pacing.Pace.IsPaused.ShouldBeFalse();
        }

        Paces().ShouldBe([(true, false, null), (true, true, null), (true, false, null), (false, false, null)]);
        Log().ShouldBe(["Copying is paused, by hand. What runs beside it goes on, and so does the outage.", "Copying goes on, after a pause of 3 minutes."]);
    }

    [Fact]
    public void The_configured_limit_holds_from_the_start_and_can_be_changed_and_lifted()
    {
        using var pacing = CopyPacing.Begin(move, new TransferRate(20 << 20));
        pacing.Pace.BytesPerSecond.ShouldBe(20 << 20);
        person.Say(new LimitCopy(1024));
        pacing.Pace.BytesPerSecond.ShouldBe(1024);
        person.Say(new LimitCopy(null));
        pacing.Pace.BytesPerSecond.ShouldBeNull();
        Paces().ShouldBe([(true, false, 20 << 20), (true, false, 1024), (true, false, null)]);
        Log().ShouldBe(
        [
            "Copying is limited to 20 MB/s, by the settings.", "Copying is limited to 1 KB/s, by hand, until this step ends.",
            "Copying is no longer limited.",
        ]);
    }

    [Fact]
    public void What_changes_nothing_is_not_told_again()
    {
        using var pacing = CopyPacing.Begin(move, null);
        person.Say(new ResumeCopy());
        person.Say(new LimitCopy(null));
        person.Say(new PauseCopy());
        person.Say(new PauseCopy());
        Paces().Count.ShouldBe(2);
    }

    [Fact]
    public void A_limit_of_nothing_is_refused()
    {
        using var pacing = CopyPacing.Begin(move, null);
        person.Say(new LimitCopy(0));
        pacing.Pace.BytesPerSecond.ShouldBeNull();
        Log().ShouldBe(["A limit has to be above zero; nothing was changed."]);
    }

    [Fact]
    public void A_pause_ends_with_the_step_and_commands_between_steps_mean_nothing()
    {
        using (CopyPacing.Begin(move, null))
            person.Say(new PauseCopy());
        person.Say(new PauseCopy());
        using var next = CopyPacing.Begin(move, null);
        next.Pace.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void Measuring_begins_anew_when_the_pace_changes()
    {
        using var pacing = CopyPacing.Begin(move, null);
        var changes = 0;
        pacing.Changed += () => changes++;
        person.Say(new PauseCopy());
        changes.ShouldBe(0);
        person.Say(new ResumeCopy());
        person.Say(new LimitCopy(5));
        changes.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"command":"pause-copy"}""")]
    [InlineData("""{"command":"resume-copy"}""")]
    [InlineData("""{"command":"limit-copy","bytesPerSecond":1048576}""")]
    [InlineData("""{"command":"limit-copy"}""")]
    public void A_command_is_a_line_of_json(string line) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<MoveCommand>(line, MoveJson.Line), MoveJson.Line).ShouldBe(line);

    private List<(bool, bool, long?)> Paces() =>
        [.. person.Events.OfType<CopyPaceChanged>().Select(each => (each.IsCopying, each.IsPaused, each.BytesPerSecond))];

    private List<string> Log() => [.. person.Events.OfType<Logged>().Select(each => each.Text)];
}
