using System.Reflection;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Reporting;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Moving;

/// <summary>The engine's front door: opens a move folder and does what is asked of it, telling and asking one front end.</summary>
public sealed partial class Mover(MoveSettings settings, IFrontEnd frontEnd, TimeProvider time)
{
    private readonly Redactor redactor = new();
    private bool hasBegun;
    private bool isGoingBack;

    /// <summary>The version of octomove, as journals and reports name it.</summary>
    public static string Version { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>
    /// Does what <paramref name="request"/> asks. Never throws for expected trouble: the returned event (also told as the last one) has the
    /// outcome, the failure and the exit code. Cancelling <paramref name="cancel"/> stops at the next safe point.
    /// </summary>
    public async Task<MoveEnded> RunAsync(MoveRequest request, CancellationToken cancel)
    {
        using var conversation = new Conversation(frontEnd, redactor, time);
        MoveEnded ended;
        var isPastReturn = false;
        try
        {
            if (settings.Move.Length == 0)
                throw MoveFailures.NoMoveFolder();
            RefuseUnknownStep(request.Until, TheMove.Shapes.SelectMany(TheMove.StepsOf));

            ended = request.Purpose switch
            {
                MovePurpose.Move => await MoveAsync(request, conversation, past => isPastReturn = past, cancel),
                MovePurpose.Undo => await UndoAsync(request, conversation, cancel),
                MovePurpose.Plan => await PlanAsync(conversation, cancel),
                MovePurpose.Check => await CheckAsync(request.Side ?? Side.Old, conversation, cancel),
                MovePurpose.Agree => await AgreeAsync(request, conversation, cancel),
                MovePurpose.Verify => await VerifyAsync(request, conversation, cancel),
                MovePurpose.Report => Report(conversation),
                _ => Status(conversation),
            };
        }
        catch (StepFailed failed)
        {
            ended = Failed(Endings.Failed(failed.Step.Words.Title), failed.Failure.Report);
        }
        catch (UndoFailed failed)
        {
            ended = Failed(UndoEndings.Failed(failed.Step.Words.Title), failed.Failure.Report);
        }
        catch (MoveFailure failure)
        {
            ended = Failed(FailedOutsideSteps(request.Purpose), failure.Report);
        }
        catch (Exception stop) when (stop is MoveStopped or UndoWanted or OperationCanceledException)
        {
            ended = new MoveEnded(
                MoveOutcome.Stopped, isGoingBack ? UndoEndings.Stopped : hasBegun ? Endings.Stopped(isPastReturn) : Endings.StoppedBeforeSteps, null, ExitCodes.Stopped);
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            var failure = IsOfMoveFolder(defect)
                ? MoveFailures.MoveFolderUnusable(settings.Move, defect) : MoveFailures.Defect(defect, conversation.LogFile);
            ended = Failed(FailedOutsideSteps(request.Purpose), failure.Report);
        }

        ended = ended with { Failure = ended.Failure is null ? null : redactor.Clean(ended.Failure) };
        conversation.Tell(ended);
        return ended;
    }

    private async Task<MoveEnded> MoveAsync(MoveRequest request, Conversation conversation, Action<bool> pastReturn, CancellationToken cancel)
    {
        var folder = new MoveFolder(settings.Move);
        folder.Create();
        return await HoldingAsync(folder, conversation, (held, ours) => MoveAsync(request, folder, held, conversation, pastReturn, ours), cancel);
    }

    private async Task<MoveEnded> HoldingAsync(
        MoveFolder folder, Conversation conversation, Func<FolderLock, CancellationToken, Task<MoveEnded>> work, CancellationToken cancel)
    {
        await using var held = await TakeAsync(folder, conversation, cancel);
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancel, held.Lost);
        conversation.OpenLog(folder);
        if (FolderAccess.Warning(folder) is { } open)
            conversation.Tell(new Logged(LogKind.Warning, open));
        TellTakenOver(held, conversation);
        try
        {
            return await work(held, ours.Token);
        }
        catch (OperationCanceledException) when (held.Loss is { } loss)
        {
            throw loss;
        }
    }

