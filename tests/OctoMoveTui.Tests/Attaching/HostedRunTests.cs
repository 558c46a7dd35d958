using OctoMoveTui.Attaching;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Attaching;

/// <summary>The engine in a terminal of its own, as <c>octomove run</c> has it, and others attached to it.</summary>
public sealed class HostedRunTests
{
    private static readonly MoveRequest Move = new(MovePurpose.Move);

    [Fact]
    public async Task What_is_asked_at_the_prompt_may_be_answered_from_elsewhere_and_a_second_run_says_how_to_attach()
    {
        using var folder = new TemporaryFolder();
        var settings = new MoveSettings { Move = folder.Path };
        var asked = new TaskCompletionSource();
        var atPrompt = new APerson
        {
            Later = (_, cancel) =>
            {
                asked.TrySetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith<MoveAnswer>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
            },
        };
        var running = new HostedRun(TimeProvider.System).RunAsync(settings, atPrompt, Move, default);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var refused = await Should.ThrowAsync<MoveFailure>(new HostedRun(TimeProvider.System).RunAsync(settings, new APerson(), Move, default));
        refused.Report.What.ShouldStartWith("A move runs on this machine already");
        refused.Report.ToDo[0].ShouldContain($"octomove attach --move {folder.Path}");

        await using var attached = await AnAttached.AtAsync(MeetingPlace.Of(folder.Path), looksOn: false);
        (await attached.ShouldBeAsked()).Answer.SetResult(new StopHere());
        (await running).Outcome.ShouldBe(MoveOutcome.Stopped);
        (await attached.Run).ShouldNotBeNull().Outcome.ShouldBe(MoveOutcome.Stopped);
    }

    [Fact]
    public async Task A_stop_from_elsewhere_stops_it()
    {
        using var folder = new TemporaryFolder();
        var atPrompt = new APerson
        {
            Later = (_, cancel) => Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith<MoveAnswer>(_ => throw new OperationCanceledException(), TaskScheduler.Default),
        };
        var running = new HostedRun(TimeProvider.System).RunAsync(new MoveSettings { Move = folder.Path }, atPrompt, Move, default);
        await using var attached = await AnAttached.AtAsync(MeetingPlace.Of(folder.Path), looksOn: false);
        attached.Client.Stop(atOnce: false);
        (await running).Outcome.ShouldBe(MoveOutcome.Stopped);
    }

    [Fact]
    public void A_note_of_a_crash_says_where_and_not_what_was_said()
    {
        try
        {
            throw new InvalidOperationException("Password=hunter2", new IOException("API-SECRET"));
        }
        catch (InvalidOperationException defect)
        {
            var note = string.Join('\n', CrashNote.Lines(defect));
            note.ShouldContain("System.InvalidOperationException");
            note.ShouldContain("System.IO.IOException");
            note.ShouldContain(nameof(A_note_of_a_crash_says_where_and_not_what_was_said));
            note.ShouldNotContain("hunter2");
            note.ShouldNotContain("API-SECRET");
        }
    }
}
