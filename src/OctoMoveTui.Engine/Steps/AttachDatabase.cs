using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Sql;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// The guide "move the database": the existing instance is told its new connection string. Its config file keeps the master key, which is
/// proven against the restored database first. A server that still wrote to the old database would be the sin here: that one is read-only.
/// </summary>
public sealed class AttachDatabase : MoveStep<DatabaseAttached>
{
    /// <inheritdoc/>
    public override StepId Id => new("attach-database");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.AttachDatabase;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = new UndoAttachDatabase();

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Proves that the key which the instance holds fits the restored database, then attaches the instance to it. Octopus.Server takes the connection string "
            + "as an argument: for that moment its password can be seen in the process list of this server."),
        move.Command(move.NewExe.File, move.NewExe.ChangeDatabase(Masked(move.Plan.New.ConnectionString))),
        new(PreviewKind.Words, ShapeNotes.WayBack(move.Command(move.NewExe.File, move.NewExe.ChangeDatabase(Masked(move.Plan.Old.ConnectionString))).Text)),
    ];

    /// <inheritdoc/>
    public override async Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Leads(await move.NewExe.ShowConfigurationAsync(cancel), move.Plan.New.ConnectionString)
            ? new StepProbe.Done(new DatabaseAttached(move.Plan.New.Instance, move.Plan.New.Database))
            : new StepProbe.NotDone();

    /// <inheritdoc/>
    public override async Task<DatabaseAttached> RunAsync(MoveContext move, CancellationToken cancel)
    {
        await StopOldServer.ProveDownAsync(move, cancel);
        var key = await move.NewExe.ShowMasterKeyAsync(cancel);
        var sql = await move.NewSqlAsync(cancel);
        await using (var session = await sql.OpenAsync(move.Plan.New.Database, cancel))
            move.Proof(Notes.KeyProven((await KeyProof.ProveAsync(key, session, cancel)).By));
        await move.NewExe.RunAsync(move.NewExe.ChangeDatabase(await move.NewConnectionStringAsync(cancel)), cancel);
        return new DatabaseAttached(move.Plan.New.Instance, move.Plan.New.Database);
    }

    /// <inheritdoc/>
    public override async Task VerifyAsync(MoveContext move, DatabaseAttached fact, CancellationToken cancel)
    {
        var found = await move.NewExe.ShowConfigurationAsync(cancel);
        if (!Leads(found, move.Plan.New.ConnectionString))
            throw OctopusFailures.AttachedElsewhere($"{ConnectionStrings.Read(found.ConnectionString)}", $"{ConnectionStrings.Read(move.Plan.New.ConnectionString)}");
        move.Proof(ShapeNotes.Attached(fact.Instance, $"{ConnectionStrings.Read(found.ConnectionString)}"));
    }

    internal static bool Leads(InstanceConfiguration found, string planned) =>
        found.ConnectionString.Length > 0 && ConnectionStrings.Read(found.ConnectionString) with { Password = "" } == ConnectionStrings.Read(planned) with { Password = "" };

    internal static string Masked(string connection) => ConnectionStrings.LacksPassword(connection) ? connection + ";Password=" + Secret.Mask : connection;
}