    private async Task<MoveEnded> MoveAsync(
        MoveRequest request, MoveFolder folder, FolderLock held, Conversation conversation, Action<bool> pastReturn, CancellationToken cancel)
    {
        var secrets = new MoveSecrets(settings, redactor);
        var plan = await SettlePlanAsync(folder, secrets, conversation, cancel);
        RefuseUnknownStep(request.Until, TheMove.StepsOf(plan.Shape));

        var session = Session(plan, folder, secrets, conversation);
        foreach (var told in MachineFit.Check(plan, MoveJournal.Read(folder), Here, settings.Machine.Length > 0))
            conversation.Tell(new Logged(LogKind.Warning, told));
        var cutOff = CutOffRun.Of(MoveJournal.Read(folder));
        using var journal = MoveJournal.Open(folder, plan, Here, held, redactor, time);
        session.Take(journal);
        Open(session, journal.State);
        if (journal.State.Facts.Any())
            TellStanding(session, journal.State);
        if (cutOff is not null)
            TellCutOff(cutOff, conversation);
        try
        {
            hasBegun = true;
            var ended = journal.State.TakingBack is { } wish
                ? await GoOnBackAsync(session, journal, wish, cancel)
                : await new MoveRunner(session, journal).RunAsync(request.Until, cancel);
            if (ended.Outcome == MoveOutcome.HandedOver)
                journal.HandedTo = OtherMachine(session);
            return ended;
        }
        catch (UndoWanted)
        {
            return await TakeBackAsync(session, journal, null, cancel);
        }
        finally
        {
            pastReturn(session.Facts.Find<MaintenanceModeLeft>() is not null);
            LeaveReport(session, journal.State);
        }
    }

    // Until a step has changed something the plan can be put right: the form comes up again, filled with what was typed before. Checks that were
    // made for another plan prove nothing for this one, so their journal is put aside. Only the old server can say what the plan is made from:
    // anywhere else the plan is taken as it is.
    private async Task<MovePlan> SettlePlanAsync(MoveFolder folder, MoveSecrets secrets, Conversation conversation, CancellationToken cancel)
    {
        var (earlier, journalled) = (PlanFile.Find(folder), MoveJournal.ReadWhole(folder));
        JournalFit.CheckProgram(folder, journalled, Version);
        var isSettled = TheMove.HasChangedSomething(journalled.Touched);
        if (earlier is null && isSettled)
            throw MisfitFailures.PlanGone(folder, journalled);
        if (earlier is not null && (isSettled || !IsThisMachine(earlier.Old.Machine)))
        {
            ShapeChoosing.RefuseOther(settings.Shape, earlier, folder.Path);
            return earlier;
        }

        // A move that was taken back is over. The next one has an id of its own, so that nothing of the first is taken for its work: the backup above all.
        var isNext = earlier is not null && journalled.IsTakenBack;
        var plan = await new PlanMaker(settings, secrets, conversation, redactor, time) { IsNextMove = isNext }.MakeAsync(earlier, cancel);
        if (earlier is null || earlier.Fingerprint != plan.Fingerprint || (journalled.Plan is { } before && before != plan.Fingerprint))
        {
            MoveJournal.PutAside(folder, time.GetUtcNow());
            PlanFile.Save(plan, folder);
        }

        return plan;
    }

    private async Task<MoveEnded> PlanAsync(Conversation conversation, CancellationToken cancel)
    {
        var session = await LookAsync(conversation, cancel);
        Open(session, MoveJournal.Read(session.Folder));
        return new MoveEnded(MoveOutcome.Finished, Endings.PlanShown, null, ExitCodes.Done);
    }

