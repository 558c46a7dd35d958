using OctoMoveTui.Engine.Effects;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Steps;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>
/// Probe, confirm, journal "started", run, verify, journal "finished". Steps throw; this is the one place that catches.
/// </summary>
internal sealed class MoveRunner(MoveSession session, MoveJournal journal)
{
    private readonly Conversation conversation = session.Conversation;

    /// <summary>Walks through all stages, or up to and including the one that holds <paramref name="until"/>.</summary>
    internal async Task<MoveEnded> RunAsync(StepId? until, CancellationToken cancel)
    {
        TellOutage();
        foreach (var stage in session.Stages)
        {
            var ready = new List<(MoveStep Step, MoveContext Move)>();
            foreach (var step in stage)
            {
                if (!session.IsHere(step.Side))
                {
                    if (!IsSettledElsewhere(step))
                        return HandOver(step);
                    continue;
                }

                var move = new MoveContext(session, step.Id);
                if (await TryAsync(step, () => PrepareAsync(step, move, cancel), () => PrepareAsync(step, move, cancel), cancel))
                    ready.Add((step, move));
            }

            await WorkSideBySideAsync(ready, cancel);
            TellPreviewsOfWhatIsLeft();

            if (until is { } last && stage.Any(each => each.Id == last))
                return Ended(MoveOutcome.Finished, Endings.Until(last), ExitCodes.Done);
        }

        if (!session.Plan.Shape.StopsOldServer())
            return Ended(MoveOutcome.Finished, RehearsalEndings.Done(session.Plan, OutageForecast.Of(journal.State)), ExitCodes.Done);
        return Ended(MoveOutcome.Finished, Endings.MoveDone(session.Plan, session.Facts.Find<OldServerRetired>()?.StillToDo ?? []), ExitCodes.Done);
    }

