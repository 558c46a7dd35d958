using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Before the outage, optional: which rows of the old database have no file on the old server. That is the base line: what is on it was not lost
/// in the move.
/// </summary>
public sealed class CompareBeforeOutage : MoveStep<DatabaseAndFilesCompared>
{
    /// <inheritdoc/>
    public override StepId Id => new("compare-before-outage");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CompareBeforeOutage;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, $"Looks, while Octopus works, whether each package has its file ({(Reads(move) ? "by size and hash: reads all packages" : "by size")}), "
            + "each finished task its log, and each artifact its file (both by the id in the file's name). What is missing now is listed apart: it stops nothing, "
            + "and only what is missing in addition keeps the new server from being started. Packages without a file are dropped by a re-index: that has to be accepted."),
        .. move.Plan.Directories.Where(each => each.Kind is OctopusDirectories.Packages or OctopusDirectories.TaskLogs or OctopusDirectories.Artifacts)
            .Select(each => new PreviewLine(PreviewKind.Path, each.From)),
        new(PreviewKind.Path, move.Folder.AgreementOf(Side.Old)),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing switch
        {
            Journal.JournalStanding.Finished => new StepProbe.CannotTell(),

            // Inside the outage it would only cost time; verify-before-start says how a base line can still be had.
            _ when move.Facts.Find<MaintenanceModeEntered>() is not null => new StepProbe.NotNeeded("the outage has begun"),
            _ => new StepProbe.NotDone(),
        });

    /// <inheritdoc/>
    public override async Task<DatabaseAndFilesCompared> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var began = move.Time.GetUtcNow();
        var totals = await AgreementRun.OnOldAsync(move, Reads(move), cancel);
        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var indexing = await StartUpIndexing.ReadAsync(session, cancel);
        ReindexForecast.Tell(move, indexing);
        return new DatabaseAndFilesCompared(began, totals.Kinds, totals.Packages)
        {
            MayBeDropped = await ReindexForecast.AcceptAsync(move, totals.Dropped, indexing, move.Folder.AgreementOf(Side.Old), cancel),
        };
    }

    private static bool Reads(MoveContext move) => move.Agreement.Hashes != HashReading.Never;
}
