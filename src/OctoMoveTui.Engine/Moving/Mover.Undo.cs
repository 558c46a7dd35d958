using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The way back: asked for by command, or by a person at a question of the way forwards.</summary>
public sealed partial class Mover
{
    // Forwards is no way to go in the middle of an undo; whoever is asked, and says yes, goes on backwards.
    private async Task<MoveEnded> GoOnBackAsync(MoveSession session, MoveJournal journal, JournalEntry wish, CancellationToken cancel)
    {
        try
        {
            return await TakeBackAsync(session, journal, wish.Until, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.NeedsAnswer)
        {
            throw UndoFailures.IsBeingTakenBack(UndoRunner.Next(session, journal.State));
        }
    }

    private async Task<MoveEnded> UndoAsync(MoveRequest request, Conversation conversation, CancellationToken cancel)
    {
        var (folder, plan) = SavedMove(conversation);
        RefuseUnknownStep(request.Until, TheMove.StepsOf(plan.Shape));
        return await HoldingAsync(folder, conversation, (held, ours) => UndoAsync(request, folder, plan, held, conversation, ours), cancel);
    }

    private async Task<MoveEnded> UndoAsync(
        MoveRequest request, MoveFolder folder, MovePlan plan, FolderLock held, Conversation conversation, CancellationToken cancel)
    {
        var session = Session(plan, folder, new MoveSecrets(settings, redactor), conversation);
        foreach (var told in MachineFit.Check(plan, MoveJournal.Read(folder), Here, settings.Machine.Length > 0))
            conversation.Tell(new Logged(LogKind.Warning, told));
        var cutOff = CutOffRun.Of(MoveJournal.Read(folder));
        using var journal = MoveJournal.Open(folder, plan, Here, held, redactor, time);
        session.Take(journal);
        Open(session, journal.State, previews: false);
        TellStanding(session, journal.State);
        if (cutOff is not null)
            conversation.Tell(new Logged(LogKind.Warning, cutOff.Told));
        try
        {
            return await TakeBackAsync(session, journal, request.Until, cancel);
        }
        finally
        {
            LeaveReport(session, journal.State);
        }
    }

    private async Task<MoveEnded> TakeBackAsync(MoveSession session, MoveJournal journal, StepId? until, CancellationToken cancel)
    {
        isGoingBack = journal.State.TakingBack is not null;
        try
        {
            var ended = await new UndoRunner(session, journal).RunAsync(until, cancel);
            if (ended.Outcome == MoveOutcome.HandedOver)
                journal.HandedTo = OtherMachine(session);
            return ended;
        }
        finally
        {
            isGoingBack = journal.State.TakingBack is not null;
        }
    }

    private static string OtherMachine(MoveSession session) => session.Plan.Of(session.IsHere(Side.Old) ? Side.New : Side.Old).Machine;
}