    // Independent work overlaps: the outage is the longer of the two, not the sum. Where the person stops one, the other stops too.
    private async Task WorkSideBySideAsync(List<(MoveStep Step, MoveContext Move)> ready, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = ready.Select(each => WorkAsync(each.Step, each.Move)).ToArray();
        try
        {
            await Task.WhenAll(work);
        }
        catch
        {
            // The step that failed tells more than the one that was stopped because of it.
            var reasons = work.Select(each => each.Exception?.InnerException).OfType<Exception>().ToList();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(
                reasons.Find(each => each is StepFailed) ?? reasons.Find(each => each is not OperationCanceledException) ?? new OperationCanceledException(cancel));
        }

        async Task WorkAsync(MoveStep step, MoveContext move)
        {
            try
            {
                await TryAsync(step, () => DoAsync(step, move, stop.Token), () => DoAgainAsync(step, move, stop.Token), stop.Token);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>Runs the read-only checks of one side, without a journal entry.</summary>
    internal static async Task CheckAsync(MoveSession session, MoveStep step, CancellationToken cancel)
    {
        session.Conversation.Tell(new StepChanged(step.Id, StepState.Running));
        var move = new MoveContext(session, step.Id);
        try
        {
            var fact = await step.RunStepAsync(move, cancel);
            session.Facts.Remember(fact);
            session.Conversation.Tell(new StepChanged(step.Id, StepState.Done, fact.Summary));
        }
        catch (MoveFailure failure)
        {
            session.Conversation.Tell(new StepChanged(step.Id, StepState.Failed, failure.Report.What));
            throw;
        }
    }

    // True: to be run. False: done, or not needed.
    private async Task<bool> PrepareAsync(MoveStep step, MoveContext move, CancellationToken cancel)
    {
        ProveFolderThere();
        conversation.Tell(new StepChanged(step.Id, StepState.Probing));
        var journalled = journal.State.Of(step.Id);

        // A check of days ago says nothing about tonight; once the outage has begun there is no time for it, and the proofs come later.
        var isStale = step.IsCheckedAgain && session.Facts.Find<MaintenanceModeEntered>() is null && session.Facts.Find<RestoredDatabase>() is null;
        var standing = isStale ? JournalStanding.Nothing : journalled.Standing;
        StepProbe found = isStale ? new StepProbe.NotDone()
            : journalled is { Standing: JournalStanding.Finished, Fact: LeftOut } ? new StepProbe.CannotTell()
            : await step.ProbeAsync(move, cancel);
        switch (DecisionTable.Decide(standing, found, step.AcceptsWhatWasDoneBefore))
        {
            case Decision.Skip:
                TellDone(step, journalled.Fact!);
                return false;
            case Decision.Accept:
                await AcceptAsync(step, move, found, cancel);
                return false;
            case Decision.Refuse:
                throw found is StepProbe.Done
                    ? MoveFailures.DoneBySomebodyElse(step.Words.Title)
                    : MoveFailures.ChangedBehindOurBack(step.Words.Title, found is StepProbe.HalfDone half ? half.How : "");
        }

        if (found is StepProbe.HalfDone cutShort)
            move.Info(cutShort.How);
        if (found is StepProbe.WantedAgain wanted)
            move.Info(wanted.Why);
        return await ConfirmAsync(step, move, cancel);
    }

    private async Task<bool> ConfirmAsync(MoveStep step, MoveContext move, CancellationToken cancel)
    {
        var lines = step.Preview(move);
        conversation.Tell(new StepPreviewed(step.Id, lines));
        conversation.Tell(new StepChanged(step.Id, StepState.Waiting));
        var answer = await conversation.AskAsync(
            new ConfirmStep(step.Words.Title, Cleaned(lines), step.Nature, step.Words.WayBack) { Step = step.Id, MaySkip = step.IsOptional }, cancel);
        if (answer is Skip && step.IsOptional)
        {
            Finish(step, new LeftOut("skipped"));
            return false;
        }

        // Where another step of the same stage is asked about next, this one waits for nobody any more.
        conversation.Tell(new StepChanged(step.Id, StepState.Pending, Notes.Confirmed));
        return true;
    }

    private async Task<bool> DoAsync(MoveStep step, MoveContext move, CancellationToken cancel)
    {
        ProveFolderThere();
        await Drift.AskAsync(move, step.Id, cancel);
        journal.Started(step.Id); // on disk before anything is touched
        conversation.Tell(new StepChanged(step.Id, StepState.Running));
        var fact = await step.RunStepAsync(move, cancel);
        conversation.Tell(new StepChanged(step.Id, StepState.Verifying));
        await step.VerifyStepAsync(move, fact, cancel);
        Finish(step, fact);
        return true;
    }

    private async Task<bool> TryAsync(MoveStep step, Func<Task<bool>> attempt, Func<Task<bool>> again, CancellationToken cancel)
    {
        Effect.AreOf(step.Id.Word);
        for (; ; attempt = again)
        {
            MoveFailure failure;
            try
            {
                return await attempt();
            }
            catch (MoveFailure expected)
            {
                failure = session.Folder.IsThere ? expected : MoveFailures.MoveFolderGone(session.Folder.Path, expected);
            }
            catch (Exception defect) when (defect is not (OperationCanceledException or MoveStopped or StepFailed or UndoWanted))
            {
                conversation.Tell(new StepChanged(step.Id, StepState.Failed, defect.Message));
                throw;
            }

            var report = session.Redactor.Clean(failure.Report);
            journal.Failed(step.Id, report);
            conversation.Tell(new Logged(LogKind.Error, report.What, step.Id));
            conversation.Tell(new StepChanged(step.Id, StepState.Failed, report.What));
            try
            {
                await conversation.AskAsync(new RetryOrStop(report) { Step = step.Id }, cancel);
            }
            catch (MoveStopped)
            {
                throw new StepFailed(step, failure);
            }
        }
    }

    // Without it files that octomove put somewhere look like somebody else's: nothing must be concluded from that.
    private void ProveFolderThere()
    {
        if (!session.Folder.IsThere)
            throw MoveFailures.MoveFolderGone(session.Folder.Path, null);
    }

    // What the step did before it failed is found by its probe.
    private async Task<bool> DoAgainAsync(MoveStep step, MoveContext move, CancellationToken cancel)
    {
        ProveFolderThere();
        conversation.Tell(new StepChanged(step.Id, StepState.Probing));
        var found = await step.ProbeAsync(move, cancel);
        if (found is not StepProbe.Done)
            return await DoAsync(step, move, cancel);
        await AcceptAsync(step, move, found, cancel);
        return true;
    }

    // Done is not proven: a run that was killed, or failed, between doing and proving left that to this one.
    private async Task AcceptAsync(MoveStep step, MoveContext move, StepProbe found, CancellationToken cancel)
    {
        if (found is StepProbe.Done done)
        {
            conversation.Tell(new StepChanged(step.Id, StepState.Verifying));
            await step.VerifyStepAsync(move, done.Fact, cancel);
            Finish(step, done.Fact);
        }
        else
        {
            Finish(step, new LeftOut(((StepProbe.NotNeeded)found).Reason));
        }
    }

    private void Finish(MoveStep step, StepFact fact)
    {
        journal.Finished(step.Id, fact); // on disk before the next step relies on it
        session.Facts.Remember(fact);
        TellDone(step, fact);
        switch (fact)
        {
            case MaintenanceModeEntered entered:
                conversation.Tell(new OutageStarted(entered.Since));
                break;
            case MaintenanceModeLeft left when session.Facts.Find<MaintenanceModeEntered>() is { } entered:
                conversation.Tell(new OutageEnded(entered.Since, left.At));
                conversation.Tell(new PointOfNoReturnPassed());
                break;
        }
    }

    private void TellDone(MoveStep step, StepFact fact) => conversation.Tell(
        new StepChanged(step.Id, fact is LeftOut ? StepState.NotNeeded : StepState.Done, fact.Summary));

    private void TellOutage()
    {
        var (entered, left) = (session.Facts.Find<MaintenanceModeEntered>(), session.Facts.Find<MaintenanceModeLeft>());
        if (entered is not null)
            conversation.Tell(left is null ? new OutageStarted(entered.Since) : new OutageEnded(entered.Since, left.At));
        if (left is not null)
            conversation.Tell(new PointOfNoReturnPassed());
    }

    // What a later step will do gets clearer with each fact: the backup file's name, the paths.
    private void TellPreviewsOfWhatIsLeft()
    {
        foreach (var step in session.Steps.Where(each => journal.State.Of(each.Id).Standing == JournalStanding.Nothing))
            conversation.Tell(new StepPreviewed(step.Id, step.Preview(new MoveContext(session, step.Id))));
    }

    // A step of the other server is settled when it is finished there, or when it may be run later.
    private bool IsSettledElsewhere(MoveStep step)
    {
        var journalled = journal.State.Of(step.Id);
        if (journalled.Standing == JournalStanding.Finished)
        {
            TellDone(step, journalled.Fact!);
            return true;
        }

        conversation.Tell(new StepChanged(step.Id, StepState.OnOtherServer));
        if (step.MayWaitForItsServer && session.Facts.Find<MaintenanceModeEntered>() is null)
            conversation.Tell(new Logged(LogKind.Warning, InstallNotes.WaitsForItsServer(step.Words.Title, session.Plan.Of(step.Side).Machine, step.Id), step.Id));
        return step.MayWaitForItsServer;
    }

    private MoveEnded HandOver(MoveStep step) =>
        Ended(MoveOutcome.HandedOver, Endings.HandOver(session.Plan.Of(step.Side), session.Folder.Path), ExitCodes.HandedOver);

    private IReadOnlyList<PreviewLine> Cleaned(IReadOnlyList<PreviewLine> lines) =>
        [.. lines.Select(each => each with { Text = session.Redactor.Clean(each.Text) })];

    private static MoveEnded Ended(MoveOutcome outcome, string sentence, int exitCode) => new(outcome, sentence, null, exitCode);
}

/// <summary>A step failed and the person chose to stop.</summary>
internal sealed class StepFailed(MoveStep step, MoveFailure failure) : Exception(failure.Message, failure)
{
    internal MoveStep Step => step;

    internal MoveFailure Failure => failure;
}
