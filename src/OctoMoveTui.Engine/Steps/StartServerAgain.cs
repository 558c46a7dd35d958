using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Where Octopus Server stays: the same service, which was disabled only while it must not start, gets its start type back and is started, still in
/// maintenance mode; and the watchdog watches again.
/// </summary>
public sealed class StartServerAgain : MoveStep<NewServerStarted>
{
    /// <summary>The step's id.</summary>
    internal static readonly StepId Word = new("start-server");

    /// <inheritdoc/>
    public override StepId Id => Word;

    /// <inheritdoc/>
    public override StepWords Words => StepWords.StartServerAgain;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoStartServerAgain();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Gives the service its start type back, starts it, and waits until it answers. Maintenance mode stays on, and tasks that were queued wait. The watchdog "
            + "that was disabled is enabled again."),
        move.Command(move.Plan.New.Sc, move.NewService.SetStartType(StartType(move))),
        move.Command(move.NewExe.File, move.NewExe.StartService),
        new(PreviewKind.Request, $"GET {move.Plan.New.Url}/api"),
        move.Command(move.Plan.New.Schtasks, WatchdogTasks.Enable("Octopus Watchdog …")),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel)
    {
        var standing = await move.NewService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.NewService.Service);
        if (!standing.IsRunning)
            return standing.IsDisabled ? new StepProbe.NotDone() : new StepProbe.HalfDone($"{move.NewService.Service} may start, but does not run.");
        using var api = await move.NewApiAsync(cancel);
        return await api.FindIdentityAsync(cancel) is not { } identity ? new StepProbe.HalfDone($"{move.NewService.Service} runs, but does not answer yet.")
            : (await SleepingWatchdogsAsync(move, cancel)).Count > 0 ? new StepProbe.HalfDone($"{move.NewService.Service} runs; its watchdog is still disabled.")
            : StartNewServer.WasCutOff(move) ? new StepProbe.HalfDone(ServiceNotes.StartCutOff(move.NewService.Service))
            : new StepProbe.Done(new NewServerStarted(identity.Version, identity.InstallationId));
    }

    /// <inheritdoc/>
    public override async Task<NewServerStarted> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var standing = await move.NewService.QueryAsync(cancel) ?? throw OctopusFailures.ServiceMissing(move.NewService.Service);
        if (standing.IsDisabled)
        {
            await move.NewService.RunAsync(move.NewService.SetStartType(StartType(move)), cancel);
            move.Info(ShapeNotes.ServiceEnabled(move.NewService.Service, StartType(move)));
        }

        if (!standing.IsRunning)
            await move.NewExe.RunAsync(move.NewExe.StartService, cancel);
        var identity = await StartNewServer.WaitForAnswerAsync(move, cancel);
        await StartNewServer.DrainAsync(move, identity.Node, cancel);
        foreach (var task in await SleepingWatchdogsAsync(move, cancel))
        {
            await move.OldWatchdogs.EnableAsync(task, cancel);
            move.Info(ShapeNotes.WatchdogOn(task));
        }

        return new NewServerStarted(identity.Version, identity.InstallationId);
    }

    /// <inheritdoc/>
    public override Task VerifyAsync(MoveContext move, NewServerStarted fact, CancellationToken cancel) => StartNewServer.ProveStartedAsync(move, fact, cancel);

    private static string StartType(MoveContext move) => move.Facts.Find<OldServerStopped>()?.StartTypeBefore ?? "auto";

    private static async Task<IReadOnlyList<string>> SleepingWatchdogsAsync(MoveContext move, CancellationToken cancel)
    {
        var disabled = move.Facts.Find<OldServerStopped>()?.WatchdogsDisabled ?? [];
        if (disabled.Count == 0)
            return [];
        var awake = await move.OldWatchdogs.FindEnabledAsync(move.Plan.Old.Instance, cancel) ?? [];
        return [.. disabled.Except(awake, StringComparer.OrdinalIgnoreCase)];
    }
}