    private async Task<MoveEnded> CheckAsync(Side side, Conversation conversation, CancellationToken cancel)
    {
        var session = await LookAsync(conversation, cancel);
        Open(session, MoveJournal.Read(session.Folder), previews: false);
        if (!session.IsHere(side))
            throw MoveFailures.WrongServer(side, session.Plan.Of(side).Machine);

        // The new server is held against the old one, so the old one is looked at first where that can be done.
        foreach (var step in session.Steps.Where(each => each.Id.Word.StartsWith("check-", StringComparison.Ordinal)))
        {
            if (session.IsHere(step.Side) && (step.Side == side || session.Facts.Find<OldServerChecked>() is null))
                await MoveRunner.CheckAsync(session, step, cancel);
            if (step.Side == side)
                break;
        }

        return new MoveEnded(MoveOutcome.Finished, Endings.ChecksPassed, null, ExitCodes.Done);
    }

    // Reads only, at any time; the list that it writes gets its name when it is complete, so that a move that is running may be looked at.
    private async Task<MoveEnded> AgreeAsync(MoveRequest request, Conversation conversation, CancellationToken cancel)
    {
        var session = await LookAsync(conversation, cancel);
        Open(session, MoveJournal.Read(session.Folder), previews: false);
        var side = request.Side ?? Side.Old;
        if (!session.IsHere(side))
            throw MoveFailures.WrongServer(side, session.Plan.Of(side).Machine);

        var sentence = side == Side.Old
            ? (await AgreementRun.OnOldAsync(new MoveContext(session, new Steps.CompareBeforeOutage().Id), request.Hashes, cancel)).Faults == 0
                ? AgreementNotes.Agreed : AgreementNotes.OldDisagrees
            : (await AgreementRun.OnNewAsync(new MoveContext(session, new Steps.VerifyBeforeStart().Id), request.Hashes, keepsPackages: false, cancel)).Faults == 0
                ? AgreementNotes.Agreed : AgreementNotes.NothingNew;
        return new MoveEnded(MoveOutcome.Finished, sentence, null, ExitCodes.Done);
    }

    // Only a repair writes, and so only a repair holds the folder: a move that is running may be looked at.
    private async Task<MoveEnded> VerifyAsync(MoveRequest request, Conversation conversation, CancellationToken cancel)
    {
        var (folder, plan) = SavedMove(conversation);
        if (request.Repair)
        {
            JournalFit.CheckProgram(folder, MoveJournal.Read(folder), Version);
            folder.Create();
        }

        await using var held = request.Repair ? await TakeAsync(folder, conversation, cancel) : null;
        if (held is not null)
        {
            conversation.OpenLog(folder);
            TellTakenOver(held, conversation);
        }

        var state = MoveJournal.Read(folder);
        var session = Session(plan, folder, new MoveSecrets(settings, redactor), conversation);
        session.Recall(state);
        Open(session, state, previews: false);
        return await new VerifyRun(session, state, request.Depth ?? settings.Copy.Verify, request.Repair).RunAsync(cancel);
    }

    private MoveEnded Status(Conversation conversation)
    {
        var (folder, plan) = SavedMove(conversation);
        var state = MoveJournal.Read(folder);
        var session = Session(plan, folder, new MoveSecrets(settings, redactor), conversation);
        session.Recall(state);
        Open(session, state, previews: false);
        TellStanding(session, state);
        return new MoveEnded(MoveOutcome.Finished, Endings.StatusShown, null, ExitCodes.Done);
    }

    // From the journal alone: the move may be running, on this machine or the other one.
    private MoveEnded Report(Conversation conversation)
    {
        var (folder, plan) = SavedMove(conversation);
        ReportWriting.Write(folder, plan, MoveJournal.Read(folder), time);
        return new MoveEnded(MoveOutcome.Finished, Endings.ReportWritten(folder.HtmlReport, folder.MarkdownReport), null, ExitCodes.Done);
    }

