using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Before the guide: everything about the old server that could stop the move later is looked at now. Changes nothing; a probe backup is
/// written and deleted again. All that fails is told, and then the step fails once.
/// </summary>
public sealed class CheckOldServer : MoveStep<OldServerChecked>
{
    /// <inheritdoc/>
    public override StepId Id => new("check-old-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CheckOldServer;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override bool IsCheckedAgain => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Looks at version, service, database, rights, API key and directories of the old server. Can be run days ahead."
            + (move.Plan.Shape.BringsDatabase() ? " To see whether the old SQL Server can write there it writes a small backup and deletes it again." : "")),
        move.Command(move.OldExe, move.OldExe.ShowVersion),
        move.Command(move.Plan.Old.Sc, ["queryex", move.Plan.Old.Service]),
        new(PreviewKind.Request, "GET /api, /api/users/me"),
        .. move.Plan.Directories.Select(each => new PreviewLine(PreviewKind.Path, each.From)),
        .. move.CopyTool is { } tool ? CopyToolChecks.PreviewOld(move, tool) : [],
        .. CheckPreview.Probe(move.Plan.Backup.FileOnOldSql),
        .. CheckPreview.Of(Side.Old, move.Plan),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<OldServerChecked> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var checks = new CheckRun(Id, Side.Old, move.Tell, move.Time);
        var octopus = new OldOctopusChecks(move, checks);
        await octopus.MakeAsync(cancel);
        if (move.CopyTool is { } tool)
            await new CopyToolChecks(move, checks, tool).MakeOldAsync(cancel);
        if (move.Plan.Shape.CopiesDirectories())
        {
            await checks.MakeAsync(
                "O8", ServerCheckWords.RoomForCopies, string.Join("\n", move.Plan.DirectoriesToCopy.Select(each => DirectoryCopying.Target(move, each))),
                () => Task.Run(() => RoomForDirectories.Check(move, cancel), cancel), cancel);
        }

        var scene = new CheckScene
        {
            Side = Side.Old,
            Plan = move.Plan,
            Folder = move.Folder,
            Time = move.Time,
            Sql = await move.OldSqlAsync(cancel),
            LeavesProbe = move.IsJournalled,
        };
        await checks.MakeAllAsync(scene, cancel);
        var around = new OldSurroundingsChecks(move, checks, octopus.Configuration, octopus.Thumbprint.Length > 0);
        await around.MakeAsync(cancel);
        await octopus.MakeDatabaseVersionAsync(scene.Sql, cancel);
        await checks.MakeAsync("H1", HazardWords.Hazards, "the table of docs/database-and-files.md", () => Task.FromResult(KnownHazards.Check(octopus.Version)), cancel);
        await checks.MakeAsync("H2", HazardWords.StartUpIndexing, SqlScript.Readable(SqlScript.Text("read-document", ("document", "JSON"), ("table", "dbo.Configuration")), ("@id", "builtinrepositoryconfigurations-single")),
            () => IndexingAsync(move, scene.Sql, cancel), cancel);
        var nodes = new OldNodeChecks(move, checks);
        await nodes.MakeAsync(cancel);

        // Nobody is going to read it: Retry writes another.
        if (checks.HasFailed && scene.Found.Probe is { } probe)
            await ProbeFiles.DeleteAsync(scene.Sql, probe.File, cancel);
        checks.ThrowIfAnyFailed();

        return new OldServerChecked(
            octopus.Version, scene.Found.Version ?? "", move.Plan.Old.Database, scene.Found.Files?.Sum(each => each.Bytes) ?? 0, octopus.Thumbprint, octopus.Installation)
        {
            SqlServer = scene.Found.ServerName ?? "",
            Sql = scene.Found,
            Nodes = nodes.Nodes,
            OwnNode = nodes.OwnNode,
            Surroundings = around.Found,
        };
    }

    private static async Task<CheckResult> IndexingAsync(MoveContext move, SqlServer sql, CancellationToken cancel)
    {
        try
        {
            await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
            var indexing = await StartUpIndexing.ReadAsync(session, cancel);
            return indexing.MayRun ? CheckResult.Warn(ReindexWords.StartUp(indexing), HazardWords.SwitchOff) : CheckResult.Pass(ReindexWords.StartUp(indexing));
        }
        catch (MoveFailure)
        {
            // That the database is not there, or can't be read, has been said already.
            return CheckResult.Warn(ReindexWords.StartUp(new StartUpIndexing(null, "")));
        }
    }
}
