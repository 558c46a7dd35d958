using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Takes a move back: the touched steps in reverse order. The journal says first that the move goes backwards, then "undoing" before and "undone"
/// after each step, flushed; killed anywhere, the next undo goes on with the step that was being undone.
/// </summary>
internal sealed class UndoRunner(MoveSession session, MoveJournal journal)
{
    private readonly Conversation conversation = session.Conversation;

    /// <summary>Takes back all, or down to and including <paramref name="until"/>.</summary>
    internal async Task<MoveEnded> RunAsync(StepId? until, CancellationToken cancel)
    {
        await RefusePastReturnAsync(cancel);

        // Killed after its last line, or asked for once more: that is no failure.
        if (journal.State.TakenBack is { } done && (done.Until is null || done.Until == until))
            return new MoveEnded(MoveOutcome.TakenBack, UndoEndings.Already(done.At), null, ExitCodes.Done);
        if (until is { } asked && journal.State.Of(asked).Standing == JournalStanding.Nothing && journal.State.TakingBack is null)
            throw UndoFailures.NotBegun(asked);

        var steps = StepsBack(until);
        if (steps.Count == 0)
            return NothingLeft(until);

        var wasOutage = session.Facts.Find<MaintenanceModeEntered>() is not null || journal.State.TakingBack is not null;
        await ConfirmAsync(steps, until, cancel);
        if (journal.State.TakingBack is not { } wish || wish.Until != until)
            journal.TakingBack(until);
        conversation.Tell(new Logged(LogKind.Info, UndoNotes.Begins(steps.Count)));
        foreach (var step in steps)
        {
            cancel.ThrowIfCancellationRequested();
            if (!step.Undo.IsOnlySaid && !IsLeftOut(step) && !session.IsHere(step.Side))
                return new MoveEnded(MoveOutcome.HandedOver, UndoEndings.HandOver(session.Plan.Of(step.Side), session.Folder.Path), null, ExitCodes.HandedOver);
            await UndoAsync(step, cancel);
        }

        journal.TakenBack(until);
        return new MoveEnded(
            MoveOutcome.TakenBack, until is { } last ? UndoEndings.Until(last) : UndoEndings.TakenBack(session.Plan, wasOutage), null, ExitCodes.Done);
    }

    /// <summary>The step that an undo which was stopped goes on with; null when none is left.</summary>
    internal static StepId? Next(MoveSession session, JournalState state) =>
        session.Steps.LastOrDefault(each => state.Of(each.Id).Standing != JournalStanding.Nothing)?.Id;

    // Stages in reverse, and the steps of one stage, too. What was left out has nothing to undo, but counts as not begun afterwards.
    private IReadOnlyList<MoveStep> StepsBack(StepId? until)
    {
        var all = session.Steps.ToList();
        var first = until is { } last ? all.FindIndex(each => each.Id == last) : 0;
        return [.. all.Skip(first).Reverse().Where(each => journal.State.Of(each.Id).Standing != JournalStanding.Nothing)];
    }

    private MoveEnded NothingLeft(StepId? until)
    {
        if (journal.State.TakingBack is null)
            throw UndoFailures.NothingToTakeBack(session.Folder.Path);
        journal.TakenBack(until);
        return new MoveEnded(
            MoveOutcome.TakenBack, until is { } last ? UndoEndings.Until(last) : UndoEndings.TakenBack(session.Plan, wasOutage: true), null, ExitCodes.Done);
    }

    private async Task RefusePastReturnAsync(CancellationToken cancel)
    {
        var leave = session.Steps.FirstOrDefault(each => each.Nature == StepNature.PointOfNoReturn);
        if (leave is not null && session.Facts.Find<MaintenanceModeLeft>() is { } left)
            throw await PastReturn.RefuseAsync(new MoveContext(session, leave.Id), left.At, cancel);
    }

    private async Task ConfirmAsync(IReadOnlyList<MoveStep> steps, StepId? until, CancellationToken cancel)
    {
        var lines = new List<PreviewLine>();
        foreach (var step in steps.Where(each => !IsLeftOut(each)))
        {
            var own = step.Undo.Preview(new MoveContext(session, step.Id));
            if (own.Count == 0)
                continue;
            lines.Add(new PreviewLine(PreviewKind.Words, UndoWords.Heading(step.Words.Title, session.Plan.Of(step.Side).Machine, session.IsHere(step.Side))));
            lines.AddRange(own.Select(each => each with { Text = session.Redactor.Clean(each.Text) }));
        }

        if (lines.Count == 0)
            lines.Add(new PreviewLine(PreviewKind.Words, UndoWords.NothingChanged));
        try
        {
            await conversation.AskAsync(
                new ConfirmStep(UndoWords.TitleOf(until), lines, StepNature.CanBeUndone, UndoWords.WayForward) { Step = steps[0].Id, IsUndo = true }, cancel);
        }
        catch (UndoWanted)
        {
            // Said twice is a yes.
        }
    }

    private async Task UndoAsync(MoveStep step, CancellationToken cancel)
    {
        Effect.AreOf(step.Id.Word);
        var move = new MoveContext(session, step.Id);
        var fact = journal.State.Of(step.Id).Fact;
        while (true)
        {
            try
            {
                if (!IsLeftOut(step))
                {
                    journal.Undoing(step.Id); // on disk before anything is touched
                    conversation.Tell(new StepChanged(step.Id, StepState.Undoing));
                    conversation.Tell(new Logged(LogKind.Info, UndoNotes.TakesBack(step.Words.Title), step.Id));
                    await step.Undo.RunAsync(move, cancel);
                    await step.Undo.ProveAsync(move, cancel);
                }

                break;
            }
            catch (MoveFailure failure)
            {
                await RetryAsync(step, failure, cancel);
            }
            catch (Exception defect) when (defect is not (OperationCanceledException or MoveStopped))
            {
                conversation.Tell(new StepChanged(step.Id, StepState.Failed, defect.Message));
                throw;
            }
        }

        journal.Undone(step.Id); // on disk before the step before it is touched
        if (fact is not null)
            session.Facts.Forget(fact);
        conversation.Tell(new StepChanged(step.Id, StepState.Undone));
        if (fact is MaintenanceModeEntered entered)
            conversation.Tell(new OutageEnded(entered.Since, session.Time.GetUtcNow()));
    }

    private async Task RetryAsync(MoveStep step, MoveFailure failure, CancellationToken cancel)
    {
        var report = session.Redactor.Clean(failure.Report);
        journal.Failed(step.Id, report);
        conversation.Tell(new Logged(LogKind.Error, report.What, step.Id));
        conversation.Tell(new StepChanged(step.Id, StepState.Failed, report.What));
        try
        {
            await conversation.AskAsync(new RetryOrStop(report) { Step = step.Id }, cancel);
        }
        catch (UndoWanted)
        {
            // It is what is being done: once more.
        }
        catch (MoveStopped)
        {
            throw new UndoFailed(step, failure);
        }
    }

    private bool IsLeftOut(MoveStep step) => journal.State.Of(step.Id).Fact is LeftOut;
}

/// <summary>A step could not be taken back and the person chose to stop.</summary>
internal sealed class UndoFailed(MoveStep step, MoveFailure failure) : Exception(failure.Message, failure)
{
    internal MoveStep Step => step;

    internal MoveFailure Failure => failure;
}

/// <summary>The person said: take it back instead of going on.</summary>
internal sealed class UndoWanted : Exception
{
}