    // However a run ended: the report is of use then most of all, and trouble with it must not hide how the run ended.
    private void LeaveReport(MoveSession session, JournalState state)
    {
        if (!state.Touched.Any() && !state.IsTakenBack)
            return;
        try
        {
            session.Conversation.FlushRecord();
            ReportWriting.Write(session.Folder, session.Plan, state, time);
            session.Conversation.Tell(new Logged(LogKind.Info, Notes.ReportWritten(session.Folder.HtmlReport)));
        }
        catch (MoveFailure failure)
        {
            session.Conversation.Tell(new Logged(LogKind.Warning, failure.Report.What));
        }
    }

    private static void TellStanding(MoveSession session, JournalState state)
    {
        foreach (var step in session.Steps)
        {
            var journalled = state.Of(step.Id);
            session.Conversation.Tell(journalled.Standing switch
            {
                JournalStanding.Finished => new StepChanged(
                    step.Id, journalled.Fact is LeftOut ? StepState.NotNeeded : StepState.Done, journalled.Fact?.Summary),
                JournalStanding.Undoing => new StepChanged(step.Id, StepState.Undoing, Notes.UndoCutShort),
                JournalStanding.Nothing when journalled.TimesUndone > 0 => new StepChanged(step.Id, StepState.Undone),
                JournalStanding.Started => new StepChanged(step.Id, StepState.Pending, Notes.BegunAt(journalled.At)),
                _ => new StepChanged(step.Id, StepState.Pending),
            });
        }
    }

    // For plan and check: the saved plan, or one that is made and thrown away. Nothing is written.
    private async Task<MoveSession> LookAsync(Conversation conversation, CancellationToken cancel)
    {
        var folder = new MoveFolder(settings.Move);
        var secrets = new MoveSecrets(settings, redactor);
        var plan = FindFitting(folder, conversation) ?? await new PlanMaker(settings, secrets, conversation, redactor, time).MakeAsync(null, cancel);
        var session = Session(plan, folder, secrets, conversation);
        session.Recall(MoveJournal.Read(folder));
        return session;
    }

    private MoveSession Session(MovePlan plan, MoveFolder folder, MoveSecrets secrets, Conversation conversation) =>
        new(plan, folder, secrets, settings, conversation, redactor, time);

    private static void Open(MoveSession session, JournalState state, bool previews = true)
    {
        session.Conversation.Tell(new MoveOpened(
            session.Plan.MoveId, session.Folder.Path, session.Plan.Old.Url, session.Plan.New.Url,
            [.. session.Steps.Select(each => each.Outline)], state.Facts.Any()) { Shape = session.Plan.Shape });
        if (!previews)
            return;
        foreach (var step in session.Steps)
            session.Conversation.Tell(new StepPreviewed(step.Id, step.Preview(new MoveContext(session, step.Id))));
    }

    private static void RefuseUnknownStep(StepId? until, IEnumerable<MoveStep> steps)
    {
        var known = steps.Select(each => each.Id).Distinct().ToList();
        if (until is { } last && !known.Contains(last))
            throw MoveFailures.NoSuchStep(last.Word, known.Select(each => each.Word));
    }

    private (MoveFolder Folder, MovePlan Plan) SavedMove(Conversation conversation)
    {
        var folder = new MoveFolder(settings.Move);
        return (folder, FindFitting(folder, conversation) ?? throw MoveFailures.NoMoveYet(folder.Path));
    }

    // For whoever only looks: what can be read is shown, whichever version wrote it, but never beside a plan that it was not written for.
    private static MovePlan? FindFitting(MoveFolder folder, Conversation conversation)
    {
        var (plan, journalled) = (PlanFile.Find(folder), MoveJournal.Read(folder));
        if (plan is null && TheMove.HasChangedSomething(journalled.Touched))
            throw MisfitFailures.PlanGone(folder, journalled);
        if (plan is not null)
            JournalFit.CheckPlan(folder, journalled, plan);
        if (journalled.Program is { } program && !ProgramVersion.GoesOnWith(program, Version))
            conversation.Tell(new Logged(LogKind.Warning, FolderNotes.OtherProgram(program, Version)));
        return plan;
    }

