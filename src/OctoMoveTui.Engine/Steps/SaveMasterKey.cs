using OctoMoveTui.Engine.Moving;
using OctoMoveTui.Engine.Octopus;
using OctoMoveTui.Engine.Words;

namespace OctoMoveTui.Engine.Steps;

/// <summary>
/// Guide step 2: save the master key. Before the outage, because without it everything after is worthless: it is proven against the
/// database, and that a copy is saved is proven by typing it again.
/// </summary>
public sealed class SaveMasterKey : MoveStep<MasterKeySaved>
{
    /// <inheritdoc/>
    public override StepId Id => new("save-master-key");

    /// <inheritdoc/>
    public override StepWords Words => StepWords.SaveMasterKey;

    /// <inheritdoc/>
    public override Side Side => Side.Old;

    /// <inheritdoc/>
    public override StepNature Nature => StepNature.ReadsOnly;

    /// <inheritdoc/>
    public override IReadOnlyList<PreviewLine> Preview(MoveContext move) =>
    [
        new(PreviewKind.Words, "Reads the master key, proves it by decrypting the server certificate and sensitive values of the old database, shows it to you "
            + "on request, and lets you prove that you saved it."),
        move.Command(move.OldExe.File, move.OldExe.ShowMasterKey),
    ];

    /// <inheritdoc/>
    public override Task<StepProbe> ProbeAsync(MoveContext move, CancellationToken cancel) =>
        Task.FromResult<StepProbe>(move.Journalled.Standing == Journal.JournalStanding.Finished ? new StepProbe.CannotTell() : new StepProbe.NotDone());

    /// <inheritdoc/>
    public override async Task<MasterKeySaved> RunAsync(MoveContext move, CancellationToken cancel)
    {
        var given = move.Secrets.FromEnvironment(SecretKind.MasterKey) is { } secret ? MasterKey.Parse(secret.Reveal()) : null;
        var key = await ReadKeyAsync(move, cancel);

        var sql = await move.OldSqlAsync(cancel);
        await using var session = await sql.OpenAsync(move.Plan.Old.Database, cancel);
        var proof = await KeyProof.ProveAsync(key, session, cancel);
        move.Proof(Notes.KeyProven(proof.By));
        if (proof.Unreadable > 0)
            move.Warn(Notes.UnreadableValues(proof.Unreadable));

        if (given is null)
            await ProveSavedAsync(move, key, proof, cancel);
        else if (!given.Equals(key))
            throw MasterKeyFailures.ConfiguredAnother();
        else
            move.Proof(Notes.KeyTakenFromEnvironment);

        move.Secrets.Remember(SecretKind.MasterKey, key.Reveal());
        return new MasterKeySaved(key.Fingerprint, proof.By);
    }

    private static async Task<MasterKey> ReadKeyAsync(MoveContext move, CancellationToken cancel)
    {
        try
        {
            return await move.OldExe.ShowMasterKeyAsync(cancel);
        }
        catch (MoveFailure failure) when (failure.Report.Cause == FailureCause.OctopusCommand)
        {
            return await move.AskMasterKeyAsync(failure.Report.What, cancel);
        }
    }

    private static async Task ProveSavedAsync(MoveContext move, MasterKey key, ProvenKey proof, CancellationToken cancel)
    {
        string? problem = null;
        while (true)
        {
            var answer = await move.AskAsync(
                new ProveMasterKeySaved(new Secret(key.Reveal()), key.Fingerprint, proof.By) { Problem = problem }, cancel);
            try
            {
                if (answer is SecretGiven given && MasterKey.Parse(given.Value.Reveal()).Equals(key))
                    return;
                problem = MasterKeyFailures.TypedAnother().Report.What;
            }
            catch (MoveFailure failure)
            {
                problem = $"{failure.Report.What} {failure.Report.Why}";
            }
        }
    }
}
