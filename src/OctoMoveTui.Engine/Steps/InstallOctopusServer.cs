using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Journal;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 5, its first half: exactly the old server's version, installed from an MSI that the administrator has put where octomove looks. It lays down the
/// program and nothing else: no service runs afterwards, no instance is made.
/// </summary>
public sealed class InstallOctopusServer : MoveStep<OctopusServerInstalled>
{
    // Written right before msiexec: only then is an installation of that version ours.
    private const string Installing = "installing";

    /// <inheritdoc/>
    public override StepId Id => new("install-octopus-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.InstallOctopusServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => UndoWords.ProgramStays(move));

    /// <inheritdoc/>
    public override bool MayWaitForItsServer => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move)
    {
        var wanted = move.Facts.Find<OldServerChecked>()?.Version;
        var package = Path.Combine(move.Folder.Path, InstallerPackage.NameOf(wanted ?? "VERSION"));
        return
        [
            new(PreviewKind.Words, InstallNotes.Preview(wanted)),
            .. wanted is null ? [] : (PreviewLine[])[new(PreviewKind.Words, InstallNotes.HaveReady(wanted))],
            new(PreviewKind.Command, WindowsInstaller.Show(
                move.NewInstaller.File, Arguments(move, wanted is null ? package : Package(move, wanted)?.File ?? package, wanted ?? "VERSION"))),
        ];
    }

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) => OrGiveUpAsync(move, () => LookAsync(move, cancel), cancel);

    private static async Task<StepProbe> LookAsync(MoveContext move, CancellationToken cancel)
    {
        // From then on the program belongs to an instance that works, and may be upgraded one day.
        if (move.Facts.Find<InstanceCreated>() is not null)
            return new StepProbe.CannotTell();
        var (wanted, isOurs) = (Wanted(move), move.HasMarked(Installing));
        string? found;
        try
        {
            found = await SameVersion.FindAsync(move, cancel);
        }
        catch (MoveFailure) when (isOurs)
        {
            return new StepProbe.HalfDone(InstallNotes.CutShort);
        }

        var log = InstallerLog.Read(LogFile(move, wanted));
        if (OctopusVersion.AreSame(found, wanted))
        {
            return !isOurs ? new StepProbe.NotNeeded(InstallNotes.AlreadyThere(wanted))
                : move.Journalled.Standing == JournalStanding.Started && !log.IsComplete ? new StepProbe.HalfDone(InstallNotes.CutShort)
                : new StepProbe.Done(new OctopusServerInstalled(wanted, Package(move, wanted)?.File ?? "", WantsRestart(log.ExitCode)));
        }

        if (move.Journalled.Standing != JournalStanding.Finished)
            RequirePackage(move, found, wanted);
        return isOurs && !log.IsComplete ? new StepProbe.HalfDone(InstallNotes.CutShort) : new StepProbe.NotDone();
    }

    /// <inheritdoc/>
    public override Task<OctopusServerInstalled> RunAsync(MoveContext move, CancellationToken cancel) => OrGiveUpAsync(move, () => InstallAsync(move, cancel), cancel);

    private static async Task<OctopusServerInstalled> InstallAsync(MoveContext move, CancellationToken cancel)
    {
        var (wanted, isOurs) = (Wanted(move), move.HasMarked(Installing));
        var package = RequirePackage(move, move.NewExe.IsThere && !isOurs ? await move.NewExe.VersionAsync(cancel) : null, wanted);
        if (!isOurs)
            await RefuseIfInUseAsync(move, wanted, cancel);

        move.Mark(Installing);
        move.Info(InstallNotes.WillNotStop);
        var logFile = LogFile(move, wanted);
        var (exitCode, log, output) = await move.NewInstaller.RunAsync(Arguments(move, package.File, wanted), logFile);
        if (exitCode != InstallerExitCodes.Success && !WantsRestart(exitCode))
            throw InstallFailures.Failed(exitCode, package.File, logFile, log.Reasons, output);
        move.Info(InstallNotes.Installed(wanted, package.File, logFile));
        if (WantsRestart(exitCode))
            move.Warn(InstallNotes.RestartWanted(move.Plan.New.Machine));

        // An instance that is used would have kept us from installing: what runs now was started by it.
        cancel.ThrowIfCancellationRequested();
        if (move.NewExe.IsThere)
        {
            foreach (var started in await RunningAsync(move, cancel))
                await StopAsync(move, started, cancel);
        }

        return new OctopusServerInstalled(wanted, package.File, WantsRestart(exitCode));
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, OctopusServerInstalled fact, CancellationToken cancel)
    {
        var found = await SameVersion.FindAsync(move, cancel);
        if (!OctopusVersion.AreSame(found, fact.Version))
            throw InstallFailures.InstalledOther(move.NewExe.File, found, fact.Version, fact.Package, LogFile(move, fact.Version));
        move.Proof(Notes.SameVersion(fact.Version));

        if (await RunningAsync(move, cancel) is [var running, ..])
            throw InstallFailures.ServiceRuns(running.Service);
        move.Proof(InstallNotes.NothingRuns);

        var instances = await move.NewExe.ListInstancesAsync(cancel);
        if (instances.Count == 0)
            move.Proof(InstallNotes.NoInstances);
        else
            move.Warn(InstallNotes.InstancesLeft([.. instances.Select(each => each.Name)]));
    }

    /// <summary>For a check days ahead: what to say when the version is not there, but will be once this step has run; else null.</summary>
    internal static async Task<string?> FindReadyAsync(MoveContext move, CancellationToken cancel)
    {
        if (move.Facts.Find<OldServerChecked>()?.Version is not { } wanted)
            return null;
        var found = await SameVersion.FindAsync(move, cancel);
        if (OctopusVersion.AreSame(found, wanted) || Package(move, wanted) is null)
            return null;
        var package = RequirePackage(move, found, wanted);
        await RefuseIfInUseAsync(move, wanted, cancel);
        return InstallNotes.Ready(found, wanted, package.File);
    }

    // The check that follows waits for a probe backup of the old server; when it does not come to that, nobody does.
    private static async Task<T> OrGiveUpAsync<T>(MoveContext move, Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (MoveFailure)
        {
            await ProbeRead.GiveUpAsync(move.As(new CheckNewServer().Id), cancel);
            throw;
        }
    }

    private static string Wanted(MoveContext move) => move.Facts.Require<OldServerChecked>().Version;

    private static bool WantsRestart(int? exitCode) => exitCode is InstallerExitCodes.RestartWanted or InstallerExitCodes.RestartBegun;

    // One name a version: the command can be shown beforehand, and a run after a crash finds what the one before it did.
    private static string LogFile(MoveContext move, string version) => Path.Combine(move.Folder.Logs, $"msiexec-{InstallerPackage.NameOf(version)}.log");

    private static string Arguments(MoveContext move, string package, string version) =>
        WindowsInstaller.Install(package, LogFile(move, version), SameVersion.Location(move.Plan.New));

    private static InstallerPackage? Package(MoveContext move, string version) =>
        SameVersion.Packages(move).FirstOrDefault(each => OctopusVersion.AreSame(each.Version?.Text, version));

    private static InstallerPackage RequirePackage(MoveContext move, string? found, string wanted)
    {
        // One Windows, one installation: it would be the old server's, at work.
        if (move.Plan.OneMachine && move.Plan.Old.Sc == move.Plan.New.Sc)
            throw InstallFailures.SharedInstallation(move.Plan.Old.OctopusServer, move.NewExe.File);
        if (!move.NewInstaller.IsThere || Package(move, wanted) is not { } package)
            throw SameVersion.Refusal(move, found, wanted);
        try
        {
            return package.IsInstaller() ? package : throw InstallFailures.NotAnInstaller(package.File, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InstallFailures.PackageUnreadable(package.File, error);
        }
    }

    // One installation serves all instances of a machine. Its own program knows them; where there is none at the path of the plan, but one in the folder that
    // an installer wrote down, or a service, it is installed elsewhere.
    private static async Task RefuseIfInUseAsync(MoveContext move, string wanted, CancellationToken cancel)
    {
        if (!move.NewExe.IsThere)
        {
            if (await move.NewRegistry.FindInstallFolderAsync(cancel) is { } folder && HoldsProgram(folder))
                throw InstallFailures.InstalledIn(move.NewExe.File, folder);
            foreach (var service in new[] { move.NewService, move.NewServiceOf(InstanceRecord.DefaultName) })
            {
                if (await service.QueryAsync(cancel) is not null)
                    throw InstallFailures.InstalledElsewhere(move.NewExe.File, service.Service);
            }

            return;
        }

        var instances = await move.NewExe.ListInstancesAsync(cancel);
        if (instances.Count > 0)
            throw InstallFailures.InUse(move.NewExe.File, await move.NewExe.VersionAsync(cancel), wanted, [.. instances.Select(each => each.Name)]);
    }

    private static bool HoldsProgram(string folder) => File.Exists(Path.Combine(folder, "Octopus.Server.exe")) || File.Exists(Path.Combine(folder, "Octopus.Server"));

    private static async Task<IReadOnlyList<ServiceControl>> RunningAsync(MoveContext move, CancellationToken cancel)
    {
        var running = new List<ServiceControl>();
        var known = (await move.NewExe.ListInstancesAsync(cancel)).Select(each => each.Name);
        foreach (var name in known.Append(move.Plan.New.Instance).Append(InstanceRecord.DefaultName).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (move.NewServiceOf(name) is var service && await service.QueryAsync(cancel) is { IsStopped: false })
                running.Add(service);
        }

        return running;
    }

    private static async Task StopAsync(MoveContext move, ServiceControl service, CancellationToken cancel)
    {
        await service.RunAsync(service.Stop, cancel);
        for (var began = move.Time.GetTimestamp(); await service.QueryAsync(cancel) is { IsStopped: false }; await move.PauseAsync(cancel))
        {
            if (move.Time.GetElapsedTime(began) > move.Timing.ServiceStop)
                throw InstallFailures.ServiceRuns(service.Service);
        }

        move.Warn(InstallNotes.ServiceStopped(service.Service));
    }
}
