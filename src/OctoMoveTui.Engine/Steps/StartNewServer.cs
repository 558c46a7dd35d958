using System.Globalization;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Guide step 8: start the new server. It comes up in maintenance mode, because that travelled in the database, and stays there.</summary>
public sealed class StartNewServer : MoveStep<NewServerStarted>
{
    // Windows refused the account of the service, so that its password is given to it anew.
    private const string LogOnRefused = "log-on-refused";

    // Written with the time right before our own start: a service that runs without it was started by somebody else.
    private const string Starting = "starting ";

    /// <inheritdoc/>
    public override StepId Id => new("start-new-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.StartNewServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoStartNewServer();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, move.Plan.Shape.StopsOldServer()
            ? "Has the service start at boot from now on, starts it, and waits until it answers. Maintenance mode stays on, and the node is drained at once: tasks that were queued wait."
            : RehearsalWords.StartPreviewed),
        move.Command(move.Plan.New.Sc, move.NewService.Enable),
        move.Command(move.NewExe, move.NewExe.StartService),
        new(PreviewKind.Request, $"GET {move.Plan.New.Url}/api"),
        move.Secrets.IsWithoutApiKey ? move.Command(move.NewExe, move.NewExe.Drain) : new(PreviewKind.Request, OctopusApi.Shown.DrainNodes),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        if (await move.NewService.QueryAsync(cancel) is not { } standing)
            return new StepProbe.NotDone();
        // Before its first start that is how create-instance left it.
        if (!standing.IsRunning && move.Journalled.Standing == Journal.JournalStanding.Nothing)
            return new StepProbe.NotDone();
        if (!standing.IsRunning)
            return new StepProbe.HalfDone($"{move.NewService.Service} is installed, but does not run.");
        using var api = await move.NewApiAsync(cancel);
        if (await api.FindIdentityAsync(cancel) is not { } identity)
            return new StepProbe.HalfDone($"{move.NewService.Service} runs, but does not answer yet.");
        return WasCutOff(move) ? new StepProbe.HalfDone(ServiceNotes.StartCutOff(move.NewService.Service))
            : new StepProbe.Done(new NewServerStarted(identity.Version, identity.InstallationId));
    }

    /// <inheritdoc/>
    public override async Task<NewServerStarted> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await ProveOldServerDownAsync(move, cancel);

        var standing = await move.NewService.QueryAsync(cancel);
        if (standing is not { IsRunning: true })
        {
            await MuteDatabase.ProveAsync(move, cancel);
            await StartAsync(move, standing, cancel);
        }

        var identity = await WaitForAnswerAsync(move, cancel);
        await DrainAsync(move, identity.Node, cancel);
        return new NewServerStarted(identity.Version, identity.InstallationId) { StartedAt = StartedAt(move) };
    }

    /// <summary>
    /// A run that was cut off between the start and the end of the step may not have come to keep the node from taking tasks: that is done again, which
    /// harms nothing.
    /// </summary>
    internal static bool WasCutOff(MoveContext move) => move.Journalled.Standing == Journal.JournalStanding.Started;

    // Earliest: what the server has done since an earlier run started it, it did itself.
    private static DateTimeOffset? StartedAt(MoveContext move) =>
        StartsOf(move).Select(each => DateTimeOffset.TryParse(each[Starting.Length..], CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null).Min();

    private static IEnumerable<string> StartsOf(MoveContext move) => move.Journalled.Marks.Where(each => each.StartsWith(Starting, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override Task VerifyAsync(MoveContext move, NewServerStarted fact, CancellationToken cancel) => ProveStartedAsync(move, fact, cancel);

    /// <summary>The server that answers is the old one's successor, and still locked.</summary>
    internal static async Task ProveStartedAsync(MoveContext move, NewServerStarted fact, CancellationToken cancel)
    {
        var (old, isRehearsal) = (move.Facts.Require<OldServerChecked>(), !move.Plan.Shape.StopsOldServer());
        if (!OctopusVersion.AreSame(fact.Version, old.Version))
            throw OctopusFailures.Differs("The version that answers", old.Version, fact.Version);
        if (isRehearsal && fact.InstallationId == old.InstallationId)
            throw RehearsalWords.SameInstallation(fact.InstallationId);
        if (!isRehearsal && fact.InstallationId != old.InstallationId)
            throw OctopusFailures.Differs("The installation id", old.InstallationId, fact.InstallationId);
        move.Proof(isRehearsal ? RehearsalWords.OtherInstallation(fact.InstallationId) : Notes.InstallationEqual(fact.InstallationId));
        await SameVersion.ProveSchemaAsync(move, isStarted: true, cancel);

        using var api = await move.NewApiAsync(cancel);
        if (!isRehearsal && !await UserLock.HoldsAsync(move, api, cancel))
            throw OctopusFailures.NotInMaintenanceMode(move.Plan.New.Url);
        move.Proof(Notes.Answers(move.Plan.New.Url, fact.Version));
        await NewNodes.TellLicenceAsync(move, api, cancel);
        if (!isRehearsal && !await api.IsInMaintenanceModeAsync(cancel))
            move.Warn(ByHandWords.Unlocked(move.Plan.New.Url));
    }

    private static async Task StartAsync(MoveContext move, ServiceStanding? standing, CancellationToken cancel)
    {
        // Not installed: a move begun by an earlier version. The log on was refused: its password, asked for again, is given to it.
        if (standing is null || move.HasMarked(LogOnRefused))
            await ServiceInstalling.SetAsync(move, cancel);
        await move.NewService.RunAsync(move.NewService.Enable, cancel);
        move.Mark($"{Starting}{move.Time.GetUtcNow():O}");
        try
        {
            await move.NewExe.RunAsync(move.NewExe.StartService, cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Raw?.Contains("1069", StringComparison.Ordinal) == true)
        {
            move.Mark(LogOnRefused);
            move.Secrets.Forget(SecretKind.ServicePassword);
            throw ServiceFailures.LogOnRefused(move.NewService.Service, move.NewAccount, failure.Report.Raw);
        }
    }

    /// <summary>
    /// By all that can be asked from here. On the new machine that is little: that the old server does not answer at its address, unless that
    /// address leads to the new server already.
    /// </summary>
    internal static async Task ProveOldServerDownAsync(MoveContext move, CancellationToken cancel)
    {
        if (!move.Plan.Shape.StopsOldServer())
            return;
        if (move.IsHere(Side.Old))
        {
            await StopOldServer.ProveDownAsync(move, cancel);
            return;
        }

        await RefuseAnswerOfOldServerAsync(move, cancel);
        move.Warn(Notes.OldServerSilent(move.Plan.Old.Url, move.Plan.Old.Machine));
    }

    /// <summary>All that the new machine can ask of the old server: it must not answer at its address.</summary>
    /// <returns>False: that address leads to the new server already, so that it tells nothing.</returns>
    /// <exception cref="MoveFailure">It answers.</exception>
    internal static async Task<bool> RefuseAnswerOfOldServerAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Plan.Old.Url == move.Plan.New.Url)
            return false;
        var drained = move.Facts.Find<MaintenanceModeEntered>()?.DrainedNodes ?? [];
        using var api = await move.OldApiAsync(cancel);
        return await api.FindNodeAsync(cancel) is { } node && drained.Contains(node) ? throw OctopusFailures.OldServerAnswers(move.Plan.Old.Url, node) : true;
    }

    /// <summary>True when this move has started the new service.</summary>
    internal static bool HasStarted(MoveContext move) => StartsOf(move.As(new StartNewServer().Id)).Any();

    // A new node has a row of its own, not drained: what was queued on the old server would start before anything is verified here.
    internal static async Task DrainAsync(MoveContext move, string? node, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        foreach (var own in (await api.ListNodesAsync(cancel)).Where(each => each.Name == node && !each.IsDraining))
        {
            await api.SetDrainAsync(own.Id, true, cancel);
            move.Info(Notes.Drained(own.Name));
        }
    }

    /// <summary>Waits until the new server answers; no longer when its service does not stay up.</summary>
    internal static async Task<ServerIdentity> WaitForAnswerAsync(MoveContext move, CancellationToken cancel)
    {
        var meter = move.Meter("Waiting for the new server", ProgressUnit.Items);
        using var api = await move.NewApiAsync(cancel);
        var wasStopped = false;
        for (var began = move.Time.GetTimestamp(); ;)
        {
            if (await api.FindIdentityAsync(cancel) is { } identity)
                return identity;

            // Seen twice: the first look may come before the service has begun to start.
            var isStopped = await move.NewService.QueryAsync(cancel) is { IsStopped: true };
            if (isStopped && wasStopped)
                throw ServiceFailures.DoesNotStayUp(move.NewService.Service);
            wasStopped = isStopped;
            if (move.Time.GetElapsedTime(began) > move.Timing.ServerStart)
                throw OctopusFailures.DidNotAnswer(move.Plan.New.Url, move.Timing.ServerStart);
            meter.Report(0, null, move.Plan.New.Url);
            await move.PauseAsync(cancel);
        }
    }
}