    private RunIdentity Here => RunIdentity.Here(settings.ThisMachine, Version);

    private Task<FolderLock> TakeAsync(MoveFolder folder, Conversation conversation, CancellationToken cancel) =>
        FolderLock.TakeAsync(folder, Here, conversation, settings.Timing, time, cancel);

    private static void TellCutOff(CutOffRun run, Conversation conversation)
    {
        conversation.Tell(new Logged(LogKind.Warning, $"{run.Told} {Notes.GoesOnAfterCutOff}"));
        conversation.Tell(new RunCutOff(run.Machine, run.User, run.Process, run.Since, run.LastSign, run.Steps, run.Told));
    }

    private static void TellTakenOver(FolderLock held, Conversation conversation)
    {
        if (held.TakenOver is { } proof)
            conversation.Tell(new Logged(LogKind.Proof, proof));
    }

    private bool IsThisMachine(string machine) => string.Equals(machine, settings.ThisMachine, StringComparison.OrdinalIgnoreCase);

    private string FailedOutsideSteps(MovePurpose purpose) =>
        hasBegun ? Endings.FailedBetweenSteps() : purpose switch
        {
            MovePurpose.Check => Endings.ChecksFailed,
            MovePurpose.Agree => AgreementNotes.Failed,
            MovePurpose.Verify => Endings.VerifyFailed,
            MovePurpose.Plan => Endings.PlanFailed,
            MovePurpose.Status => Endings.StatusFailed,
            MovePurpose.Report => Endings.ReportFailed,
            MovePurpose.Undo => UndoEndings.Refused,
            _ => Endings.FailedBeforeSteps(),
        };

    // A share that went away shows itself wherever the next file is touched; the message names the file.
    private bool IsOfMoveFolder(Exception error) =>
        error is IOException or UnauthorizedAccessException && settings.Move.Length > 0
        && error.Message.Contains(new MoveFolder(settings.Move).Path, StringComparison.OrdinalIgnoreCase);

    private static MoveEnded Failed(string sentence, FailureReport report) =>
        new(MoveOutcome.Failed, sentence, report, (int)report.Cause);
}

/// <summary>What is asked of the engine.</summary>
/// <param name="Purpose">What to do.</param>
/// <param name="Until">With <see cref="MovePurpose.Move"/>: stop after this step. With <see cref="MovePurpose.Undo"/>: take back down to and including this one.</param>
/// <param name="Side">With <see cref="MovePurpose.Check"/> and <see cref="MovePurpose.Agree"/>: which server.</param>
/// <param name="Depth">With <see cref="MovePurpose.Verify"/>: how closely; null = as the settings say.</param>
/// <param name="Repair">With <see cref="MovePurpose.Verify"/>: true to copy again what is missing or damaged.</param>
public sealed record MoveRequest(MovePurpose Purpose, StepId? Until = null, Side? Side = null, VerifyDepth? Depth = null, bool Repair = false)
{
    /// <summary>With <see cref="MovePurpose.Agree"/>: true to read every package and compare its hash, too.</summary>
    public bool Hashes { get; init; }
}

/// <summary>The purposes of a run.</summary>
public enum MovePurpose
{
    /// <summary>The move itself: begin, or resume where the journal ends.</summary>
    Move,

    /// <summary>Only the previews of all steps; nothing is changed.</summary>
    Plan,

    /// <summary>Only the read-only checks of one server.</summary>
    Check,

    /// <summary>Only the rows of one database, held against the files of its directories.</summary>
    Agree,

    /// <summary>Only the copied files, held against their manifests; no server is asked.</summary>
    Verify,

    /// <summary>Only what the journal says; no server is asked.</summary>
    Status,

    /// <summary>Take the move back, wholly or down to a step.</summary>
    Undo,

    /// <summary>Only the report, made anew from the move folder; no server is asked.</summary>
    Report,
}
