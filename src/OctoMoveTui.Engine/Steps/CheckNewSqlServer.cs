using OctoMoveTui.Engine.Checks;
using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>Where Octopus Server stays: only the new SQL Server is looked at. Changes nothing but a probe file that it removes.</summary>
public sealed class CheckNewSqlServer : MoveStep<NewServerChecked>
{
    /// <inheritdoc/>
    public override StepId Id => new("check-new-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.CheckNewSqlServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Nothing;

    /// <inheritdoc/>
    public override bool IsCheckedAgain => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Looks whether the logins work on the new SQL Server, the name of the database is free, and there is room. The probe backup of the old SQL Server is read "
            + "and deleted."),
        .. CheckPreview.Probe(move.Plan.Backup.FileOnNewSql),
        .. CheckPreview.Of(Side.New, move.Plan),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<NewServerChecked> RunAsync(MoveContext move, CancellationToken cancel) => new(
        move.Facts.Find<OldServerChecked>()?.Version ?? "",
        await CheckNewServer.MakeOfSqlAsync(move, new CheckRun(Id, Side.New, move.Tell, move.Time), cancel));
}
