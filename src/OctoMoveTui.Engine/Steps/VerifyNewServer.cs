using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// After the guide: the new server itself is asked, while it is still locked, whether it is what the old one was. The last gate before the
/// point of no return: what fails here says what to do, and the way back is open.
/// </summary>
public sealed class VerifyNewServer : MoveStep<NewServerVerified>
{
    /// <inheritdoc/>
    public override StepId Id => new("verify-new-server");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.VerifyNewServer;

    /// <inheritdoc/>
    public override Side Side => Side.New;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.CanBeUndone;

    /// <inheritdoc/>
    public override StepUndo Undo { get; } = StepUndo.Stays(move => UndoWords.IntegrityTaskStays(move));

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) => !move.Plan.Shape.StopsOldServer() ? PreviewRehearsal() :
    [
        new(PreviewKind.Words, "Compares with the old server: version, installation id, certificate, how many there are of each kind, and the content of a task log, "
            + "an artifact and a package. Asks how the server and its nodes are, and has it check its database. All of it is told, then it goes into the receipt."),
        new(PreviewKind.Request, OctopusApi.ShownProofs.Server),
        new(PreviewKind.Request, OctopusApi.ShownProofs.Stock),
        new(PreviewKind.Request, OctopusApi.ShownProofs.Integrity),
        new(PreviewKind.Path, move.Folder.OctopusReceiptFile),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<NewServerVerified> RunAsync(MoveContext move, CancellationToken cancel)
    {
        using var api = await move.NewApiAsync(cancel);
        await ReindexAfterwards.TellAsync(move, api, cancel);
        var proofs = new ProofList(move);
        await IdentityProofs.MakeAsync(move, api, proofs, cancel);

        // Of another server nothing else is worth comparing.
        if (!proofs.HasFailed)
        {
            await CountProofs.MakeAsync(move, api, proofs, cancel);
            await ContentProofs.MakeAsync(move, api, proofs, cancel);

            // The node of a rehearsal stays drained: it could only say so, and its receipt would be one of a move that was not made.
            if (move.Plan.Shape.StopsOldServer())
                await HealthProofs.MakeAsync(move, api, proofs, cancel);
            if (await TaskLeftovers.FindAsync(move, api, cancel) is { Count: > 0 } leftovers)
                proofs.Told(ProofTopic.Health, ProofWords.Leftovers, "", $"{leftovers.Count}", TaskWords.Leftovers(move.Plan.New.Url, leftovers));
        }

        var verified = new NewServerVerified(proofs.Held) { Proofs = proofs.Proofs };
        if (move.Plan.Shape.StopsOldServer())
            OctopusReceiptWriting.Write(move, verified);
        proofs.ThrowIfAnyDiffers();
        return verified;
    }

    private static IReadOnlyList<PreviewLine> PreviewRehearsal() =>
    [
        new(PreviewKind.Words, RehearsalWords.VerifyPreviewed),
        new(PreviewKind.Request, OctopusApi.ShownProofs.Server),
    ];
}
