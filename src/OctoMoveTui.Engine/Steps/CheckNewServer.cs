using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Files;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Before the guide: is the new server ready, and is nothing in the way there? Changes nothing but a probe file that it removes.</summary>
public sealed class CheckNewServer : MoveStep<NewServerChecked>
{
    /// <inheritdoc/>
    public override StepId Id => new("check-new-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CheckNewServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override bool IsCheckedAgain => true;

    /// <inheritdoc/>
    public override bool MayWaitForItsServer => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Looks whether the same version is installed, the names are free, the logins work, there is room, and the home directory can be "
            + "written. The probe backup of the old SQL Server is read and deleted."),
        move.Command(move.NewExe, move.NewExe.ShowVersion),
        move.Command(move.NewExe, move.NewExe.ListInstances),
        move.Command(move.Plan.New.Sc, ["queryex", move.Plan.New.Service]),
        new(PreviewKind.Path, move.Plan.New.Home),
        .. CheckPreview.Probe(move.Plan.Backup.FileOnNewSql),
        .. CheckPreview.Of(Side.New, move.Plan),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<NewServerChecked> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var checks = new CheckRun(Id, Side.New, move.Tell, move.Time);
        var (plan, version) = (move.Plan.New, "");
        await checks.MakeAsync("N1", ServerCheckWords.NewVersion, $"{plan.OctopusServer} version", async () =>
        {
            if (!move.IsJournalled && await InstallOctopusServer.FindReadyAsync(move, cancel) is { } ready)
                return CheckResult.Warn(ready, InstallNotes.ReadyAdvice);
            version = await SameVersion.RequireAsync(move, cancel);
            return CheckResult.Pass(VersionWords(move, version));
        }, cancel);
        await checks.MakeAsync("N2", ServerCheckWords.InTheWay, $"{plan.OctopusServer} list-instances\n{plan.ConfigFile}\n{plan.Sc} queryex {plan.Service}", () => NothingInTheWayAsync(move, cancel), cancel);
        await checks.MakeAsync("N3", ServerCheckWords.Home, plan.Home, () => Task.FromResult(HomeCanBeWritten(plan.Home)), cancel);
        await checks.MakeAsync(
            "N5", DirectoryPlaceWords.Places, string.Join("\n", move.Plan.Directories.Select(each => each.To)), () => Task.FromResult(PlacesCanBeWritten(move.Plan)), cancel);
        await new NewSurroundingsChecks(move, checks).MakeAsync(cancel);
        if (move.CopyTool is { } tool)
            await new CopyToolChecks(move, checks, tool).MakeNewAsync(cancel);
        await NewNodes.CheckAsync(move, checks, cancel);
        return new NewServerChecked(version, await MakeOfSqlAsync(move, checks, cancel));
    }

    /// <summary>The checks of the new SQL Server; fails with all that failed, these and those before.</summary>
    /// <returns>Its version.</returns>
    internal static async Task<string> MakeOfSqlAsync(MoveContext move, CheckRun checks, CancellationToken cancel)
    {
        var scene = new CheckScene
        {
            Side = Side.New,
            Plan = move.Plan,
            Folder = move.Folder,
            Time = move.Time,
            AsOctopus = await move.NewSqlAsOctopusAsync(cancel),
            Sql = await move.NewSqlAsync(cancel),
            OldSql = move.IsHere(Side.Old) ? await move.OldSqlAsync(cancel) : null,
            Old = move.Facts.Find<OldServerChecked>(),
            WasDone = move.HasMarked,
            IsDone = move.Mark,
        };
        await checks.MakeAllAsync(scene, cancel);
        if (checks.HasFailed)
            await ProbeRead.GiveUpAsync(scene, scene.Old?.Sql?.Probe, cancel);
        checks.ThrowIfAnyFailed();
        return scene.Found.Version ?? "";
    }

    /// <summary>Guide step 5: the same version, exactly.</summary>
    internal static async Task<string> CheckVersionAsync(MoveContext move, CancellationToken cancel)
    {
        var version = await SameVersion.RequireAsync(move, cancel);
        move.Proof(VersionWords(move, version));
        return version;
    }

    private static string VersionWords(MoveContext move, string version) =>
        move.Facts.Find<OldServerChecked>() is null ? Notes.FoundOctopus(version, move.NewExe.File) : Notes.SameVersion(version);

    private static async Task<CheckResult> NothingInTheWayAsync(MoveContext move, CancellationToken cancel)
    {
        await InstanceLeftovers.RefuseAsync(move, cancel);
        return CheckResult.Pass(ServerCheckWords.NothingInTheWay(move.Plan.New.Instance, move.Plan.New.Service));
    }

    /// <summary>Whatever the connection strings call it: the database that would be overwritten must not be the original.</summary>
    internal static void RefuseOldDatabase(MoveContext move, SqlServerFacts server)
    {
        if (move.Facts.Find<OldServerChecked>() is { } old && string.Equals(old.SqlServer, server.ServerName, StringComparison.OrdinalIgnoreCase)
            && string.Equals(old.Database, move.Plan.New.Database, StringComparison.OrdinalIgnoreCase))
            throw CheckFailures.SameDatabase(server.ServerName, old.Database);
    }

    private static CheckResult HomeCanBeWritten(string home)
    {
        // The home directory itself may be made by create-instance.
        var (folder, error) = WritablePlace.Try(home);
        return error is null ? CheckResult.Pass(ServerCheckWords.CanWrite(folder)) : throw CheckFailures.CannotWrite(folder, error);
    }

    // Outside the home directory the database's paths mean the same on both machines, and only one of them may have that drive.
    private static CheckResult PlacesCanBeWritten(MovePlan plan)
    {
        foreach (var each in plan.Directories)
        {
            if (plan.IsShared(each))
            {
                if (!Directory.Exists(each.To))
                    throw DirectoryPlaceWords.ShareAway(each);
                continue;
            }

            var (folder, error) = WritablePlace.Try(each.To);
            if (error is not null)
                throw DirectoryPlaceWords.CannotBeMade(each, folder, error);
        }

        return CheckResult.Pass(DirectoryPlaceWords.CanBeMade(plan.Directories.Count));
    }
}
