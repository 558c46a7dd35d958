using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Journal;

/// <summary>
/// A lock that is there and that no open file stands for. Its holder may have died, or may live where its open file can't be seen from here. What can be
/// proven from here is proven: the process is gone, its number is another's, its machine was started anew. Of another machine nothing can: its beat
/// is watched, and then somebody has to look there. docs/two-machines.md has the table.
/// </summary>
internal sealed class LockLeft(MoveFolder folder, RunIdentity me, Conversation conversation, TimingSettings timing, TimeProvider time)
{
    // A beat may be late by as much as this on a machine or a share that is busy.
    private const int BeatsMissed = 6;

    /// <summary>Proves that its holder holds it no more.</summary>
    /// <returns>What was proven, in a sentence for the log and the journal.</returns>
    /// <exception cref="MoveFailure">It does, or that can't be told.</exception>
    /// <exception cref="MoveStopped">The person didn't say so.</exception>
    internal async Task<string> ProveAsync(LockRecord left, CancellationToken cancel)
    {
        if (!me.SharesProcessesWith(left.By))
            return await AskAsync(left, cancel);

        var life = ProcessLife.Of(left.By);
        if (life is Life.Alive or Life.Hidden)
            throw LockFailures.Alive(folder, left, life == Life.Hidden);

        // Linux tells one start of a machine from another, and so from a twin of the same name: what it says of a process is proof enough.
        if (left.By.Boot is null || life == Life.Restarted)
            left = await WatchAsync(left, cancel);
        return LockNotes.TakenOver(left, life);
    }

    private async Task<string> AskAsync(LockRecord left, CancellationToken cancel)
    {
        left = await WatchAsync(left, cancel);
        string? problem = null;
        while (true)
        {
            var answer = await conversation.AskAsync(
                new TypeName(left.By.Machine, LockNotes.MayStillHold(folder.Path, left, SilenceOf(left)), Destroys: false) { NeedsPerson = true, Problem = problem }, cancel);
            if (answer is Typed typed && typed.Text.Trim() == left.By.Machine)
                break;
            problem = Notes.TypedAnother(left.By.Machine);
        }

        // The answer may have taken an hour.
        RefuseSignOfLife(left);
        return LockNotes.TakenOverByWord(left, me);
    }

    // Only that the beat goes up counts, and only by our own clock is it waited for.
    private async Task<LockRecord> WatchAsync(LockRecord left, CancellationToken cancel)
    {
        var (began, silence) = (time.GetTimestamp(), SilenceOf(left));
        conversation.Tell(new Logged(LogKind.Info, LockNotes.Watching(left, silence)));
        while (time.GetElapsedTime(began) < silence)
        {
            await Task.Delay(timing.Poll, time, cancel);
            RefuseSignOfLife(left);
        }

        return left;
    }

    // Gone is no sign of death, either: it has ended as it should.
    private void RefuseSignOfLife(LockRecord left)
    {
        if (LockRecord.Find(folder) is { } now && (now.Run, now.Beat) != (left.Run, left.Beat))
            throw LockFailures.Beats(folder, now);
    }

    private TimeSpan SilenceOf(LockRecord left) => left.BeatEvery * BeatsMissed is var missed && missed > timing.LockSilent ? missed : timing.LockSilent;
}
